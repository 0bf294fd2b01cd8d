"""Sends campaigns, steadily and by day; where there is none to send, the yearly questions.

What is under way survives a crash: each message is marked before it leaves, and never leaves twice.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial

import structlog

from bot.campaigns.campaign import Campaign, State
from bot.campaigns.consent import month_of
from bot.campaigns.family_screens import Letters
from bot.campaigns.news_table import NewsTable
from bot.campaigns.pace import BATCH, FLYING, RATE, Clock, Rhythm, next_opening
from bot.campaigns.sending_table import Known, Recipient, SendingTable, Step
from bot.campaigns.table import CampaignTable
from bot.campaigns.yearly import REFUSED, Yearly
from bot.content import Library
from bot.feature import Outcome, Push
from bot.reminders.clock import ClockWatch
from bot.reminders.hours import PARIS, is_open

IDLE = 60.0
"""Seconds between two looks at whether there is something to send."""

log = structlog.get_logger(__name__)


class Sender:
    """The job. One campaign at a time, the one begun first."""

    def __init__(
        self,
        campaigns: CampaignTable,
        sending: SendingTable,
        news: NewsTable,
        library: Callable[[], Library],
        clock: Clock | None = None,
        rate: float = RATE,
    ) -> None:
        """``rate``: messages a second."""
        self._campaigns, self._sending, self._news = campaigns, sending, news
        self._library, self._clock, self._rate = library, clock or Clock(), rate
        self._yearly = Yearly(news, library, self._clock, rate)
        self._watch = ClockWatch()
        self._awake = asyncio.Event()
        self._reached = False
        """Whether Telegram took or refused a message since the start: before, a refusal says nothing."""

    def wake(self) -> None:
        """Look now whether there is something to send."""
        self._awake.set()

    async def run(self, push: Push, stop: asyncio.Event) -> None:
        """Send what is due until ``stop`` is set; a round that fails is made again later."""
        cut = True
        while not stop.is_set():
            wait = IDLE
            try:
                if cut:
                    await self._sending.recover()
                    cut = False
                wait = await self._work(push, stop)
            except Exception as error:
                # What became of some messages could not be written down: they count as uncertain, as after a crash.
                cut = True
                log.error("campaigns.round_failed", kind=type(error).__name__)
            await self._rest(wait, stop)

    async def _work(self, push: Push, stop: asyncio.Event) -> float:
        """Do what can be done now; return how many seconds to wait then."""
        now = self._clock.now()
        if not self._watch.trusts(now, self._clock.monotonic(), None):
            return IDLE
        await self._news.forget_ended(now)
        if not is_open(now):
            return min(max(1.0, (next_opening(now) - now).total_seconds()), IDLE)
        campaign = await self._campaigns.due(now)
        if campaign is None:
            await self._yearly.ask(push, stop)
            return IDLE
        if campaign.state is State.PLANNED and not await self._list(campaign):
            return 0.0
        return await self._send(campaign, push, stop)

    async def _list(self, campaign: Campaign) -> bool:
        """Write down for whom a campaign is; False when it was held meanwhile."""
        now = self._clock.now()
        month = month_of(now.astimezone(PARIS).date())
        audience, total = campaign.letter.audience, 0
        await self._sending.clear(campaign.id)
        async for page in self._news.pages(now):
            meant = [person for person, consent in page if audience.takes(consent, month)]
            await self._sending.add(campaign.id, meant, now)
            total += len(meant)
        return await self._sending.begin(campaign.id, total, now)

    async def _send(self, campaign: Campaign, push: Push, stop: asyncio.Event) -> float:
        """Send until all is sent, the hours end, the campaign is held or the service stops; return what to wait."""
        flying = set[asyncio.Task[None]]()
        try:
            return await self._flow(campaign, push, stop, flying)
        except Exception:
            if flying:  # it lands first: what is marked as leaving would be taken back before it left
                await asyncio.wait(flying)
            raise

    async def _flow(
        self, campaign: Campaign, push: Push, stop: asyncio.Event, flying: set[asyncio.Task[None]]
    ) -> float:
        """Do the same; ``flying`` holds the messages that are under way."""
        letters = Letters(campaign.letter, self._library(), self._clock.now())
        rhythm, known, refused = Rhythm(self._rate), list[Known](), False
        while not (refused or stop.is_set()) and is_open(self._clock.now()):
            # Whole batches only: odd ones between them would put up to four more into a second.
            step = await self._step(campaign, known, BATCH if len(flying) + BATCH <= FLYING else 0)
            if not (step.goes_on and step.left):
                break
            for each in step.recipients:
                task = asyncio.create_task(self._one(campaign.id, each, letters, push, known))
                flying.add(task)
                task.add_done_callback(flying.discard)
            if step.recipients:
                await self._clock.sleep(rhythm.wait(len(step.recipients), self._clock.monotonic()))
            else:
                await self._something_known(step, flying, known)
            refused = any(outcome in (Outcome.REFUSED, None) for _, outcome in known)
        while flying or known:
            if flying:
                await asyncio.wait(flying)
            await self._step(campaign, known, 0)
        await self._end(campaign, known)
        return REFUSED if refused else 0.0

    async def _something_known(self, step: Step, flying: set[asyncio.Task[None]], known: list[Known]) -> None:
        """Wait for the next message of which it is known what became."""
        if flying:
            await asyncio.wait(flying, return_when=asyncio.FIRST_COMPLETED)
        elif not (known or step.moved):  # what is left was marked, and nobody sends it any more
            await self._sending.recover()

    async def _step(self, campaign: Campaign, known: list[Known], wanted: int) -> Step:
        """Write down what is known and mark the next ones; what is not written down stays known."""
        noted = known.copy()
        step = await self._sending.step(campaign.id, noted, wanted, self._month())
        del known[: len(noted)]
        return step

    async def _end(self, campaign: Campaign, known: list[Known]) -> None:
        """End a campaign when nobody is left."""
        step = await self._step(campaign, known, 0)
        if step.goes_on and not step.left:
            await self._sending.finish(campaign.id, self._clock.now())
            log.info("campaigns.finished", campaign=campaign.id)

    async def _one(self, campaign: int, to: Recipient, letters: Letters, push: Push, known: list[Known]) -> None:
        outcome: Outcome | None = Outcome.UNCERTAIN
        wanted = partial(self._sending.is_leaving, campaign, to.person)
        try:
            outcome = await push(to.consent.address, letters.screen(to.consent.language), wanted=wanted)
        except Exception as error:  # it may have been sent all the same
            log.error("campaigns.message_failed", kind=type(error).__name__)
        if outcome is Outcome.REFUSED and not self._reached:
            outcome = None
        self._reached = self._reached or outcome not in (None, Outcome.UNWANTED)
        known.append((to.person, outcome))

    async def _rest(self, seconds: float, stop: asyncio.Event) -> None:
        """Wait, unless there is something to do or the service stops."""
        if seconds <= 0 or stop.is_set():
            await asyncio.sleep(0)
            return
        waits = [asyncio.ensure_future(each) for each in (self._clock.sleep(seconds), stop.wait(), self._awake.wait())]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for each in waits:
                each.cancel()
            await asyncio.gather(*waits, return_exceptions=True)
            self._awake.clear()

    def _month(self) -> int:
        return month_of(self._clock.now().astimezone(PARIS).date())
