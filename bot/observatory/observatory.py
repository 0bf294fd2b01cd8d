"""Counts what families ask for, in the order in which nothing of it can be found again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from random import SystemRandom

import structlog

from bot.content import Library
from bot.errors import StoreUnavailable
from bot.feature import Feature, Turn
from bot.observatory.month import month_of
from bot.observatory.notice import notice
from bot.observatory.table import CountsTable
from bot.observatory.visit import CONVERSATION, SILENCE, Key, Visit
from bot.screen import Reply
from bot.store.sqlite import SqliteStore
from dialogs.effects import Effect
from dialogs.entry import entry_of
from knowledge.reader import ContentError

_LEFT_OUT = 0.2  # of the steps of visits, beside arrondissement, language and link: see suppression.at_least
_chance = SystemRandom()

MOST = 20_000
"""Conversations looked at together; those beyond are not counted rather than filling the memory."""

_log = structlog.get_logger(__name__)


class Observatory(Feature):
    """Looks at ordinary turns and changes nothing in them. What a person erases before it is counted never is."""

    def __init__(
        self,
        store: SqliteStore,
        library: Callable[[], Library],
        now: Callable[[], datetime],
        links: Callable[[], Mapping[str, str]] = dict,
        drawn: Callable[[], bool] = lambda: _chance.random() >= _LEFT_OUT,
    ) -> None:
        """``links``: returns the campaigns of links that are announced, with their titles, or raises ContentError.

        ``drawn``: whether one step of a visit is counted beside one of its values.
        """
        self.table = CountsTable(store.database, store.vault)
        self._library, self._now, self._links, self._drawn = library, now, links, drawn
        self._visits: dict[str, Visit] = {}
        self._counts: dict[str, Counter[Key]] = {}

    async def after(self, turn: Turn, effects: Sequence[Effect], reply: Reply) -> Reply:
        """Note what a family asked for; people who work with families are none, and are not counted."""
        entry = entry_of(turn.library.content.dialogs, turn.session.plain)
        visit = None if entry and entry.alone else self._visit(turn.incoming.person, turn.now)
        if visit:
            notice(visit, turn, effects)
        return reply

    def helped(self, person: str, answer: str, now: datetime) -> None:
        """Note an answer to « did this help »: oui, peu or non."""
        if visit := self._visit(person, now):
            visit.helped = answer

    def forget(self, person: str) -> None:
        """Drop what is not counted yet of someone who erases everything."""
        self._visits.pop(person, None)

    async def settle(self, *, ending: bool = False) -> None:
        """Turn visits that are over into numbers, write them, and publish the months that are over."""
        self._end_visits(self._now(), every_one=ending)
        if await self._written():
            await self._publish()

    async def _publish(self) -> None:
        """Publish the months that are over; they wait while the list of campaigns cannot be read."""
        try:
            links = self._links()
        except ContentError as error:
            _log.error("observatory.links_refused", problems=len(error.problems), advice="passerelle check")
            return
        languages = [language.id for language in self._library().catalogs.languages]
        for month in await self.table.close_months(month_of(self._now()), languages, links):
            _log.info("observatory.published", month=month)

    async def _written(self) -> bool:
        """Write the numbers that wait; a store that fails leaves them for the next time, and no month is closed."""
        added, self._counts = self._counts, {}
        try:
            if added:
                await self.table.add(added)
        except StoreUnavailable as error:
            _log.warning("observatory.not_written", reason=error.what)
            for month, counts in added.items():
                self._counts.setdefault(month, Counter()).update(counts)
            return False
        return True

    def _visit(self, person: str, now: datetime) -> Visit | None:
        """Return the visit of someone who just did something; what they did before a long silence is counted first."""
        visit = self._visits.get(person)
        if visit is None and len(self._visits) >= MOST:
            return None
        if visit is None or now - visit.last >= CONVERSATION:
            self._end(visit)
            visit = self._visits[person] = Visit(now)
        elif now - visit.last >= SILENCE:
            self._end(visit)
        visit.last = now
        return visit

    def _end_visits(self, now: datetime, *, every_one: bool) -> None:
        for person, visit in list(self._visits.items()):
            # Later than now: the clock was set back, and nobody knows since when it is silent.
            if every_one or now - visit.last >= SILENCE or visit.last > now:
                self._end(visit)
            if now - visit.last >= CONVERSATION or visit.last > now:
                del self._visits[person]

    def _end(self, visit: Visit | None) -> None:
        if visit and visit.waits():
            self._counts.setdefault(month_of(visit.last), Counter()).update(visit.ended(self._drawn))
