"""Rows of campaigns: SQL and sealing. What is written and by whom is sealed; in clear a state, a time, counts."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.campaigns.campaign import Body, Campaign, Counts, State, Step, load_body
from bot.crypto import Vault
from bot.errors import SealError
from bot.store.database import Database
from bot.store.protocol import seconds

PURPOSE = "campaign"
SHOWN = 30
"""Campaigns listed at most, the newest."""

_COLUMNS = "id, person, state, due_at, body, total, sent, gone, uncertain, changed_at"


class CampaignTable:
    """The campaigns. Every method may raise StoreUnavailable, and has then changed nothing."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database, self._vault = database, vault

    async def new(self, body: Body, now: datetime) -> int:
        """Keep a new draft; return its number. Its first author is whose it is."""
        author = body.authors[0]
        values = (author, State.DRAFT, self._vault.seal(PURPOSE, author, body.dump()), seconds(now))
        query = "INSERT INTO campaigns VALUES (NULL, ?, ?, 0, ?, -1, 0, 0, 0, ?)"
        return await self._database.write(lambda c: int(c.execute(query, values).lastrowid or 0))

    async def get(self, number: int) -> Campaign | None:
        """Return a campaign, None when there is none."""
        return await self._database.read(lambda c: self._one(c, number))

    async def all(self) -> list[Campaign]:
        """Return the newest campaigns, newest first."""
        query = f"SELECT {_COLUMNS} FROM campaigns ORDER BY id DESC LIMIT ?"  # noqa: S608
        rows = await self._database.read(lambda c: c.execute(query, (SHOWN,)).fetchall())
        return [found for row in rows if (found := self._campaign(row))]

    async def take(self, number: int, step: Step, now: datetime) -> Campaign | None:
        """Take a step, in one transaction with the reading; return the campaign after it, None when it may not be."""

        def work(connection: sqlite3.Connection) -> Campaign | None:
            before = self._one(connection, number)
            after = step(before) if before else None
            if after is None:
                return None
            author = after.body.authors[0]
            values = (after.state, after.due, self._vault.seal(PURPOSE, author, after.body.dump()), seconds(now))
            query = "UPDATE campaigns SET state = ?, due_at = ?, body = ?, changed_at = ? WHERE id = ?"
            connection.execute(query, (*values, number))
            if after.state is State.STOPPED:
                # Those whose message is on its way are counted when it is known what became of it.
                connection.execute("DELETE FROM campaign_people WHERE campaign = ? AND leaving = 0", (number,))
            return replace(after, changed=seconds(now))

        return await self._database.write(work)

    async def drop(self, number: int) -> bool:
        """Delete a draft; False when it is none."""
        query = "DELETE FROM campaigns WHERE id = ? AND state = 'brouillon'"
        return await self._database.write(lambda c: c.execute(query, (number,)).rowcount == 1)

    async def due(self, now: datetime) -> Campaign | None:
        """Return what is to be sent now: what was begun first, then what may begin; None when there is nothing."""
        query = (
            f"SELECT {_COLUMNS} FROM campaigns WHERE state = 'envoi' OR (state = 'programme' AND due_at <= ?)"  # noqa: S608
            " ORDER BY state = 'envoi' DESC, due_at, id"
        )
        rows = await self._database.read(lambda c: c.execute(query, (seconds(now),)).fetchall())
        return next((found for row in rows if (found := self._campaign(row))), None)

    def _one(self, connection: sqlite3.Connection, number: int) -> Campaign | None:
        query = f"SELECT {_COLUMNS} FROM campaigns WHERE id = ?"  # noqa: S608
        row = connection.execute(query, (number,)).fetchone()
        return self._campaign(row) if row else None

    def _campaign(self, row: Any) -> Campaign | None:
        number, person, state, due, sealed, total, sent, gone, uncertain, changed = row
        try:
            body = load_body(self._vault.open(PURPOSE, person, sealed))
        except SealError:
            return None
        if body is None:
            return None
        return Campaign(number, State(state), body, due, Counts(total, sent, gone, uncertain), changed)
