"""The team as other features ask about it: who has which role just now, how to reach them, what they did.

    staff = Staff(store.database, store.vault, now)
    if await staff.role(turn.incoming.person) is Role.COORDINATION: ...

The role is asked again at each press: a place taken away is gone at the next one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.crypto import Vault
from bot.staff.model import MEMBERSHIP, Line, Member, Role, harmless
from bot.staff.table import StaffRows
from bot.store.database import Database

OUTSIDE = "hors équipe"
"""Who did something without a place in the team, in the log."""


class Staff:
    """The members of the team and the log of what they do. Every method may raise StoreUnavailable."""

    def __init__(self, database: Database, vault: Vault, now: Callable[[], datetime]) -> None:
        """``now``: the moment, with a time zone; a place in the team has an end."""
        self._database, self._now = database, now
        self._rows = StaffRows(vault)

    async def role(self, person: str) -> Role | None:
        """Return the role of a keyed name; None for everybody else, and after a revocation or an expiry."""
        member = await self.member(person)
        return member.role if member else None

    async def member(self, person: str) -> Member | None:
        """Return who has a place in the team under a keyed name."""
        return await self._database.read(lambda c: self._rows.member(c, person, self._now()))

    async def people(self, *roles: Role) -> list[Member]:
        """Return the members of these roles, of all roles without any, by name."""
        found = await self._database.read(lambda c: self._rows.members(c, self._now()))
        return [member for member in found if not roles or member.role in roles]

    async def note(self, person: str, action: str, now: datetime, detail: str = "") -> None:
        """Write in the log that somebody of the team did something; for six months, 10,000 lines at most.

        Args:
            person: keyed name; their name in the team is what is written.
            action: what they did, in a few French words (« campagne approuvée »).
            now: the moment, kept to the minute.
            detail: the id of what it was done to; anything that could be a number of somebody is left out.
        """

        def work(connection: sqlite3.Connection) -> None:
            member = self._rows.member(connection, person, now)
            who = member.name_for_staff if member else OUTSIDE
            self._rows.note(connection, Line(now, who, harmless(action), harmless(detail)))

        await self._database.write(work)

    async def add(self, member: Member, now: datetime, life: timedelta = MEMBERSHIP) -> Member:
        """Give somebody a place in the team, or another role; return them with its end."""
        return await self._database.write(lambda c: self._rows.add(c, member, now, life))

    async def leave(self, person: str, now: datetime) -> bool:
        """Take somebody out of the team at their own wish; False when they were not in it."""

        def work(connection: sqlite3.Connection) -> bool:
            member = self._rows.member(connection, person, now)
            if member:
                self._rows.note(connection, Line(now, member.name_for_staff, "a quitté l'équipe"))
            return self._rows.remove(connection, person) and member is not None

        return await self._database.write(work)

    async def dismiss(self, name_for_staff: str, by: str, now: datetime) -> bool:
        """Take a name out of the team; False when nobody has it. ``by``: who did it, in the log."""

        def work(connection: sqlite3.Connection) -> bool:
            found = self._named(connection, name_for_staff)
            if found:
                self._rows.remove(connection, found.person)
                self._rows.note(connection, Line(now, by, "a retiré de l'équipe", found.name_for_staff))
            return found is not None

        return await self._database.write(work)

    async def renew(self, name_for_staff: str, by: str, now: datetime) -> Member | None:
        """Give a name's place a whole life again; return it, None when nobody has it."""

        def work(connection: sqlite3.Connection) -> Member | None:
            found = self._named(connection, name_for_staff)
            if found is None:
                return None
            self._rows.note(connection, Line(now, by, "a prolongé", found.name_for_staff))
            return self._rows.add(connection, found, now, MEMBERSHIP)

        return await self._database.write(work)

    def _named(self, connection: sqlite3.Connection, name: str) -> Member | None:
        members = self._rows.members(connection, self._now())
        return next((each for each in members if each.name_for_staff.casefold() == name.casefold()), None)

    async def journal(self) -> list[Line]:
        """Return the log, oldest first."""
        return await self._database.read(lambda c: list(self._rows.lines(c, self._now())))
