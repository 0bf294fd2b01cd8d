"""What the pressing hand sees of one campaign, whatever it came for."""

from __future__ import annotations

from bot.campaigns import staff_screens as draw
from bot.campaigns.campaign import Campaign, may_approve
from bot.feature import Turn
from bot.screen import Screen
from bot.staff.model import Member, Role

CHANGED = "Cette campagne a changé entre-temps. La voici comme elle est."


def one(turn: Turn, member: Member, campaign: Campaign, said: str = "") -> Screen:
    """Return a campaign as a member may act on it."""
    return draw.one(campaign, turn.library, approver=is_approver(member, campaign), said=said)


def is_approver(member: Member, campaign: Campaign) -> bool:
    """Tell whether a member may give the second yes."""
    return member.role is Role.COORDINATION and may_approve(campaign, member.person)
