"""What a person does with their reminders: says yes, looks, pauses, changes the months, ends. Each answers a press."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.feature import Turn
from bot.reminders import payloads, words
from bot.reminders.record import Record
from bot.reminders.schedule import HORIZON_DAYS, Moment, Schedule, Schedules
from bot.reminders.screens import ReminderScreens
from bot.reminders.table import Kept, State, Table
from bot.reminders.told import Family, corrected, family_of, typed_family, updated
from bot.screen import Reply, Screen
from knowledge.base import Label
from knowledge.danger import detect

_TRIES = 2
"""Answers that may be no months before what is typed goes to the conversation again."""


class Wishes:
    """Answers the buttons of the reminders. Whose row it is follows from who pressed, never from the button."""

    def __init__(self, table: Table, schedules: Schedules) -> None:
        self._table, self._schedules = table, schedules
        self._waiting: dict[str, int] = {}
        """Who is expected to type months, in memory only: person -> answers left."""
        self._presses = {
            payloads.OFFER: self._offer, payloads.YES: self._yes, payloads.NO: self._no, payloads.SEE: self._see,
            payloads.PAUSE: self._pause, payloads.RESUME: self._resume, payloads.MONTHS: self._months,
            payloads.TAKE: self._take, payloads.AGAIN: self._again, payloads.END: self._end,
        }  # fmt: skip

    def forget(self, person: str) -> None:
        """Forget that months are expected from somebody."""
        self._waiting.pop(person, None)

    async def answer(self, turn: Turn) -> Reply | None:
        """Return the answer to a button of the reminders or to months typed after one; None for anything else."""
        incoming = turn.incoming
        tries = self._waiting.pop(incoming.person, 0)
        press = self._presses.get(incoming.payload or "")
        if press:
            # In a guarded conversation nothing is written down; that no more is sent can always be wished.
            is_allowed = not turn.guarded or incoming.payload in (payloads.END, payloads.PAUSE)
            return await press(turn) if is_allowed else None
        if not tries or not incoming.text or turn.guarded or detect(turn.library.danger, incoming.text):
            return None  # words that may mean danger are heard, and end the waiting
        return await self._typed(turn, tries)

    def draft(self, turn: Turn, family: Family) -> Record:
        """Return the reminders that a family would have from today on."""
        today = turn.local.date()
        return Record(
            turn.incoming.address,
            turn.session.language,
            today,
            family.children,
            family.complete,
            family.term,
            family.district,
        )

    def moments(self, turn: Turn, record: Record) -> tuple[Moment, ...]:
        """Return what would come within a year."""
        schedule = self._schedule(turn)
        found = schedule.moments(record, schedule.coming(record))
        return tuple(each for each in found if (each.opens - schedule.on).days <= HORIZON_DAYS)

    # --- the yes ----------------------------------------------------------------------------------------------------

    async def _offer(self, turn: Turn) -> Reply:
        if kept := await self._table.get(turn.incoming.person):
            return self._mine(turn, kept.record, kept.state)
        family = _family(turn)
        if family is None:
            return _reply(turn, _screens(turn).says(words.NOT_FOR_YOU))
        draft = self.draft(turn, family)
        return _reply(turn, _screens(turn).consent(draft, next(iter(self.moments(turn, draft)), None)))

    async def _yes(self, turn: Turn) -> Reply:
        if kept := await self._table.get(turn.incoming.person):
            return self._mine(turn, kept.record, kept.state)
        family = _family(turn)
        if family is None:
            return _reply(turn, _screens(turn).says(words.NOT_FOR_YOU))
        if family.is_empty or family.rough:
            return self._ask_months(turn, *((words.NEED_MONTHS,) if family.rough else ()))
        return await self._save(turn, self.draft(turn, family), "actif", words.AGREED)

    async def _no(self, turn: Turn) -> Reply:
        return _reply(turn, _screens(turn).says(words.REFUSED))

    # --- what is kept -------------------------------------------------------------------------------------------------

    async def _see(self, turn: Turn) -> Reply:
        kept = await self._table.get(turn.incoming.person)
        if kept and kept.record.language != turn.session.language:
            return await self._save(turn, kept.record, _state(kept))  # who looks sees the language on the screen
        if kept:
            return self._mine(turn, kept.record, kept.state)
        screens = _screens(turn)
        if _family(turn) is None:
            return _reply(turn, screens.says(words.NONE_YET, words.NOT_FOR_YOU))
        offer = (screens.button(words.OFFER, payloads.OFFER, "🔔"),)
        return _reply(turn, screens.says(words.NONE_YET, words.HOW_TO_BEGIN, rows=(offer,)))

    async def _pause(self, turn: Turn) -> Reply:
        await self._table.pause(turn.incoming.person)
        return await self._see(turn)

    async def _resume(self, turn: Turn) -> Reply:
        """Go on after a pause: a new yes, for a year."""
        kept = await self._table.get(turn.incoming.person)
        if kept is None or kept.state != "pause":
            return await self._see(turn)
        return await self._save(turn, replace(kept.record, agreed=_today(turn), asked=None), "actif")

    async def _again(self, turn: Turn) -> Reply:
        """Go on for a year, when that was asked."""
        kept = await self._table.get(turn.incoming.person)
        if kept is None or kept.record.asked is None:
            return await self._see(turn)
        return await self._save(turn, replace(kept.record, agreed=_today(turn), asked=None), "actif", words.AGAIN)

    async def _end(self, turn: Turn) -> Reply:
        await self._table.delete(turn.incoming.person)
        return _reply(turn, _screens(turn).says(words.ENDED))

    # --- other months -------------------------------------------------------------------------------------------------

    async def _months(self, turn: Turn) -> Reply:
        kept = await self._table.get(turn.incoming.person)
        return self._ask_months(turn) if kept else await self._see(turn)

    async def _take(self, turn: Turn) -> Reply:
        kept, family = await self._table.get(turn.incoming.person), _family(turn)
        if kept is None or family is None:
            return await self._see(turn)
        if family.rough:
            return self._ask_months(turn, words.NEED_MONTHS)
        return await self._save(turn, updated(kept.record, family, whole=False), _state(kept), words.UPDATED)

    async def _typed(self, turn: Turn, tries: int) -> Reply | None:
        family = typed_family(str(turn.incoming.text), _today(turn))
        if family is None:
            return self._ask_months(turn, words.NOT_UNDERSTOOD, tries=tries - 1) if tries > 1 else None
        if family.is_empty or family.rough:
            return self._ask_months(turn, words.NEED_MONTHS, tries=tries)
        kept = await self._table.get(turn.incoming.person)
        if kept:
            return await self._save(turn, corrected(kept.record, family), _state(kept), words.UPDATED)
        home = _family(turn)  # months are asked after a yes only, so this typing belongs to one
        family = replace(family, district=family.district or (home.district if home else None))
        return await self._save(turn, self.draft(turn, family), "actif", words.AGREED)

    def _ask_months(self, turn: Turn, *said: Label, tries: int = _TRIES) -> Reply:
        self._waiting[turn.incoming.person] = tries
        return _reply(turn, _screens(turn).ask_months(*said))

    # --- pieces -------------------------------------------------------------------------------------------------------

    async def _save(self, turn: Turn, record: Record, state: State, *said: Label) -> Reply:
        """Keep a record, in the language and the chat of who changed it, and show it."""
        record = replace(record, language=turn.session.language, address=turn.incoming.address)
        await self._table.save(turn.incoming.person, record, _today(turn), state)
        return self._mine(turn, record, state, *said)

    def _mine(self, turn: Turn, record: Record, state: State, *said: Label) -> Reply:
        schedule = self._schedule(turn)
        now = schedule.open_now(schedule.coming(record))
        told = _screens(turn).mine(record, state, now, self.moments(turn, record), *said)
        return _reply(turn, told)

    def _schedule(self, turn: Turn) -> Schedule:
        return self._schedules.of(turn.library.content.knowledge, _today(turn))


def _reply(turn: Turn, screen: Screen) -> Reply:
    return turn.reply(screen, private=turn.guarded)


def _screens(turn: Turn) -> ReminderScreens:
    return ReminderScreens(turn.speaker(), turn.library.content.dialogs)


def _family(turn: Turn) -> Family | None:
    return family_of(turn.session.plain, _today(turn))


def _today(turn: Turn) -> date:
    return turn.local.date()


def _state(kept: Kept) -> State:
    """Return the state after a change: a pause stays one."""
    return "pause" if kept.state == "pause" else "actif"
