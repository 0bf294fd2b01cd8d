"""Speaks one language on a page, and marks what is not translated yet as the French it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import TYPE_CHECKING

from i18n.language import FRENCH, Language
from knowledge.base import Label

if TYPE_CHECKING:
    from bot.content import Library


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence for a page; ``french``: on a page of another language."""

    text: str
    french: bool = False

    def __html__(self) -> str:
        """Return the sentence as HTML, which templates ask for by this name; French words say that they are."""
        text = escape(self.text)
        return f'<span lang="fr" dir="ltr">{text}</span>' if self.french else text


class Tongue:
    """One language of one page, on one day."""

    def __init__(self, library: Library, language: str, on: date) -> None:
        self._speaker = library.speaker(language, on)
        self.language: Language = self._speaker.language
        self.tag = _tag(self.language)

    def plain(self, label: Label, **values: str | int) -> str:
        """Return a label as text, for an attribute; French where there is no translation."""
        return self._speaker.say(label._replace(values=tuple(values.items())))

    def say(self, label: Label, **values: str | int) -> Said:
        """Return a label for a template; French where there is no translation, and marked so."""
        before = self._speaker.untranslated
        text = self.plain(label, **values)
        return Said(text, self._speaker.untranslated > before and self.tag != FRENCH.id)

    def knows(self, labels: Iterable[Label]) -> bool:
        """Tell whether every label is translated."""
        before = self._speaker.untranslated
        self._speaker.all(labels)
        return self._speaker.untranslated == before


def _tag(language: Language) -> str:
    # « fr@facile » is French for a browser; what follows the @ is ours.
    return language.id.partition("@")[0]


def wanted(header: str, offered: Iterable[str]) -> str:
    """Return the language to start in: the one a browser likes best among those offered, else French.

    Args:
        header: the Accept-Language of the request, « ar,en;q=0.8 » (RFC 9110, 12.5.4).
        offered: ids of languages.
    """
    known = set(offered)
    ranked = sorted((_weighed(part) for part in header[:500].split(",")), key=lambda pair: -pair[0])
    for weight, tag in ranked:
        found = next((each for each in (tag, tag.partition("-")[0]) if each in known), None)
        if weight > 0 and found:
            return found
    return FRENCH.id


def _weighed(part: str) -> tuple[float, str]:
    tag, _, weight = part.strip().lower().partition(";q=")
    try:
        return (float(weight) if weight else 1.0), tag.strip()
    except ValueError:
        return 0.0, tag
