"""Families who talk to the whole assistant, with a store on the disk and a clock that is told."""

from datetime import timedelta

import pytest

from bot.conversation import Conversation
from bot.observatory.observatory import Observatory
from bot.store import open_store
from bot.voice.voice import Voice
from tests.bot.talk import NOW, Person


class Service:
    """The service without its channels."""

    def __init__(self, library, store):
        self.library, self.store, self.now = library, store, NOW
        self.observatory = Observatory(store, lambda: library, lambda: self.now, drawn=lambda: True)
        self.voice = Voice(store, self.observatory, lambda: self.now)
        self.conversation = Conversation(lambda: library, store, store.vault, (self.voice, self.observatory))
        self.families = 0

    def family(self, language="fr"):
        """Return somebody new."""
        self.families += 1
        someone = Person(self.library, language, self.store, self.now)
        someone.conversation = self.conversation
        someone.person = self.conversation.person("test", self.families)
        return someone

    async def pass_(self, **span):
        """Let time pass, then do what is done every few minutes."""
        self.now += timedelta(**span)
        await self.observatory.settle()
        await self.voice.settle()

    async def counts(self):
        """Return everything counted this far, visits that are over included."""
        await self.observatory.settle(ending=True)
        found = await self.store.database.read(lambda c: [m for (m,) in c.execute("SELECT month FROM counts")])
        read = self.observatory.table._read
        return {month: dict(await self.store.database.read(lambda c, m=month: read(c, m))) for month in found}


async def refuse_all(person):
    """Answer none of the questions, until there are results."""
    for _ in range(15):
        if not person.question:
            return
        await person._send(payload=f"c|{person.question}|refuse")


@pytest.fixture
async def service(library, tmp_path):
    """A service on a new data folder."""
    store = await open_store(tmp_path / "donnees")
    yield Service(library, store)
    await store.close()
