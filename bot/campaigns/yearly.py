"""Asks those who were silent for a year whether their yes still holds; who does not answer is forgotten."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial

from bot.campaigns.family_screens import still_wanted
from bot.campaigns.news_table import NewsTable
from bot.campaigns.pace import Clock
from bot.campaigns.sending_table import TRIES
from bot.content import Library
from bot.feature import Outcome, Push
from bot.screen import Screen

MOST = 50
"""Silent families asked between two looks."""
REFUSED = 5.0
"""Seconds without a message after one that was refused: the channel may not be ready, or stops."""


class Yearly:
    """Asks each silent family once. ``rate``: questions a second."""

    def __init__(self, news: NewsTable, library: Callable[[], Library], clock: Clock, rate: float) -> None:
        self._news, self._library, self._clock, self._rate = news, library, clock, rate

    async def ask(self, push: Push, stop: asyncio.Event) -> None:
        """Ask some of those whose year of silence is over.

        Raises:
            StoreUnavailable: the one who was being asked counts as asked.
        """
        for _ in range(MOST):
            # Each is marked just before: a crash leaves one at most who was not asked.
            found = [] if stop.is_set() else await self._news.silent(self._clock.now(), 1)
            if not found:
                return
            person, consent = found[0]
            screen = still_wanted(self._library(), consent.language, self._clock.now())
            outcome = await self._sent(person, consent.address, screen, push, stop)
            if outcome is Outcome.GONE:
                await self._news.forget(person)
            elif outcome is Outcome.REFUSED and stop.is_set():
                await self._news.not_asked(person)
            await self._clock.sleep(1 / self._rate)

    async def _sent(self, person: str, address: bytes, screen: Screen, push: Push, stop: asyncio.Event) -> Outcome:
        """Send the question, again when it is refused; return what became of it."""
        wanted = partial(self._news.is_asked, person)
        outcome = Outcome.REFUSED
        for _ in range(TRIES):
            outcome = await push(address, screen, silent=True, wanted=wanted)
            if outcome is not Outcome.REFUSED or stop.is_set():
                break
            await self._clock.sleep(REFUSED)
        return outcome
