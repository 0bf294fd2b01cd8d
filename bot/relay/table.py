"""What is kept of relays: each under seal, found by a keyed name of the family or of the topic.

No message is kept: a message on its way is a number (``pieces``), and what the team is shown first (the facts that
a family ticked) is there only until it was said.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import structlog

from bot.crypto import Vault
from bot.errors import SealError
from bot.relay.model import Relay, Stage
from bot.relay.pieces import Piece, queue, sealed_pieces, seconds
from bot.store.database import Database
from bot.store.protocol import KEPT_AFTER_CLOSE, RELAY_LIFE, TOPIC_LIFE

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Kept:
    """A relay with what is needed to write to its family. ``id``: never used again."""

    id: int
    person: str
    address: bytes = field(repr=False)
    language: str
    relay: Relay


class Relays:
    """Reads and writes; every method may raise StoreUnavailable, and has then changed nothing."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database, self._vault = database, vault

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
        sealed = sealed_pieces(self._vault, person, pieces)
        end = now + seconds(RELAY_LIFE)

        def work(connection: sqlite3.Connection) -> bool:
            query = "INSERT OR IGNORE INTO relays (person, due_at, body, expires_at) VALUES (?, ?, ?, ?)"
            made = connection.execute(query, (person, relay.due, body, end))
            if made.rowcount != 1:
                return False
            queue(connection, made.lastrowid or 0, person, sealed, now)
            return True

        return await self._database.write(work)

    async def change(self, kept: Kept, relay: Relay | None, pieces: Sequence[Piece], now: int) -> bool:
        """Keep what became of a relay (None: it ended); False, and nothing done, when it was erased meanwhile.

        The topic of a relay that ended is deleted later; nothing links it to the family from now on.
        """
        body = relay and self._relay(kept.person, kept.address, kept.language, relay)
        sealed = sealed_pieces(self._vault, kept.person, pieces)

        def work(connection: sqlite3.Connection) -> bool:
            if relay is None:
                done = connection.execute("DELETE FROM relays WHERE id = ?", (kept.id,))
            else:
                query = "UPDATE relays SET due_at = ?, body = ?, expires_at = ? WHERE id = ?"
                row = (relay.due, body, now + seconds(RELAY_LIFE), kept.id)
                done = connection.execute(query, row)
            if done.rowcount != 1:
                return False
            # A topic in use lives on: without its row nothing would arrive in it, or delete it.
            topic = (0 if relay else now + seconds(KEPT_AFTER_CLOSE), now + seconds(TOPIC_LIFE), kept.id)
            connection.execute("UPDATE relay_topics SET due_at = ?, expires_at = ? WHERE relay = ?", topic)
            queue(connection, kept.id, kept.person, sealed, now)
            return True

        return await self._database.write(work)

    # --- pieces ---

    async def add(self, kept: Kept, piece: Piece, now: int) -> None:
        """Have something said to a family that still has its relay."""
        sealed = sealed_pieces(self._vault, kept.person, (piece,))

        def work(connection: sqlite3.Connection) -> None:
            if connection.execute("SELECT 1 FROM relays WHERE id = ?", (kept.id,)).fetchone():
                queue(connection, kept.id, kept.person, sealed, now)

        await self._database.write(work)

    # --- sealing ---

    async def _one(self, where: str, value: str | int) -> Kept | None:
        query = f"SELECT id, person, body FROM relays WHERE {where}"  # noqa: S608 - one of the two above
        row = await self._database.read(lambda c: c.execute(query, (value,)).fetchone())
        return self._read(row) if row else None

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
