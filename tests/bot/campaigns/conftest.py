"""A store in a real file, a team of two, families with a yes, and a clock that moves when somebody sleeps."""

import asyncio
from bisect import insort
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from bot.campaigns.audience import Audience
from bot.campaigns.campaign import Body, Letter, approved, asked, planned
from bot.campaigns.consent import Consent
from bot.campaigns.feature import Campaigns
from bot.campaigns.news_table import NewsTable
from bot.campaigns.pace import Clock
from bot.campaigns.sender import Sender
from bot.campaigns.sending_table import SendingTable
from bot.campaigns.table import CampaignTable
from bot.conversation import Conversation
from bot.feature import Outcome
from bot.screen import Incoming
from bot.staff.model import Member, Role
from bot.staff.staff import Staff
from bot.store import SqliteStore, open_store
from tests.bot.talk import as_text

TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
"""11 o'clock in Paris."""
WORDS = "Un atelier sur les écrans, samedi\n\nAu centre social, à 10 h. Gratuit."


class VirtualClock:
    """Time passes when somebody sleeps, and at once."""

    def __init__(self, at=TUESDAY):
        self.start, self.seconds = at, 0.0

    def now(self):
        return self.start + timedelta(seconds=self.seconds)

    async def sleep(self, seconds):
        await asyncio.sleep(0)  # what leaves now leaves before time goes on
        self.seconds += max(0.0, seconds)
        await asyncio.sleep(0)

    @property
    def clock(self):
        return Clock(self.now, lambda: self.seconds, self.sleep)


@pytest.fixture
def clock():
    return VirtualClock()


@pytest.fixture
def tables(store, vault):
    news = NewsTable(store.database, vault)
    return Tables(store, news, CampaignTable(store.database, vault), SendingTable(store.database, news))


@dataclass
class Tables:
    """All that is kept of campaigns."""

    store: SqliteStore
    news: NewsTable
    campaigns: CampaignTable
    sending: SendingTable

    async def families(self, people, now=TUESDAY, **facts):
        """Say yes for these chats, in one transaction."""
        consent = {"language": "fr", "district": "19", **facts}
        rows = []
        for chat in people:
            person = self.store.vault.person("telegram", chat)
            sealed = self.news.sealed(person, Consent(str(chat).encode(), **consent))
            rows.append((person, "oui", sealed, int((now + timedelta(days=425)).timestamp())))
        await self.store.database.write(lambda c: c.executemany("INSERT INTO news VALUES (?, ?, ?, ?)", rows))

    async def campaign(self, at=TUESDAY, texts=None, audience=None, opens=""):
        """Plan a campaign that two people made."""
        letter = Letter("Écrans", texts or {"fr": WORDS}, audience or Audience(), opens)
        number = await self.campaigns.new(Body(letter, ("author",)), at)
        for step in (asked, approved("other", letter.digest), planned(at)):
            assert await self.campaigns.take(number, step, at)
        return number

    async def counts(self, number):
        campaign = await self.campaigns.get(number)
        return campaign.counts

    async def rows(self, table="campaign_people"):
        query = f"SELECT count(*) FROM {table}"
        return await self.store.database.read(lambda c: c.execute(query).fetchone()[0])


async def opened_tables(folder):
    """Return all that a data folder keeps of campaigns."""
    store = await open_store(folder)
    news = NewsTable(store.database, store.vault)
    return Tables(store, news, CampaignTable(store.database, store.vault), SendingTable(store.database, news))


class Phones:
    """Takes what is pushed, and says what became of it."""

    def __init__(self, clock=None):
        self.got, self.times, self.clock = [], [], clock
        self.outcomes = {}
        self.before = lambda chat: None

    async def push(self, address, screen, *, silent=False, wanted=None):
        chat, at = int(address), self.clock and self.clock.now()
        if (left := self.before(chat)) is not None:
            await left  # what the person does while the message waits its turn
        if wanted and not await wanted():
            return Outcome.UNWANTED
        outcome = self.outcomes.get(chat, Outcome.SENT)
        if isinstance(outcome, list):
            outcome = outcome.pop(0) if len(outcome) > 1 else outcome[0]
        if outcome is not Outcome.REFUSED:
            self.got.append((chat, screen))
            if at:
                insort(self.times, at)  # when it was handed over; its turn comes a little later
        await asyncio.sleep(0)
        return outcome

    @property
    def chats(self):
        return [chat for chat, _ in self.got]


@pytest.fixture
def phones(clock):
    return Phones(clock)


@pytest.fixture
def sender(tables, library, clock):
    return Sender(tables.campaigns, tables.sending, tables.news, lambda: library, clock.clock)


async def sent_all(sender, phones, tables, number, wanted=("fini",)):
    """Run the job until a campaign is in a state."""
    stop = asyncio.Event()
    job = asyncio.create_task(sender.run(phones.push, stop))
    while (await tables.campaigns.get(number)).state not in wanted:
        assert not job.done(), job.result()
        await asyncio.sleep(0.001)
    stop.set()
    await job


class Town:
    """People who talk to the whole service: families, and a team that grows."""

    def __init__(self, library, store, clock, before=()):
        self.store, self.clock = store, clock
        self.staff = Staff(store.database, store.vault, clock.now)
        self.feature = Campaigns(store, self.staff, lambda: library, clock.clock)
        self.talk = Conversation(lambda: library, store, store.vault, (*before, self.feature))
        self.reply = None

    async def join(self, chat, role, name):
        person = self.talk.person("telegram", chat)
        await self.staff.add(Member(person, role, str(chat).encode(), name), self.clock.now())

    async def settled(self):
        """Wait until the features were told of a cry, beside its answer."""
        await asyncio.gather(*self.talk._telling)

    async def send(self, chat, address=True, language="fr", **what):
        person = self.talk.person("telegram", chat)
        where = str(chat).encode() if address else b""
        self.reply = await self.talk.handle(
            Incoming(person, language=language, address=where, **what), self.clock.now()
        )
        return as_text(self.reply)

    @property
    def payloads(self):
        return [button.payload for screen in self.reply.screens for row in screen.rows for button in row]

    async def reach_results(self, chat, said="mon fils de 2 ans, paris 19", tree="accueillir-enfant", **more):
        """Answer nothing but where one lives and a child's age, until results."""
        await self.send(chat, payload=f"t|{tree}", **more)
        text = await self.send(chat, text=said, **more)
        for _ in range(15):
            question = next((screen.question for screen in self.reply.screens if screen.question), None)
            if question is None:
                return text
            text = await self.send(chat, payload=f"c|{question}|refuse", **more)
        raise AssertionError("no results")


@pytest.fixture
async def town(library, store, clock):
    """A town with a writer (10) and somebody of the coordination (11)."""
    town = Town(library, store, clock)
    await town.join(10, Role.REDACTEUR, "Mésange")
    await town.join(11, Role.COORDINATION, "Pinson")
    return town
