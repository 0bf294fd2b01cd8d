"""Campaigns in the running service: families' buttons, the team's screens, and the job that sends."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime

import structlog

from bot.campaigns import payloads
from bot.campaigns.campaign import Campaign, may_approve
from bot.campaigns.counting import Counting
from bot.campaigns.desk import ROLES, Desk
from bot.campaigns.family import FamilyNews
from bot.campaigns.news_table import NewsTable
from bot.campaigns.pace import RATE, Clock
from bot.campaigns.sender import Sender
from bot.campaigns.sending_table import SendingTable
from bot.campaigns.table import CampaignTable
from bot.content import Library
from bot.feature import Feature, Push, Turn
from bot.screen import Block, Button, Incoming, Reply, Screen
from bot.staff.model import Entry, Role
from bot.staff.staff import Staff
from bot.store.sqlite import SqliteStore
from dialogs.effects import Effect
from knowledge.base import Label

_MENU = Label("equipe.campagnes", "Campagnes")
_WAITING = 20
"""Approvals of which nobody was told yet."""
_log = structlog.get_logger(__name__)


class Campaigns(Feature):
    """News for families, written and approved by the team."""

    staff_menu = (Entry(_MENU, payloads.DESK, ROLES, "📣"),)
    staff_payloads = (
        payloads.NEW,
        *(
            payloads.staff(verb, 1)
            for verb in ("c", "i", "e", "o", "a", "g", "s", "p", "d", "b", "h", "pa", "re", "st", "x")
        ),
        *(payloads.staff(*each) for each in (("a", 1, "19"), ("g", 1, "0-2"), ("s", 1, "ecrans"), ("e", 1, "fr"))),
        *(payloads.staff(*each) for each in (("ok", 1, "0" * 12), ("h", 1, "now"), ("st", 1, "oui"), ("x", 1, "oui"))),
    )
    staff_commands = ("/campagne",)
    family_payloads = (*sorted(payloads.FAMILY), payloads.theme("ecrans"))

    def __init__(
        self,
        store: SqliteStore,
        staff: Staff,
        library: Callable[[], Library],
        clock: Clock | None = None,
        rate: float = RATE,
    ) -> None:
        """``clock``: other than the real one, for tests; ``rate``: messages a second."""
        news = NewsTable(store.database, store.vault)
        campaigns = CampaignTable(store.database, store.vault)
        self._staff = staff
        self._sender = Sender(campaigns, SendingTable(store.database, news), news, library, clock, rate)
        self._family = FamilyNews(news)
        self._asked: asyncio.Queue[Campaign] = asyncio.Queue(_WAITING)
        self._desk = Desk(staff, campaigns, Counting(news), self._sender.wake, self._to_approve)

    async def answer(self, turn: Turn) -> Reply | None:
        """See ``Feature.answer``; what is the team's is left to the conversation when anybody else asks."""
        return await self._family.answer(turn) or await self._desk.answer(turn)

    async def after(self, turn: Turn, effects: Sequence[Effect], reply: Reply) -> Reply:
        """See ``Feature.after``."""
        return await self._family.after(turn, effects, reply)

    async def overheard(self, incoming: Incoming, now: datetime) -> None:
        """Wait for no words of a campaign any more after a cry of danger: what comes next is about that."""
        self._desk.forget(incoming.person)

    def forget(self, person: str) -> None:
        """See ``Feature.forget``."""
        self._desk.forget(person)
        self._family.forget(person)

    async def run(self, push: Push, stop: asyncio.Event) -> None:
        """Send, and tell the coordination what waits for its approval."""
        telling = asyncio.create_task(self._tell(push))
        try:
            await self._sender.run(push, stop)
        finally:
            telling.cancel()
            await asyncio.gather(telling, return_exceptions=True)

    def _to_approve(self, campaign: Campaign) -> None:
        with suppress(asyncio.QueueFull):
            self._asked.put_nowait(campaign)

    async def _tell(self, push: Push) -> None:
        while True:
            campaign = await self._asked.get()
            look = Button("👁️ Voir", payloads.staff("c", campaign.id))
            screen = Screen((Block("texte", "Une campagne attend votre accord."),), ((look,),))
            try:
                for member in await self._staff.people(Role.COORDINATION):
                    if may_approve(campaign, member.person):
                        await push(member.address, screen)
            except Exception as error:
                _log.warning("campaigns.approval_not_told", kind=type(error).__name__)
