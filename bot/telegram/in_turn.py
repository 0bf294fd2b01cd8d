"""Work that concerns a person and answers nothing, done in turn with that person's answers: an erasure comes first."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class InTurn:
    """One piece of work that waits for its person's turn."""

    person: str
    work: Callable[[], Awaitable[None]] = field(repr=False)


class InTurns:
    """Those that wait; ``queue`` brings one to ``do`` in its person's turn."""

    def __init__(self, queue: Callable[[InTurn], Awaitable[None]]) -> None:
        self._queue = queue
        self._waiting: set[asyncio.Future[Any]] = set()

    async def run(self, person: str, work: Callable[[], Awaitable[T]]) -> T:
        """Return what some work returns, once its person's turn came; CancelledError when the channel stops before."""
        done: asyncio.Future[T] = asyncio.get_running_loop().create_future()

        async def do() -> None:
            if done.done():
                return  # nobody waits for it any more
            try:
                result = await work()
            except Exception as error:
                _end(done, error)
            else:
                if not done.done():
                    done.set_result(result)

        self._waiting.add(done)
        try:
            await self._queue(InTurn(person, do))
            return await done
        finally:
            self._waiting.discard(done)

    def give_up(self) -> None:
        """Let nobody wait any more: the channel has stopped."""
        for waiting in self._waiting:
            waiting.cancel()


def _end(done: asyncio.Future[T], error: Exception) -> None:
    if not done.done():
        done.set_exception(error)
