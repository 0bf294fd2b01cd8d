"""The topics of the group that relays opened, until they are deleted: a number under a keyed name, no family."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import timedelta

import structlog

from bot.crypto import Vault
from bot.errors import SealError
from bot.relay.model import KEPT_AFTER_ERASE
from bot.relay.pieces import Piece, Waiting, queue, sealed_pieces, seconds
from bot.store.database import Database
from bot.store.protocol import TOPIC_LIFE

AGAIN = timedelta(minutes=10)
"""Between two tries to delete a topic."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of the group, for its relay or what is left of it."""

    relay: int
    name: str
    thread: int


class TopicRows:
    """Reads and writes; every method may raise StoreUnavailable, and has then changed nothing."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database, self._vault = database, vault

    async def post(self, topic: Topic, piece: Piece, now: int) -> None:
        """Have something said in a topic whoever the family is, or was."""
        sealed = sealed_pieces(self._vault, topic.name, (piece,))
        await self._database.write(lambda c: queue(c, topic.relay, topic.name, sealed, now))

    async def made(self, waiting: Waiting, name: str, thread: int, now: int) -> None:
        """Note the topic of a relay; one whose relay ended meanwhile is deleted at once."""
        body = self._vault.seal("relay-topic", name, str(thread).encode())

        def work(connection: sqlite3.Connection) -> None:
            alive = connection.execute("SELECT 1 FROM relays WHERE id = ?", (waiting.relay,)).fetchone()
            row = (waiting.relay, name, 0 if alive else now, body, now + seconds(TOPIC_LIFE))
            connection.execute("INSERT OR REPLACE INTO relay_topics VALUES (?, ?, ?, ?, ?)", row)
            connection.execute("DELETE FROM relay_queue WHERE id = ?", (waiting.row,))

        await self._database.write(work)

    async def of(self, relay: int) -> Topic | None:
        """Return the topic of a relay, or of what is left of it."""
        return next(iter(await self._topics("relay = ?", relay)), None)

    async def named(self, name: str) -> Topic | None:
        """Return the topic of this keyed name; None for one that is not a family's."""
        return next(iter(await self._topics("person = ?", name)), None)

    async def left(self) -> list[Topic]:
        """Return the topics whose family erased everything: their relay is gone and nobody closed it."""
        return await self._topics("due_at = 0 AND relay NOT IN (SELECT id FROM relays)")

    async def due(self, now: int) -> list[Topic]:
        """Return the topics to delete."""
        return await self._topics("due_at > 0 AND due_at <= ?", now)

    async def leave(self, topic: Topic, piece: Piece, now: int) -> None:
        """Tell the team that the family left, and let the topic go soon."""
        sealed = sealed_pieces(self._vault, topic.name, (piece,))

        def work(connection: sqlite3.Connection) -> None:
            query = "UPDATE relay_topics SET due_at = ? WHERE relay = ? AND due_at = 0"
            if connection.execute(query, (now + seconds(KEPT_AFTER_ERASE), topic.relay)).rowcount:
                queue(connection, topic.relay, topic.name, sealed, now)

        await self._database.write(work)

    async def delete_later(self, topic: Topic, now: int) -> None:
        """Try to delete a topic again in a while."""
        row = (now + seconds(AGAIN), topic.relay)
        query = "UPDATE relay_topics SET due_at = ? WHERE relay = ?"
        await self._database.write(lambda c: c.execute(query, row).rowcount)

    async def deleted(self, relay: int) -> None:
        """Forget a topic; what still waits for it is dropped when its turn comes."""
        query = "DELETE FROM relay_topics WHERE relay = ?"
        await self._database.write(lambda c: c.execute(query, (relay,)).rowcount)

    async def _topics(self, where: str, *values: str | int) -> list[Topic]:
        query = f"SELECT relay, person, body FROM relay_topics WHERE {where} ORDER BY relay"  # noqa: S608
        rows = await self._database.read(lambda c: c.execute(query, values).fetchall())
        found = []
        for relay, name, body in rows:
            try:
                found.append(Topic(relay, name, int(self._vault.open("relay-topic", name, body))))
            except (SealError, ValueError):
                _log.warning("store.unreadable")
        return found
