"""A clock that moves only when told, or when somebody sleeps."""

import asyncio
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush
from itertools import count

from bot.telegram.timing import Timing

LONG = 700.0
"""Seconds; no answer is waited for so long: what sleeps more looks after something, and waits for ``advance``."""


class ManualClock:
    """Hands out ``Timing``. With ``jumps``, a sleep moves the clock by itself; else ``advance`` does."""

    def __init__(self, *, jumps: bool = True) -> None:
        self.seconds = 1_000.0
        self.slept: list[float] = []
        self._jumps = jumps
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._count = count()

    @property
    def timing(self) -> Timing:
        """Return the clocks to pass in."""
        return Timing(self.now, lambda: self.seconds, self.sleep)

    def now(self) -> datetime:
        """Return the moment: a Saturday evening, then later."""
        return datetime(2026, 11, 21, 18, 0, tzinfo=UTC) + timedelta(seconds=self.seconds - 1_000.0)

    async def sleep(self, seconds: float) -> None:
        """Wait that long on this clock."""
        self.slept.append(seconds)
        if self._jumps and seconds < LONG:
            self.seconds += seconds
            await asyncio.sleep(0)
            return
        waking = asyncio.get_running_loop().create_future()
        heappush(self._sleepers, (self.seconds + seconds, next(self._count), waking))
        await waking

    async def advance(self, seconds: float) -> None:
        """Move on, waking sleepers each at their time."""
        end = self.seconds + seconds
        await _breathe()
        while self._sleepers and self._sleepers[0][0] <= end:
            self.seconds, _, waking = heappop(self._sleepers)
            if not waking.done():
                waking.set_result(None)
            await _breathe()
        self.seconds = end


async def _breathe() -> None:
    """Let everything that can run, run."""
    for _ in range(50):
        await asyncio.sleep(0)
