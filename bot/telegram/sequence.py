"""Puts updates that overtook each other on the way back in order, by their numbers.

With a webhook, the texts and the presses of one person travel in different queues (tdlib/telegram-bot-api,
Client.cpp): a press may come first. Numbers have no holes, so a missing one is still on its way.
"""

import asyncio
from collections.abc import Callable

from bot.telegram.limits import WEBHOOK_CONNECTIONS
from bot.telegram.timing import Timing

PATIENCE = 0.25
"""Seconds an update waits for those before it: more than a request takes, less than anyone notices."""


class Sequence:
    """Lets updates go on in order; one that does not come is waited for a moment only."""

    def __init__(self, timing: Timing, patience: float = PATIENCE) -> None:
        self._timing = timing
        self._patience = patience
        self._next: int | None = None
        self._waiting: dict[int, tuple[Callable[[], None], asyncio.Task[None]]] = {}

    def come(self, number: int, go: Callable[[], None]) -> None:
        """Note that an update came; ``go`` is called once, now or when those before it came or were given up."""
        if self._next is None or abs(number - self._next) > WEBHOOK_CONNECTIONS:
            self._skip_to(number)  # the first of all, or a jump: after a week of silence numbers begin anywhere
        if self._next is None or number < self._next:
            go()  # too late
        elif number > self._next:
            self._waiting[number] = go, asyncio.get_running_loop().create_task(self._give_up_before(number))
        else:
            self._next += 1
            go()
            self._advance()

    def close(self) -> None:
        """Let nothing go on any more."""
        for _, patience in self._waiting.values():
            patience.cancel()
        self._waiting.clear()

    async def _give_up_before(self, number: int) -> None:
        await self._timing.sleep(self._patience)
        self._skip_to(number)

    def _skip_to(self, number: int) -> None:
        """Wait no more for what is below a number."""
        for each in sorted(each for each in self._waiting if each < number):
            self._let(each)
        self._next = number
        self._advance()

    def _advance(self) -> None:
        while self._next in self._waiting:
            self._let(self._next)
            self._next += 1

    def _let(self, number: int) -> None:
        go, patience = self._waiting.pop(number)
        if patience is not asyncio.current_task():
            patience.cancel()
        go()
