"""What is kept of a family that said yes to news, sealed: where to write, language, and what chooses news. Pure.

No name, no day of birth, nothing of what the family is going through: only what it can read in /mes_nouvelles.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from bot.reminders.told import lost
from knowledge.ages import birth_span, this_month
from knowledge.vocabulary import CHILDREN, DISTRICT

MONTHLY = 2
"""News a month at most, in a month of Paris."""

_QUARTER = 3
_FOR_PARENTS = (None, "parent", "futur_parent")
_MOST_CHILDREN = 12


@dataclass(frozen=True, slots=True)
class Consent:
    """One family's yes. ``births``: first and last possible month of each child as indexes, whole quarters."""

    address: bytes = field(repr=False)
    language: str
    district: str = ""
    births: tuple[tuple[int, int], ...] = ()
    themes: tuple[str, ...] = ()
    month: int = 0
    """The month, as an index, of the last message."""
    count: int = 0
    """How many were sent in it."""

    def dump(self) -> bytes:
        """Return bytes that ``load`` reads back."""
        values = (
            self.address.decode(), self.language, self.district, self.births, self.themes, self.month, self.count,
        )  # fmt: skip
        return json.dumps(values, separators=(",", ":")).encode()

    def full(self, month: int) -> bool:
        """Tell whether no more news may be sent in a month."""
        return self.month == month and self.count >= MONTHLY

    def written_to(self, month: int) -> Consent:
        """Return the consent after one message in a month."""
        return replace(self, month=month, count=self.count + 1 if self.month == month else 1)

    def not_written_to(self) -> Consent:
        """Return the consent after a message that did not leave in the end."""
        return replace(self, count=max(0, self.count - 1))

    def told(self, facts: Mapping[str, Any]) -> Consent:
        """Return the consent with what a conversation tells now; what it does not tell stays."""
        births = () if lost(facts) else births_of(facts)
        return replace(self, district=_district(facts) or self.district, births=births or self.births)

    def toggled(self, theme: str) -> Consent:
        """Return the consent with a theme ticked, or not any more."""
        without = tuple(each for each in self.themes if each != theme)
        return replace(self, themes=without if theme in self.themes else (*self.themes, theme))


def load(body: bytes) -> Consent | None:
    """Return a consent from what ``dump`` gave, None when another version wrote it in another form."""
    try:
        address, language, district, births, themes, month, count = json.loads(body)
        pairs = tuple((int(first), int(last)) for first, last in births)
        return Consent(address.encode(), language, district, pairs, tuple(themes), int(month), int(count))
    except (ValueError, TypeError, AttributeError):
        return None


def births_of(facts: Mapping[str, Any]) -> tuple[tuple[int, int], ...]:
    """Return the possible birth months of the children of some facts, widened to whole quarters, each once."""
    told = facts.get(CHILDREN, {}).get("liste", ())
    spans = [birth_span(child["naissance"]) for child in told if child.get("naissance")]
    wide = [
        (int(span.low) // _QUARTER * _QUARTER, int(span.high) // _QUARTER * _QUARTER + _QUARTER - 1)
        for span in spans
        if span and span.high is not None
    ]
    return tuple(dict.fromkeys(wide))[:_MOST_CHILDREN]


def _district(facts: Mapping[str, Any]) -> str:
    found = facts.get(DISTRICT)
    return found if isinstance(found, str) and found.isdigit() else ""


def may_be_asked(facts: Mapping[str, Any]) -> bool:
    """Tell whether the yes may be asked of whom these facts are: a parent, and none who told of a loss."""
    return facts.get("profil") in _FOR_PARENTS and not lost(facts)


def month_of(day: date) -> int:
    """Return the month of a day of Paris as an index."""
    return this_month(day)
