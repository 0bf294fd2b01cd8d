"""One SQLite file: how it is opened, who writes, who reads, and how what was deleted really goes away."""

import asyncio
import os
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TypeVar

import structlog

from bot.errors import StoreUnavailable, reason
from bot.store.migrations import migrate
from bot.store.writer import Work, Writer, closed, unavailable

T = TypeVar("T")
_log = structlog.get_logger(__name__)


class Database:
    """An open database file: all writes in one thread, all reads in another, none on the event loop."""

    def __init__(self, path: Path, busy_seconds: float = 5.0) -> None:
        """Open or make the file (mode 600) and bring its tables up to date; blocks.

        Args:
            path: the file; its folder exists.
            busy_seconds: how long to wait for a lock that another program holds.

        Raises:
            StoreUnavailable: it cannot be opened, or comes from a later version.
        """
        with ExitStack() as opened:
            try:
                _make_private(path)
                self._writing = opened.enter_context(closing(_connect(path, busy_seconds)))
                migrate(self._writing)
                self._reading = opened.enter_context(closing(_connect(path, busy_seconds)))
                self._reading.execute("PRAGMA query_only = ON")
            except (sqlite3.Error, OSError) as error:
                raise _cannot_open(error) from error
            opened.pop_all()
        self._closed = False
        self._writer = Writer(self._writing)
        self._reader = ThreadPoolExecutor(1, thread_name_prefix="passerelle-reader")

    async def write(self, work: Work[T]) -> T:
        """Return what ``work`` returns, done in a transaction that is on the disk; see ``Writer.write``."""
        return await self._writer.write(work)

    async def read(self, work: Work[T]) -> T:
        """Return what ``work`` reads; sees every write that was answered before.

        Raises:
            StoreUnavailable: the file cannot be read just now.
        """
        if self._closed:
            raise closed()
        try:
            return await asyncio.get_running_loop().run_in_executor(self._reader, work, self._reading)
        except sqlite3.Error as error:
            raise unavailable(error) from error

    async def shred(self) -> None:
        """Move the journal into the file and empty it, so that deleted rows are in neither.

        secure_delete overwrites deleted rows in the file itself, but older copies of
        them stay in the write-ahead journal until it is emptied.
        """
        try:
            busy, _, _ = await self.read(_empty_journal)
        except StoreUnavailable:
            busy = 1
        if busy:  # the deletion itself is done; the next purge empties the journal
            _log.warning("store.journal_not_emptied")

    async def close(self) -> None:
        """Finish the writes asked for, then close the file; doing it twice is harmless."""
        self._closed = True
        await asyncio.to_thread(self._close)

    def _close(self) -> None:
        self._writer.close()
        self._reader.shutdown()
        self._reading.close()
        self._writing.close()


def _make_private(path: Path) -> None:
    """Make the file before SQLite does, which would let others read it; journals copy its mode."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))


def _connect(path: Path, busy_seconds: float) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=busy_seconds, isolation_level=None, check_same_thread=False)
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "secure_delete = ON",
        "foreign_keys = ON",
        "temp_store = MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _empty_journal(connection: sqlite3.Connection) -> tuple[int, int, int]:
    row: tuple[int, int, int] = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return row


def _cannot_open(error: sqlite3.Error | OSError) -> Exception:
    if isinstance(error, sqlite3.Error):
        return unavailable(error)
    return StoreUnavailable(
        f"La base de données ne peut pas être ouverte : {reason(error)}.",
        "vérifiez que le dossier de données existe et appartient à l'utilisateur qui lance Passerelle",
    )
