"""Keeps the order of each person's updates while many people are answered at once."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass, field
from heapq import heappop, heappush
from inspect import iscoroutine
from itertools import count
from typing import Any

from telegram.ext import BaseUpdateProcessor

Place = Callable[[object], tuple[Hashable, Any]]
TOGETHER = 10_000
"""Updates taken in together; those that wait behind their own person count too, and cost little."""


@dataclass(slots=True)
class _Line:
    """Updates of one person: how many are being answered, and those that wait."""

    running: int = 0
    waiting: list[tuple[Any, int, asyncio.Future[None]]] = field(default_factory=list)


class PersonOrder(BaseUpdateProcessor):
    """One update at a time for each person; among those waiting, the smallest rank first.

    What may not wait is taken beside the one under way; the next ones wait for both.

    Rank matters with a webhook, where a press may overtake a text (they travel in
    different queues: tdlib/telegram-bot-api, Client.cpp). Nothing is kept of a person
    for whom nothing waits.
    """

    def __init__(self, place: Place, at_once: Callable[[object], bool] = lambda update: False) -> None:
        """``place`` returns whose an update is, and its rank among theirs; ``at_once``, whether it may not wait."""
        super().__init__(TOGETHER)
        self._place = place
        self._at_once = at_once
        self._lines: dict[Hashable, _Line] = {}
        self._tasks: set[asyncio.Task[Any]] = set()
        self._count = count()
        self._closed = False

    @property
    def people(self) -> int:
        """Return how many people are being answered."""
        return len(self._lines)

    async def initialize(self) -> None:
        """Take updates in."""
        self._closed = False

    async def shutdown(self) -> None:
        """Do nothing: what ran has ended."""

    def abandon(self) -> None:
        """Cancel what runs, what waits and what would come; the store keeps it for the next start."""
        self._closed = True
        for task in self._tasks:
            task.cancel()

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """See ``BaseUpdateProcessor``: run the coroutine when its turn comes."""
        task = asyncio.current_task()
        if task is None or self._closed:
            _discard(coroutine)
            return
        self._tasks.add(task)
        try:
            await self._in_turn(update, coroutine)
        finally:
            self._tasks.discard(task)

    async def _in_turn(self, update: object, coroutine: Awaitable[Any]) -> None:
        line, rank = self._place(update)
        try:
            if self._at_once(update):
                self._lines.setdefault(line, _Line()).running += 1
            else:
                await self._enter(line, rank)
        except BaseException:
            _discard(coroutine)
            raise
        try:
            await coroutine
        finally:
            self._leave(line)

    async def _enter(self, line: Hashable, rank: Any) -> None:
        entered = self._lines.setdefault(line, _Line())
        if not entered.running:
            entered.running = 1
            return
        called = asyncio.get_running_loop().create_future()
        heappush(entered.waiting, (rank, next(self._count), called))
        try:
            await called
        except asyncio.CancelledError:
            if called.done() and not called.cancelled():
                self._leave(line)  # called and cancelled at once: the next one must not wait for ever
            raise

    def _leave(self, line: Hashable) -> None:
        left = self._lines[line]
        left.running -= 1
        while left.waiting and not left.running:
            _, _, called = heappop(left.waiting)
            if not called.done():
                left.running = 1
                called.set_result(None)
        if not left.running:
            del self._lines[line]


def _discard(coroutine: Awaitable[Any]) -> None:
    if iscoroutine(coroutine):
        coroutine.close()
