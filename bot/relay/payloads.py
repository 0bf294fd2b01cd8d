"""Buttons of the relay: exact forms only; anything else is nobody's. Families' and workers' never mix."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

from bot.relay.model import MOMENTS, Moment

INFO, INFO_WISH = "h|i", "h|w"
YES, YES_WISH = "h|y", "h|v"
STOP, STAY, WHEN = "h|f", "h|s", "h|d"
JOIN, LATER = "h|j", "h|l"
PLAIN = frozenset({INFO, INFO_WISH, YES, YES_WISH, STOP, STAY, WHEN, JOIN, LATER})
"""What a family presses that carries nothing else."""

_LETTERS = dict(zip("mdasi", MOMENTS, strict=True))
_LETTER_OF = {moment: letter for letter, moment in _LETTERS.items()}
_TICKS = re.compile(r"h\|([to])\|([nmdasi])\|([0-9a-f]{1,16})\|([0-9a-f]{8})")
_SEND = re.compile(r"h\|m\|([1-9][0-9]{0,14})")
_CHANGE = re.compile(r"h\|r\|([mdasi])")
_WORK = re.compile(r"h\|([kpc])\|([1-9][0-9]{0,14})")
Deed: TypeAlias = Literal["take", "pass", "close"]
_DEEDS: dict[str, Deed] = {"k": "take", "p": "pass", "c": "close"}


@dataclass(frozen=True, slots=True)
class Ticks:
    """Which lines are ticked (a bit each) of the list whose sign is ``seen``; ``moment``: "" for now.

    ``done``: to be sent like that; else only shown.
    """

    mask: int
    seen: str
    moment: Moment = ""
    done: bool = False

    def payload(self) -> str:
        """Return the button of these ticks."""
        letter = _LETTER_OF[self.moment] if self.moment else "n"
        return f"h|{'o' if self.done else 't'}|{letter}|{self.mask:x}|{self.seen}"


@dataclass(frozen=True, slots=True)
class Send:
    """A family says that this message of its own is for the worker."""

    message: int

    def payload(self) -> str:
        """Return the button that says so."""
        return f"h|m|{self.message}"


@dataclass(frozen=True, slots=True)
class Change:
    """A family that waits would rather be called back."""

    moment: Moment

    def payload(self) -> str:
        """Return the button that says so."""
        return f"h|r|{_LETTER_OF[self.moment]}"


@dataclass(frozen=True, slots=True)
class Work:
    """What a worker does with a relay; pressed in its topic only."""

    deed: Deed
    relay: int

    def payload(self) -> str:
        """Return the button that does it."""
        return f"h|{next(letter for letter, deed in _DEEDS.items() if deed == self.deed)}|{self.relay}"


def read_family(payload: str) -> Ticks | Send | Change | str | None:
    """Return what a family pressed (one of ``PLAIN`` as it is), None for anything else."""
    if payload in PLAIN:
        return payload
    if found := _TICKS.fullmatch(payload):
        what, letter, mask, seen = found.groups()
        return Ticks(int(mask, 16), seen, _LETTERS.get(letter, ""), what == "o")
    if found := _SEND.fullmatch(payload):
        return Send(int(found[1]))
    if found := _CHANGE.fullmatch(payload):
        return Change(_LETTERS[found[1]])
    return None


def read_worker(payload: str) -> Work | None:
    """Return what was pressed in a topic, None for anything else."""
    found = _WORK.fullmatch(payload)
    return Work(_DEEDS[found[1]], int(found[2])) if found else None
