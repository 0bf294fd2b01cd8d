"""Words of danger pass everything that waits: what came before them, what has not come, what Telegram holds back."""

import asyncio

import pytest

from bot.conversation import Conversation
from bot.screen import Incoming
from bot.telegram.channel import HELD_SECONDS
from tests.bot.telegram.conftest import SECRET, rows
from tests.bot.telegram.test_webhook import address, update
from tests.fake_botapi import ManualClock
from tests.fake_botapi.hooks import post


@pytest.fixture
def conversation(library, store, vault):
    """What families talk to."""
    return Conversation(lambda: library, store, vault)


@pytest.fixture
def clock():
    """A clock that nobody moves: what waits for any time at all waits for ever."""
    return ManualClock(jumps=False)


@pytest.fixture
def slow(conversation, monkeypatch):
    """Keeps the answer to one text from being made until ``gate`` is set."""

    def go(text):
        gate, entered, handle = asyncio.Event(), asyncio.Event(), conversation.handle

        async def waits(incoming, *rest):
            if incoming.text == text:
                entered.set()
                await gate.wait()
            return await handle(incoming, *rest)

        monkeypatch.setattr(conversation, "handle", waits)
        return gate, entered

    return go


@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
async def test_words_of_danger_do_not_wait_for_an_answer_under_way(api, running, slow, webhook):
    """A question asked just before is still being answered: the emergency card leaves first, the answer after it."""
    parent = api.person()
    gate, entered = slow("ludothèque")
    async with running(webhook=webhook):
        parent.writes("ludothèque")
        await entered.wait()
        parent.writes("mon mari me frappe")
        await parent.sees_text("3919")
        assert len(api.of("sendMessage")) == 1
        gate.set()
        await api.until(lambda: len(api.of("sendMessage")) == 2)

    assert not api.open_queries


@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
async def test_words_of_danger_do_not_wait_for_a_message_that_cannot_leave(api, running, clock, webhook):
    """The answer before was cut on its way and is tried again later; the emergency card is not held up by that."""
    parent = api.person()
    api.cut("sendMessage", "before", times=1)
    async with running(webhook=webhook):
        parent.writes("/start")
        await api.until(lambda: len(api.of("sendMessage")) == 1)
        parent.writes("mon mari me frappe")
        await parent.sees_text("3919")
        assert len(parent.bubbles) == 1
        await clock.advance(1)
        await parent.sees(2)


async def test_words_of_danger_do_not_wait_for_a_number_that_is_missing(api, running):
    """An update before them has not come by the webhook: an ordinary message would wait a quarter of a second."""
    parent = api.person()
    async with running(webhook=True):
        assert await post(address(api), update(api, parent, "/start", 700_001), SECRET) == 200
        await parent.sees(1)
        assert await post(address(api), update(api, parent, "mon mari me frappe", 700_005), SECRET) == 200

        await parent.sees_text("3919")


async def test_words_of_danger_do_not_wait_for_a_guarded_answer_under_way(api, running, slow, conversation):
    """Even where nothing is written down, and both came by different queues."""
    parent = api.person()
    gate, entered = slow("coups")
    async with running(webhook=True):
        calling = asyncio.create_task(post(address(api), update(api, parent, "coups", 700_001), SECRET))
        await entered.wait()
        assert await post(address(api), update(api, parent, "mon mari me frappe", 700_002), SECRET) == 200
        await parent.sees_text("3919")
        assert not calling.done()
        gate.set()

        assert await calling == 200


async def test_telegram_is_not_asked_to_hold_a_message_back_for_long(api, running, slow, clock):
    """Telegram gives nothing of a chat until the update before is accepted: that lasts two seconds at most."""
    parent = api.person()
    gate, entered = slow("coups")
    async with running(webhook=True):
        parent.writes("coups")
        await entered.wait()
        parent.writes("mon mari me frappe")
        await clock.advance(HELD_SECONDS - 0.1)
        assert parent.texts == []
        await clock.advance(0.2)
        await parent.sees_text("3919")
        gate.set()
        await parent.sees(2)


async def test_the_numbers_to_call_do_not_wait_either(api, running, slow, store):
    """A press on the button of the emergency numbers says as much as words, and is not written down either."""
    parent = api.person()
    gate, entered = slow("ludothèque")
    async with running():
        parent.writes("ludothèque")
        await entered.wait()
        parent.presses_payload("urgence", None)
        await parent.sees_text("112")
        kept = await rows(store, "pending")
        gate.set()
        await api.until(lambda: len(api.of("sendMessage")) == 2)

    assert kept == 1


async def test_leaving_fast_waits_for_the_emergency_card_that_it_must_take_away(api, running):
    """« Quitter vite » comes behind the words of danger: their card does not arrive after the chat is emptied."""
    parent = api.person()
    async with running():
        parent.writes("/start")
        await parent.sees(1)
        api.updates.hold()
        parent.writes("mon mari me frappe")
        parent.presses_payload("a|quitter", None)
        api.updates.release()
        await api.until(lambda: bool(api.of("deleteMessages")))
        await api.until(lambda: [bubble.rows for bubble in parent.chat.bubbles.values()] == [[]])

    assert "3919" not in parent.texts[0]


@pytest.mark.parametrize(
    ("what", "at_once"),
    [
        ({"text": "mon mari me frappe"}, True),
        ({"text": "je veux mourir"}, True),
        ({"payload": "urgence"}, True),
        ({"text": "j'habite dans le 19e"}, False),
        ({"payload": "t|violences"}, False),
        ({"other": "voice"}, False),
    ],
    ids=str,
)
def test_only_what_is_answered_the_same_at_any_moment_passes_the_rest(conversation, what, at_once):
    """All that depends on what was said before keeps its place."""
    assert conversation.may_not_wait(Incoming("p" * 64, **what)) is at_once
