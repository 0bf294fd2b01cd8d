"""What the team does with campaigns: write, look, approve, plan, hold, stop. The role is asked again at each press.

Who writes anything in a campaign can never approve it, whatever their role becomes.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

from bot.campaigns import payloads
from bot.campaigns import staff_choices as choose
from bot.campaigns import staff_screens as draw
from bot.campaigns.campaign import Body, Campaign
from bot.campaigns.check import problems
from bot.campaigns.counting import Counting
from bot.campaigns.desk_editing import Editing
from bot.campaigns.desk_steps import STEPS, Steps
from bot.campaigns.desk_view import is_approver, one
from bot.campaigns.family_screens import Letters
from bot.campaigns.table import CampaignTable
from bot.campaigns.writing import Field, Writing
from bot.feature import Turn
from bot.screen import Reply, Screen
from bot.staff.model import Member, Role
from bot.staff.staff import Staff
from knowledge.danger import detect

ROLES = frozenset((Role.REDACTEUR, Role.COORDINATION))
COMMAND = re.compile(r"/campagnes?(@\w+)?", re.ASCII | re.IGNORECASE)


class Desk:
    """Answers the team. ``wake``: told when something may be sent; ``ask``: when an approval is waited for."""

    def __init__(
        self,
        staff: Staff,
        campaigns: CampaignTable,
        counting: Counting,
        wake: Callable[[], None],
        ask: Callable[[Campaign], None],
    ) -> None:
        self._staff, self._campaigns, self._counting = staff, campaigns, counting
        self._writing = Writing()
        edit, steps = Editing(campaigns, self._writing), Steps(staff, campaigns, wake, ask)
        self._editing, self._steps = edit, steps
        self._doing: dict[str, Callable[[Turn, Member, Campaign, str], Awaitable[Screen]]] = {
            "i": edit.title, "e": edit.text, "o": edit.opens, "a": edit.districts, "g": edit.band, "s": edit.theme,
            "h": steps.moment, "ok": steps.approve, "st": steps.stop, "x": steps.drop,
        }  # fmt: skip

    def forget(self, person: str) -> None:
        """Drop what somebody was about to write."""
        self._writing.drop(person)

    async def answer(self, turn: Turn) -> Reply | None:
        """Return the answer to a member who may; None for everybody and everything else."""
        incoming = turn.incoming
        payload, text = incoming.payload, incoming.text
        pressed = payloads.staff_of(payload) if payload else None
        field = self._writing.of(incoming.person, turn.now) if text else None
        wanted = payload in (payloads.DESK, payloads.NEW) or pressed or field or COMMAND.fullmatch(text or "")
        if payload or text:
            self._writing.drop(incoming.person)
        member = await self._staff.member(incoming.person) if wanted and incoming.address else None
        if member is None or member.role not in ROLES:
            return None
        if field and text and detect(turn.library.danger, text):
            return None  # words that may mean danger are heard, whoever writes them
        if field and text and not text.startswith("/"):
            return _reply(await self._editing.wrote(turn, member, field, text))
        if pressed:
            return _reply(*await self._pressed(turn, member, *pressed))
        if payload == payloads.NEW:
            return _reply(await self._new(turn, member))
        return _reply(draw.listed(await self._campaigns.all())) if payload or COMMAND.fullmatch(text or "") else None

    async def _new(self, turn: Turn, member: Member) -> Screen:
        number = await self._campaigns.new(Body(authors=(member.person,)), turn.now)
        await self._staff.note(member.person, "a commencé une campagne", turn.now, f"campagne {number}")
        self._writing.wait(member.person, Field(number, "title"), turn.now)
        campaign = await self._campaigns.get(number)
        assert campaign is not None
        return choose.write(campaign, "Quel titre ?", "Pour l'équipe seulement : les familles ne le voient pas.")

    async def _pressed(self, turn: Turn, member: Member, verb: str, number: int, value: str) -> tuple[Screen, ...]:
        campaign = await self._campaigns.get(number)
        if campaign is None:
            return (draw.listed(await self._campaigns.all()),)
        if verb == "p":
            return await self._preview(turn, member, campaign)
        if verb == "d" and (found := problems(campaign.letter, turn.library)):
            return (draw.told(found, campaign),)
        if verb in STEPS and not value:
            return (await self._steps.stepped(turn, member, campaign, verb),)
        if verb in self._doing:
            return (await self._doing[verb](turn, member, campaign, value),)
        return (one(turn, member, campaign),)

    async def _preview(self, turn: Turn, member: Member, campaign: Campaign) -> tuple[Screen, ...]:
        """Return the message of each language as families see it, then how many they are."""
        letters = Letters(campaign.letter, turn.library, turn.now)
        seen = tuple(letters.screen(language) for language in campaign.letter.texts)
        number = await self._counting.number(campaign.letter.audience, turn.now)
        return (*seen, draw.reached(number, campaign, turn.library, approver=is_approver(member, campaign)))


def _reply(*screens: Screen) -> Reply:
    return Reply(screens, "fr")
