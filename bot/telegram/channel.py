"""The Telegram channel put together, and its life: take up what was left, take updates in, answer, stop."""

import asyncio
from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import structlog
from pydantic import SecretStr
from telegram import Message, Update
from telegram.ext import BaseRateLimiter, CallbackContext, ExtBot, TypeHandler
from telegram.request import BaseRequest

from bot.content import Library
from bot.feature import Outcome, Wanted
from bot.relay.port import Room
from bot.screen import Screen
from bot.telegram import menu
from bot.telegram.application import application
from bot.telegram.in_turn import InTurn, InTurns
from bot.telegram.incoming import Arrival, read
from bot.telegram.inline import Inline
from bot.telegram.intake import Intake, Kept
from bot.telegram.leftovers import part_of
from bot.telegram.limiter import ChatLimiter
from bot.telegram.notes import Notes
from bot.telegram.ordering import PersonOrder
from bot.telegram.outgoing import Outgoing, Part
from bot.telegram.push import Pushed, Pushes
from bot.telegram.questions import Questions
from bot.telegram.relay import ForumTopics
from bot.telegram.room import Group
from bot.telegram.sequence import PATIENCE
from bot.telegram.sequence import Sequence as Numbers
from bot.telegram.timing import Timing
from bot.telegram.turns import Conversation, Turns

HELD_SECONDS = 2.0
"""How long Telegram may be asked to keep an update; it holds back what the person writes behind it meanwhile."""

_Context = CallbackContext[ExtBot[str], Any, Any, Any]
_log = structlog.get_logger(__name__)


class Channel:
    """A python-telegram-bot Application whose queue holds arrivals, and its ``accept`` way in."""

    def __init__(
        self,
        conversation: Conversation,
        token: SecretStr,
        server: str,
        timing: Timing,
        limiter: BaseRateLimiter[str] | None = None,
        request: BaseRequest | None = None,
        library: Callable[[], Library] | None = None,
        group: str | None = None,
        room: Room | None = None,
    ) -> None:
        """Make it.

        Args:
            conversation: answers turns.
            token: of the bot.
            server: root address of a Bot API server, without ``/bot``.
            timing: the clocks.
            limiter: the pace of calls.
            request: carries calls, for measures.
            library: what inline mode offers from; None offers nothing.
            group: number or @name of the team's group.
            room: is brought what happens in that group.
        """
        self._conversation = conversation
        self.timing = timing
        self._order = PersonOrder(_place, _at_once)
        pace = limiter or ChatLimiter(timing)
        self._app = application(token, server, pace, self._order, request)
        self.bot: ExtBot[str] = self._app.bot
        questions, self._notes = Questions(), Notes(conversation.store, timing)
        self._outgoing = Outgoing(self.bot, self._notes, timing, questions)
        self.turns = Turns(conversation, self._outgoing, self._notes, questions, timing, room)
        self._group = Group(group or "")
        self._in_turns = InTurns(self._app.update_queue.put)
        if group and room:
            self._connect(room, group, questions)
        self._intake = Intake(conversation, timing)
        self._inline = Inline(self.bot, library, timing, self._seen, self._group)
        self._numbers = Numbers(timing)
        self._waited: dict[int, asyncio.Future[None]] = {}
        self._behind: set[asyncio.Task[None]] = set()
        leave = pace.room if isinstance(pace, ChatLimiter) else _at_any_time
        self._pushes = Pushes(self._app.update_queue.put, self._outgoing, leave)
        self._publishing: asyncio.Task[None] | None = None
        self.ready = False
        """Whether updates may be given."""
        self._handle()

    def _connect(self, room: Room, group: str, questions: Questions) -> None:
        """Give the room its ways into the team's group."""
        ways = (self._in_turns, self._outgoing, self._notes, questions)
        room.connect(ForumTopics(self.bot, group, self._name, *ways, lambda: self.ready))

    def _handle(self) -> None:
        """Say who takes each kind of work that the queue holds."""
        self._app.add_handler(TypeHandler(Arrival, self._on_arrival))
        self._app.add_handler(TypeHandler(Part, self._on_part))
        self._app.add_handler(TypeHandler(Pushed, self._on_pushed))
        self._app.add_handler(TypeHandler(InTurn, self._on_in_turn))

    @property
    def name(self) -> str:
        """The bot's name without @; empty until Telegram has told it."""
        return str(self.bot.username) if self.ready else ""

    async def start(self) -> None:
        """Take up what a crash left, then be ready for updates; the bot is connected already."""
        await self._app.initialize()
        await self._app.start()
        await self._take_up()
        self._publishing = asyncio.create_task(menu.publish(self.bot))
        self._inline.begin()
        self.ready = True
        _log.info("telegram.started")

    async def accept(self, updates: Sequence[Update]) -> None:
        """Take in what polling brought: once this returns, a crash does not lose what may be written down.

        Updates seen before are left out. When the store is out of order they are answered
        all the same: numbers to call in danger must not wait for a disk, so they come first.
        """
        turns = [update for update in updates if not self._inline.take(update)]
        found = [arrival for update in turns if (arrival := self._read(update))]
        found.sort(key=lambda arrival: (not arrival.at_once, arrival.update_id))
        kept = await asyncio.gather(*(self._intake.keep(arrival) for arrival in found))
        for arrival, where in zip(found, kept, strict=True):
            if where in (Kept.ON_DISK, Kept.NOWHERE):
                await self._app.update_queue.put(arrival)

    async def deliver(self, update: Update) -> bool:
        """Take in one update of a webhook; return whether Telegram may forget it: kept, answered or known.

        What may not be written down is answered first, since nothing else would bring it back; but only for
        a moment, since words of danger may wait behind it at Telegram.
        """
        arrival = None if self._inline.take(update) else self._read(update)
        if arrival is None:
            self._numbers.come(update.update_id, lambda: None)
            return True
        where = await self._intake.keep(arrival)
        if where in (Kept.ON_DISK, Kept.NOWHERE):
            self._let_in(arrival, self._intake.ahead_of(arrival) if where is Kept.NOWHERE else [])
        return where in (Kept.ON_DISK, Kept.KNOWN) or await self._answered(arrival)

    async def push(
        self, address: bytes, screen: Screen, *, silent: bool = False, wanted: Wanted | None = None
    ) -> Outcome:
        """See ``bot.feature.Push``; refused while the channel is not ready."""
        if not self.ready:
            return Outcome.REFUSED
        chat = int(address)
        return await self._pushes.send(Part(chat, self._name(chat), screen, silent=silent), wanted)

    async def close(self, grace: float) -> None:
        """Stop, even before a start; answers not made in ``grace`` seconds wait for the next start."""
        self.ready = False
        self._numbers.close()
        if self._publishing:
            self._publishing.cancel()
        await self._inline.close()
        if self._app.running:
            stopping = asyncio.create_task(self._app.stop())
            done, _ = await asyncio.wait({stopping}, timeout=grace)
            if not done:
                self._order.abandon()
            await stopping
        for waiting in (*self._waited.values(), *self._behind):
            waiting.cancel()
        self._pushes.give_up()
        self._in_turns.give_up()
        await self._app.shutdown()
        await self.bot.shutdown()

    async def _seen(self, message: Message) -> None:
        await self._notes.seen(self._name(message.chat.id), message.message_id)

    def _name(self, chat: int | str) -> str:
        return self._conversation.person("telegram", chat)

    def _read(self, update: Update) -> Arrival | None:
        arrival = read(update, self._name, self._group)
        if arrival and arrival.kind == "turn" and self._conversation.may_not_wait(arrival.incoming()):
            return replace(arrival, at_once=True)
        return arrival

    def _let_in(self, arrival: Arrival, ahead: Sequence[asyncio.Future[None]]) -> None:
        """Queue an update of a webhook once those before it came; words of danger now."""
        put = partial(self._app.update_queue.put_nowait, arrival)
        if arrival.at_once:
            self._numbers.come(arrival.update_id, lambda: None)
            put()
        elif ahead:
            task = asyncio.get_running_loop().create_task(self._come_behind(arrival.update_id, ahead, put))
            self._behind.add(task)
            task.add_done_callback(self._behind.discard)
        else:
            self._numbers.come(arrival.update_id, put)

    async def _come_behind(self, number: int, ahead: Sequence[asyncio.Future[None]], put: Callable[[], None]) -> None:
        await asyncio.wait(ahead)
        # Until that answer, Telegram kept back what came behind it: time for it to come now.
        await self.timing.sleep(PATIENCE)
        self._numbers.come(number, put)

    async def _answered(self, arrival: Arrival) -> bool:
        """Wait for the answer, for a moment; False when the service stops first."""
        waited = self._waited.setdefault(arrival.update_id, asyncio.get_running_loop().create_future())
        enough = asyncio.ensure_future(self.timing.sleep(HELD_SECONDS))
        await asyncio.wait({waited, enough}, return_when=asyncio.FIRST_COMPLETED)
        enough.cancel()
        return not waited.cancelled()

    async def _take_up(self) -> None:
        """Queue the messages and the updates that a crash left, each in its person's order."""
        store, now = self._conversation.store, self.timing.now()
        for delivery in await store.due(now):
            if part := part_of(delivery):
                await self._app.update_queue.put(part)
        for pending in await store.pending(now):
            if arrival := Arrival.load(pending.body):
                await self._app.update_queue.put(arrival)

    async def _on_arrival(self, arrival: Arrival, _: _Context) -> None:
        try:
            await self.turns.take(arrival)
        finally:
            self._intake.answered(arrival)
        waited = self._waited.pop(arrival.update_id, None)
        if waited and not waited.done():
            waited.set_result(None)

    async def _on_part(self, part: Part, _: _Context) -> None:
        await self._outgoing.deliver_part(part)

    async def _on_pushed(self, pushed: Pushed, _: _Context) -> None:
        await self._pushes.deliver(pushed)

    async def _on_in_turn(self, work: InTurn, _: _Context) -> None:
        await work.work()


async def _at_any_time() -> None:
    """Wait for nothing: another pace, for measures, keeps no place for what nobody asked."""


def _at_once(update: object) -> bool:
    return isinstance(update, Arrival) and update.at_once


def _place(update: object) -> tuple[Hashable, tuple[int, int]]:
    """Return whose an update is and its rank: what was left to say comes before what is new."""
    if isinstance(update, Arrival):
        return update.person, (1, update.update_id)
    if isinstance(update, Part):
        return update.person, (0, update.row or 0)
    if isinstance(update, Pushed):
        return update.part.person, (2, 0)
    if isinstance(update, InTurn):
        return update.person, (2, 0)
    return object(), (0, 0)
