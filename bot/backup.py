"""A consistent copy of the database while the service runs, and how one is put back while it is stopped.

The copy holds sealed bytes and keyed names; the key is never in it. What comes back is what still has time to live,
and what may not be said or done twice does not come back at all.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

from bot.aside import sync_folder
from bot.crypto import Vault
from bot.errors import OperatorError, reason
from bot.keyfile import open_keys, prepare_folder
from bot.lock import folder_lock
from bot.observatory.month import month_of
from bot.store import DATABASE
from bot.store import statements as sql
from bot.store.keycheck import check_keys
from bot.store.migrations import migrate
from bot.store.protocol import seconds
from bot.store.writer import unavailable

BESIDE_LIFE = timedelta(hours=48)
"""How long the database from before a restore stays beside the new one: no longer than anything in it."""

_BESIDE = f"{DATABASE}.avant-"
_MAKING = f".{DATABASE}.restauration"
_JOURNALS = ("-wal", "-shm", "-journal")
# Answers, messages and codes of a person: what was sent may not be sent twice, what was erased may not come back.
# Who ended their reminders or the news after the backup must not be written to again.
# A relay may have ended after it too: only its topic comes back, to be deleted.
# An invitation that was used since may not open again.
_NEVER = (
    "outbox",
    "pending",
    "reminders",
    "relays",
    "relay_queue",
    "staff_invites",
    "news",
    "campaign_people",
)
_PRESENT = {
    "reminders": "person, state, day, rev, body",
    "news": "person, state, body, expires_at",
    "staff": "person, body, expires_at",
}
"""What is taken from the database being replaced instead: it knows who ended theirs, and who left the team."""
_TOPICS = "relay, person, due_at, body, expires_at"
"""Of both: a topic opened since the backup holds a family's words, and has to be deleted in its time."""
_SESSIONS = ("sessions", "offers")
_TEAM = ("staff",)
# A campaign that was to be sent may have been since: only a person may send it, again approved.
_NOT_AGAIN = "UPDATE campaigns SET state = 'arrete' WHERE state IN ('accord', 'programme', 'envoi', 'pause')"
_LEFT_OUT = (
    # Words that their author could still take back when the backup was made: they may have been since.
    "DELETE FROM suggestions WHERE day >= (SELECT max(day) FROM suggestions) - 1",
    # A month is published once: what was counted in one that is over may be published already.
    "DELETE FROM counts WHERE month < ?1 OR month IN (SELECT month FROM published)",
)


class BackupError(OperatorError):
    """A backup cannot be written or put back; what is in the data folder is as it was."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back: how many sessions, and where the database from before is now (None: there was none)."""

    sessions: int
    beside: Path | None


def backup(folder: Path, to: Path) -> int:
    """Copy the database of a data folder, in use or not, to a new file (mode 600); return its size in bytes.

    Raises:
        BackupError: there is no database, the file is there already, or it cannot be written.
    """
    source = folder / DATABASE
    if not source.is_file():
        raise BackupError(f"Il n'y a pas de base de données dans {folder}.", "vérifiez PASSERELLE_DONNEES")
    try:
        os.close(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    except OSError as error:
        raise BackupError(f"{to} ne peut pas être écrit : {reason(error)}.", "donnez un nom nouveau") from None
    try:
        with closing(sqlite3.connect(source, timeout=30)) as connection:
            connection.execute("VACUUM INTO ?", (str(to),))  # one moment of the file; what was deleted is not in it
        _sync(to)
    except (sqlite3.Error, OSError) as error:
        to.unlink(missing_ok=True)
        raise _failed(to, error) from None
    return to.stat().st_size


def restore(
    folder: Path, given: str | None, source: Path, now: datetime, *, sessions: bool, team: bool = False
) -> Restored:
    """Put a backup in the place of the database; the one from before is kept beside for 48 h.

    Args:
        folder: the data folder; the service is stopped.
        given: the value of PASSERELLE_CLE, if keys are given so.
        source: a file made by ``backup``.
        now: what is past its time at this moment does not come back.
        sessions: whether conversations of the last 24 h come back too, those erased since then among them.
        team: whether the members of the team are those of the backup, those who left it or were taken out since among
            them; else those of the database being replaced stay, if it can be read.

    Raises:
        OperatorError: the file is not a backup of ours, comes from a later version or needs a key that is not here;
            the service runs; the disk refuses. The database is then as it was.
    """
    prepare_folder(folder)
    if not source.is_file():
        raise BackupError(f"{source} n'existe pas.", "donnez le fichier écrit par « passerelle backup »")
    with folder_lock(folder):
        vault = Vault(open_keys(folder, given, source))
        making = folder / _MAKING
        try:
            with _removed(making):
                left_out = (*_NEVER, *(() if sessions else _SESSIONS), *(() if team else _TEAM))
                kept = _prepare(source, making, vault, now, left_out)
                beside = _set_aside(folder, now)
                for table in [each for each in _PRESENT if each in left_out]:
                    _keep_present(table, folder / DATABASE, making)
                _keep_topics(folder / DATABASE, making)
                making.replace(folder / DATABASE)
            sync_folder(folder)
        except (sqlite3.Error, OSError) as error:
            raise _failed(folder / DATABASE, error) from None
    return Restored(kept, beside)


def forget_beside(folder: Path, now: datetime) -> int:
    """Delete databases set aside by a restore more than 48 h ago; return how many files."""
    old = [path for path in folder.glob(f"{_BESIDE}*") if _made(path) + BESIDE_LIFE <= now]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _prepare(source: Path, making: Path, vault: Vault, now: datetime, left_out: tuple[str, ...]) -> int:
    """Copy a backup, bring it up to date, take out what may not come back; return how many sessions it then has."""
    os.close(os.open(making, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    with closing(sqlite3.connect(making, isolation_level=None)) as connection:
        _copy(source, connection)
        _refuse_foreign(source, connection)
        migrate(connection)
        check_keys(connection, vault)
        connection.execute("PRAGMA secure_delete = ON")
        for table in left_out:
            connection.execute(f"DELETE FROM {table}")  # noqa: S608
        connection.execute(_LEFT_OUT[0])
        connection.execute(_LEFT_OUT[1], (month_of(now),))
        connection.execute(_NOT_AGAIN)
        sql.purge(connection, seconds(now))
        connection.execute("VACUUM")
        count: int = connection.execute("SELECT count(*) FROM sessions").fetchone()[0]
    _sync(making)
    return count


def _keep_present(table: str, present: Path, making: Path) -> None:
    """Take a table of the database being replaced, which knows who ended theirs; nothing if it cannot be read."""
    columns = _PRESENT[table]
    with closing(sqlite3.connect(making)) as connection:
        rows = _of_present(f"SELECT {columns} FROM {table}", present, connection)  # noqa: S608
        _put(connection, table, columns, rows)
    _sync(making)


def _keep_topics(present: Path, making: Path) -> None:
    """Add the topics of the database being replaced, and count relays on from there: a number is never used again."""
    with closing(sqlite3.connect(making)) as connection:
        topics = _of_present(f"SELECT {_TOPICS} FROM relay_topics", present, connection)  # noqa: S608
        counted = _of_present("SELECT seq FROM sqlite_sequence WHERE name = 'relays'", present, connection)
        _put(connection, "relay_topics", _TOPICS, topics)
        ours = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'relays'").fetchall()
        if highest := max([*counted, *ours], default=None):
            with connection:
                connection.execute("DELETE FROM sqlite_sequence WHERE name = 'relays'")
                connection.execute("INSERT INTO sqlite_sequence VALUES ('relays', ?)", highest)
    _sync(making)


def _of_present(query: str, present: Path, making: sqlite3.Connection) -> list[tuple[Any, ...]]:
    """Return rows of the database being replaced; none if it cannot be read, or names people otherwise.

    Its journal is in the file by now; it is only read, as it lies.
    """
    name = "SELECT value FROM notes WHERE name = 'naming_key'"
    with (
        suppress(sqlite3.Error),
        closing(sqlite3.connect(f"file:{quote(str(present))}?mode=ro&immutable=1", uri=True)) as read,
    ):
        if read.execute(name).fetchone() == making.execute(name).fetchone():
            return read.execute(query).fetchall()
    return []


def _put(connection: sqlite3.Connection, table: str, columns: str, rows: list[tuple[Any, ...]]) -> None:
    marks = ", ".join("?" * len(columns.split(",")))
    with connection:
        connection.executemany(f"INSERT OR REPLACE INTO {table} ({columns}) VALUES ({marks})", rows)  # noqa: S608


def _copy(source: Path, connection: sqlite3.Connection) -> None:
    try:
        with closing(sqlite3.connect(f"file:{quote(str(source))}?mode=ro", uri=True)) as read:
            read.backup(connection)
        connection.execute("PRAGMA journal_mode = DELETE")
        sound = connection.execute("PRAGMA quick_check").fetchone()[0] == "ok"
    except sqlite3.DatabaseError:
        sound = False
    if not sound:
        raise BackupError(
            f"{source} n'est pas une sauvegarde de Passerelle, ou elle est abîmée.", "prenez-en une autre"
        )


def _refuse_foreign(source: Path, connection: sqlite3.Connection) -> None:
    """Refuse a database that Passerelle did not make: nothing in it would mean what we think."""
    try:
        ours = connection.execute(
            "SELECT count(*) FROM _sqlite_migrations, notes"
            " WHERE migration_set = 'passerelle' AND notes.name = 'naming_key'"
        ).fetchone()[0]
    except sqlite3.Error:
        ours = 0
    if not ours:
        raise BackupError(
            f"{source} n'est pas une sauvegarde de Passerelle.", "donnez le fichier écrit par « passerelle backup »"
        )


def _set_aside(folder: Path, now: datetime) -> Path | None:
    """Give the present database and its journals second names, then take away the journals: a new one dies of them."""
    present = folder / DATABASE
    if not present.exists():
        return None
    beside = folder / f"{_BESIDE}{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    os.link(present, beside)
    journals = {Path(f"{present}{end}"): Path(f"{beside}{end}") for end in _JOURNALS}
    for journal, second in journals.items():
        if journal.exists():
            os.link(journal, second)
    # What is in the journal goes into the file first, so that a crash just after loses nothing of it.
    with suppress(sqlite3.Error), closing(sqlite3.connect(present)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for journal in journals:
        journal.unlink(missing_ok=True)
    return beside


def _made(beside: Path) -> datetime:
    """Return when a database was set aside, as its name says; long ago for another name."""
    try:
        stamp = beside.name.removeprefix(_BESIDE)[:16]
        return datetime.strptime(stamp, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)


@contextmanager
def _removed(path: Path) -> Iterator[None]:
    """Leave nothing of a file being made, before and after; once in its place it is no longer there."""
    names = [path, *(path.with_name(path.name + journal) for journal in _JOURNALS)]
    for name in names:
        name.unlink(missing_ok=True)
    try:
        yield
    finally:
        for name in names:
            name.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    sync_folder(path.absolute().parent)


def _failed(path: Path, error: sqlite3.Error | OSError) -> Exception:
    if isinstance(error, sqlite3.Error):
        return unavailable(error)
    return BackupError(f"{path} ne peut pas être écrit : {reason(error)}.", "vérifiez la place et les droits")
