"""Rows of the box: the words that families leave, sealed, with a day and no person."""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.crypto import Vault
from bot.errors import SealError
from bot.store.database import Database
from bot.store.protocol import SUGGESTION_LIFE

PURPOSE, _NOBODY = "suggestion", ""
MOST_A_DAY = 500
"""More in a day is no families: the box is not to be filled by a program."""
_PARIS = ZoneInfo("Europe/Paris")
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Words left for the team: the day, the language they were asked in, the words."""

    day: date
    language: str
    text: str = field(repr=False)


class Box:
    """The suggestions on the disk. Every method may raise StoreUnavailable, and has then changed nothing."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database, self._vault = database, vault

    async def add(self, text: str, language: str, now: datetime) -> int | None:
        """Keep words; return the number under which they can be taken back, None when the box is full for the day."""
        day = now.astimezone(_PARIS).date()
        number = secrets.randbits(62)
        sealed = json.dumps({"texte": text, "langue": language}, ensure_ascii=False).encode()
        # At midnight: the hour of the end would be the hour at which it was written.
        end = int(datetime.combine(day + SUGGESTION_LIFE, datetime.min.time(), _PARIS).timestamp())
        row = (number, _NOBODY, (day - _EPOCH).days, self._vault.seal(PURPOSE, _NOBODY, sealed), end)

        def work(connection: sqlite3.Connection) -> int | None:
            query = "SELECT count(*) FROM suggestions WHERE day = ?"
            if connection.execute(query, (row[2],)).fetchone()[0] >= MOST_A_DAY:
                return None
            connection.execute("INSERT INTO suggestions VALUES (?, ?, ?, ?, ?)", row)
            return number

        return await self._database.write(work)

    async def withdraw(self, number: int) -> None:
        """Delete words, in the journal too."""
        await self._database.write(lambda c: c.execute("DELETE FROM suggestions WHERE id = ?", (number,)).rowcount)
        await self._database.shred()

    async def all(self, now: datetime) -> tuple[Suggestion, ...]:
        """Return what :func:`suggestions` does."""
        return await self._database.read(lambda c: tuple(suggestions(c, self._vault, now)))


def suggestions(connection: sqlite3.Connection, vault: Vault, now: datetime) -> Iterator[Suggestion]:
    """Yield the words left that are not past their time, the newest day first, in no order within a day."""
    query = "SELECT day, body FROM suggestions WHERE expires_at > ? ORDER BY day DESC, id"
    for day, body in connection.execute(query, (int(now.timestamp()),)).fetchall():
        try:
            kept = json.loads(vault.open(PURPOSE, _NOBODY, body))
        except SealError:
            continue
        yield Suggestion(_EPOCH + timedelta(days=day), kept["langue"], kept["texte"])
