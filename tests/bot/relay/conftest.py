"""Families and workers on the tests' Telegram, with the real conversation, store, roster and clock in hand."""

import asyncio
from contextlib import asynccontextmanager

import pytest

from bot.conversation import Conversation
from bot.relay.desk import Desk
from bot.relay.feature import Relay
from bot.relay.roster import ROSTER_FILE, Roster
from bot.settings import Settings
from bot.staff.model import Member, Role
from bot.staff.staff import Staff
from tests.bot.telegram.conftest import serving
from tests.fake_botapi import TOKEN, FakeBotApi, ManualClock

ROSTER = """personnes:
  - pseudonyme: Camille
    horaires: "Mo-Su 08:00-23:00; PH 08:00-23:00"
"""
GROUP = -100_777


class Team:
    """The whole service around one forum, with what tests ask of it."""

    def __init__(self, api, store, library, clock, folder):
        self.api, self.store, self.library, self.clock, self.folder = api, store, library, clock, folder
        self.group = api.forum(GROUP)
        self.staff = Staff(store.database, store.vault, clock.now)
        (folder / ROSTER_FILE).write_text(ROSTER, encoding="utf-8")
        self.restart()

    def restart(self):
        """Forget all that is in memory, as a new process does."""
        self.desk = Desk(self.store, Roster(self.folder), self.staff, lambda: self.library, self.clock.now)
        self.rows, self.relay = self.desk.rows, Relay(self.desk)
        self.conversation = Conversation(lambda: self.library, self.store, self.store.vault, (self.relay,))

    @asynccontextmanager
    async def running(self, group=str(GROUP)):
        """Serve while a block runs."""
        settings = Settings(telegram_token=TOKEN, telegram_api=self.api.url, groupe=group, donnees=self.folder)
        stop = asyncio.Event()
        async with serving(self.conversation, settings, self.api, self.clock.timing, grace=1.0, room=self.relay.room):
            job = asyncio.create_task(self.relay.run(None, stop))
            try:
                yield self
            finally:
                stop.set()
                await job

    async def worker(self, number, name, role=Role.PROMENEUR):
        """Return somebody of the team."""
        person = self.api.person(number)
        member = Member(self.store.vault.person("telegram", number), role, str(number).encode(), name)
        await self.staff.add(member, self.clock.now())
        return person

    async def later(self, minutes):
        """Let time pass, and the service notice it."""
        self.clock.seconds += 60 * minutes
        self.desk.wake.set()

    async def tried(self):
        """Wait until nothing is being delivered: what failed waits for its next try."""
        async with asyncio.timeout(5):
            while self.relay.delivering:
                await asyncio.sleep(0)

    async def asks(self, family):
        """Have a family ask for somebody now, showing nothing; return the number of its topic."""
        known = set(self.group.topics)
        for payload in ("h|i", "h|y"):
            family.presses_payload(payload, None)
        bubble = await family.sees_text("Vous lui direz")
        family.presses("📨 Demander quelqu'un", bubble)
        await family.sees_text("J'ai prévenu l'équipe")
        await self.api.until(lambda: any(name in family.texts[-1] for name in self.names(known)), lambda: "a topic")
        return next(n for n, name in self.group.topics.items() if n not in known and f"« {name} »" in family.texts[-1])

    def names(self, known=()):
        """Return the names of the topics, those already known aside."""
        return [name for number, name in self.group.topics.items() if number not in known]

    async def talks(self, family, worker):
        """Have a family and a worker talk; return the number of their topic."""
        thread = await self.asks(family)
        await self.sees(thread, "demande à parler")
        worker.presses_in(self.group, thread, "Je prends")
        await family.sees_text("est là")
        await self.sees(thread, "suit cette famille")
        return thread

    async def sees(self, thread, part):
        """Wait until the team reads these words in a topic."""
        await self.api.until(
            lambda: any(part in text for text in self.group.said_in(thread)),
            lambda: f"« {part} » in {self.group.said_in(thread)}",
        )


@pytest.fixture
async def api():
    """Telegram, on loopback; at the end it must have understood every call."""
    async with FakeBotApi() as api:
        yield api


@pytest.fixture
def clock():
    """A clock on which waiting takes no time; a Saturday, 19:00 in Paris."""
    return ManualClock()


@pytest.fixture
async def team(api, store, library, clock, tmp_path):
    """The service, not running yet."""
    return Team(api, store, library, clock, tmp_path)
