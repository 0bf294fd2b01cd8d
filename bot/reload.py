"""New content without a restart: looks at the files now and then, swaps what serves whole, keeps it when they are bad.

Conversations do not notice: a session is facts, and the next question is found again in the new trees.
"""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import Callable, Coroutine, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import structlog

from bot.content import ROOT, Library, load_library
from bot.good import content_files
from bot.place import place_of
from knowledge.reader import ContentError, Problem

EVERY = 60.0
"""Seconds between two looks at the files: about 3 ms for 600 of them."""

START = 2.0
"""Seconds before the first look, so that it does not slow the start of the service down."""

LIMIT = 120.0
"""Seconds that reading and checking may take; past them, the content that serves stays."""

_SHOWN = 20
_log = structlog.get_logger(__name__)

Stamp = frozenset[tuple[str, int, int]]
Load = Callable[[], Library]
Keep = Callable[[Callable[[], bool]], None]


def stamp(root: Path) -> Stamp:
    """Return name, time and size of every content file below a folder; it changes when any of them does."""
    return frozenset(_stats(root))


def _stats(root: Path) -> Iterator[tuple[str, int, int]]:
    for path in content_files(root):
        try:
            found = path.stat()
        except OSError:  # removed meanwhile: the next look sees it gone
            continue
        yield str(path), found.st_mtime_ns, found.st_size


def load_checked(root: Path, cache: Path | None, on: date) -> Library:
    """Return content that has passed every check and is ready for a day; slow, so not on the event loop.

    Raises:
        ContentError: with every problem, warnings left out.
    """
    from bot.checks import check_all  # what only editors and a reload need

    gc.unfreeze()  # what has served since the start may go once it is replaced
    library = load_library(root, cache)
    problems = [problem for problem in check_all(root, on) if not problem.warning]
    if problems:
        raise ContentError(problems)
    library.content.planner(on)
    library.warm()
    return library


class LiveLibrary:
    """The content that serves now: called, it gives it; ``refresh`` takes the files again if they changed."""

    def __init__(
        self,
        library: Library,
        load: Load,
        keep: Keep = lambda _: None,
        *,
        seen: Stamp | None = None,
        root: Path = ROOT,
        limit: float = LIMIT,
    ) -> None:
        """Serve a library.

        Args:
            library: what serves first.
            load: reads the files again, checks included; may block.
            keep: called when the files are good, with what tells whether they are still the same; may block.
            seen: the files as ``library`` says them; None: they say something else, to be read at the first look.
            root: the folder of the files.
            limit: seconds that ``load`` may take.
        """
        self._library, self._load, self._keep = library, load, keep
        self._root, self._limit = root, limit
        self._seen = seen
        self._asked = asyncio.Event()
        self._reading: asyncio.Future[Library] | None = None

    def __call__(self) -> Library:
        """Return the content of the moment."""
        return self._library

    def ask(self) -> None:
        """Have the files read again now, changed or not (SIGHUP)."""
        self._asked.set()

    async def watch(self, stop: asyncio.Event, every: float = EVERY) -> None:
        """Look at the files every ``every`` seconds, and when asked, until ``stop`` is set."""
        await _first_of(START, stop.wait(), self._asked.wait())
        await _first_of(None, stop.wait(), self._first_look())
        while not stop.is_set():
            await _first_of(every, stop.wait(), self._asked.wait())
            forced = self._asked.is_set()
            self._asked.clear()
            if not stop.is_set():
                await _first_of(None, stop.wait(), self._logged(self.refresh(forced)))

    async def _first_look(self) -> None:
        seen = self._seen
        await self._logged(self.refresh() if seen is None else asyncio.to_thread(self._settle, self._library, seen))

    async def refresh(self, forced: bool = False) -> bool:
        """Take the files again if they changed, or anyway; return whether other content serves since.

        Files that change while they are read are left for the next look, so that half an update never serves.
        """
        before = await asyncio.to_thread(stamp, self._root)
        if before == self._seen and not forced:
            return False
        try:
            library = await self._read()
        except ContentError as error:
            return self._refuse(error.problems, before)
        except Exception as error:  # a fault of ours must not end the service: the last good content goes on
            _log.error("content.reload_failed", kind=type(error).__name__, where=place_of(error))
            return self._refuse([], before)
        if library is None or await asyncio.to_thread(stamp, self._root) != before:
            return False
        self._seen, self._library = before, library
        await asyncio.to_thread(self._settle, library, before)
        _log.info("content.reloaded", version=library.content.knowledge.version)
        return True

    def _settle(self, library: Library, seen: Stamp) -> None:
        """Do once, off the event loop, what people would wait for; then keep the files."""
        library.warm()
        self._keep(lambda: stamp(self._root) == seen)

    async def _logged(self, work: Coroutine[Any, Any, object]) -> None:
        """Do some work whose failure is no reason to end the service: a disk that cannot be looked at, say."""
        try:
            await work
        except Exception as error:
            _log.error("content.look_failed", kind=type(error).__name__, where=place_of(error))

    async def _read(self) -> Library | None:
        """Read in a thread; None when it takes too long. A thread cannot be ended: the next try waits for it."""
        if self._reading is not None and not self._reading.done():
            _log.error("content.still_reading")
            return None
        began = time.monotonic()
        self._reading = asyncio.ensure_future(asyncio.to_thread(self._load))
        self._reading.add_done_callback(_heard)
        done, _ = await asyncio.wait({self._reading}, timeout=self._limit)
        if not done:
            _log.error("content.too_slow", seconds=self._limit)
            return None
        library = self._reading.result()
        _log.info("content.read", seconds=round(time.monotonic() - began, 1))
        return library

    def _refuse(self, problems: list[Problem], seen: Stamp) -> bool:
        """Keep the content that serves and say where the new one is wrong, once for each state of the files."""
        self._seen = seen
        self._library = self._library.refusing(len(problems) or 1)
        _log.error("content.refused", problems=len(problems), serving=self._library.content.knowledge.version)
        for problem in problems[:_SHOWN]:
            _log.error("content.problem", where=str(problem.where), what=problem.what, hint=problem.hint)
        return False


def _heard(reading: asyncio.Future[Library]) -> None:
    """Look at the error of a reading that nobody waits for any more."""
    if not reading.cancelled():
        reading.exception()


async def _first_of(seconds: float | None, *works: Coroutine[Any, Any, object]) -> None:
    """Wait until one of several awaitables ends, or some seconds; the others are cancelled."""
    tasks = {asyncio.create_task(work) for work in works}
    try:
        await asyncio.wait(tasks, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
