"""What the coordination does from the machine of the service: invite, look, prolong, take out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from bot.errors import OperatorError
from bot.staff.invitations import Invitation, Invitations
from bot.staff.model import LONGEST_INVITATION, NAME_LENGTH, Line, Member, Role, is_name
from bot.staff.staff import Staff
from bot.store.sqlite import SqliteStore

OPERATOR = "opérateur"
"""Who works on the machine itself, in the log."""


class Revoked(Enum):
    """What a name stood for when it was taken out."""

    MEMBER = "member"
    INVITATION = "invitation"


@dataclass(frozen=True, slots=True)
class Team:
    """Everybody of the team, and the invitations that nobody has used yet."""

    members: list[Member]
    invitations: list[Invitation]


class Office:
    """The operator's side of the team; every method may raise OperatorError."""

    def __init__(self, store: SqliteStore, now: Callable[[], datetime]) -> None:
        """``now``: the moment, with a time zone."""
        self._now = now
        self._staff = Staff(store.database, store.vault, now)
        self._invitations = Invitations(store.database, store.vault, now)

    async def invite(self, role: Role, name: str, days: int) -> tuple[str, Invitation]:
        """Return the code of a new invitation, which is told once, and the invitation.

        Args:
            role: what its holder will be.
            name: their name in the team, nobody else's; "" makes one: « promeneur-3 ».
            days: until when, 1 to 30.
        """
        if not 1 <= days <= LONGEST_INVITATION.days:
            raise OperatorError(f"{days} jours : c'est trop ou trop peu", f"de 1 à {LONGEST_INVITATION.days} jours")
        if name and not is_name(name):
            raise OperatorError(
                f"« {name} » ne peut pas être un nom dans l'équipe",
                f"{NAME_LENGTH} signes au plus, sans numéro de téléphone ; un pseudonyme suffit",
            )
        taken = await self._names()
        if name.casefold() in taken:
            raise OperatorError(
                f"« {name} » est déjà le nom de quelqu'un", "choisissez-en un autre, ou retirez d'abord le premier"
            )
        invitation = Invitation(role, name or await self._made(role, taken), self._now() + timedelta(days=days))
        return await self._invitations.invite(invitation, OPERATOR), invitation

    async def team(self) -> Team:
        """Return who is in the team and who is expected."""
        return Team(await self._staff.people(), await self._invitations.open())

    async def revoke(self, name: str) -> Revoked:
        """Take somebody out of the team, or close their invitation; it counts from their next press on."""
        if await self._staff.dismiss(name, OPERATOR, self._now()):
            await self._invitations.withdraw(name, OPERATOR)
            return Revoked.MEMBER
        if await self._invitations.withdraw(name, OPERATOR):
            return Revoked.INVITATION
        raise _nobody(name)

    async def renew(self, name: str) -> Member:
        """Give a place another year from now on; return it."""
        member = await self._staff.renew(name, OPERATOR, self._now())
        if member is None:
            raise _nobody(name)
        return member

    async def journal(self) -> list[Line]:
        """Return the log of actions, oldest first."""
        return await self._staff.journal()

    async def _names(self) -> set[str]:
        """Return the names that stand for somebody."""
        team = await self.team()
        names = [each.name_for_staff for each in team.members] + [each.name_for_staff for each in team.invitations]
        return {name.casefold() for name in names}

    async def _made(self, role: Role, taken: set[str]) -> str:
        """Return a name that nobody has or had, as far back as the log goes: its lines must not change hands."""
        used = taken | {line.who.casefold() for line in await self.journal()}
        numbered = (f"{role}-{number}" for number in range(1, len(used) + 2))
        return next(each for each in numbered if each not in used)


def _nobody(name: str) -> OperatorError:
    return OperatorError(f"personne ne s'appelle « {name} » dans l'équipe", "voyez les noms : passerelle staff list")
