"""The Telegram channel put together, and its life: connect, take up what was left, answer, stop."""

import asyncio
import logging
from collections.abc import Hashable, Sequence
from typing import Any

import structlog
from pydantic import SecretStr
from telegram import Update
from telegram.ext import Application, BaseRateLimiter, CallbackContext, ExtBot, TypeHandler
from telegram.request import HTTPXRequest

from bot.errors import SettingsError, StoreUnavailable
from bot.settings import Settings
from bot.telegram import menu
from bot.telegram.incoming import Arrival, read
from bot.telegram.leftovers import part_of
from bot.telegram.limiter import ChatLimiter
from bot.telegram.notes import Notes
from bot.telegram.ordering import PersonOrder
from bot.telegram.outgoing import Outgoing, Part
from bot.telegram.polling import Poller, until
from bot.telegram.questions import Questions
from bot.telegram.timing import Timing
from bot.telegram.turns import Conversation, Turns

GRACE_SECONDS = 5.0
"""How long a stop waits for answers under way; the store keeps the others for the next start."""

_CONNECTIONS = 64
_READ_SECONDS = 15.0
_POOL_SECONDS = 60.0  # waiting for a free connection is no failure
_Telegram = Application[ExtBot[str], Any, Any, Any, Any, Any]
_Context = CallbackContext[ExtBot[str], Any, Any, Any]
_log = structlog.get_logger(__name__)


async def run_polling(
    conversation: Conversation,
    settings: Settings,
    stop: asyncio.Event,
    *,
    timing: Timing | None = None,
    limiter: BaseRateLimiter[str] | None = None,
    grace: float = GRACE_SECONDS,
) -> None:
    """Answer on Telegram until ``stop`` is set, in the running event loop.

    Args:
        conversation: answers, and owns the store.
        settings: gives the token and the server.
        stop: ends everything cleanly, within about ``grace`` seconds.
        timing: clocks other than the real ones, for tests.
        limiter: another pace, for measures.
        grace: seconds left to answers under way.

    Raises:
        SettingsError: no token, or one that Telegram refuses, now or later.
    """
    if settings.telegram_token is None:
        raise SettingsError("PASSERELLE_TELEGRAM_TOKEN : aucun jeton\n    -> demandez-en un à @BotFather")
    timing = timing or Timing()
    channel = Channel(conversation, settings.telegram_token, settings.telegram_api, timing, limiter)
    poller = Poller(channel.bot, channel.accept, timing)
    try:
        if await until(stop, poller.connect()):
            await channel.start()
            await until(stop, poller.run())
    finally:
        await channel.close(grace)


class Channel:
    """A python-telegram-bot Application whose queue holds arrivals, and its ``accept`` way in."""

    def __init__(
        self,
        conversation: Conversation,
        token: SecretStr,
        server: str,
        timing: Timing,
        limiter: BaseRateLimiter[str] | None = None,
    ) -> None:
        """``server``: root address of a Bot API server, without ``/bot``."""
        quiet_libraries()
        self._conversation = conversation
        self._timing = timing
        self._order = PersonOrder(_place)
        self._app = _application(token, server, limiter or ChatLimiter(timing), self._order)
        self.bot: ExtBot[str] = self._app.bot
        questions, notes = Questions(), Notes(conversation.store, timing)
        self._outgoing = Outgoing(self.bot, notes, timing, questions)
        self._turns = Turns(conversation, self._outgoing, notes, questions, timing)
        self._app.add_handler(TypeHandler(Arrival, self._on_arrival))
        self._app.add_handler(TypeHandler(Part, self._on_part))

    async def start(self) -> None:
        """Take up what a crash left, then be ready for updates; the bot is connected already."""
        await self._app.initialize()
        await self._app.start()
        await self._take_up()
        await menu.publish(self.bot)
        _log.info("telegram.started")

    async def accept(self, updates: Sequence[Update]) -> None:
        """Take updates in, from polling or a webhook: once this returns, a crash does not lose them.

        Updates seen before are left out. When the store is out of order they are answered
        all the same: numbers to call in danger must not wait for a disk.
        """
        read_ones = [arrival for update in updates if (arrival := read(update, self._name))]
        known = await asyncio.gather(*(self._keep(arrival) for arrival in read_ones))
        for arrival, is_new in zip(read_ones, known, strict=True):
            if is_new:
                await self._app.update_queue.put(arrival)

    async def close(self, grace: float) -> None:
        """Stop, even before a start; answers not made in ``grace`` seconds wait for the next start."""
        if self._app.running:
            stopping = asyncio.create_task(self._app.stop())
            done, _ = await asyncio.wait({stopping}, timeout=grace)
            if not done:
                self._order.abandon()
            await stopping
        await self._app.shutdown()
        await self.bot.shutdown()

    def _name(self, chat: int) -> str:
        return self._conversation.person("telegram", chat)

    async def _keep(self, arrival: Arrival) -> bool:
        """Return whether an arrival is new; it is on the disk by then, unless nothing may be lost or written of it."""
        if arrival.kind == "group":
            return True
        if arrival.kind == "turn" and self._conversation.keeps_nothing(arrival.incoming()):
            return True  # answered at once; an update that was answered before is refused by its id
        store = self._conversation.store
        try:
            return await store.receive(arrival.update_id, arrival.person, arrival.dump(), self._timing.now())
        except StoreUnavailable:
            _log.warning("telegram.store_unavailable")
            return True

    async def _take_up(self) -> None:
        """Queue the messages and the updates that a crash left, each in its person's order."""
        store, now = self._conversation.store, self._timing.now()
        for delivery in await store.due(now):
            if part := part_of(delivery):
                await self._app.update_queue.put(part)
        for pending in await store.pending(now):
            if arrival := Arrival.load(pending.body):
                await self._app.update_queue.put(arrival)

    async def _on_arrival(self, arrival: Arrival, _: _Context) -> None:
        await self._turns.take(arrival)

    async def _on_part(self, part: Part, _: _Context) -> None:
        await self._outgoing.deliver_part(part)


def quiet_libraries() -> None:
    """Silence the libraries' own logs: they print addresses that hold the token, and whole updates."""
    for name in ("telegram", "httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)


def _application(token: SecretStr, server: str, limiter: BaseRateLimiter[str], order: PersonOrder) -> _Telegram:
    request = HTTPXRequest(connection_pool_size=_CONNECTIONS, read_timeout=_READ_SECONDS, pool_timeout=_POOL_SECONDS)
    return (
        Application.builder()
        .token(token.get_secret_value())
        .base_url(f"{server}/bot")
        .base_file_url(f"{server}/file/bot")
        .request(request)
        .updater(None)
        .rate_limiter(limiter)
        .concurrent_updates(order)
        .build()
    )


def _place(update: object) -> tuple[Hashable, tuple[int, int]]:
    """Return whose an update is and its rank: what was left to say comes before what is new."""
    if isinstance(update, Arrival):
        return update.person, (1, update.update_id)
    if isinstance(update, Part):
        return update.person, (0, update.row or 0)
    return object(), (0, 0)
