"""What the team does with a campaign that is written: ask, approve, plan, hold, stop; each step may be refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from bot.campaigns import staff_choices as choose
from bot.campaigns import staff_screens as draw
from bot.campaigns.campaign import (
    Campaign,
    State,
    Step,
    approved,
    asked,
    back_to_draft,
    paused,
    planned,
    resumed,
    stopped,
)
from bot.campaigns.check import problems
from bot.campaigns.desk_view import CHANGED, is_approver, one
from bot.campaigns.pace import at_hour, choices
from bot.campaigns.table import CampaignTable
from bot.feature import Turn
from bot.reminders.hours import PARIS, is_open_day
from bot.screen import Screen
from bot.staff.model import Member
from bot.staff.staff import Staff

FARTHEST = 60
"""Days ahead at most of a beginning."""

STEPS: dict[str, tuple[Step, str, str]] = {
    "d": (asked, "a demandé l'accord pour une campagne", "L'accord est demandé à la coordination."),
    "b": (back_to_draft, "a rendu une campagne au brouillon", "C'est de nouveau un brouillon ; l'accord est annulé."),
    "pa": (paused, "a mis une campagne en pause", "En pause. Rien ne part plus."),
    "re": (resumed, "a repris une campagne", "L'envoi reprend où il était."),
}
"""Steps that need nothing more than the press: the step, the line of the log, what is said."""


class Steps:
    """Takes the steps, and writes them in the log. ``wake``: something may be sent; ``ask``: a yes is waited for."""

    def __init__(
        self, staff: Staff, campaigns: CampaignTable, wake: Callable[[], None], ask: Callable[[Campaign], None]
    ) -> None:
        self._staff, self._campaigns, self._wake, self._ask = staff, campaigns, wake, ask

    async def stepped(self, turn: Turn, member: Member, campaign: Campaign, verb: str) -> Screen:
        """Take a step that needs nothing more than the press."""
        step, line, said = STEPS[verb]
        after = await self._take(turn, member, campaign, step, line)
        if after and verb == "d":
            self._ask(after)
        return one(turn, member, after or campaign, said if after else CHANGED)

    async def approve(self, turn: Turn, member: Member, campaign: Campaign, digest: str) -> Screen:
        """Give the second yes to the letter of a print."""
        if not is_approver(member, campaign):
            return one(turn, member, campaign, "L'accord vient de la coordination, et de qui n'a rien écrit ici.")
        if found := problems(campaign.letter, turn.library):
            return draw.told(found, campaign)
        after = await self._take(turn, member, campaign, approved(member.person, digest), "a approuvé une campagne")
        return one(turn, member, after or campaign, "Accord donné." if after else CHANGED)

    async def moment(self, turn: Turn, member: Member, campaign: Campaign, value: str) -> Screen:
        """Plan the beginning, or show the moments."""
        at = _moment(value, turn.now)
        if campaign.state not in (State.APPROVED, State.PLANNED):
            return one(turn, member, campaign, CHANGED)
        if at is None:
            return choose.moments(campaign, choices(turn.now))
        after = await self._take(turn, member, campaign, planned(at), "a programmé une campagne")
        return one(turn, member, after or campaign, "C'est programmé." if after else CHANGED)

    async def stop(self, turn: Turn, member: Member, campaign: Campaign, value: str) -> Screen:
        """End it for good, once sure."""
        if value != "oui":
            return draw.sure(
                campaign, "Arrêter pour de bon ? Ce qui n'est pas parti ne partira jamais.", "⏹️ Arrêter", "st"
            )
        after = await self._take(turn, member, campaign, stopped, "a arrêté une campagne")
        return one(turn, member, after or campaign, "C'est arrêté." if after else CHANGED)

    async def drop(self, turn: Turn, member: Member, campaign: Campaign, value: str) -> Screen:
        """Delete a draft, once sure."""
        if value != "oui":
            return draw.sure(campaign, "Supprimer ce brouillon ?", "🗑️ Supprimer", "x")
        if await self._campaigns.drop(campaign.id):
            await self._staff.note(member.person, "a supprimé un brouillon", turn.now, f"campagne {campaign.id}")
        return draw.listed(await self._campaigns.all())

    async def _take(self, turn: Turn, member: Member, campaign: Campaign, step: Step, line: str) -> Campaign | None:
        after = await self._campaigns.take(campaign.id, step, turn.now)
        if after:
            await self._staff.note(member.person, line, turn.now, f"campagne {campaign.id}")
            self._wake()
        return after


def _moment(value: str, now: datetime) -> datetime | None:
    """Return a moment that a button offers: now, or an hour of an open day within two months; None for any other."""
    if value == "now":
        return now
    try:
        at = datetime.strptime(value, "%Y%m%d%H").replace(tzinfo=UTC)
    except ValueError:
        return None
    farthest = at_hour(now, FARTHEST, 0)
    return at if now < at <= farthest and is_open_day(at.astimezone(PARIS).date()) else None
