"""The rows of the team: the only place where they are sealed, opened, and asked for in SQL.

Each function on a connection runs inside a transaction that its caller holds.
"""

from __future__ import annotations

import json
import sqlite3
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog

from bot.crypto import Vault
from bot.errors import SealError
from bot.staff.model import LOG_LIFE, LOG_LINES, Line, Member, Role
from bot.store.protocol import seconds, until

_log = structlog.get_logger(__name__)


class StaffRows:
    """Members and the log, in rows whose bodies one vault seals; what does not open is left out, and purged in time."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._logbook = vault.person("equipe", "journal")

    def member(self, connection: sqlite3.Connection, person: str, now: datetime) -> Member | None:
        """Return who has a place in the team at this moment."""
        query = "SELECT person, body, expires_at FROM staff WHERE person = ? AND expires_at > ?"
        return next(self._members(connection.execute(query, (person, seconds(now)))), None)

    def members(self, connection: sqlite3.Connection, now: datetime) -> list[Member]:
        """Return all who have a place in the team, by name."""
        query = "SELECT person, body, expires_at FROM staff WHERE expires_at > ?"
        return sorted(
            self._members(connection.execute(query, (seconds(now),))), key=lambda each: each.name_for_staff.casefold()
        )

    def add(self, connection: sqlite3.Connection, member: Member, now: datetime, life: timedelta) -> Member:
        """Give somebody a place in the team, or another one; return them with its end."""
        clear = {
            "role": member.role,
            "nom": member.name_for_staff,
            "adresse": b64encode(member.address).decode(),
        }
        end = until(now, life)
        connection.execute(
            "INSERT OR REPLACE INTO staff VALUES (?, ?, ?)",
            (member.person, self.sealed("staff", member.person, clear), end),
        )
        return replace(member, until=datetime.fromtimestamp(end, UTC))

    def remove(self, connection: sqlite3.Connection, person: str) -> bool:
        """Take somebody out of the team; False when they were not in it."""
        return connection.execute("DELETE FROM staff WHERE person = ?", (person,)).rowcount == 1

    def note(self, connection: sqlite3.Connection, line: Line) -> None:
        """Add a line to the log, which keeps the last 10,000."""
        at = line.at.astimezone(UTC).replace(second=0, microsecond=0)
        clear = {"le": at.isoformat(), "qui": line.who, "quoi": line.action, "detail": line.detail}
        found = connection.execute(
            "INSERT INTO staff_log (person, body, expires_at) VALUES (?, ?, ?)",
            (self._logbook, self.sealed("staff-log", self._logbook, clear), until(at, LOG_LIFE)),
        )
        connection.execute("DELETE FROM staff_log WHERE id <= ?", ((found.lastrowid or 0) - LOG_LINES,))

    def lines(self, connection: sqlite3.Connection, now: datetime) -> Iterator[Line]:
        """Yield the lines of the log that are not past their time, oldest first."""
        query = "SELECT body FROM staff_log WHERE expires_at > ? ORDER BY id"
        for (body,) in connection.execute(query, (seconds(now),)):
            if found := self.opened("staff-log", self._logbook, body):
                yield Line(datetime.fromisoformat(found["le"]), found["qui"], found["quoi"], found["detail"])

    def sealed(self, purpose: str, person: str, clear: Mapping[str, Any]) -> bytes:
        """Return a row's body."""
        return self._vault.seal(purpose, person, json.dumps(clear, ensure_ascii=False).encode())

    def opened(self, purpose: str, person: str, body: bytes) -> dict[str, Any] | None:
        """Return what a body holds, None when it does not open."""
        try:
            found: dict[str, Any] = json.loads(self._vault.open(purpose, person, body))
        except (SealError, ValueError):
            _log.warning("staff.unreadable")
            return None
        return found

    def _members(self, rows: sqlite3.Cursor) -> Iterator[Member]:
        for person, body, end in rows:
            if found := self.opened("staff", person, body):
                address, ends = b64decode(found["adresse"]), datetime.fromtimestamp(end, UTC)
                yield Member(person, Role(found["role"]), address, found["nom"], ends)
