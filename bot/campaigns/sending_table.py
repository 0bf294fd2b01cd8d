"""Rows of those to whom a campaign has still to be sent, and what each step of sending does to them in one transaction.

A row is marked before its message leaves and goes as soon as it is known what became of it. What is marked when the
service starts was cut: it counts as uncertain and is never sent again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.campaigns.consent import Consent
from bot.campaigns.news_table import YES, NewsTable
from bot.feature import Outcome
from bot.store.database import Database
from bot.store.protocol import LIST_LIFE, seconds, until

TRIES = 3
"""How often a message that Telegram refuses is tried."""

Known = tuple[str, Outcome | None]
_COUNTED: dict[Outcome | None, str] = {Outcome.SENT: "sent", Outcome.GONE: "gone", Outcome.UNCERTAIN: "uncertain"}
_LOOKED_AT = 200
"""Rows looked at in one transaction at most, where many are to be left out."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody whose message leaves now."""

    person: str
    consent: Consent


@dataclass(frozen=True, slots=True)
class Step:
    """``goes_on``: the campaign is being sent still; ``recipients``: marked; ``left``: whether others wait.

    ``moved``: whether anybody was marked or left out.
    """

    goes_on: bool
    recipients: tuple[Recipient, ...]
    left: bool
    moved: bool = False


class SendingTable:
    """The lists. Every method may raise StoreUnavailable, and has then changed nothing."""

    def __init__(self, database: Database, news: NewsTable) -> None:
        self._database, self._news = database, news

    async def recover(self) -> int:
        """Count what a crash cut as uncertain and forget it; return how many. Before anything is sent."""

        def work(connection: sqlite3.Connection) -> int:
            query = "DELETE FROM campaign_people WHERE leaving = 1 RETURNING campaign"
            cut = connection.execute(query).fetchall()
            connection.executemany("UPDATE campaigns SET uncertain = uncertain + 1 WHERE id = ?", cut)
            return len(cut)

        return await self._database.write(work)

    async def clear(self, campaign: int) -> None:
        """Forget a list that was not finished when the service stopped; nothing of it was sent."""
        await self._database.write(lambda c: c.execute("DELETE FROM campaign_people WHERE campaign = ?", (campaign,)))

    async def add(self, campaign: int, people: Sequence[str], now: datetime) -> None:
        """Put people on a list that is not begun."""
        rows = [(campaign, person, until(now, LIST_LIFE)) for person in people]
        query = "INSERT OR IGNORE INTO campaign_people VALUES (?, ?, 0, 0, ?)"
        await self._database.write(lambda c: c.executemany(query, rows))

    async def begin(self, campaign: int, total: int, now: datetime) -> bool:
        """Begin to send; False when the campaign was held or changed meanwhile: its list is then forgotten."""

        def work(connection: sqlite3.Connection) -> bool:
            query = (
                "UPDATE campaigns SET state = 'envoi', total = ?, changed_at = ? WHERE id = ? AND state = 'programme'"
            )
            begun = connection.execute(query, (total, seconds(now), campaign)).rowcount == 1
            if not begun:
                connection.execute("DELETE FROM campaign_people WHERE campaign = ?", (campaign,))
            return begun

        return await self._database.write(work)

    async def step(self, campaign: int, known: Sequence[Known], wanted: int, month: int) -> Step:
        """Note what became of messages, then mark the next ones.

        Args:
            campaign: its number.
            known: people marked before, and what became of theirs; None: not even tried, to be marked again.
            wanted: how many to mark; none when the campaign is held.
            month: the month of Paris as an index, for what may be sent in it.
        """

        def work(connection: sqlite3.Connection) -> Step:
            for person, outcome in known:
                self._settle(connection, campaign, person, outcome)
            state = connection.execute("SELECT state FROM campaigns WHERE id = ?", (campaign,)).fetchone()
            if state is None or state[0] != "envoi":
                return Step(False, (), False)
            before = connection.total_changes
            found = tuple(self._marked(connection, campaign, wanted, month)) if wanted else ()
            moved = connection.total_changes > before
            query = "SELECT 1 FROM campaign_people WHERE campaign = ? LIMIT 1"
            return Step(True, found, connection.execute(query, (campaign,)).fetchone() is not None, moved)

        return await self._database.write(work)

    async def is_leaving(self, campaign: int, person: str) -> bool:
        """Tell whether a message that was marked may still leave: nobody stopped it, its family's yes holds."""
        query = (
            "SELECT 1 FROM campaign_people p JOIN news n ON n.person = p.person JOIN campaigns c ON c.id = p.campaign"
            " WHERE p.campaign = ? AND p.person = ? AND p.leaving = 1 AND n.state = 'oui' AND c.state <> 'arrete'"
        )
        row = await self._database.read(lambda c: c.execute(query, (campaign, person)).fetchone())
        return row is not None

    async def finish(self, campaign: int, now: datetime) -> None:
        """End a campaign that was sent to all; counts stay, the list is gone."""

        def work(connection: sqlite3.Connection) -> None:
            connection.execute("DELETE FROM campaign_people WHERE campaign = ?", (campaign,))
            query = "UPDATE campaigns SET state = 'fini', changed_at = ? WHERE id = ? AND state = 'envoi'"
            connection.execute(query, (seconds(now), campaign))

        await self._database.write(work)
        await self._database.shred()

    def _marked(self, connection: sqlite3.Connection, campaign: int, wanted: int, month: int) -> list[Recipient]:
        found: list[Recipient] = []
        for _ in range(_LOOKED_AT // wanted):
            query = (
                "SELECT p.person, n.state, n.body FROM campaign_people p LEFT JOIN news n ON n.person = p.person"
                " WHERE p.campaign = ? AND p.leaving = 0 ORDER BY p.tries LIMIT ?"
            )
            rows = connection.execute(query, (campaign, wanted - len(found))).fetchall()
            for person, state, body in rows:
                consent = self._news.opened(person, body) if state == YES else None
                if consent is None or consent.full(month):
                    _leave(connection, campaign, person)
                    continue
                found.append(Recipient(person, consent))
                self._mark(connection, campaign, person, consent.written_to(month))
            if not rows or len(found) == wanted:
                break
        return found

    def _mark(self, connection: sqlite3.Connection, campaign: int, person: str, after: Consent) -> None:
        query = "UPDATE campaign_people SET leaving = 1 WHERE campaign = ? AND person = ?"
        connection.execute(query, (campaign, person))
        connection.execute("UPDATE news SET body = ? WHERE person = ?", (self._news.sealed(person, after), person))

    def _settle(self, connection: sqlite3.Connection, campaign: int, person: str, outcome: Outcome | None) -> None:
        if outcome in (Outcome.REFUSED, Outcome.UNWANTED, None):
            self._unmark(connection, person)
        if outcome in (Outcome.REFUSED, None):
            query = (
                "UPDATE campaign_people SET leaving = 0, tries = tries + ? WHERE campaign = ? AND person = ?"
                " AND tries + ? < ? AND (SELECT state FROM campaigns WHERE id = ?) IN ('envoi', 'pause')"
            )
            tried = int(outcome is not None)
            if connection.execute(query, (tried, campaign, person, tried, TRIES, campaign)).rowcount:
                return
        _leave(connection, campaign, person)
        if column := _COUNTED.get(outcome):
            connection.execute(f"UPDATE campaigns SET {column} = {column} + 1 WHERE id = ?", (campaign,))  # noqa: S608
        if outcome is Outcome.GONE:
            connection.execute("DELETE FROM news WHERE person = ?", (person,))

    def _unmark(self, connection: sqlite3.Connection, person: str) -> None:
        """Take back from the month of a family a message that did not leave."""
        row = connection.execute("SELECT body FROM news WHERE person = ? AND length(body) > 0", (person,)).fetchone()
        consent = self._news.opened(person, row[0]) if row else None
        if consent:
            before = self._news.sealed(person, consent.not_written_to())
            connection.execute("UPDATE news SET body = ? WHERE person = ?", (before, person))


def _leave(connection: sqlite3.Connection, campaign: int, person: str) -> None:
    connection.execute("DELETE FROM campaign_people WHERE campaign = ? AND person = ?", (campaign, person))
