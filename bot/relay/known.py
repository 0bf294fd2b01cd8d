"""What a family may show of its answers, line by line; nothing is ticked before it ticks it."""

from __future__ import annotations

from datetime import date, timedelta
from zlib import crc32

from bot.feature import Turn
from bot.relay import words
from bot.speaker import Speaker
from dialogs.describe import noted_lines, title_label
from knowledge.base import Label

Line = tuple[Label, Label]
"""A short name and a value, in French with their places."""

_MOST = 40
"""Lines offered at most: each is a button."""


def lines_of(turn: Turn) -> tuple[Line, ...]:
    """Return what may be shown: the subject, the facts, the least sensitive first; nothing of a guarded subject."""
    if turn.guarded:
        return ()
    dialogs = turn.library.content.dialogs
    found: list[Line] = []
    subject = next((name for name in reversed(turn.session.stack) if name in dialogs.trees), None)
    if subject and not dialogs.trees[subject].guarded:
        found.append((words.SUBJECT, title_label(dialogs, subject)))
    vocabulary = dialogs.knowledge.vocabulary

    def sensitivity(name: str) -> int:
        fact = vocabulary.get(name)
        return fact.sensitivity if fact else 2

    for name, value in sorted(turn.session.plain.items(), key=lambda one: sensitivity(one[0])):
        found += noted_lines(dialogs, {name: value}, turn.local.date())
    return tuple(found[:_MOST])


def texts(speaker: Speaker, lines: tuple[Line, ...]) -> tuple[str, ...]:
    """Return lines as « name : value » in one language."""
    return tuple(speaker.pair(speaker.say(name), speaker.say(value)) for name, value in lines)


def sign(lines: tuple[Line, ...], day: date) -> str:
    """Return 8 hexadecimal digits that change when the lines do: a tick must not come to mean another fact.

    They change each day too: a button found again weeks later must not call somebody at one touch.
    """
    return f"{crc32(repr((lines, day.isoformat())).encode()):08x}"


def is_current(seen: str, lines: tuple[Line, ...], day: date) -> bool:
    """Tell whether a button shows these lines and is of that day, or of the one before: people write at midnight."""
    return seen in (sign(lines, day), sign(lines, day - timedelta(days=1)))


def ticked(lines: tuple[Line, ...], mask: int) -> tuple[Line, ...]:
    """Return the lines of the bits that are set."""
    return tuple(line for at, line in enumerate(lines) if mask >> at & 1)
