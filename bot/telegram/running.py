"""Runs the channel until the service stops: by polling, or by a webhook when a secret is set."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Protocol

from telegram.ext import BaseRateLimiter

from bot.content import Library
from bot.errors import SettingsError
from bot.relay.port import Room
from bot.settings import Settings
from bot.telegram.channel import Channel
from bot.telegram.polling import Poller
from bot.telegram.timing import Timing
from bot.telegram.turns import Conversation
from bot.telegram.webhook import Webhook

GRACE_SECONDS = 5.0
"""How long a stop waits for answers under way; the store keeps the others for the next start."""


class Reader(Protocol):
    """Where updates come from."""

    async def connect(self) -> None:
        """Make the first contact."""

    async def run(self) -> None:
        """Bring updates until cancelled."""


def make_channel(
    conversation: Conversation,
    settings: Settings,
    timing: Timing | None = None,
    limiter: BaseRateLimiter[str] | None = None,
    library: Callable[[], Library] | None = None,
    room: Room | None = None,
) -> Channel:
    """Return the channel of these settings, not started.

    Args:
        conversation: answers, and owns the store.
        settings: gives the token and the server.
        timing: clocks other than the real ones, for tests.
        limiter: another pace, for measures.
        library: what inline mode offers from; None offers nothing.
        room: is brought what happens in the team's group.

    Raises:
        SettingsError: no token.
    """
    if settings.telegram_token is None:
        raise SettingsError("PASSERELLE_TELEGRAM_TOKEN : aucun jeton\n    -> demandez-en un à @BotFather")
    token, server = settings.telegram_token, settings.telegram_api
    return Channel(conversation, token, server, timing or Timing(), limiter, None, library, settings.groupe, room)


async def run(channel: Channel, settings: Settings, stop: asyncio.Event, *, grace: float = GRACE_SECONDS) -> None:
    """Answer on Telegram until ``stop`` is set, in the running event loop.

    Args:
        channel: made for these settings; with a webhook, the caller serves its routes.
        settings: say whether Telegram calls the service.
        stop: ends everything cleanly, within about ``grace`` seconds.
        grace: seconds left to answers under way.

    Raises:
        SettingsError: Telegram refuses the token or the address, now or later.
    """
    reader = _reader(channel, settings)
    try:
        if await until(stop, reader.connect()):
            await channel.start()
            await until(stop, reader.run())
    finally:
        await channel.close(grace)


def _reader(channel: Channel, settings: Settings) -> Reader:
    if settings.webhook_secret is None or settings.url_publique is None:
        return Poller(channel.bot, channel.accept, channel.timing)
    return Webhook(channel.bot, settings.url_publique, settings.webhook_secret, channel.timing)


async def until(stop: asyncio.Event, work: Awaitable[None]) -> bool:
    """Await some work unless ``stop`` is set first; return whether the work came to its end."""
    working = asyncio.ensure_future(work)
    stopping = asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            return False
        working.result()
        return True
    finally:
        for task in (working, stopping):
            task.cancel()
        await asyncio.gather(working, stopping, return_exceptions=True)
