"""Sentences and their translations as plain data; no file, no lookup rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from i18n.language import Language

Made = Literal["machine", "relu", "valide"]
MADE: tuple[Made, ...] = ("machine", "relu", "valide")


@dataclass(frozen=True, slots=True, order=True)
class Message:
    """A French source sentence and its place (``question.age-enfants``, ``droit.asf.resume``).

    ``plural`` is empty, or the sentence for several ("{n} enfants"); ``text``
    is then the sentence for one ("{n} enfant").
    """

    context: str
    text: str
    plural: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One message and its translation in one language.

    ``strings`` holds one text, or one per plural form; empty texts mean "not
    translated". ``made`` says how it was made. ``previous`` is the French
    sentence that was translated, when ``message`` has changed since (fuzzy).
    ``line`` is that of the msgid, from 1, and 0 outside a file.
    """

    message: Message
    strings: tuple[str, ...] = ()
    made: Made | None = None
    fuzzy: bool = False
    previous: Message | None = None
    notes: tuple[str, ...] = ()
    line: int = field(default=0, compare=False)

    @property
    def is_translated(self) -> bool:
        """Whether at least one form has a text."""
        return any(self.strings)

    @property
    def source(self) -> Message:
        """The French message that the translation says: the previous one while fuzzy."""
        return self.previous if self.fuzzy and self.previous else self.message


@dataclass(frozen=True, slots=True)
class Catalog:
    """All translations of one language, by context; ``obsolete`` keeps those out of use."""

    language: Language
    entries: Mapping[str, Entry]
    obsolete: tuple[Entry, ...] = ()
    path: str = ""
