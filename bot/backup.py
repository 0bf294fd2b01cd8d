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
from urllib.parse import quote

from bot.aside import sync_file, sync_folder
from bot.crypto import Vault
from bot.errors import OperatorError, reason
from bot.keyfile import open_keys, prepare_folder
from bot.lock import folder_lock
from bot.restored import keep_present, leave_out, tables_left_out
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
        sync_file(to)
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
                left_out = tables_left_out(sessions=sessions, team=team)
                kept = _prepare(source, making, vault, now, left_out)
                beside = _set_aside(folder, now)
                keep_present(folder / DATABASE, making, left_out)
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
        leave_out(connection, left_out, now)
        sql.purge(connection, seconds(now))
        connection.execute("VACUUM")
        count: int = connection.execute("SELECT count(*) FROM sessions").fetchone()[0]
    sync_file(making)
    return count


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


def _failed(path: Path, error: sqlite3.Error | OSError) -> Exception:
    if isinstance(error, sqlite3.Error):
        return unavailable(error)
    return BackupError(f"{path} ne peut pas être écrit : {reason(error)}.", "vérifiez la place et les droits")
