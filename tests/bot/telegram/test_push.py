"""What is sent to someone who waits for nothing: once, and what became of it is told."""

import asyncio
from contextlib import asynccontextmanager

import pytest

from bot.feature import Outcome
from bot.screen import Block, Screen
from bot.settings import Settings
from bot.telegram import make_channel, run
from tests.bot.telegram.conftest import rows
from tests.fake_botapi import TOKEN

NEWS = Screen((Block("texte", "Une date approche."),))


@asynccontextmanager
async def channel_of(api, conversation, clock):
    """Run a bot, and give its channel."""
    settings = Settings(telegram_token=TOKEN, telegram_api=api.url)
    channel = make_channel(conversation, settings, clock.timing)
    stop = asyncio.Event()
    task = asyncio.create_task(run(channel, settings, stop))
    await api.until(lambda: channel.ready and len(api.of("getUpdates")) > 0)
    try:
        yield channel
    finally:
        stop.set()
        await task


async def test_a_push_is_sent_and_can_be_erased(api, conversation, clock, store):
    """It arrives, without a sound when asked, and its id is kept like those of answers."""
    ana = api.person()
    async with channel_of(api, conversation, clock) as channel:
        outcome = await channel.push(str(ana.id).encode(), NEWS, silent=True)
    kept = await store.messages(conversation.person("telegram", ana.id), clock.timing.now())

    (sent,) = api.of("sendMessage", ana.id)
    assert outcome is Outcome.SENT
    assert (sent["text"], sent["disable_notification"]) == ("Une date approche.", True)
    assert len(kept) == 1


@pytest.mark.parametrize(
    ("code", "said", "expected"),
    [
        (403, "Forbidden: bot was blocked by the user", Outcome.GONE),
        (400, "Bad Request: chat not found", Outcome.GONE),
        (400, "Bad Request: message is too long", Outcome.REFUSED),
        (500, "Internal Server Error", Outcome.UNCERTAIN),
    ],
)
async def test_a_refused_push_is_not_sent_again(api, conversation, clock, code, said, expected):
    """One call, and the reason as an outcome."""
    ana = api.person()
    api.refuse("sendMessage", code, said)
    async with channel_of(api, conversation, clock) as channel:
        outcome = await channel.push(str(ana.id).encode(), NEWS)

    assert outcome is expected
    assert len(api.of("sendMessage", ana.id)) == 1


async def test_a_push_cut_before_its_answer_is_uncertain_and_never_doubled(api, conversation, clock):
    """Telegram took it, nobody knows: it is not sent a second time."""
    ana = api.person()
    api.cut("sendMessage", "after")
    async with channel_of(api, conversation, clock) as channel:
        outcome = await channel.push(str(ana.id).encode(), NEWS)

    assert outcome is Outcome.UNCERTAIN
    assert len(api.of("sendMessage", ana.id)) == 1


async def test_a_push_waits_for_the_answer_under_way(api, conversation, clock):
    """It never comes between a message and its answer."""
    ana, go = api.person(), asyncio.Event()
    conversation.gate = lambda incoming: go.wait()
    async with channel_of(api, conversation, clock) as channel:
        ana.writes("bonjour")
        await api.until(lambda: bool(conversation.seen))
        pushing = asyncio.create_task(channel.push(str(ana.id).encode(), NEWS))
        await asyncio.sleep(0)
        go.set()
        await pushing

    texts = [sent["text"] for sent in api.of("sendMessage", ana.id)]
    assert texts == ["écho, bonjour", "Une date approche."]


async def test_nothing_is_pushed_once_the_bot_has_stopped(api, conversation, clock, store):
    """A stopped channel refuses, and keeps nothing."""
    ana = api.person()
    async with channel_of(api, conversation, clock) as channel:
        pass
    outcome = await channel.push(str(ana.id).encode(), NEWS)

    assert outcome is Outcome.REFUSED
    assert (api.of("sendMessage"), await rows(store, "messages")) == ([], 0)


async def test_a_push_that_nobody_wants_any_more_is_not_sent(api, conversation, clock):
    """It is asked when its turn has come: what was erased or stopped meanwhile does not leave."""
    ana = api.person()

    async def wanted():
        return False

    async with channel_of(api, conversation, clock) as channel:
        outcome = await channel.push(str(ana.id).encode(), NEWS, wanted=wanted)

    assert outcome is Outcome.UNWANTED
    assert api.of("sendMessage") == []


async def test_an_answer_never_waits_behind_a_push_that_telegram_slows_down(api, conversation, clock):
    """A 429 on news is told to who sends them; the person's own message is answered."""
    ana = api.person()
    api.slow_down("sendMessage", 30)
    async with channel_of(api, conversation, clock) as channel:
        outcome = await channel.push(str(ana.id).encode(), NEWS)
        ana.writes("bonjour")
        await ana.sees_text("écho, bonjour")

    assert outcome is Outcome.REFUSED
    assert ana.texts == ["écho, bonjour"]
