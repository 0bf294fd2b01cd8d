"""Rows of families that said yes to news, or no: SQL and sealing. In clear: keyed names, a state, an end."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from bot.campaigns.consent import Consent, load
from bot.crypto import Vault
from bot.errors import SealError
from bot.store.database import Database
from bot.store.protocol import NEWS_LIFE, seconds, until

PURPOSE = "news"
SEEN_LIFE = timedelta(hours=24)
"""How long it is remembered that the yes was offered: as long as a conversation."""
NO_LIFE = timedelta(days=365)
"""How long a no is remembered, without anything else, so that it is not asked again."""
ASK_AHEAD = timedelta(days=60)
"""How long before the end of a silent yes it is asked whether it still holds; silence is a no."""
FRESH = timedelta(days=30)
"""A yes is not made younger more often than this, so that ordinary turns write nothing."""
PAGE = 2_000

YES, PAUSED, AGAIN, NO, SEEN = "oui", "pause", "encore", "non", "vu"


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of one person; ``consent`` is None for a no and for what does not open."""

    state: str
    consent: Consent | None
    end: int


class NewsTable:
    """The yeses. Every method may raise StoreUnavailable, and has then changed nothing."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database, self._vault = database, vault

    async def get(self, person: str, now: datetime) -> Kept | None:
        """Return what is kept of a person; None when it is nothing, or past its end."""
        query = "SELECT state, body, expires_at FROM news WHERE person = ? AND expires_at > ?"
        row = await self._database.read(lambda c: c.execute(query, (person, seconds(now))).fetchone())
        return Kept(row[0], self.opened(person, row[1]), row[2]) if row else None

    async def agree(
        self, person: str, consent: Consent, now: datetime, state: str = YES, end: int | None = None
    ) -> None:
        """Keep a yes in the place of what was there, from now on, or until the second given."""
        await self._put((person, state, self.sealed(person, consent), end or until(now, NEWS_LIFE)))

    async def note(self, person: str, state: str, now: datetime) -> None:
        """Keep that the yes was offered, or refused or ended, and nothing else."""
        life = SEEN_LIFE if state == SEEN else NO_LIFE
        await self._put((person, state, b"", until(now, life)))

    async def end(self, person: str, now: datetime) -> None:
        """End a yes for good: its words go, and the lists it is in; a no is remembered."""

        def work(connection: sqlite3.Connection) -> None:
            connection.execute("DELETE FROM campaign_people WHERE person = ?", (person,))
            row = (person, NO, b"", until(now, NO_LIFE))
            connection.execute("INSERT OR REPLACE INTO news VALUES (?, ?, ?, ?)", row)

        await self._database.write(work)
        await self._database.shred()

    async def heard(self, person: str, kept: Kept, now: datetime) -> None:
        """Note that somebody with a yes used the assistant: a year of silence begins again."""
        end = until(now, NEWS_LIFE)
        if kept.state not in (YES, PAUSED) or end - kept.end < FRESH.total_seconds():
            return
        query = "UPDATE news SET expires_at = ? WHERE person = ? AND state IN ('oui', 'pause')"
        await self._database.write(lambda c: c.execute(query, (end, person)))

    async def silent(self, now: datetime, most: int) -> list[tuple[str, Consent]]:
        """Return people silent for a year, marked before they are written to: none is returned twice."""

        def work(connection: sqlite3.Connection) -> list[tuple[str, bytes]]:
            query = "SELECT person, body FROM news WHERE state = 'oui' AND expires_at <= ? LIMIT ?"
            found = connection.execute(query, (until(now, ASK_AHEAD), most)).fetchall()
            mark = "UPDATE news SET state = 'encore', expires_at = ? WHERE person = ?"
            connection.executemany(mark, [(until(now, ASK_AHEAD), person) for person, _ in found])
            return found

        rows = await self._database.write(work)
        return [(person, consent) for person, body in rows if (consent := self.opened(person, body))]

    async def is_asked(self, person: str) -> bool:
        """Tell whether the yearly question may still leave: the person did nothing about it meanwhile."""
        query = "SELECT 1 FROM news WHERE person = ? AND state = 'encore'"
        return await self._database.read(lambda c: c.execute(query, (person,)).fetchone()) is not None

    async def not_asked(self, person: str) -> None:
        """Note that the yearly question did not leave: it is asked later."""
        query = "UPDATE news SET state = 'oui' WHERE person = ? AND state = 'encore'"
        await self._database.write(lambda c: c.execute(query, (person,)))

    async def forget_ended(self, now: datetime) -> None:
        """Delete what is past its end. Only where the clock can be trusted: a jump ahead would forget everybody."""
        query = "DELETE FROM news WHERE expires_at <= ?"
        count = await self._database.write(lambda c: c.execute(query, (seconds(now),)).rowcount)
        if count:
            await self._database.shred()

    async def forget(self, person: str) -> None:
        """Delete all that is kept of someone who cannot be written to any more."""
        await self._database.write(lambda c: c.execute("DELETE FROM news WHERE person = ?", (person,)))

    async def pages(self, now: datetime) -> AsyncIterator[list[tuple[str, Consent]]]:
        """Yield everybody whose yes holds, some thousands at a time, in the order of their keyed names.

        They are opened beside the event loop, which goes on answering meanwhile.
        """
        query = (
            "SELECT person, body FROM news WHERE person > ? AND state = 'oui' AND expires_at > ?"
            " ORDER BY person LIMIT ?"
        )
        after = ""
        while True:
            rows = await self._database.read(partial(_rows, query, (after, seconds(now), PAGE)))
            if not rows:
                return
            after = rows[-1][0]
            yield await asyncio.to_thread(self._opened, rows)

    def opened(self, person: str, body: bytes) -> Consent | None:
        """Return a consent from its sealed bytes, None when it does not open."""
        try:
            return load(self._vault.open(PURPOSE, person, body))
        except SealError:
            return None

    def sealed(self, person: str, consent: Consent) -> bytes:
        """Return the sealed bytes of a consent."""
        return self._vault.seal(PURPOSE, person, consent.dump())

    def _opened(self, rows: list[tuple[str, bytes]]) -> list[tuple[str, Consent]]:
        return [(person, consent) for person, body in rows if (consent := self.opened(person, body))]

    async def _put(self, row: tuple[str, str, bytes, int]) -> None:
        await self._database.write(lambda c: c.execute("INSERT OR REPLACE INTO news VALUES (?, ?, ?, ?)", row))


def _rows(query: str, values: tuple[str, int, int], connection: sqlite3.Connection) -> list[tuple[str, bytes]]:
    return connection.execute(query, values).fetchall()
