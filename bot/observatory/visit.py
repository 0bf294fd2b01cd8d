"""What one visit asks for, while it goes on: in memory only, a few words about subjects and none about the person.

A visit ends after half an hour of silence and becomes numbers then, so that each is counted with the last
arrondissement and language it had. A subject or a card is counted once in a conversation, that is until a day of
silence; who comes back later is another conversation, since nobody is recognised.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

SILENCE = timedelta(minutes=30)
"""Without a word for so long, a visit is over."""
CONVERSATION = timedelta(hours=24)
"""As long as a session is kept: what was counted in it is not counted again."""

Axis = Literal["arrondissement", "langue", "campagne", ""]
UNKNOWN = "inconnu"
NO_CAMPAIGN = "aucune"

ASKED, SHOWN, OPENED, UNMET = "demande", "montre", "ouvert", "sans-reponse"
MISREAD, HELPED = "incompris", "utile"
CARD_SHOWN, CARD_OPENED = "fiche-montree", "fiche-ouverte"


class Key(NamedTuple):
    """What one number counts: visits that did ``kind`` about ``subject``, among those with a value on an axis."""

    kind: str
    subject: str
    axis: Axis
    value: str


@dataclass(slots=True)
class Subject:
    """How far a visit went with one subject."""

    shown: bool = False
    opened: bool = False
    near: bool = False
    """A place near home was shown, for at least one of its cards."""
    empty: bool = False
    """The results had no card."""


@dataclass(slots=True)
class Visit:
    """One person's visit; ``done``: what this conversation was counted for already."""

    last: datetime
    language: str = "fr"
    district: str = UNKNOWN
    campaign: str = NO_CAMPAIGN
    subjects: dict[str, Subject] = field(default_factory=dict)
    cards: set[tuple[str, str]] = field(default_factory=set)
    """(kind, card id)"""
    misread: bool = False
    helped: str = ""
    done: set[tuple[str, str]] = field(default_factory=set)

    def waits(self) -> bool:
        """Tell whether something of this visit is not counted yet."""
        return bool(self.subjects or self.cards or self.misread or self.helped)

    def ended(self, drawn: Callable[[], bool]) -> Counter[Key]:
        """Return what this visit adds to the numbers, and keep only what is not to be counted again.

        Args:
            drawn: whether one step of this visit is counted beside one of its values, drawn anew each time.
        """
        added = Counter(key for key in self._keys(drawn) if (key.kind, key.subject) not in self.done)
        self.done |= {(key.kind, key.subject) for key in added}
        self.done |= {(kind, name) for name in self.subjects for kind in (ASKED, SHOWN, OPENED, UNMET)}
        self.subjects, self.cards, self.misread, self.helped = {}, set(), False, ""
        return added

    def _keys(self, drawn: Callable[[], bool]) -> Iterator[Key]:
        for name, subject in self.subjects.items():
            yield from self._crossed(ASKED, name)
            yield from (Key(kind, name, "", "") for kind in self._reached(subject) if kind != UNMET)
            yield from (key for kind in self._reached(subject) for key in self._crossed(kind, name) if drawn())
        for kind, card in self.cards:
            yield Key(kind, card, "", "")
        if self.misread:
            yield Key(MISREAD, "", "langue", self.language)
        if self.helped:
            yield Key(HELPED, self.helped, "", "")

    def _crossed(self, kind: str, name: str) -> Iterator[Key]:
        yield Key(kind, name, "arrondissement", self.district)
        yield Key(kind, name, "langue", self.language)
        yield Key(kind, name, "campagne", self.campaign)

    def _reached(self, subject: Subject) -> Iterator[str]:
        if subject.shown:
            yield SHOWN
        if subject.opened:
            yield OPENED
        # Results had nothing near home; where home is not known, they had nothing at all.
        if subject.shown and (subject.empty or (self.district.isdecimal() and not subject.near)):
            yield UNMET
