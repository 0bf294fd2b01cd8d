"""One run of the crowd against the real channel, conversation and store, over HTTP, on a virtual clock."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field

from starlette.applications import Starlette

from bot.crypto import Vault
from bot.keys import Key, KeyRing
from bot.settings import Settings
from bot.store import SqliteStore
from bot.telegram import make_channel, run, webhook_routes
from tests.fake_botapi import TOKEN, FakeBotApi
from tests.fake_botapi.serving import Served
from tests.soak import promises
from tests.soak.crowd import Answered, Someone
from tests.soak.trouble import WRITING, Trouble
from tests.soak.virtual import VirtualClock
from tests.soak.witness import Witness, WitnessLimiter, listening

PURGE_EVERY = 500
"""Answers between two purges."""


@dataclass
class Summary:
    """What a run was, and what it broke: nothing, one hopes."""

    turns: int = 0
    people: int = 0
    virtual_seconds: float = 0.0
    calls: int = 0
    troubles: Counter = field(default_factory=Counter)
    wiped: int = 0
    broken: list = field(default_factory=list)


async def soak(library, folder, turns, *, people=40, seed=1, webhook=False, every=1):
    """Return the summary of so many turns, over all people.

    Args:
        library: the content.
        folder: where the store is made.
        turns: how many things are done, about.
        people: how many do them at once.
        seed: of all that is left to chance.
        webhook: Telegram calls, instead of being polled.
        every: one in so many people is told everything again, alone, to compare.
    """
    vault = Vault(KeyRing((Key(bytes(range(32))),)))
    store = await SqliteStore.open(folder / "passerelle.db", vault)
    clock = VirtualClock()
    with listening() as heard:
        async with FakeBotApi() as api, clock:
            scene = _Scene(api, clock, Witness(lambda: library, store, vault), webhook, seed)
            await scene.play(people, -(-turns // people))
            broken = await scene.broken(heard, every)
            summary = scene.summary(broken)
    await store.close()
    return summary


class _Scene:
    """The bot, its people and what goes wrong."""

    def __init__(self, api, clock, conversation, webhook, seed):
        self.api, self.clock, self.conversation, self.seed = api, clock, conversation, seed
        self.limiter, self.trouble = WitnessLimiter(clock.timing), Trouble(seed, clock)
        self.shown, self.answered, self.crowd = Counter(), Answered(), []
        public = {"url_publique": "https://p.example.fr", "webhook_secret": "a-secret-for-the-soak"} if webhook else {}
        self.settings = Settings(telegram_token=TOKEN, telegram_api=api.url, **public)
        self._working, clock.busy = {}, self._busy
        api.hooks.clock = lambda: clock.seconds
        api.trouble, api.performed = self.trouble, self._note

    def _busy(self, sleeping):
        """Tell whether an update is being answered, or on its way, by somebody who is awake."""
        if any(task not in sleeping for task in self._working):
            return True
        if any(task and task.get_coro().__qualname__ == "Poller.run" for task in sleeping):
            return False
        count = self.answered.count
        working = set(self._working.values())
        return any(each.made > count[each.parent.id] and each.parent.id not in working for each in self.crowd)

    def _note(self, method, params, done):
        """Count what a chat was shown; an edit that changes nothing shows what it should."""
        if method in WRITING and (done is None or "not modified" in done):
            self.shown[params["chat_id"]] += 1

    async def play(self, people, turns):
        """Run the bot while everybody lives."""
        channel = make_channel(self.conversation, self.settings, self.clock.timing, self.limiter)
        taking = channel.turns.take

        async def take(arrival):
            task = asyncio.current_task()
            self._working[task] = arrival.chat
            try:
                await taking(arrival)
            finally:
                del self._working[task]
            self.answered.one(arrival.chat)
            if self.answered.count.total() % PURGE_EVERY == 0:
                await self.conversation.store.purge(self.clock.now())

        channel.turns.take = take
        served = Served(Starlette(routes=webhook_routes(channel, self.settings)))
        self.api.hooks.target = await served.open()
        stop = asyncio.Event()
        running = asyncio.create_task(run(channel, self.settings, stop))
        languages = ("fr", "fr", "fr", "en", "ar", "pt-br", None)
        self.crowd = [
            Someone(self.api.person(6000 + n, languages[n % 7]), self.clock, f"{self.seed}/{n}", self.answered)
            for n in range(people)
        ]
        try:
            await asyncio.gather(*(someone.live(turns) for someone in self.crowd))
        finally:
            stop.set()
            await running
            await served.close()

    async def broken(self, heard, every):
        """Return every promise that was broken."""
        store, left = self.conversation.store, self.limiter.left
        names = {self.conversation.person("telegram", each.parent.id): each for each in self.crowd}
        found = promises.nothing_failed(heard) + promises.overall_pace(left) + promises.chat_pace(left)
        found += promises.silence_kept(left, self.trouble.held)
        found += promises.order_kept(self.conversation, lambda person: names[person].parent.id, self.api.hooks.posted)
        found += await promises.nothing_lost(
            self.conversation, store, lambda person: names[person].parent.id, self.clock.now(), every
        )
        for person, someone in names.items():
            chat = someone.parent.id
            found += promises.everything_answered(self.conversation, person, someone)
            found += promises.nothing_said_twice(
                self.conversation, person, someone, self.shown[chat], self.trouble.cut_after[chat]
            )
        for table in ("pending", "outbox"):
            left_over = await store.database.read(
                lambda c, t=table: c.execute(f"SELECT count(*) FROM {t}").fetchone()[0]
            )
            found += [f"{left_over} rows left in {table}"] if left_over else []
        return found + [f"press never answered: {query}" for query in sorted(self.api.open_queries)[:3]]

    def summary(self, broken):
        """Return the figures of the run."""
        return Summary(
            sum(someone.made for someone in self.crowd),
            len(self.crowd),
            self.clock.seconds - 1_000,
            len(self.limiter.left),
            self.trouble.made,
            sum(self.conversation.wiped.values()),
            broken,
        )
