"""One turn of any channel: understand, advance, say, save. Channels bring what they received and draw the reply.

Danger words come before everything, the store included: an emergency is answered even when nothing can be
read or written. What is said in a guarded tree stays in memory only; the saved session is the one from before it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Literal
from weakref import WeakValueDictionary
from zoneinfo import ZoneInfo

import structlog

from bot import payload, wording
from bot.beside import Beside
from bot.content import Library
from bot.crypto import Vault
from bot.deposit import is_deposit, opened
from bot.drawing import draw, how_it_was_translated, vital_numbers
from bot.errors import AlreadyProcessed, StoreUnavailable
from bot.feature import Feature, Turn
from bot.for_workers import WorkersLink
from bot.guarded import Guarded
from bot.hearing import about, first_language, heard, offered_language, subjects
from bot.language_offer import with_language_offer
from bot.registers import Registers
from bot.screen import Incoming, Reply
from bot.staff.screens import still_in_team
from bot.store.protocol import Keep, Outgoing, Saved, Store
from dialogs.effects import Effect, Emergency, Say, Wipe
from dialogs.engine import is_guarded, step
from dialogs.events import Did, Event, Picked, Spoke, Started
from dialogs.model import Tree
from dialogs.session import Session, UnreadableSession, dump, load
from dialogs.wording import RESTARTED
from knowledge.danger import Alarm, detect

PARIS = ZoneInfo("Europe/Paris")
Pack = Callable[[Reply], Sequence[Outgoing]]
"""How a channel writes its messages down before sending them, one per screen."""

log = structlog.get_logger()


class Conversation:
    """Every conversation of the service; one turn of a person at a time."""

    def __init__(
        self, library: Callable[[], Library], store: Store, vault: Vault, features: Sequence[Feature] = ()
    ) -> None:
        """``features``: asked in this order, before the questions."""
        self._library, self.store, self._vault = library, store, vault
        self._beside = Beside((WorkersLink(), *features))
        self._guarded = Guarded()
        self._registers = Registers()
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._telling: set[asyncio.Task[None]] = set()

    def person(self, channel: str, chat: str | int) -> str:
        """Return the keyed name under which a chat is known; it cannot be turned back."""
        return self._vault.person(channel, chat)

    def keeps_nothing(self, incoming: Incoming) -> bool:
        """Tell whether a message may not be written down even sealed: words of danger, or a guarded subject.

        A channel that keeps updates until they are answered asks this first.
        """
        if incoming.person in self._guarded or self._beside.keeps_nothing(incoming):
            return True
        trees = self._library().content.dialogs.trees
        if any(trees[name].guarded for name in subjects(self._library(), incoming) if name in trees):
            return True
        return bool(incoming.text) and detect(self._library().danger, str(incoming.text)) is not None

    def may_not_wait(self, incoming: Incoming) -> bool:
        """Tell whether a message holds sure words of danger, or asks for the numbers to call.

        Its answer changes no session, so that it may leave before the answers to what came earlier. Words that
        only may mean danger stay in order: they are an answer to the question as well.
        """
        if incoming.payload == payload.URGENT:
            return True
        alarm = detect(self._library().danger, incoming.text) if incoming.text else None
        return alarm is not None and alarm.level == "sur"

    async def forget(self, incoming: Incoming, now: datetime) -> tuple[str, ...]:
        """Erase a person who left by another way than a button; return the messages still deletable.

        Raises:
            AlreadyProcessed, StoreUnavailable: nothing was erased.
        """
        self._forget(incoming.person)
        return (await self.store.erase(incoming.person, now, update_id=incoming.update_id, gone=True)).messages

    async def handle(self, incoming: Incoming, now: datetime, pack: Pack | None = None) -> Reply:
        """Return what to answer to one message, press or opening; the session is saved by then.

        Args:
            incoming: what the channel received.
            now: the moment, with a time zone.
            pack: for channels that deliver after saving: their messages go into the outbox in the same transaction.

        Raises:
            AlreadyProcessed: the same update was answered before.
        """
        alarm = detect(self._library().danger, incoming.text) if incoming.text else None
        if alarm and alarm.level == "sur":
            return await self._urgent(incoming, alarm, now)
        lock = self._turns.setdefault(incoming.person, asyncio.Lock())
        async with lock:
            try:
                return await self._turn(incoming, alarm, now, pack)
            except StoreUnavailable as error:
                log.error("store_unavailable", reason=error.what)
                return self._without_store(incoming, alarm, now)

    # --- danger, before everything --------------------------------------------------------------------------------

    async def _urgent(self, incoming: Incoming, alarm: Alarm, now: datetime) -> Reply:
        """Answer with the emergency card, in the language of the words; nothing of it is kept.

        Words of a language that is not offered have a card too: the rest of the screen is in one that is.
        """
        library = self._library()
        speaks = any(language.id == alarm.language for language in library.catalogs.languages)
        offered = alarm.language if speaks else offered_language(library, incoming.language)
        language = self._registers.of(self._library().catalogs, incoming.person, offered)
        reply = self._draw((Emergency(alarm),), language, now, private=True)
        telling = asyncio.create_task(self._tell(incoming, now))
        self._telling.add(telling)
        telling.add_done_callback(self._telling.discard)
        await self._acknowledge(incoming, offered, now)
        return reply

    async def _tell(self, incoming: Incoming, now: datetime) -> None:
        """Tell the features of a cry, beside its answer: none of them may hold it back."""
        if incoming.person not in self._guarded:  # there it is the assistant that is spoken to, and nothing leaves
            await self._beside.overheard(incoming, now)

    async def _acknowledge(self, incoming: Incoming, language: str, now: datetime) -> None:
        """Note that an update was answered; a store that fails must not hold an emergency back."""
        if incoming.update_id is None:
            return
        try:
            await self.store.commit(
                incoming.person, Keep.AS_IS, now=now, language=language, update_id=incoming.update_id
            )
        except (StoreUnavailable, AlreadyProcessed):
            log.warning("emergency_not_acknowledged")

    def _without_store(self, incoming: Incoming, alarm: Alarm | None, now: datetime) -> Reply:
        language = offered_language(self._library(), incoming.language)
        effects: tuple[Effect, ...] = (Emergency(alarm),) if alarm else ()
        return self._draw((*effects, Say(wording.CANNOT_SAVE)), language, now, private=True)

    # --- an ordinary turn -------------------------------------------------------------------------------------------

    async def _turn(self, incoming: Incoming, alarm: Alarm | None, now: datetime, pack: Pack | None) -> Reply:
        saved, notice = await self._load(incoming, now)
        session = self._guarded.of(incoming.person, now) or saved
        content = self._library().content
        if incoming.payload == payload.URGENT:
            return await self._numbers(incoming, session, now)
        guarded = is_guarded(content, session)
        before: tuple[Effect, ...] = (Emergency(alarm),) if alarm else ()
        if aside := await self._aside(Turn(incoming, session, self._library(), now, guarded), before):
            return aside
        event = await self._heard(incoming, session, now, worried=alarm is not None)
        if guarded and _leaves(event, content.dialogs.trees):
            kept = replace(saved, stack=(), pending=None, changing=None, offer=None)
            session, guarded = replace(kept, language=session.language), False
        new, effects = step(content, session, event, now.astimezone(PARIS))
        if guarded and not is_guarded(content, new) and not any(isinstance(each, Wipe) for each in effects):
            outside = replace(saved, language=new.language)
            new, effects = step(content, outside, Did("menu"), now.astimezone(PARIS))
        if isinstance(event, Spoke) or new.language != session.language:
            notice = (*notice, *how_it_was_translated(self._library(), new.language))
        return await self._finish(incoming, new, (*before, *notice, *about(incoming), *effects), now, pack)

    async def _aside(self, turn: Turn, before: Sequence[Effect]) -> Reply | None:
        """Return what a feature answers, below a gentle line of danger if there is one; the session stays as it is."""
        reply = await self._beside.answer(turn)
        if reply and before:
            first = self._draw(before, turn.session.language, turn.now, private=True)
            reply = replace(reply, screens=(*first.screens, *reply.screens), private=True)
        if reply:
            await self._acknowledge(turn.incoming, turn.session.language, turn.now)
        return reply

    async def _heard(self, incoming: Incoming, session: Session, now: datetime, *, worried: bool) -> Event:
        code = incoming.text if incoming.start is None else incoming.start
        if code and incoming.payload is None and is_deposit(code):
            return await opened(self.store, code, now)
        return heard(self._library(), incoming, session, _day(now), worried=worried)

    async def _finish(
        self, incoming: Incoming, new: Session, effects: tuple[Effect, ...], now: datetime, pack: Pack | None
    ) -> Reply:
        self._registers.note(self._library().catalogs, incoming.person, new.language)
        wipe = next((effect for effect in effects if isinstance(effect, Wipe)), None)
        private = is_guarded(self._library().content, new) or any(isinstance(each, Emergency) for each in effects)
        reply = with_language_offer(
            self._library(), self._draw(effects, new.language, now, private=private), incoming, new
        )
        if wipe:
            return await self._wiped(incoming, reply, wipe, now)
        if is_guarded(self._library().content, new):
            self._guarded.keep(incoming.person, new, now)
            await self._acknowledge(incoming, new.language, now)
            return reply
        self._guarded.forget(incoming.person)
        if not private:
            turn = Turn(incoming, new, self._library(), now, guarded=False)
            reply = await self._beside.after(turn, effects, reply)
        outbox = pack(reply) if pack and not private else ()
        ids = await self.store.commit(
            incoming.person,
            dump(new),
            now=now,
            language=new.language,
            update_id=incoming.update_id,
            outbox=outbox,
        )
        return replace(reply, outbox=tuple(ids))

    async def _wiped(self, incoming: Incoming, reply: Reply, wipe: Wipe, now: datetime) -> Reply:
        self._forget(incoming.person)
        erased = await self.store.erase(incoming.person, now, update_id=incoming.update_id, fast=wipe.fast)
        if erased.in_team and not wipe.fast:  # who leaves fast shows nothing of the team to whoever looks
            reply = still_in_team(reply)
        kind: Literal["quitter", "effacer"] = "quitter" if wipe.fast else "effacer"
        return replace(reply, private=True, wiped=kind, forgotten=erased.messages)

    def _forget(self, person: str) -> None:
        """Drop all that is remembered of someone in memory."""
        self._guarded.forget(person)
        self._registers.forget(person)
        self._beside.forget(person)

    async def _load(self, incoming: Incoming, now: datetime) -> tuple[Session, tuple[Effect, ...]]:
        found = await self.store.load(incoming.person, now)
        if found is None:
            return Session(language=first_language(self._library(), incoming)), ()
        if isinstance(found, Saved):
            try:
                return load(found.session), ()
            except UnreadableSession:
                log.warning("session_unreadable")
        return Session(language=offered_language(self._library(), found.language)), (Say(RESTARTED),)

    async def _numbers(self, incoming: Incoming, session: Session, now: datetime) -> Reply:
        """Show the vital numbers; asking for them is no fact either and leaves the session alone."""
        effects = vital_numbers(self._library().content.knowledge)
        reply = self._draw(effects, session.language, now, private=True)
        await self._acknowledge(incoming, session.language, now)
        return reply

    def _draw(self, effects: Sequence[Effect], language: str, now: datetime, *, private: bool) -> Reply:
        return draw(self._library(), effects, language, now.astimezone(PARIS), private=private)


def _day(now: datetime) -> date:
    """Return the day it is in Paris."""
    return now.astimezone(PARIS).date()


def _leaves(event: Event, trees: Mapping[str, Tree]) -> bool:
    """Tell whether an event goes out of a guarded tree; what was said inside is then dropped."""
    if isinstance(event, Picked):
        return event.tree in trees and not trees[event.tree].guarded
    return isinstance(event, Started) or (isinstance(event, Did) and event.action in ("menu", "recommencer"))
