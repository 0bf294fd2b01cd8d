"""One thread that makes every write, in the order asked; writes that wait together share one transaction.

Sharing matters: each transaction waits for the disk, and with it a hundred families
cost one wait instead of a hundred. Nobody is told "done" before the disk is.
"""

import asyncio
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import Future
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

import structlog

from bot.errors import StoreUnavailable

T = TypeVar("T")
Work = Callable[[sqlite3.Connection], T]
_SHARED_MAX = 64
_log = structlog.get_logger(__name__)

_CAUSES = {
    sqlite3.SQLITE_BUSY: (
        "La base de données est occupée par un autre programme.",
        "fermez ce qui l'ouvre (sauvegarde, éditeur) ; la demande peut être refaite",
    ),
    sqlite3.SQLITE_FULL: (
        "Le disque du dossier de données est plein.",
        "libérez de la place ; rien de ce qui était gardé n'est perdu, et le service reprend de lui-même",
    ),
    sqlite3.SQLITE_READONLY: (
        "La base de données est en lecture seule.",
        "rendez le dossier de données accessible en écriture à l'utilisateur qui lance Passerelle",
    ),
    sqlite3.SQLITE_CORRUPT: (
        "Le fichier de la base de données est abîmé.",
        "arrêtez Passerelle, mettez ce fichier de côté et remettez la dernière sauvegarde",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "La base de données ne peut pas être ouverte.",
        "vérifiez que le dossier de données existe et appartient à l'utilisateur qui lance Passerelle",
    ),
    sqlite3.SQLITE_IOERR: (
        "Le disque du dossier de données refuse la lecture ou l'écriture.",
        "vérifiez la place, les quotas et l'état du disque ; ce qui était gardé reste en place",
    ),
}
_CAUSES[sqlite3.SQLITE_LOCKED] = _CAUSES[sqlite3.SQLITE_BUSY]
_CAUSES[sqlite3.SQLITE_NOTADB] = _CAUSES[sqlite3.SQLITE_CORRUPT]


def unavailable(error: sqlite3.Error) -> Exception:
    """Return what to raise for an error of SQLite: StoreUnavailable, or the error itself when it is a bug."""
    cause = _CAUSES.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
    if cause is None:
        return error
    _log.warning("store.unavailable", code=error.sqlite_errorname)
    return StoreUnavailable(*cause)


def closed() -> StoreUnavailable:
    """Return what to raise for a store that was closed."""
    return StoreUnavailable("La base de données est fermée.", "relancez Passerelle")


class _Job:
    """One write and who waits for it."""

    __slots__ = ("future", "work")

    def __init__(self, work: Work[Any]) -> None:
        self.work = work
        self.future: Future[Any] = Future()


class Writer:
    """Makes the writes of one connection, which nothing else may use.

    A write may be run twice, after a rollback, when another one of its transaction
    failed: it must touch nothing but the database.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._open = True
        self._door = threading.Lock()  # so that no write slips in behind the last one
        self._thread = threading.Thread(target=self._run, name="passerelle-writer", daemon=True)
        self._thread.start()

    async def write(self, work: Work[T]) -> T:
        """Return what ``work`` returns, once it is on the disk; on any error nothing of it is.

        Raises:
            StoreUnavailable: the disk or another program stands in the way, or the store is closed.
        """
        job = _Job(work)
        with self._door:
            if not self._open:
                raise closed()
            self._jobs.put(job)
        result: T = await asyncio.wrap_future(job.future)
        return result

    def close(self) -> None:
        """Finish the writes already asked for and end the thread; blocks, so not on the event loop."""
        with self._door:
            if self._open:
                self._jobs.put(None)
            self._open = False
        self._thread.join()

    def _run(self) -> None:
        ended = False
        while not ended:
            jobs, ended = self._next_jobs()
            self._settle([job for job in jobs if job.future.set_running_or_notify_cancel()])

    def _next_jobs(self) -> tuple[list[_Job], bool]:
        """Wait for a write, then take those that wait behind it; the flag says that it was the last."""
        jobs: list[_Job] = []
        job = self._jobs.get()
        while job is not None:
            jobs.append(job)
            if len(jobs) == _SHARED_MAX:
                return jobs, False
            try:
                job = self._jobs.get_nowait()
            except Empty:
                return jobs, False
        return jobs, True

    def _settle(self, jobs: list[_Job]) -> None:
        """Run writes in one transaction; if one fails, each alone, so that only that one fails."""
        if not jobs:
            return
        try:
            results = self._together(jobs)
        except Exception as error:
            if len(jobs) > 1 and not _is_busy(error):
                for job in jobs:
                    self._settle([job])
                return
            for job in jobs:
                job.future.set_exception(unavailable(error) if isinstance(error, sqlite3.Error) else error)
        else:
            for job, result in zip(jobs, results, strict=True):
                job.future.set_result(result)

    def _together(self, jobs: list[_Job]) -> list[Any]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            results = [job.work(self._connection) for job in jobs]
            self._connection.execute("COMMIT")
        except BaseException:
            # A full disk makes SQLite roll back by itself; a second ROLLBACK would hide the cause.
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise
        return results


def _is_busy(error: Exception) -> bool:
    """Return whether waiting again for each write would only be waiting longer."""
    return isinstance(error, sqlite3.Error) and error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
