"""How fast and when campaigns are sent: a steady pace, by day, by the clock of Paris. Pure but for the clock given."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.reminders.hours import FIRST_HOUR, LAST_HOUR, PARIS, is_open_day, next_open_day

RATE = 25.0
"""Messages a second: Telegram takes 30 for the whole bot (core.telegram.org/bots/faq, « limits »)."""

BATCH = 5
"""Messages that leave together."""

FLYING = 50
"""Messages that may be on their way at once; Telegram held back, no more leave."""

LATE = 1.0
"""Seconds of lateness that are made up for."""


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Clock:
    """``now``: the moment; ``monotonic``: seconds, for the pace; ``sleep``: waits some seconds."""

    now: Callable[[], datetime] = _now
    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep


class Rhythm:
    """Spaces messages so that no more than ``rate`` leave a second, and steadily as many."""

    def __init__(self, rate: float = RATE) -> None:
        self._rate = rate
        self._next: float | None = None

    def wait(self, sent: int, now: float) -> float:
        """Return how many seconds to wait after so many messages that leave now."""
        # Before the first ones nothing is late: a second of them would leave at once.
        due = now if self._next is None else max(self._next, now - LATE)
        self._next = due + sent / self._rate
        return max(0.0, self._next - now)


def next_opening(now: datetime) -> datetime:
    """Return the moment itself when messages may be sent at it, else the next one, in Paris."""
    local = now.astimezone(PARIS)
    if is_open_day(local.date()) and FIRST_HOUR <= local.hour < LAST_HOUR:
        return local
    day = local.date() if local.hour < FIRST_HOUR else local.date() + timedelta(days=1)
    return at_hour(local, (next_open_day(day) - local.date()).days, FIRST_HOUR)


def at_hour(now: datetime, days: int, hour: int) -> datetime:
    """Return an hour of the clock of Paris, some days after the day of a moment."""
    local = now.astimezone(PARIS)
    # Calendar days, not 24 hours: on the nights when clocks change, they differ.
    day = local.date() + timedelta(days=days)
    return datetime(day.year, day.month, day.day, hour, tzinfo=PARIS)


def choices(now: datetime, hours: tuple[int, ...] = (10, 17), days: int = 4) -> tuple[datetime, ...]:
    """Return moments to offer for a beginning: the hours of the next open days that are still to come."""
    found: list[datetime] = []
    local = now.astimezone(PARIS)
    offset = 0
    opened = 0
    while opened < days:
        if is_open_day(local.date() + timedelta(days=offset)):
            opened += 1
            found += [at for hour in hours if (at := at_hour(local, offset, hour)) > local]
        offset += 1
    return tuple(found)
