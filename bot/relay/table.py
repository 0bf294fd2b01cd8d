"""What is kept of relays: each under seal, found by a keyed name of the family or of the topic.

No message is kept: a message on its way is a number, and what the team is shown first (the facts that a family
ticked) is there only until it was said. ``Pieces`` are delivered one by one in the order of their rows.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from typing import Any, Literal

import structlog

from bot.crypto import Vault
from bot.errors import SealError
from bot.relay.model import IDLE, KEPT_AFTER_CLOSE, KEPT_AFTER_ERASE, WISH_LIFE, Relay, Stage, To
from bot.store.database import Database

PIECE_LIFE = timedelta(hours=24)
"""A piece not delivered after so long is dropped: it would arrive out of its time."""

RELAY_LIFE = WISH_LIFE + 2 * IDLE
"""A backstop: relays end by themselves before."""

TOPIC_LIFE = timedelta(days=30)
"""A backstop too, for a group that cannot be reached any more."""

AGAIN = timedelta(minutes=10)
"""Between two tries to delete a topic."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Kept:
    """A relay with what is needed to write to its family. ``id``: never used again."""

    id: int
    person: str
    address: bytes = field(repr=False)
    language: str
    relay: Relay


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing to deliver. ``kind``: make the topic, copy a message, say a word."""

    to: To
    kind: Literal["open", "copy", "say"]
    word: str = ""
    values: dict[str, str] = field(default_factory=dict, repr=False)
    message: int = 0
    reply: int | None = None
    address: str = field(default="", repr=False)
    language: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A piece in its row."""

    row: int
    relay: int
    person: str
    piece: Piece


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of the group, for its relay or what is left of it."""

    relay: int
    name: str
    thread: int


class Relays:
    """Reads and writes; every method may raise StoreUnavailable, and has then changed nothing."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database, self._vault = database, vault

    async def people(self) -> list[str]:
        """Return the keyed names of all families that have a relay."""
        return await self._database.read(lambda c: [row[0] for row in c.execute("SELECT person FROM relays")])

    async def of(self, person: str) -> Kept | None:
        """Return a family's relay."""
        return await self._one("person = ?", person)

    async def by_id(self, relay: int) -> Kept | None:
        """Return a relay."""
        return await self._one("id = ?", relay)

    async def due(self, now: int) -> list[int]:
        """Return the relays whose time has come."""
        query = "SELECT id FROM relays WHERE due_at <= ? ORDER BY due_at"
        return await self._database.read(lambda c: [row[0] for row in c.execute(query, (now,))])

    async def titles(self) -> set[str]:
        """Return the pseudonyms in use."""
        rows = await self._database.read(lambda c: c.execute("SELECT id, person, body FROM relays").fetchall())
        return {kept.relay.pseudonym for row in rows if (kept := self._read(row))}

    async def begin(
        self, person: str, address: bytes, language: str, relay: Relay, pieces: Sequence[Piece], now: int
    ) -> bool:
        """Keep a new relay and what it brings first; False when the family has one already."""
        body = self._relay(person, address, language, relay)
        sealed = self._pieces(person, pieces)
        end = now + _seconds(RELAY_LIFE)

        def work(connection: sqlite3.Connection) -> bool:
            query = "INSERT OR IGNORE INTO relays (person, due_at, body, expires_at) VALUES (?, ?, ?, ?)"
            made = connection.execute(query, (person, relay.due, body, end))
            if made.rowcount != 1:
                return False
            _queue(connection, made.lastrowid or 0, person, sealed, now)
            return True

        return await self._database.write(work)

    async def change(self, kept: Kept, relay: Relay | None, pieces: Sequence[Piece], now: int) -> bool:
        """Keep what became of a relay (None: it ended); False, and nothing done, when it was erased meanwhile.

        The topic of a relay that ended is deleted later; nothing links it to the family from now on.
        """
        body = relay and self._relay(kept.person, kept.address, kept.language, relay)
        sealed = self._pieces(kept.person, pieces)

        def work(connection: sqlite3.Connection) -> bool:
            if relay is None:
                done = connection.execute("DELETE FROM relays WHERE id = ?", (kept.id,))
                late = (now + _seconds(KEPT_AFTER_CLOSE), kept.id)
                connection.execute("UPDATE relay_topics SET due_at = ? WHERE relay = ?", late)
            else:
                query = "UPDATE relays SET due_at = ?, body = ?, expires_at = ? WHERE id = ?"
                row = (relay.due, body, now + _seconds(RELAY_LIFE), kept.id)
                done = connection.execute(query, row)
            if done.rowcount != 1:
                return False
            _queue(connection, kept.id, kept.person, sealed, now)
            return True

        return await self._database.write(work)

    # --- pieces ---

    async def add(self, kept: Kept, piece: Piece, now: int) -> None:
        """Have something said to a family that still has its relay."""
        sealed = self._pieces(kept.person, (piece,))

        def work(connection: sqlite3.Connection) -> None:
            if connection.execute("SELECT 1 FROM relays WHERE id = ?", (kept.id,)).fetchone():
                _queue(connection, kept.id, kept.person, sealed, now)

        await self._database.write(work)

    async def post(self, topic: Topic, piece: Piece, now: int) -> None:
        """Have something said in a topic whoever the family is, or was."""
        sealed = self._pieces(topic.name, (piece,))
        await self._database.write(lambda c: _queue(c, topic.relay, topic.name, sealed, now))

    async def busy(self) -> list[int]:
        """Return the relays that have something to deliver."""
        query = "SELECT DISTINCT relay FROM relay_queue"
        return await self._database.read(lambda c: [row[0] for row in c.execute(query)])

    async def next(self, relay: int, now: int) -> Waiting | None:
        """Return what is to be delivered next for a relay; what cannot be read is dropped."""
        query = "SELECT id, relay, person, body FROM relay_queue WHERE relay = ? AND expires_at > ? ORDER BY id LIMIT 1"
        while True:
            row = await self._database.read(lambda c: c.execute(query, (relay, now)).fetchone())
            if row is None:
                return None
            try:
                clear = json.loads(self._vault.open("relay-queue", row[2], row[3]))
                return Waiting(row[0], row[1], row[2], Piece(**clear))
            except (SealError, ValueError, TypeError):
                _log.warning("store.unreadable")
                await self.done(row[0])

    async def wanted(self, row: int) -> bool:
        """Tell whether a piece is still to be delivered: it may have been erased."""
        query = "SELECT 1 FROM relay_queue WHERE id = ?"
        return await self._database.read(lambda c: c.execute(query, (row,)).fetchone()) is not None

    async def done(self, row: int) -> None:
        """Forget a piece."""
        await self._database.write(lambda c: c.execute("DELETE FROM relay_queue WHERE id = ?", (row,)).rowcount)

    # --- topics ---

    async def topic_made(self, waiting: Waiting, name: str, thread: int, now: int) -> None:
        """Note the topic of a relay; one whose relay ended meanwhile is deleted at once."""
        body = self._vault.seal("relay-topic", name, str(thread).encode())

        def work(connection: sqlite3.Connection) -> None:
            alive = connection.execute("SELECT 1 FROM relays WHERE id = ?", (waiting.relay,)).fetchone()
            row = (waiting.relay, name, 0 if alive else now, body, now + _seconds(TOPIC_LIFE))
            connection.execute("INSERT OR REPLACE INTO relay_topics VALUES (?, ?, ?, ?, ?)", row)
            connection.execute("DELETE FROM relay_queue WHERE id = ?", (waiting.row,))

        await self._database.write(work)

    async def topic_of(self, relay: int) -> Topic | None:
        """Return the topic of a relay, or of what is left of it."""
        return next(iter(await self._topics("relay = ?", relay)), None)

    async def topic_named(self, name: str) -> Topic | None:
        """Return the topic of this keyed name; None for one that is not a family's."""
        return next(iter(await self._topics("person = ?", name)), None)

    async def topics_left(self) -> list[Topic]:
        """Return the topics whose family erased everything: their relay is gone and nobody closed it."""
        return await self._topics("due_at = 0 AND relay NOT IN (SELECT id FROM relays)")

    async def topics_due(self, now: int) -> list[Topic]:
        """Return the topics to delete."""
        return await self._topics("due_at > 0 AND due_at <= ?", now)

    async def leave(self, topic: Topic, piece: Piece, now: int) -> None:
        """Tell the team that the family left, and let the topic go soon."""
        sealed = self._pieces(topic.name, (piece,))

        def work(connection: sqlite3.Connection) -> None:
            query = "UPDATE relay_topics SET due_at = ? WHERE relay = ? AND due_at = 0"
            if connection.execute(query, (now + _seconds(KEPT_AFTER_ERASE), topic.relay)).rowcount:
                _queue(connection, topic.relay, topic.name, sealed, now)

        await self._database.write(work)

    async def delete_later(self, topic: Topic, now: int) -> None:
        """Try to delete a topic again in a while."""
        row = (now + _seconds(AGAIN), topic.relay)
        query = "UPDATE relay_topics SET due_at = ? WHERE relay = ?"
        await self._database.write(lambda c: c.execute(query, row).rowcount)

    async def topic_deleted(self, relay: int) -> None:
        """Forget a topic; what still waits for it is dropped when its turn comes."""
        query = "DELETE FROM relay_topics WHERE relay = ?"
        await self._database.write(lambda c: c.execute(query, (relay,)).rowcount)

    # --- sealing ---

    async def _one(self, where: str, value: str | int) -> Kept | None:
        query = f"SELECT id, person, body FROM relays WHERE {where}"  # noqa: S608 - one of the two above
        row = await self._database.read(lambda c: c.execute(query, (value,)).fetchone())
        return self._read(row) if row else None

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

    def _relay(self, person: str, address: bytes, language: str, relay: Relay) -> bytes:
        clear = {"address": address.decode(), "language": language, "relay": asdict(relay)}
        return self._vault.seal("relay", person, json.dumps(clear, ensure_ascii=False).encode())

    def _read(self, row: Any) -> Kept | None:
        number, person, body = row
        try:
            clear = json.loads(self._vault.open("relay", person, body))
            told = clear["relay"]
            relay = Relay(**{**told, "stage": Stage(told["stage"])})
            return Kept(number, person, clear["address"].encode(), clear["language"], relay)
        except (SealError, ValueError, TypeError, KeyError):
            _log.warning("store.unreadable")
            return None

    def _pieces(self, person: str, pieces: Sequence[Piece]) -> list[bytes]:
        clear = (json.dumps(asdict(piece), ensure_ascii=False).encode() for piece in pieces)
        return [self._vault.seal("relay-queue", person, each) for each in clear]


def _queue(connection: sqlite3.Connection, relay: int, person: str, sealed: Sequence[bytes], now: int) -> None:
    end = now + _seconds(PIECE_LIFE)
    query = "INSERT INTO relay_queue (relay, person, body, expires_at) VALUES (?, ?, ?, ?)"
    connection.executemany(query, [(relay, person, body, end) for body in sealed])


def _seconds(time: timedelta) -> int:
    return int(time.total_seconds())
