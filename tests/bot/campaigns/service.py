"""The sending part of the service in a process of its own, on a clock that runs faster: made to be killed.

The real store, the real channel, the real job; only hours and seconds are the test's.
"""

import asyncio
import multiprocessing
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.campaigns.feature import Campaigns
from bot.campaigns.pace import Clock
from bot.content import load_library
from bot.conversation import Conversation
from bot.settings import Settings
from bot.staff.staff import Staff
from bot.store import open_store
from bot.telegram import make_channel, run
from bot.telegram.timing import Timing

START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
"""Ten in the morning in Paris; every process begins there."""
SPEED = 25
_BEGAN = time.monotonic()

library = load_library()
"""Read once by the process that the others are forked from."""


def seconds():
    """Return seconds on the faster clock."""
    return (time.monotonic() - _BEGAN) * SPEED


def now():
    """Return the moment on the faster clock; an hour of tests stays within one working day."""
    return START + timedelta(seconds=seconds())


async def sleep(duration):
    """Wait on the faster clock."""
    await asyncio.sleep(duration / SPEED)


async def serve(folder, token, url):
    """Send until the process is killed."""
    store = await open_store(Path(folder))
    campaigns = Campaigns(store, Staff(store.database, store.vault, now), lambda: library, Clock(now, seconds, sleep))
    conversation = Conversation(lambda: library, store, store.vault, (campaigns,))
    settings = Settings(telegram_token=token, telegram_api=url)
    channel = make_channel(conversation, settings, Timing(now, seconds, sleep))
    stop = asyncio.Event()
    await asyncio.gather(run(channel, settings, stop), campaigns.run(channel.push, stop))


def main(folder, token, url):
    """Be the process."""
    asyncio.run(serve(folder, token, url))


def start(folder, api):
    """Start it, forked from one that has read everything; return the process."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    process = context.Process(target=main, args=(str(folder), api.token, api.url), daemon=True)
    process.start()
    return process
