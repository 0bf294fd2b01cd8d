"""Delivers what relays keep, in order for each, and does what the time brings. Never lets an error rise."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from functools import partial

import structlog

from bot.errors import StoreUnavailable
from bot.relay.desk import Desk
from bot.relay.model import Cut, Ticked
from bot.relay.pieces import Piece, Waiting
from bot.relay.port import Topics, Undelivered, Why
from bot.relay.screens import RelayScreens
from bot.relay.staff_screens import team_screen
from bot.relay.topic_table import Topic
from bot.screen import Screen

EVERY = 2.0
"""Seconds between two looks at the store: an erasure tells nobody."""

_PAUSES = (2, 5, 10, 20, 40, 60)
"""Seconds before another try, when Telegram could not be reached; the last one again and again."""

_log = structlog.get_logger(__name__)


class Post:
    """One task for each relay that has something to deliver."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._pauses: dict[int, tuple[int, int]] = {}
        """Relay -> how often it failed in a row, and when it is tried again."""

    @property
    def busy(self) -> int:
        """Return how many relays something is being delivered for now."""
        return len(self._tasks)

    async def run(self, stop: asyncio.Event) -> None:
        """Work until ``stop`` is set; what is not delivered by then waits for the next start."""
        while not stop.is_set():
            self._desk.wake.clear()
            try:
                await self.round()
            except StoreUnavailable:
                _log.warning("relay.store_unavailable")
            except Exception as error:
                _log.error("relay.failed", error=type(error).__name__)
            await _first_of(stop, self._desk.wake)
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)

    async def round(self) -> None:
        """Do what is due now, and begin to deliver what waits."""
        topics, now = self._desk.topics, self._desk.seconds
        rows, queue, places = self._desk.rows, self._desk.queue, self._desk.places
        if topics is None:
            return
        for relay in await rows.due(now):
            kept = await rows.by_id(relay)
            if kept and not await self._desk.free(kept):
                await self._desk.happens(relay, Ticked())
        for topic in await places.left():
            self._desk.numbers.forget(topic.relay)
            await places.leave(topic, Piece("team", "say", "family_left"), now)
        busy = await queue.busy(now)
        for relay in busy:
            if relay not in self._tasks and self._pauses.get(relay, (0, 0))[1] <= now:
                self._start(relay, topics)
        for topic in await places.due(now):
            if topic.relay not in busy:
                await self._delete(topics, topic)

    def _start(self, relay: int, topics: Topics) -> None:
        task = asyncio.create_task(self._drain(relay, topics))
        self._tasks[relay] = task

        def ended(_: asyncio.Task[None]) -> None:
            self._tasks.pop(relay, None)
            self._desk.wake.set()  # something may have come between its last look and now

        task.add_done_callback(ended)

    async def _drain(self, relay: int, topics: Topics) -> None:
        try:
            while waiting := await self._desk.queue.next(relay, self._desk.seconds):
                if not await self._tried(waiting, topics):
                    return
                self._pauses.pop(relay, None)
        except StoreUnavailable:
            _log.warning("relay.store_unavailable")
            self._pause(relay)
        except Exception as error:
            _log.error("relay.delivery_failed", error=type(error).__name__)
            self._pause(relay)

    def _pause(self, relay: int) -> None:
        failed = self._pauses.get(relay, (0, 0))[0]
        seconds = _PAUSES[min(failed, len(_PAUSES) - 1)]
        self._pauses[relay] = failed + 1, self._desk.seconds + seconds

    async def _tried(self, waiting: Waiting, topics: Topics) -> bool:
        """Deliver one piece; False when it is to be tried again later."""
        try:
            await self._deliver(waiting, topics)
        except Undelivered as trouble:
            if trouble.why is Why.LATER:
                self._pause(waiting.relay)
                return False
            await self._give_up(waiting, trouble.why)
        await self._desk.queue.done(waiting.row)
        return True

    async def _deliver(self, waiting: Waiting, topics: Topics) -> None:
        piece, numbers = waiting.piece, self._desk.numbers
        if piece.kind == "open":
            if await self._desk.rows.by_id(waiting.relay):
                thread, name = await topics.create(piece.word)
                await self._desk.places.made(waiting, name, thread, self._desk.seconds)
            return
        wanted = partial(self._desk.queue.wanted, waiting.row)
        address = piece.address.encode()
        if piece.to == "family" and piece.kind == "say":
            await topics.tell(address, self._family_screen(piece), wanted)
            return
        topic = await self._desk.places.of(waiting.relay)
        if topic is None or not await wanted():
            return  # deleted by hand, or erased meanwhile
        reply = numbers.there(waiting.relay, piece.to, piece.reply)
        if piece.kind == "say":
            await topics.say(topic.thread, team_screen(piece.word, piece.values, waiting.relay))
        elif piece.to == "team":
            copy = await topics.bring(topic.thread, address, piece.message, reply)
            numbers.pair(waiting.relay, "team", piece.message, copy)
        else:
            copy = await topics.carry(address, piece.message, reply, wanted)
            numbers.pair(waiting.relay, "family", piece.message, copy)

    def _family_screen(self, piece: Piece) -> Screen:
        library, now = self._desk.library(), self._desk.now()
        speaker = library.speaker(piece.language, now.date(), now)
        return RelayScreens(speaker).said(piece.word, piece.values)

    async def _give_up(self, waiting: Waiting, why: Why) -> None:
        """Say to whom it matters that something will not arrive."""
        piece, relay = waiting.piece, waiting.relay
        match why:
            case Why.NO_RIGHT:
                _log.error("relay.group_refuses", advice="passerelle relay check")
                self._desk.break_down()
                await self._desk.happens(relay, Cut("team"))
            case Why.TOPIC_GONE:
                _log.warning("relay.topic_gone")
                await self._desk.places.deleted(relay)
                await self._desk.happens(relay, Cut("team"))
            case Why.FAMILY_GONE:
                await self._desk.happens(relay, Cut("family"))
            case Why.NOT_COPIED:
                await self._tell_sender(waiting, piece)

    async def _tell_sender(self, waiting: Waiting, piece: Piece) -> None:
        if piece.kind != "copy":
            _log.error("relay.words_refused", word=piece.word)
            return
        topic = await self._desk.places.of(waiting.relay)
        if piece.to == "family" and topic:
            await self._desk.places.post(topic, Piece("team", "say", "not_carried"), self._desk.seconds)
        elif piece.to == "team" and (kept := await self._desk.rows.by_id(waiting.relay)):
            told = Piece("family", "say", "not_carried", address=piece.address, language=piece.language)
            await self._desk.rows.add(kept, told, self._desk.seconds)

    async def _delete(self, topics: Topics, topic: Topic) -> None:
        """Delete a topic whose time has come; one that Telegram keeps now is tried again."""
        try:
            await topics.delete(topic.thread)
        except Undelivered as trouble:
            if trouble.why is Why.LATER:
                return  # at the next look: the channel is starting, or Telegram is out of reach
            if trouble.why is not Why.TOPIC_GONE:
                _log.warning("relay.topic_not_deleted", why=trouble.why.value, advice="passerelle relay check")
                await self._desk.places.delete_later(topic, self._desk.seconds)
                return
        await self._desk.places.deleted(topic.relay)
        self._desk.numbers.forget(topic.relay)


async def _first_of(*events: asyncio.Event) -> None:
    """Wait until one is set, or for a moment."""
    waiting = [asyncio.ensure_future(event.wait()) for event in events]
    try:
        with suppress(TimeoutError):
            await asyncio.wait(waiting, timeout=EVERY, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for each in waiting:
            each.cancel()
