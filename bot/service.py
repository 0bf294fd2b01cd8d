"""Runs the service: one process, one event loop, web and Telegram side by side on one data folder."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import structlog
from starlette.routing import BaseRoute

from bot.backup import forget_beside
from bot.content import ROOT
from bot.conversation import PARIS, Conversation
from bot.feature import Feature
from bot.features import make_features, room_of
from bot.good import first_library, keep_good
from bot.keyfile import prepare_folder
from bot.lock import folder_lock
from bot.metrics import MeasuredConversation, Metrics
from bot.reload import LiveLibrary, load_checked, stamp
from bot.settings import Settings
from bot.store import open_store
from bot.store.sqlite import SqliteStore
from bot.watchdog import Watchdog
from bot.web.app import create_app
from bot.web.server import serve as serve_web

PURGE_EVERY = 300.0
"""Seconds between two purges: what has expired leaves the disk within five minutes."""

SETTLE_EVERY = 240.0
"""Seconds between two writings of what features count in memory: what a crash may lose."""

log = structlog.get_logger()


def now() -> datetime:
    """Return the present moment, with its time zone."""
    return datetime.now(UTC)


@asynccontextmanager
async def opened_store(settings: Settings) -> AsyncIterator[SqliteStore]:
    """Give the store of the data folder, which no other process may use meanwhile.

    Raises:
        OperatorError: the folder, the key or the database cannot be used; the text says what to do.
    """
    prepare_folder(settings.donnees)
    with folder_lock(settings.donnees):
        store = await open_store(settings.donnees, settings.cle.get_secret_value() if settings.cle else None)
        try:
            yield store
        finally:
            await store.close()


async def serve(settings: Settings, ready: Callable[[str], None]) -> None:
    """Serve until interrupted; ``ready`` is given the address of the web pages once they answer."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    async with opened_store(settings) as store:
        shelf = _shelf(settings.donnees)
        loop.add_signal_handler(signal.SIGHUP, shelf.ask)
        metrics = Metrics()
        features = make_features(settings, store, shelf, now)
        conversation = MeasuredConversation(shelf, store, store.vault, metrics, features)
        watchdog = Watchdog()

        def answering(address: str) -> None:
            ready(address)
            watchdog.ready()

        jobs = _jobs(settings, shelf, conversation, metrics, store, stop, answering, features)
        try:
            await _together([*jobs, asyncio.create_task(watchdog.live(stop), name="watchdog")], stop)
        finally:
            await _settle(features, ending=True)


def _shelf(folder: Path) -> LiveLibrary:
    """Return the content to serve, read again whenever its files change; what was read is kept in the data folder."""
    seen = stamp(ROOT)
    library, current = first_library(ROOT, folder)
    return LiveLibrary(
        library.with_imports(folder),
        lambda: load_checked(ROOT, folder, now().astimezone(PARIS).date()).with_imports(folder),
        lambda unchanged: keep_good(ROOT, folder, unchanged),
        seen=seen if current else None,
    )


def _jobs(
    settings: Settings,
    shelf: LiveLibrary,
    conversation: Conversation,
    metrics: Metrics,
    store: SqliteStore,
    stop: asyncio.Event,
    ready: Callable[[str], None],
    features: Sequence[Feature] = (),
) -> list[asyncio.Task[None]]:
    job: Callable[[], Coroutine[Any, Any, None]] | None = None
    routes: Sequence[BaseRoute] = ()
    bot_name: Callable[[], str] = str
    if settings.telegram_token:
        from bot import telegram  # its libraries are a third of a start: only where there is a token

        channel = telegram.make_channel(conversation, settings, library=shelf, room=room_of(features))
        job, routes = lambda: telegram.run(channel, settings, stop), telegram.webhook_routes(channel, settings)
        bot_name = lambda: channel.name  # noqa: E731 - asked again at each page: the name comes once connected
    app = create_app(conversation, shelf, settings, now, routes, metrics, bot_name, store)
    jobs = [
        asyncio.create_task(serve_web(app, settings.hote, settings.port, stop, ready), name="web"),
        asyncio.create_task(_purge(store, settings.donnees, stop), name="purge"),
        asyncio.create_task(_settling(features, stop), name="settle"),
        asyncio.create_task(shelf.watch(stop), name="content"),
    ]
    if job:
        jobs.append(asyncio.create_task(job(), name="telegram"))
        jobs += [asyncio.create_task(each.run(channel.push, stop), name=type(each).__name__) for each in features]
    return jobs


async def _together(jobs: list[asyncio.Task[None]], stop: asyncio.Event) -> None:
    """Run the jobs until one ends; then stop the others, and let the first error rise."""
    done, _ = await asyncio.wait(jobs, return_when=asyncio.FIRST_COMPLETED)
    stop.set()
    results = await asyncio.gather(*jobs, return_exceptions=True)
    for job, result in zip(jobs, results, strict=True):
        if isinstance(result, BaseException):
            log.error("job_failed", job=job.get_name(), kind=type(result).__name__)
    for job in done:
        job.result()
    for result in results:
        if isinstance(result, BaseException):
            raise result


async def _purge(store: SqliteStore, folder: Path, stop: asyncio.Event) -> None:
    """Forget what is past its time, now and then; a store that fails now is asked again later."""
    while not stop.is_set():
        try:
            await store.purge(now())
            forget_beside(folder, now())
        except Exception as error:
            log.error("purge_failed", kind=type(error).__name__)
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), PURGE_EVERY)


async def _settling(features: Sequence[Feature], stop: asyncio.Event) -> None:
    """Have features write down what waits in memory, now and then."""
    while not stop.is_set():
        await _settle(features)
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), SETTLE_EVERY)


async def _settle(features: Sequence[Feature], *, ending: bool = False) -> None:
    """Ask each feature once; one that fails is asked again later, and holds the others back in nothing."""
    for feature in features:
        try:
            await feature.settle(ending=ending)
        except Exception as error:
            log.error("settle_failed", feature=type(feature).__name__, kind=type(error).__name__)
