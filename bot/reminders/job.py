"""The job of the reminders: looks at those whose day has come, marks, then sends; by day, on working days.

A message is marked in the record before it is sent. Cut in between or on the way, it counts as sent: a date told
twice worries more than one missed, and « Dates à venir » still shows it.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from hashlib import sha256

import structlog

from bot.content import Library
from bot.errors import StoreUnavailable
from bot.feature import Outcome, Push
from bot.reminders.choice import remindable
from bot.reminders.clock import ClockWatch
from bot.reminders.decision import decide, last_day
from bot.reminders.hours import PARIS, is_open
from bot.reminders.record import Record
from bot.reminders.schedule import Schedules
from bot.reminders.screens import ReminderScreens
from bot.reminders.table import Kept, Table
from knowledge.content import Knowledge

EVERY = 60.0
"""Seconds between two rounds; one that finds nothing costs one look into an index."""
BATCH = 100
REFUSALS = 5
"""After so many refusals in a row a message is given up: marked, and not sent."""
LONGEST_REST = 1800.0
"""Seconds: the rest after a message that did not arrive doubles up to this, so that an outage costs few of them."""

_log = structlog.get_logger(__name__)


class Job:
    """Sends what is due. ``steady``: seconds that only move forward, whatever the clock of the day does."""

    def __init__(
        self,
        table: Table,
        library: Callable[[], Library],
        schedules: Schedules,
        now: Callable[[], datetime],
        steady: Callable[[], float],
    ) -> None:
        self._table, self._library, self._schedules = table, library, schedules
        self._now, self._steady = now, steady
        self._watch = ClockWatch()
        self._content: Knowledge | None = None
        self._rests_until, self._rest = 0.0, EVERY
        self._done: Counter[str] = Counter()

    async def run(self, push: Push, stop: asyncio.Event) -> None:
        """Make rounds until ``stop`` is set; a round that fails is made again later."""
        recovered = False
        while not stop.is_set():
            try:
                if not recovered:
                    await self.recover()
                    recovered = True
                await self.round(push, stop)
            except Exception as error:
                _log.error("reminders.round_failed", kind=type(error).__name__)
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), EVERY)

    async def recover(self) -> None:
        """Count the messages that a crash cut between mark and answer; they are not sent again."""
        cut = await self._table.recover()
        if cut:
            await self._table.count("incertains", cut)
            _log.warning("reminders.uncertain", count=cut)

    async def round(self, push: Push, stop: asyncio.Event) -> None:
        """Send what is due now, unless it is night, a Sunday, a public holiday, or the clock cannot be trusted."""
        now, steady = self._now(), self._steady()
        noted = await self._table.note("vu")
        if not self._watch.trusts(now, steady, date.fromisoformat(noted) if noted else None):
            return
        on = now.astimezone(PARIS).date()
        if noted != on.isoformat():
            await self._table.note("vu", on.isoformat())
        if not is_open(now) or steady < self._rests_until:
            return
        await self._notice_content(on)
        self._done.clear()
        while not stop.is_set() and await self._some(push, stop, on):
            pass
        if self._done:
            _log.info("reminders.round", **self._done)

    async def _notice_content(self, on: date) -> None:
        """Have all records looked at again when the milestones are no longer those of the last round."""
        knowledge = self._library().content.knowledge
        if knowledge is self._content:
            return
        parts = [each.model_dump_json() for each in remindable(knowledge)]
        parts.append(knowledge.calendar.model_dump_json() if knowledge.calendar else "")
        mark = sha256("\n".join(parts).encode()).hexdigest()
        if await self._table.note("jalons") != mark:
            await self._table.look_at_all(on)
            await self._table.note("jalons", mark)
        self._content = knowledge

    async def _some(self, push: Push, stop: asyncio.Event, on: date) -> bool:
        """Do some of what is due; return whether there may be more to do now."""
        due, unreadable = await self._table.due(on, BATCH)
        for person in unreadable:
            await self._table.delete(person)
        for kept in due:
            if stop.is_set() or not is_open(self._now()) or self._steady() < self._rests_until:
                return False
            try:
                await self._one(kept, push, stop, on)
            except StoreUnavailable:
                raise
            except Exception as error:
                _log.error("reminders.record_failed", kind=type(error).__name__)
                await self._table.change(kept, kept.record, on + timedelta(days=1), kept.state)
            await asyncio.sleep(0)
        return bool(due or unreadable)

    async def _one(self, kept: Kept, push: Push, stop: asyncio.Event, on: date) -> None:
        schedule = self._schedules.of(self._library().content.knowledge, on)
        if kept.state == "pause":
            if on < last_day(kept.record):
                await self._table.change(kept, kept.record, last_day(kept.record), "pause")
            else:
                await self._end(kept)
            return
        decision = decide(kept.record, schedule)
        if decision.record is None:
            await self._end(kept)
            return
        if not decision.speaks:
            await self._table.change(kept, decision.record, decision.day)
            return
        library, now = self._library(), self._now()
        local = now.astimezone(PARIS)
        speaker = library.speaker(kept.record.language, on, local)
        screen = ReminderScreens(speaker, library.content.dialogs).message(decision.record, decision)
        marked = await self._table.change(kept, replace(decision.record, refusals=0), decision.day, "envoi")
        if marked:
            outcome = await push(kept.record.address, screen, wanted=partial(self._table.is_marked, marked))
            await self._became(outcome, kept.record, marked, on, stopped=stop.is_set())

    async def _became(self, outcome: Outcome, before: Record, marked: Kept, on: date, *, stopped: bool) -> None:
        """Note what became of a message; only one that surely did not leave may leave again."""
        self._done[outcome.value] += 1
        if outcome is Outcome.UNWANTED:
            return  # the person changed the row meanwhile: it says what comes next
        if outcome is Outcome.GONE:
            await self._table.delete(marked.person)
            await self._table.count("partis", 1)
            return
        if outcome is Outcome.REFUSED and (stopped or before.refusals < REFUSALS):
            refusals = before.refusals + (0 if stopped else 1)
            day = on if refusals < 2 else on + timedelta(days=1)
            await self._table.change(marked, replace(before, refusals=refusals), day)
        else:
            names = {Outcome.SENT: "envoyes", Outcome.UNCERTAIN: "incertains", Outcome.REFUSED: "refuses"}
            await self._table.arrived(marked, names[outcome])
        if outcome is Outcome.SENT:
            self._rest = EVERY
            return
        self._rests_until, self._rest = self._steady() + self._rest, min(2 * self._rest, LONGEST_REST)
        _log.warning("reminders.not_sent", outcome=outcome.value)

    async def _end(self, kept: Kept) -> None:
        """Forget a record of its own: nobody said yes again, or nothing can come any more."""
        self._done["ended"] += 1
        await self._table.delete(kept.person)
        await self._table.count("finis", 1)
