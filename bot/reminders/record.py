"""What is kept of a family that asked for reminders, sealed: months, arrondissement, language, where to write. Pure.

No name, no first name, no day of birth, nothing of a separation, a handicap, a loss, a health or an income.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from pydantic import TypeAdapter, ValidationError

from knowledge.ages import birth_span, month_index, month_text, this_month
from knowledge.vocabulary import CHILDREN, DISTRICT

PRECISE = 3
"""An age known no better than to this many months gives no reminder: it would come at the wrong time."""
GROWN = 26 * 12
"""Months: nothing comes for anybody older, so that no month of birth is kept for longer."""
TOLD_DAYS = 800
"""How long it is remembered that a milestone was told: longer than any window is open."""


@dataclass(frozen=True, slots=True)
class Child:
    """The possible birth months of one child, most often one; ``number`` stays its own whatever changes."""

    number: int
    first: str
    last: str
    since: date
    """Reminders are about what opens after this day: what was open was on the screen then."""

    def may_be(self, other: Child) -> bool:
        """Tell whether two tellings of a birth can be of one child."""
        return self.first <= other.last and other.first <= self.last


@dataclass(frozen=True, slots=True)
class Record:
    """One person's reminders."""

    address: bytes = field(repr=False)
    language: str
    agreed: date
    """The day of the yes, or of the last yearly one."""
    children: tuple[Child, ...] = ()
    complete: bool = False
    """No child is missing in the list."""
    term: Child | None = None
    """A birth to come: the possible months of its due date."""
    district: str | None = None
    told: dict[str, date] = field(default_factory=dict)
    """``milestone|child`` -> the day it was told."""
    last: date | None = None
    """The day of the last message."""
    asked: date | None = None
    """The day on which it was asked whether reminders are still of use."""
    term_asked: bool = False
    """It was asked whether to go on after a due date."""
    refusals: int = 0
    """Messages in a row that Telegram refused."""

    def dump(self) -> bytes:
        """Return bytes that ``load`` reads back."""
        return _RECORD.dump_json(self)

    def facts(self, on: date) -> dict[str, Any]:
        """Return what is kept as facts, the child to come last until its birth may have come.

        Of two or three possible months the first counts: a date is told too early rather than too late, and once.
        """
        now = month_text(this_month(on))
        listed = [{"naissance": each.first} for each in self.born(on)]
        if self.term and self.term.first > now:
            listed.append({"naissance": self.term.first})
        facts: dict[str, Any] = {"profil": "parent"}
        facts[CHILDREN] = {"liste": listed, "complet": "oui" if self.complete else "non"}
        return facts | ({DISTRICT: self.district} if self.district else {})

    def born(self, on: date) -> tuple[Child, ...]:
        """Return the children born by a day; all of them, unless the clock was set back."""
        now = month_text(this_month(on))
        return tuple(each for each in self.children if each.first <= now)

    def numbered(self, on: date) -> tuple[Child, ...]:
        """Return the children in the order of :meth:`facts`."""
        return (*self.born(on), *((self.term,) if self.term else ()))

    def forgetting(self, on: date) -> Record:
        """Return the record without children who are grown and what was told so long ago that it cannot come again."""
        children = tuple(each for each in self.children if not is_grown(each.last, on))
        told = {key: day for key, day in self.told.items() if (on - day).days < TOLD_DAYS}
        return replace(self, children=children, told=told)


_RECORD = TypeAdapter(Record)


def load(body: bytes) -> Record | None:
    """Return a record from what ``dump`` gave, None when another version wrote it in another form."""
    try:
        return _RECORD.validate_json(body)
    except ValidationError:
        return None


def is_grown(month: str, on: date) -> bool:
    """Tell whether somebody born in a month is too old for any milestone."""
    return this_month(on) - (month_index(month) or 0) > GROWN


def child_of(birth: Any, number: int, since: date) -> Child | None:
    """Return a child from a birth as facts hold it; None when it is known too roughly, or not at all."""
    span = birth_span(birth) if isinstance(birth, str | list) else None
    if span is None or span.high is None or span.high - span.low >= PRECISE:
        return None
    return Child(number, month_text(int(span.low)), month_text(int(span.high)), since)


def last_month_of(child: Child) -> date:
    """Return the first day of the last month a birth may fall in."""
    index = month_index(child.last) or 0
    return date(index // 12, index % 12 + 1, 1)
