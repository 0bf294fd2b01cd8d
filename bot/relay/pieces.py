"""What waits to be delivered for relays, under seal: a message is its number, in its own chat.

Rows are delivered one by one in their order, and forgotten; an erasure takes those of its family.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from typing import Literal

import structlog

from bot.crypto import Vault
from bot.errors import SealError
from bot.relay.model import To
from bot.store.database import Database
from bot.store.protocol import PIECE_LIFE

_log = structlog.get_logger(__name__)


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


class PieceRows:
    """Reads and forgets pieces; every method may raise StoreUnavailable, and has then changed nothing."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database, self._vault = database, vault

    async def busy(self, now: int) -> list[int]:
        """Return the relays that have something to deliver; what is past its time waits for the purge only."""
        query = "SELECT DISTINCT relay FROM relay_queue WHERE expires_at > ?"
        return await self._database.read(lambda c: [row[0] for row in c.execute(query, (now,))])

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


def sealed_pieces(vault: Vault, person: str, pieces: Sequence[Piece]) -> list[bytes]:
    """Return the bodies of rows, for ``queue``."""
    clear = (json.dumps(asdict(piece), ensure_ascii=False).encode() for piece in pieces)
    return [vault.seal("relay-queue", person, each) for each in clear]


def queue(connection: sqlite3.Connection, relay: int, person: str, sealed: Sequence[bytes], now: int) -> None:
    """Add pieces to what waits for a relay, in the caller's transaction."""
    end = now + seconds(PIECE_LIFE)
    query = "INSERT INTO relay_queue (relay, person, body, expires_at) VALUES (?, ?, ?, ?)"
    connection.executemany(query, [(relay, person, body, end) for body in sealed])


def seconds(time: timedelta) -> int:
    """Return a length of time in whole seconds."""
    return int(time.total_seconds())
