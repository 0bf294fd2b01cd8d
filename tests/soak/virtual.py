"""A clock that moves to the next sleeper as soon as nobody has anything left to do."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush
from itertools import count
from time import monotonic

from bot.telegram.timing import Timing

BREATH = 0.001
"""Real seconds given to what can run before time moves on."""

HURRY, CREEP = 0.02, 0.3
"""While somebody works time creeps: after so many real seconds, by so many of its own; a slow machine loses nothing."""


class VirtualClock:
    """Use as ``async with``; unlike a clock that jumps, everybody wakes exactly when they asked to."""

    def __init__(self) -> None:
        self.seconds = 1_000.0
        self.busy: Callable[[set[asyncio.Task[object] | None]], bool] = lambda sleeping: False
        """Told who sleeps; tells whether somebody else has something to do."""
        self._sleepers: list[tuple[float, int, asyncio.Future[None], asyncio.Task[object] | None]] = []
        self._count = count()
        self.timing = Timing(self.now, lambda: self.seconds, self.sleep)

    def now(self) -> datetime:
        """Return the moment: a Saturday noon in Paris, then later."""
        return datetime(2026, 11, 21, 11, 0, tzinfo=UTC) + timedelta(seconds=self.seconds - 1_000.0)

    async def sleep(self, seconds: float) -> None:
        """Wait that long on this clock."""
        waking = asyncio.get_running_loop().create_future()
        until = self.seconds + max(seconds, 0.0)
        heappush(self._sleepers, (until, next(self._count), waking, asyncio.current_task()))
        await waking

    async def __aenter__(self) -> "VirtualClock":
        self._moving = asyncio.create_task(self._move())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._moving.cancel()
        await asyncio.gather(self._moving, return_exceptions=True)

    async def _move(self) -> None:
        moved = monotonic()
        while True:
            await asyncio.sleep(BREATH)
            busy = self.busy({task for *_, waking, task in self._sleepers if not waking.done()})
            if not self._sleepers or (busy and monotonic() - moved < HURRY):
                continue
            moved, first = monotonic(), self._sleepers[0][0]
            self.seconds = max(self.seconds, min(first, self.seconds + CREEP) if busy else first)
            while self._sleepers and self._sleepers[0][0] <= self.seconds:
                _, _, waking, _ = heappop(self._sleepers)
                if not waking.done():
                    waking.set_result(None)
