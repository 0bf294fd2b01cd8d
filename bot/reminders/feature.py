"""Reminders beside a conversation: asked once after the results, answered for ever; the job that sends them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.buttons import above_ways_out
from bot.content import Library
from bot.feature import Feature, Push, Turn
from bot.people import People
from bot.reminders import payloads, words
from bot.reminders.job import Job
from bot.reminders.schedule import Schedules
from bot.reminders.screens import ReminderScreens
from bot.reminders.table import Table
from bot.reminders.told import Family, differs, family_of, lost
from bot.reminders.wishes import Wishes
from bot.screen import Block, Incoming, Reply
from bot.store.sqlite import SqliteStore
from dialogs.effects import Dates, Effect, Show
from knowledge.base import Label


class Reminders(Feature):
    """Offers reminders where they can be sent, and does what their person wants of them."""

    def __init__(
        self,
        store: SqliteStore,
        library: Callable[[], Library],
        now: Callable[[], datetime],
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        self._table = Table(store.database, store.vault)
        schedules = Schedules()
        self._wishes = Wishes(self._table, schedules)
        self.job = Job(self._table, library, schedules, now, steady)
        self._asked, self._left_alone = People(), People()

    async def answer(self, turn: Turn) -> Reply | None:
        """Answer the buttons of the reminders, and the months typed after one of them, where one can be written to."""
        return await self._wishes.answer(turn) if turn.incoming.address else None

    async def after(self, turn: Turn, effects: Sequence[Effect], reply: Reply) -> Reply:
        """Ask once after results that have dates; offer to update reminders that are about other children."""
        if not turn.incoming.address or not reply.screens:
            return reply
        if lost(turn.session.plain):
            return await self._left_in_peace(turn, reply)
        shown = next((each for each in effects if _has_dates(each)), None)
        family = family_of(turn.session.plain, turn.local.date())
        if shown is None or family is None:
            return reply
        kept = await self._table.get(turn.incoming.person)
        if kept is None:
            return self._offered(turn, reply, family, question=isinstance(shown, Show))
        if differs(kept.record, family):
            return _with(reply, turn, words.OTHER_FACTS, words.TAKE_THESE, payloads.TAKE)
        return reply

    async def overheard(self, incoming: Incoming, now: datetime) -> None:
        """Wait for no months any more after a cry of danger: what comes next is about that."""
        self._wishes.forget(incoming.person)

    def forget(self, person: str) -> None:
        """Forget that somebody was asked, or is expected to type months."""
        self._asked.discard(person)
        self._left_alone.discard(person)
        self._wishes.forget(person)

    async def run(self, push: Push, stop: asyncio.Event) -> None:
        """Send reminders until the service stops."""
        await self.job.run(push, stop)

    async def _left_in_peace(self, turn: Turn, reply: Reply) -> Reply:
        """Pause, once: no message about a child may come now. What is kept is theirs to resume or to erase."""
        person = turn.incoming.person
        kept = None if person in self._left_alone else await self._table.get(person)
        if kept is None or kept.state == "pause":
            return reply
        self._left_alone.add(person)
        await self._table.pause(person)
        return _with(reply, turn, words.PAUSED)

    def _offered(self, turn: Turn, reply: Reply, family: Family, *, question: bool) -> Reply:
        person = turn.incoming.person
        if question and person in self._asked:
            return reply
        if not family.rough and not self._wishes.moments(turn, self._wishes.draft(turn, family)):
            return reply
        self._asked.add(person)
        return _with(reply, turn, words.ASK if question else None, words.OFFER, payloads.OFFER)


def _has_dates(effect: Effect) -> bool:
    if isinstance(effect, Show):
        return effect.first and not effect.for_worker and bool(effect.ahead or effect.more_dates)
    return isinstance(effect, Dates) and bool(effect.dates)


def _with(reply: Reply, turn: Turn, said: Label | None, label: Label | None = None, payload: str = "") -> Reply:
    """Return a reply whose last screen ends with a sentence, and has one more row above its ways out."""
    *before, last = reply.screens
    screens = ReminderScreens(turn.speaker(), turn.library.content.dialogs)
    rows = above_ways_out(last.rows, (screens.button(label, payload, "🔔"),)) if label else last.rows
    blocks = (*last.blocks, *((Block("texte", turn.speaker().say(said)),) if said else ()))
    return replace(reply, screens=(*before, replace(last, blocks=blocks, rows=rows)))
