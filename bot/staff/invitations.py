"""Invitations to the team: a code that opens one place, once, until a moment; the code itself is kept nowhere."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum

from bot.crypto import Vault, new_code
from bot.links import normal
from bot.staff.model import MEMBERSHIP, REMEMBERED, Line, Member, Role
from bot.staff.table import StaffRows
from bot.store.database import Database
from bot.store.protocol import seconds, until

MARK = "Y"
"""What these codes begin with; deposited situations begin with Z, link codes with the version of their layout."""
CODE = re.compile(r"Y[0-9A-HJKMNP-TV-Z]{16}")

_TYPED = re.compile(r"\s*Y\w{3}(?:[ -]?\w{4}){3}[ -]?\w\s*", re.ASCII | re.IGNORECASE)
"""As it is read from paper, in groups of four: a sentence that begins with « y » does not look like this."""
_STARTED = re.compile(r"Y\w{10,20}", re.ASCII)
"""A link that lost a sign or two on the way is one of these all the same."""


class Closed(Enum):
    """Why an invitation opens nothing."""

    UNKNOWN = "unknown"
    USED = "used"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Invitation:
    """A place that waits for somebody; ``until``: aware."""

    role: Role
    name_for_staff: str
    until: datetime


def code_in(text: str | None, start: str | None) -> str | None:
    """Return the code of an invitation that was opened or typed, as it is compared; None for anything else."""
    if start is not None:
        found = normal(start[:80])
        return found if _STARTED.fullmatch(found) else None
    return normal(text) if text and _TYPED.fullmatch(text) else None


class Invitations:
    """Those that are open, and those that were; every method may raise StoreUnavailable."""

    def __init__(self, database: Database, vault: Vault, now: Callable[[], datetime]) -> None:
        """``now``: the moment, with a time zone."""
        self._database, self._vault, self._now = database, vault, now
        self._rows = StaffRows(vault)

    async def invite(self, invitation: Invitation, by: str) -> str:
        """Keep an invitation; return its code, which is told once and kept nowhere.

        Args:
            invitation: its name in the team is nobody else's.
            by: who invites, in the log.
        """
        code, owner = MARK + new_code(), self._vault.person("invitation", new_code())
        clear = {"role": invitation.role, "nom": invitation.name_for_staff}
        row = (self._vault.code_name(code), owner, seconds(invitation.until),
               self._rows.sealed("staff-invite", owner, clear), until(invitation.until, REMEMBERED))  # fmt: skip

        def work(connection: sqlite3.Connection) -> None:
            connection.execute("INSERT INTO staff_invites VALUES (?, ?, 0, ?, ?, ?)", row)
            self._rows.note(connection, Line(self._now(), by, "a invité", _who(invitation)))

        await self._database.write(work)
        return code

    async def open(self) -> list[Invitation]:
        """Return those that wait for somebody, the first to end first."""
        return [found for _, found in await self._database.read(lambda c: list(self._open(c)))]

    async def look(self, code: str) -> Invitation | Closed:
        """Return what a code invites to, without using it."""
        return await self._database.read(lambda c: self._look(c, code))

    async def accept(self, code: str, person: str, address: bytes) -> Member | Closed:
        """Give somebody the place that a code opens, and close the code, in one transaction.

        Args:
            code: as ``code_in`` returns it.
            person: keyed name of who accepts; a place they have already is replaced.
            address: where messages reach them.
        """
        now = self._now()

        def work(connection: sqlite3.Connection) -> Member | Closed:
            found = self._look(connection, code)
            if isinstance(found, Closed):
                return found
            self._close(connection, code)
            member = Member(person, found.role, address, found.name_for_staff)
            self._rows.note(connection, Line(now, found.name_for_staff, "a rejoint l'équipe", found.role))
            return self._rows.add(connection, member, now, MEMBERSHIP)

        return await self._database.write(work)

    async def withdraw(self, name_for_staff: str, by: str) -> bool:
        """Close the open invitation of a name; False when there is none. ``by``: who did it, in the log."""
        name = name_for_staff.casefold()

        def work(connection: sqlite3.Connection) -> bool:
            found = [(owner, each) for owner, each in self._open(connection) if each.name_for_staff.casefold() == name]
            for owner, each in found:
                connection.execute("DELETE FROM staff_invites WHERE person = ?", (owner,))
                self._rows.note(connection, Line(self._now(), by, "a retiré l'invitation", _who(each)))
            return bool(found)

        return await self._database.write(work)

    def _look(self, connection: sqlite3.Connection, code: str) -> Invitation | Closed:
        query = "SELECT person, used, until, body FROM staff_invites WHERE code = ?"
        row = connection.execute(query, (self._vault.code_name(code),)).fetchone()
        if row is None:
            return Closed.UNKNOWN
        owner, used, end, body = row
        if used:
            return Closed.USED
        if end <= seconds(self._now()):
            return Closed.EXPIRED
        return self._read(owner, end, body) or Closed.UNKNOWN

    def _close(self, connection: sqlite3.Connection, code: str) -> None:
        """Keep that it was used, and nothing of what it opened."""
        query = "UPDATE staff_invites SET used = 1, body = x'' WHERE code = ?"
        connection.execute(query, (self._vault.code_name(code),))

    def _open(self, connection: sqlite3.Connection) -> Iterator[tuple[str, Invitation]]:
        query = "SELECT person, until, body FROM staff_invites WHERE used = 0 AND until > ? ORDER BY until"
        for owner, end, body in connection.execute(query, (seconds(self._now()),)):
            if found := self._read(owner, end, body):
                yield owner, found

    def _read(self, owner: str, end: int, body: bytes) -> Invitation | None:
        found = self._rows.opened("staff-invite", owner, body)
        return Invitation(Role(found["role"]), found["nom"], datetime.fromtimestamp(end, UTC)) if found else None


def _who(invitation: Invitation) -> str:
    return f"{invitation.name_for_staff} ({invitation.role})"
