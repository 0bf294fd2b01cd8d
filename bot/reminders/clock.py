"""Notices that the clock of the machine was moved: nothing is sent or forgotten by a wrong day."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import structlog

from bot.reminders.hours import PARIS

HOLD = 3600.0
"""Seconds of quiet after a jump: long enough for the machine, or somebody, to put the clock right."""
_JUMP = 3600.0
"""Seconds by which the clock of the day and the steady one may come apart; a change of hour moves neither."""
_LONG = timedelta(days=60)
"""A stop longer than that looks like a clock set ahead."""

_log = structlog.get_logger(__name__)


class ClockWatch:
    """Compares the clock of the day with a steady one, and with the last day seen before a restart."""

    def __init__(self) -> None:
        self._seen: tuple[datetime, float] | None = None
        self._held_until = 0.0

    def trusts(self, now: datetime, steady: float, last: date | None) -> bool:
        """Tell whether the day can be trusted; False for an hour after a jump.

        Args:
            now: the moment, with a time zone.
            steady: seconds that only move forward.
            last: the last day on which the job ran, before this start.
        """
        if self._seen is None:
            jumped = last is not None and not last - timedelta(days=1) <= _day(now) <= last + _LONG
        else:
            before, then = self._seen
            jumped = abs((now - before).total_seconds() - (steady - then)) > _JUMP
        if jumped:
            self._held_until = steady + HOLD
            _log.warning("reminders.clock_moved", quiet_seconds=HOLD)
        self._seen = now, steady
        return steady >= self._held_until


def _day(now: datetime) -> date:
    return now.astimezone(PARIS).date()
