"""Where reminders are kept: one row a person, sealed but for its state and a coarse day on which to look again."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date
from typing import Literal

import structlog

from bot.crypto import Vault
from bot.errors import SealError
from bot.reminders.record import Record, load
from bot.store.database import Database

_PURPOSE = "reminder"
_EPOCH = date(1970, 1, 1)
_COUNT = (
    "INSERT INTO notes VALUES (?, ?) ON CONFLICT (name) DO"
    " UPDATE SET value = CAST(CAST(value AS INTEGER) + CAST(excluded.value AS INTEGER) AS TEXT)"
)
State = Literal["actif", "envoi", "pause"]
"""``envoi``: a message was marked and is on its way; found at a start, nobody knows whether it arrived."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Kept:
    """A record as it lies in the table."""

    person: str
    state: State
    rev: int
    record: Record


class Table:
    """Reads and writes the rows; every write that follows a reading fails when the row changed meanwhile."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database, self._vault = database, vault

    async def get(self, person: str) -> Kept | None:
        """Return someone's reminders."""
        query = "SELECT person, state, rev, body FROM reminders WHERE person = ?"
        rows = await self._database.read(lambda c: c.execute(query, (person,)).fetchall())
        return next(iter([kept for row in rows if (kept := self._read(row))]), None)

    async def due(self, on: date, most: int) -> tuple[list[Kept], list[str]]:
        """Return the records to look at on a day, and the people whose row nobody can read any more."""
        query = "SELECT person, state, rev, body FROM reminders WHERE state IN ('actif', 'pause') AND day <= ? LIMIT ?"
        rows = await self._database.read(lambda c: c.execute(query, (_day(on), most)).fetchall())
        found = [self._read(row) for row in rows]
        return [each for each in found if each], [row[0] for row, kept in zip(rows, found, strict=True) if not kept]

    async def save(self, person: str, record: Record, day: date, state: State = "actif") -> None:
        """Put someone's reminders in the place of those before: the person's own wish, which always holds."""
        row = (person, state, _day(day), self._seal(person, record))
        query = (
            "INSERT INTO reminders (person, state, day, rev, body) VALUES (?, ?, ?, 1, ?) ON CONFLICT (person) DO"
            " UPDATE SET state = excluded.state, day = excluded.day, rev = rev + 1, body = excluded.body"
        )
        await self._database.write(lambda c: c.execute(query, row).rowcount)

    async def change(self, kept: Kept, record: Record, day: date, state: State = "actif") -> Kept | None:
        """Write a record that was read; None when the person did something meanwhile, and nothing is written."""
        row = (state, _day(day), self._seal(kept.person, record), kept.person, kept.rev, kept.state)
        query = (
            "UPDATE reminders SET state = ?, day = ?, rev = rev + 1, body = ?"
            " WHERE person = ? AND rev = ? AND state = ?"
        )
        done = await self._database.write(lambda c: c.execute(query, row).rowcount)
        return Kept(kept.person, state, kept.rev + 1, record) if done else None

    async def arrived(self, kept: Kept, count: str) -> None:
        """Note and count that a message is no longer on its way, unless the person did something meanwhile."""
        query = "UPDATE reminders SET state = 'actif' WHERE person = ? AND rev = ? AND state = 'envoi'"

        def write(connection: sqlite3.Connection) -> None:
            connection.execute(query, (kept.person, kept.rev))
            connection.execute(_COUNT, (f"rappels.{count}", "1"))

        await self._database.write(write)

    async def is_marked(self, kept: Kept) -> bool:
        """Tell whether a message that was marked may still leave: the person did nothing about it meanwhile."""
        query = "SELECT 1 FROM reminders WHERE person = ? AND rev = ? AND state = 'envoi'"
        row = await self._database.read(lambda c: c.execute(query, (kept.person, kept.rev)).fetchone())
        return row is not None

    async def delete(self, person: str) -> bool:
        """Forget someone's reminders, out of the journal too; return whether there were some."""
        query = "DELETE FROM reminders WHERE person = ?"
        done = await self._database.write(lambda c: c.execute(query, (person,)).rowcount)
        await self._database.shred()
        return done > 0

    async def pause(self, person: str) -> bool:
        """Send nothing until the person resumes; return whether there was something to pause."""
        query = "UPDATE reminders SET state = 'pause', rev = rev + 1 WHERE person = ? AND state <> 'pause'"
        return await self._database.write(lambda c: c.execute(query, (person,)).rowcount) > 0

    async def recover(self) -> int:
        """Return how many messages a crash cut between mark and answer; they count as sent."""
        query = "UPDATE reminders SET state = 'actif', rev = rev + 1 WHERE state = 'envoi'"
        return await self._database.write(lambda c: c.execute(query).rowcount)

    async def look_at_all(self, on: date) -> int:
        """Have every record looked at again from a day on: what may be told has changed."""
        query = "UPDATE reminders SET day = ? WHERE state = 'actif' AND day > ?"
        return await self._database.write(lambda c: c.execute(query, (_day(on), _day(on))).rowcount)

    async def note(self, name: str, value: str | None = None) -> str | None:
        """Return what the job noted of itself; with a value, note it instead."""
        key = f"rappels.{name}"

        def write(connection: sqlite3.Connection) -> None:
            connection.execute("INSERT OR REPLACE INTO notes VALUES (?, ?)", (key, value))

        if value is not None:
            await self._database.write(write)
            return value
        row = await self._database.read(
            lambda c: c.execute("SELECT value FROM notes WHERE name = ?", (key,)).fetchone()
        )
        return str(row[0]) if row else None

    async def count(self, name: str, more: int) -> None:
        """Add to a count of the job; it says nothing of anybody."""
        row = (f"rappels.{name}", str(more))
        await self._database.write(lambda c: c.execute(_COUNT, row).rowcount)

    def _seal(self, person: str, record: Record) -> bytes:
        return self._vault.seal(_PURPOSE, person, record.dump())

    def _read(self, row: tuple[str, State, int, bytes]) -> Kept | None:
        person, state, rev, body = row
        try:
            record = load(self._vault.open(_PURPOSE, person, body))
        except SealError:
            record = None
        if record is None:
            _log.warning("reminders.unreadable")
            return None
        return Kept(person, state, rev, record)


def _day(day: date) -> int:
    """Return a day as days since 1970; a day without end as a thousand years."""
    return min((day - _EPOCH).days, 400_000)
