"""One update, from what it says to the answer in the chat; every problem ends here, in the log."""

import asyncio
import traceback
from collections import OrderedDict
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import Protocol

import structlog

from bot.errors import AlreadyProcessed, StoreUnavailable
from bot.relay.port import Room
from bot.screen import Incoming, Reply
from bot.store.protocol import Keep, Store
from bot.store.protocol import Outgoing as Row
from bot.telegram import menu
from bot.telegram.incoming import Arrival
from bot.telegram.leftovers import pack
from bot.telegram.notes import Notes
from bot.telegram.outgoing import Outgoing
from bot.telegram.questions import Questions
from bot.telegram.timing import Timing

GROUPS_KEPT = 1_000
Pack = Callable[[Reply], Sequence[Row]]
_log = structlog.get_logger(__name__)


class Conversation(Protocol):
    """What the channel talks to; each turn is closed with ``incoming.update_id``, private or not."""

    store: Store

    async def handle(self, incoming: Incoming, now: datetime, pack: Pack | None = None) -> Reply:
        """Return the answer to what a person did; AlreadyProcessed for an update answered before.

        Args:
            incoming: what the person did.
            now: the moment.
            pack: makes the outbox rows, one per screen, of a reply that may be written to disk.
        """

    def person(self, channel: str, chat: str | int) -> str:
        """Return the keyed name of a chat."""

    def keeps_nothing(self, incoming: Incoming) -> bool:
        """Tell whether a message may not be written down, even sealed, before it is answered."""

    def may_not_wait(self, incoming: Incoming) -> bool:
        """Tell whether a message is answered the same whatever came before it, and at once."""

    async def forget(self, incoming: Incoming, now: datetime) -> tuple[str, ...]:
        """Erase a person; return the messages still deletable."""


class Turns:
    """Answers arrivals, each in its person's order (see ``ordering``)."""

    def __init__(
        self,
        conversation: Conversation,
        outgoing: Outgoing,
        notes: Notes,
        questions: Questions,
        timing: Timing,
        room: Room | None = None,
    ) -> None:
        """``room``: is brought what happens in the team's group."""
        self._conversation, self._room = conversation, room
        self._outgoing = outgoing
        self._notes = notes
        self._questions = questions
        self._timing = timing
        self._told: OrderedDict[int, None] = OrderedDict()

    async def take(self, arrival: Arrival) -> None:
        """Answer one update; raises nothing but a cancellation."""
        answering = asyncio.create_task(self._answer(arrival))
        try:
            match arrival.kind:
                case "turn":
                    await self._turn(arrival)
                case "group":
                    await self._tell_once(arrival)
                case "room":
                    await self._in_room(arrival)
                case "left":
                    await self._forget(arrival)
        except asyncio.CancelledError:
            answering.cancel()
            raise
        except Exception as error:
            _report(error)
            await self._excuse(arrival)
        finally:
            await asyncio.gather(answering, return_exceptions=True)

    async def _answer(self, arrival: Arrival) -> None:
        if arrival.press is not None:
            await self._outgoing.answer(arrival.press)

    async def _turn(self, arrival: Arrival) -> None:
        if arrival.written is not None:
            self._questions.written(arrival.chat)
            # Before the turn, so that a wish to erase everything finds this message too.
            await self._notes.seen(arrival.person, arrival.written)
        try:
            reply = await self._conversation.handle(arrival.incoming(), self._timing.now(), partial(pack, arrival.chat))
        except AlreadyProcessed:
            return
        pressed = arrival.message if arrival.press is not None else None
        await self._outgoing.deliver(arrival.chat, arrival.person, reply, pressed)

    async def _tell_once(self, arrival: Arrival) -> None:
        if arrival.chat in self._told:
            return
        self._told[arrival.chat] = None
        if len(self._told) > GROUPS_KEPT:
            self._told.popitem(last=False)
        await self._outgoing.say(arrival.chat, arrival.person, menu.private_only(arrival.language))

    async def _in_room(self, arrival: Arrival) -> None:
        """Bring it to the relay, then close the update: what it asked for is kept by then."""
        if self._room and arrival.room:
            await self._room.take(arrival.room)
        await self._close(arrival)

    async def _forget(self, arrival: Arrival) -> None:
        """Erase a person who blocked the bot; the messages of a blocked chat are out of reach."""
        store, now = self._conversation.store, self._timing.now()
        self._questions.forget(arrival.chat)
        with suppress(AlreadyProcessed):
            messages = await self._conversation.forget(arrival.incoming(), now)
            await store.forget_messages(arrival.person, messages)

    async def _excuse(self, arrival: Arrival) -> None:
        """Say that no answer could be made, and close the update: it must not fail again at each start."""
        with suppress(StoreUnavailable):
            await self._close(arrival)
        if arrival.kind == "turn":
            await self._outgoing.say(arrival.chat, arrival.person, menu.sorry(arrival.language))

    async def _close(self, arrival: Arrival) -> None:
        """Mark an update as processed, and take its sealed body off the disk."""
        with suppress(AlreadyProcessed):
            await self._conversation.store.commit(
                arrival.person,
                Keep.AS_IS,
                now=self._timing.now(),
                language=arrival.language or "fr",
                update_id=arrival.update_id,
            )


def _report(error: Exception) -> None:
    """Log the class of an error and its place in the code; its text may quote the person."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f"{frames[-1].filename.rsplit('/', 1)[-1]}:{frames[-1].lineno}" if frames else ""
    _log.error("telegram.turn_failed", error=type(error).__name__, where=where)
