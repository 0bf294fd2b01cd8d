"""The team in the conversation: joining by an invitation, the menu ``/equipe``, leaving. Others never see it."""

from __future__ import annotations

import asyncio
import re
from contextlib import suppress

import structlog

from bot.errors import StoreUnavailable
from bot.feature import Feature, Push, Turn
from bot.screen import Reply
from bot.staff import screens
from bot.staff.invitations import CODE, Closed, Invitations, code_in
from bot.staff.model import Member, Role
from bot.staff.staff import Staff

COMMANDS = ("/equipe", "quitter l'équipe")
"""What members write: the menu, the question before leaving."""

_MENU = re.compile(r"/equipe(@\w+)?", re.ASCII | re.IGNORECASE)
_LEAVE = re.compile(r"quitter l['’ ]?[ée]quipe[ .!]*", re.IGNORECASE)
_TOLD_MAX = 100
"""People who joined and whom the coordination was not told of yet."""
_log = structlog.get_logger(__name__)


class StaffFeature(Feature):
    """Joining, the menu and leaving."""

    staff_payloads = (screens.MENU, screens.KEPT, screens.LEAVE, screens.LEAVE_YES)
    staff_commands = COMMANDS
    family_payloads = (f"{screens.JOIN}Y0123456789ABCDEF",)

    def __init__(self, staff: Staff, invitations: Invitations, menu: screens.Menu) -> None:
        """``menu``: with what other features put in it."""
        self._staff, self._invitations, self._menu = staff, invitations, menu
        self._joined: asyncio.Queue[Member] = asyncio.Queue(_TOLD_MAX)

    async def answer(self, turn: Turn) -> Reply | None:
        """See ``Feature.answer``; what only staff may use is left to the conversation when anybody else asks."""
        incoming = turn.incoming
        if incoming.payload is not None:
            return await self._pressed(turn, incoming.payload)
        if code := code_in(incoming.text, incoming.start):
            return await self._opened(turn, code)
        wanted = _written(incoming.text or "")
        member = await self._staff.member(incoming.person) if wanted else None
        return await self._shown(turn, wanted, member) if member else None

    async def run(self, push: Push, stop: asyncio.Event) -> None:
        """Tell the coordination who joined: an invitation that somebody else used does not go unseen."""
        telling = asyncio.create_task(self._tell_all(push))
        try:
            await stop.wait()
        finally:
            telling.cancel()
            await asyncio.gather(telling, return_exceptions=True)

    async def _pressed(self, turn: Turn, payload: str) -> Reply | None:
        code = payload.removeprefix(screens.JOIN)
        if payload.startswith(screens.JOIN) and CODE.fullmatch(code):
            return await self._accepted(turn, code)
        if payload not in self.staff_payloads:
            return None
        member = await self._staff.member(turn.incoming.person)
        return await self._shown(turn, payload, member) if member else None

    async def _shown(self, turn: Turn, wanted: str, member: Member) -> Reply:
        match wanted:
            case screens.KEPT:
                return screens.kept(turn, member)
            case screens.LEAVE:
                return screens.leaving(turn, member)
            case screens.LEAVE_YES:
                await self._staff.leave(member.person, turn.now)
                return screens.left(turn)
        return self._menu.screen(turn, member)

    async def _opened(self, turn: Turn, code: str) -> Reply:
        if not turn.incoming.address:
            return screens.only_in_telegram(turn)
        found = await self._invitations.look(code)
        member = await self._staff.member(turn.incoming.person)
        if not isinstance(found, Closed):
            return screens.invitation(turn, code, found, member)
        # Who opens the invitation they came in by is at home.
        return self._menu.screen(turn, member) if member else screens.closed(turn, found)

    async def _accepted(self, turn: Turn, code: str) -> Reply:
        if not turn.incoming.address:
            return screens.only_in_telegram(turn)
        found = await self._invitations.accept(code, turn.incoming.person, turn.incoming.address)
        if isinstance(found, Member):
            with suppress(asyncio.QueueFull):
                self._joined.put_nowait(found)
            return self._menu.screen(turn, found, welcome=True)
        # The yes may come twice: pressed again, or again after a crash.
        member = await self._staff.member(turn.incoming.person)
        return self._menu.screen(turn, member) if member else screens.closed(turn, found)

    async def _tell_all(self, push: Push) -> None:
        while True:
            joined = await self._joined.get()
            try:
                people = await self._staff.people(Role.COORDINATION)
            except StoreUnavailable:
                _log.warning("staff.join_not_told")
                continue
            for each in people:
                if each.person != joined.person:
                    await push(each.address, screens.joined(joined))


def _written(text: str) -> str:
    """Return the payload that a member's words stand for, "" for others."""
    if _MENU.fullmatch(text.strip()):
        return screens.MENU
    return screens.LEAVE if _LEAVE.fullmatch(text.strip()) else ""
