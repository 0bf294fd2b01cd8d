"""A bot on the tests' server, with a real store and a conversation whose words the test writes."""

import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from starlette.applications import Starlette

from bot.screen import Block, Button, Reply, Screen
from bot.settings import Settings
from bot.store import Keep
from bot.telegram import make_channel, run, webhook_routes
from tests.fake_botapi import TOKEN, FakeBotApi, ManualClock
from tests.fake_botapi.serving import Served

SECRET = "a-secret-of-the-webhook"


def says(*texts, **more):
    """Return a reply of one message for each text."""
    return Reply(tuple(Screen((Block("texte", text),)) for text in texts), "fr", **more)


def asks(text, *answers, question="q1", **more):
    """Return a reply that asks one question; an answer's payload is its own words."""
    rows = tuple((Button(answer, f"c|{question}|{answer}"),) for answer in answers)
    return Reply((Screen((Block("question", text),), rows, question=question),), "fr", **more)


class ScriptedConversation:
    """Answers as ``script`` says, and keeps its promises towards the store like the real one."""

    def __init__(self, store, vault):
        self.store = store
        self.vault = vault
        self.seen = []
        self.script = lambda incoming: says(f"écho, {incoming.text or incoming.payload or incoming.other}")
        self.gate = None

    def person(self, channel, chat):
        return self.vault.person(channel, chat)

    def keeps_nothing(self, incoming):
        return False

    def may_not_wait(self, incoming):
        return False

    async def forget(self, incoming, now):
        return (await self.store.erase(incoming.person, now, update_id=incoming.update_id)).messages

    async def handle(self, incoming, now, pack=None):
        self.seen.append(incoming)
        if self.gate:
            await self.gate(incoming)
        reply = self.script(incoming)
        if isinstance(reply, Exception):
            raise reply
        mine = {"now": now, "update_id": incoming.update_id}
        if reply.wiped:
            erased = await self.store.erase(incoming.person, **mine)
            return replace(reply, private=True, forgotten=erased.messages)
        if reply.private:
            await self.store.commit(incoming.person, Keep.AS_IS, language="fr", **mine)
            return reply
        outbox = pack(reply) if pack else ()
        ids = await self.store.commit(incoming.person, {"n": len(self.seen)}, language="fr", outbox=outbox, **mine)
        return replace(reply, outbox=tuple(ids))


@pytest.fixture
async def api():
    """Telegram, on loopback; at the end it must have understood every call."""
    async with FakeBotApi() as api:
        yield api


@pytest.fixture
def clock():
    """A clock on which waiting takes no time."""
    return ManualClock()


@pytest.fixture
def conversation(store, vault):
    """What the bot says."""
    return ScriptedConversation(store, vault)


@pytest.fixture
def running(api, conversation, clock):
    """Runs the bot while a block runs, then stops it and lets it finish."""

    @asynccontextmanager
    async def go(timing=None, grace=5.0, webhook=False):
        settings = webhook_settings(api) if webhook else Settings(telegram_token=TOKEN, telegram_api=api.url)
        async with serving(conversation, settings, api, timing or clock.timing, grace) as task:
            yield task

    return go


def webhook_settings(api):
    """Return settings with which Telegram calls the bot."""
    return Settings(
        telegram_token=TOKEN,
        telegram_api=api.url,
        url_publique="https://passerelle.example.fr",
        webhook_secret=SECRET,
    )


@asynccontextmanager
async def serving(conversation, settings, api, timing, grace=5.0, until="", **more):
    """Run the bot, with the address that Telegram calls when there is one."""
    channel = make_channel(conversation, settings, timing, **more)
    served = Served(Starlette(routes=webhook_routes(channel, settings)))
    api.hooks.target = await served.open()
    waited = until or ("setWebhook" if settings.webhook_secret else "getUpdates")
    before = len(api.of(waited))
    stop = asyncio.Event()
    task = asyncio.create_task(run(channel, settings, stop, grace=grace))
    try:
        await api.until(lambda: len(api.of(waited)) > before or task.done(), lambda: f"a {waited}")
        yield task
    finally:
        stop.set()
        try:
            await task
        finally:
            await served.close()


async def rows(store, table):
    """Return how many rows a table of the store has."""
    return await store.database.read(lambda c: c.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
