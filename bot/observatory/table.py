"""Rows of the observatory: the sealed numbers of months that go on, and what was published of those that are over."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping

from bot.crypto import Vault
from bot.errors import SealError
from bot.observatory.publication import Counts, Line, dump, load, publish
from bot.observatory.visit import Key
from bot.store.database import Database

PURPOSE, _NOBODY = "counts", ""


class CountsTable:
    """The numbers on the disk. Every method may raise StoreUnavailable, and has then changed nothing."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database, self._vault = database, vault

    async def add(self, added: Mapping[str, Counts]) -> None:
        """Add numbers to months; what belongs to a month that is published comes too late and is dropped."""

        def work(connection: sqlite3.Connection) -> None:
            for month, counts in added.items():
                self._add(connection, month, counts)

        await self._database.write(work)

    async def close_months(self, before: str, languages: Iterable[str], links: Mapping[str, str]) -> list[str]:
        """Publish the months before one, once for ever, and forget their numbers; return them."""
        offered = tuple(languages)

        def work(connection: sqlite3.Connection) -> list[str]:
            query = "SELECT month FROM counts WHERE month < ? ORDER BY month"
            months = [str(month) for (month,) in connection.execute(query, (before,)).fetchall()]
            for month in months:
                lines = dump(publish(self._read(connection, month), offered, links))
                connection.execute("INSERT OR IGNORE INTO published VALUES (?, ?)", (month, lines))
                connection.execute("DELETE FROM counts WHERE month = ?", (month,))
            return months

        return await self._database.write(work)

    async def published(self) -> dict[str, tuple[Line, ...]]:
        """Return what :func:`published` does."""
        return await self._database.read(published)

    def _add(self, connection: sqlite3.Connection, month: str, counts: Counts) -> None:
        if connection.execute("SELECT 1 FROM published WHERE month = ?", (month,)).fetchone():
            return
        whole = self._read(connection, month) + Counter(counts)
        # Sorted: the order in which things were asked is not kept.
        rows = sorted([*key, count] for key, count in whole.items())
        body = self._vault.seal(PURPOSE, _NOBODY, json.dumps(rows, ensure_ascii=False).encode())
        connection.execute("INSERT OR REPLACE INTO counts VALUES (?, ?, ?)", (month, _NOBODY, body))

    def _read(self, connection: sqlite3.Connection, month: str) -> Counter[Key]:
        """Return the numbers of a month; none for a row that does not open, which nobody can read any more."""
        row = connection.execute("SELECT body FROM counts WHERE month = ?", (month,)).fetchone()
        try:
            rows = json.loads(self._vault.open(PURPOSE, _NOBODY, row[0])) if row else []
        except SealError:
            return Counter()
        return Counter({Key(kind, subject, axis, value): count for kind, subject, axis, value, count in rows})


def published(connection: sqlite3.Connection) -> dict[str, tuple[Line, ...]]:
    """Return the months that are published, the newest first, with their lines."""
    rows = connection.execute("SELECT month, lines FROM published ORDER BY month DESC").fetchall()
    return {str(month): load(lines) for month, lines in rows}
