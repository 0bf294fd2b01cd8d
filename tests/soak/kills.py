"""The real service in a process of its own, killed (kill -9) again and again while people talk to it.

Real time and the real pace. Nobody chooses a guarded subject, calls for help or erases: of those nothing is kept on
purpose, so that a kill may take it; all the rest must be there afterwards as if nothing had happened.
"""

import asyncio
from collections import Counter
from datetime import UTC, datetime
from random import Random
from time import monotonic

from telegram import Update

from bot.conversation import Conversation
from bot.service import opened_store
from bot.settings import Settings
from bot.store import MemoryStore
from bot.telegram.incoming import read
from tests.bot.test_kill import Service
from tests.fake_botapi import FakeBotApi
from tests.soak.crowd import Someone
from tests.soak.run import Summary
from tests.soak.trouble import WRITING
from tests.soak.witness import digest, session_of
from tests.soak.words import STRANGE

ANSWER_SECONDS = 4.0
"""How long somebody looks at the chat before doing the next thing; a killed service needs about two to be back."""

SETTLED_SECONDS = 20.0
QUIET_COMMANDS = ("/start", "/recommencer", "/langue", "/mes_reponses", "/aide", "/confidentialite")
LEFT_OUT = ("a|quitter", "a|effacer", "a|recommencer", "urgence")
"""What is never kept on purpose; guarded subjects come on top, whatever they are called."""


class Clock:
    """The real time."""

    sleep = staticmethod(asyncio.sleep)


class Shown:
    """What each chat was shown; somebody waits for the next message, for a moment."""

    def __init__(self):
        self.count = Counter()
        self.last = monotonic()

    def note(self, method, params, refusal):
        """Count a message that arrived, or an edit that changes nothing."""
        if method in WRITING and (refusal is None or "not modified" in refusal):
            self.count[params["chat_id"]] += 1
            self.last = monotonic()

    async def reaches(self, chat, _):
        """Wait until the chat shows something new."""
        before, until = self.count[chat], monotonic() + ANSWER_SECONDS
        while self.count[chat] == before and monotonic() < until:
            await asyncio.sleep(0.05)


class Careful(Someone):
    """Somebody who leaves alone what is never kept."""

    left_out = LEFT_OUT

    def _act(self):
        roll = self.chance.random()
        if roll < 0.1:
            self._say(self.chance.choice(QUIET_COMMANDS))
        elif roll < 0.2:
            self._say(self.chance.choice(("2 et 7 ans", "19e", "je suis séparée", "1200", "oui", "merci", "blabla")))
        elif roll < 0.25:
            self._press(self.chance.choice([each for each in STRANGE if each not in self.left_out]), None)
        else:
            self._press_something()

    def _press(self, payload, bubble):
        super()._press("a|continuer" if payload in self.left_out else payload, bubble)


async def soak_with_kills(library, folder, turns, *, people=40, seed=1):
    """Return the summary of so many turns, the service killed every few seconds."""
    chance, shown = Random(seed), Shown()
    async with FakeBotApi() as api:
        api.performed = shown.note
        service = Service(folder, api)
        await service.start()
        crowd = [Careful(api.person(6000 + n), Clock(), f"{seed}/{n}", shown) for n in range(people)]
        guarded = {f"t|{tree.id}" for tree in library.content.dialogs.trees.values() if tree.guarded}
        for someone in crowd:
            someone.left_out = frozenset(LEFT_OUT) | guarded
        living = asyncio.gather(*(someone.live(-(-turns // people)) for someone in crowd))
        kills = 0
        try:
            while not living.done():
                await asyncio.wait({living}, timeout=chance.uniform(0.5, 6.0))
                await service.kill()
                kills += 1
                await service.start()
            await living
            await _settled(api, shown)
        finally:
            await service.kill()
        broken = await _broken(library, folder, api, crowd, shown, kills)
        made = sum(someone.made for someone in crowd)
        return Summary(made, people, 0.0, len(api.calls), Counter(kills=kills), 0, broken)


async def _settled(api, shown):
    """Wait until nothing more arrives."""
    while monotonic() - shown.last < SETTLED_SECONDS / 4 or api.updates.waiting:
        await asyncio.sleep(0.2)


async def _broken(library, folder, api, crowd, shown, kills):
    """Tell everybody's updates again, in order, to a conversation that nobody kills; return what differs."""
    found = []
    async with opened_store(Settings(donnees=folder)) as store:
        alone = Conversation(lambda: library, MemoryStore(), store.vault)
        pages, now = Counter(), datetime.now(UTC)
        for update in api.updates.made:
            arrival = read(Update.de_json(update, None), lambda chat: store.vault.person("telegram", chat))
            pages[arrival.chat] += digest(await alone.handle(arrival.incoming(), now))[0]
        for someone in crowd:
            chat = someone.parent.id
            person = store.vault.person("telegram", chat)
            if await session_of(store, person, now) != await session_of(alone.store, person, now):
                found.append(f"another session for {chat}")
            if not pages[chat] <= shown.count[chat] <= pages[chat] + kills:
                found.append(f"{shown.count[chat]} messages for {pages[chat]} to {chat}, {kills} kills")
        repeats = sum(shown.count.values()) - sum(pages.values())
        # Only what was under way may come twice: for few people at each kill, though more on a busy machine.
        too_many = repeats > kills * len(crowd) / 4
        found += [f"{repeats} messages more, for {kills} kills of {len(crowd)} people"] if too_many else []
        for table in ("pending", "outbox"):
            left = await store.database.read(lambda c, t=table: c.execute(f"SELECT count(*) FROM {t}").fetchone()[0])
            found += [f"{left} rows left in {table}"] if left else []
    return found
