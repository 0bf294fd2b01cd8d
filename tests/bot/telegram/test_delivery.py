"""Troubles on the way out: what is sent again, what is dropped, what a crash leaves."""

import asyncio

import pytest

from bot.screen import Block, Button, Reply, Screen
from bot.telegram.calls import RETRY_DELAYS
from tests.bot.telegram.conftest import asks, rows, says
from tests.fake_botapi import ManualClock


async def test_a_429_holds_one_chat_only(api, running, conversation):
    """While Telegram makes one chat wait, the others are answered."""
    slow, quick = api.person(5001), api.person(5002)
    clock = ManualClock(jumps=False)
    api.slow_down("sendMessage", 20, chat=slow.id)
    async with running(clock.timing):
        slow.writes("un")
        await api.until(lambda: len(api.of("sendMessage", slow.id)) == 1)
        quick.writes("deux")

        assert await quick.sees(1) == ["écho, deux"]
        assert slow.texts == []
        await clock.advance(19.9)
        assert len(api.of("sendMessage", slow.id)) == 1
        await clock.advance(0.3)
        assert await slow.sees(1) == ["écho, un"]


@pytest.mark.parametrize("code", [500, 502, 504])
async def test_a_fault_of_the_server_is_tried_again(api, running, conversation, clock, store, code):
    """After a 5xx the same message is sent again, a little later each time."""
    parent = api.person()
    api.refuse("sendMessage", code, "Internal Server Error", times=3)
    async with running():
        parent.writes("bonjour")
        await parent.sees(1)

    assert len(api.of("sendMessage")) == 4
    assert clock.slept == list(RETRY_DELAYS[:3])
    assert await rows(store, "outbox") == 0


async def test_a_refusal_of_bold_letters_or_buttons_does_not_cost_the_words(api, running, store):
    """What Telegram cannot read is sent once more as plain text: an emergency card may be in it."""
    parent = api.person()
    api.refuse("sendMessage", 400, "Bad Request: can't parse entities: bonjour")
    async with running():
        parent.writes("a < b & c")
        await parent.sees(1)
    first, second = api.of("sendMessage")

    assert parent.texts == ["écho, a < b & c"]
    assert "parse_mode" in first and "parse_mode" not in second
    assert await rows(store, "outbox") == 0


async def test_a_connection_cut_before_the_call_loses_nothing(api, running):
    """A send cut before it reached Telegram is sent again, once seen."""
    parent = api.person()
    api.cut("sendMessage", "before", times=2)
    async with running():
        parent.writes("bonjour")
        await api.until(lambda: len(api.of("sendMessage")) == 3)

    assert parent.texts == ["écho, bonjour"]


async def test_a_connection_cut_after_the_call_may_repeat_but_never_lose(api, running):
    """A send whose answer was lost is sent again: twice is better than never."""
    parent = api.person()
    api.cut("sendMessage", "after")
    async with running():
        parent.writes("bonjour")
        await parent.sees(2)

    assert parent.texts == ["écho, bonjour"] * 2


async def test_an_edit_cut_after_the_call_is_not_seen_twice(api, running, conversation):
    """An edit is made again after a cut, and « not modified » then means done."""
    parent = api.person()
    conversation.script = lambda incoming: asks(f"Q{len(conversation.seen)}", "Oui")
    api.cut("editMessageText", "after")
    async with running():
        parent.writes("/start")
        await parent.sees(1)
        parent.presses("Oui")
        await api.until(lambda: len(api.of("editMessageText")) == 2)

    assert parent.texts == ["Q2"]
    assert len(api.of("sendMessage")) == 1


async def test_retries_end(api, running, conversation, store):
    """A server that never recovers is left alone in the end, and the next message is taken."""
    parent = api.person()
    api.refuse("sendMessage", 500, times=len(RETRY_DELAYS) + 1)
    async with running():
        parent.writes("un")
        parent.writes("deux")

        assert await parent.sees(1) == ["écho, deux"]
    assert await rows(store, "outbox") == 0


async def test_a_message_over_ten_minutes_old_is_not_sent(api, running, clock, store):
    """An answer kept back for ten minutes by Telegram is not sent any more."""
    parent = api.person()
    api.slow_down("sendMessage", 599)
    api.refuse("sendMessage", 500, times=2)
    async with running():
        parent.writes("bonjour")
        await api.until(lambda: len(api.of("sendMessage")) == 3)

    # 599.1 s of waiting, then 0.5 and 1 s: past 600.
    assert sum(clock.slept) == pytest.approx(600.6)
    assert parent.texts == []
    assert await rows(store, "outbox") == 0


async def test_a_blocked_bot_says_nothing_more(api, running, conversation, store):
    """After a 403 the rest of the answer is dropped, without another try."""
    parent = api.person()
    parent.chat.blocked = True
    conversation.script = lambda incoming: says("un", "deux", "trois")
    async with running():
        parent.writes("bonjour")
        await api.until(lambda: len(api.of("sendMessage")) == 1)

    assert len(api.of("sendMessage")) == 1
    assert await rows(store, "outbox") == 0


async def test_a_person_who_blocks_the_bot_is_forgotten(api, running, conversation, store):
    """Blocking the bot erases the session and the message ids, of this person only."""
    parent, other = api.person(5001), api.person(5002)
    async with running():
        parent.writes("bonjour")
        other.writes("bonjour")
        await parent.sees(1)
        await other.sees(1)
        parent.blocks()
        await api.until(lambda: api.updates.confirmed > 700_003)

    name, now = conversation.person("telegram", parent.id), ManualClock().now()
    assert await store.load(name, now) is None
    assert await store.messages(name, now) == []
    assert await store.load(conversation.person("telegram", other.id), now) is not None
    assert await rows(store, "pending") == 0


async def test_a_person_who_unblocks_the_bot_is_answered_again(api, running):
    """Blocking is not for ever."""
    parent = api.person()
    async with running():
        parent.blocks()
        await api.until(lambda: api.updates.confirmed > 700_001)
    async with running():
        parent.unblocks()
        parent.writes("me revoilà")

        assert await parent.sees(1) == ["écho, me revoilà"]


async def test_a_refused_message_is_dropped_and_the_next_one_goes(api, running, store):
    """A message that Telegram refuses, as plain text too, is not tried again, and holds nothing up."""
    parent = api.person()
    api.refuse("sendMessage", 400, "Bad Request: can't parse entities: bonjour", times=3)
    async with running():
        parent.writes("un")
        parent.writes("deux")

        assert await parent.sees(1) == ["écho, deux"]
    assert await rows(store, "outbox") == 0


async def test_what_was_not_sent_before_a_stop_is_sent_at_the_next_start(api, running, conversation, store):
    """An answer saved and not sent when the bot stops comes when it starts again, buttons included."""
    parent = api.person()
    stuck = ManualClock(jumps=False)
    conversation.script = lambda incoming: asks("Quel âge ?", "1 an", "2 ans")
    api.refuse("sendMessage", 500)
    async with running(stuck.timing, grace=0.01):
        parent.writes("bonjour")
        await api.until(lambda: len(api.of("sendMessage")) == 1)
    assert parent.texts == []
    assert await rows(store, "outbox") == 1

    async with running():
        await parent.sees(1)

    assert parent.texts == ["Quel âge ?"]
    assert parent.bubbles[0].labels == ["1 an", "2 ans"]
    assert await rows(store, "outbox") == 0
    assert len(conversation.seen) == 1


async def test_what_was_not_answered_before_a_stop_is_answered_at_the_next_start(api, running, conversation, store):
    """An update taken in and not answered when the bot stops is answered when it starts again."""
    parent = api.person()
    entered = asyncio.Event()

    async def gate(incoming):
        entered.set()
        await asyncio.Event().wait()

    conversation.gate = gate
    async with running(grace=0.01):
        parent.writes("un")
        await entered.wait()
        parent.writes("deux")
        await api.until(lambda: api.updates.confirmed >= 700_003)
    assert parent.texts == []
    assert await rows(store, "pending") == 2

    conversation.gate = None
    async with running():
        await parent.sees(2)

    assert parent.texts == ["écho, un", "écho, deux"]
    assert await rows(store, "pending") == 0


async def test_private_answers_never_touch_the_outbox(api, running, conversation, store):
    """What may not be written to disk is sent at once, and only its message ids are kept."""
    parent = api.person()
    conversation.script = lambda incoming: says("17 ou 112", private=True)
    async with running():
        parent.writes("au secours")
        await parent.sees(1)

    refs = await store.messages(conversation.person("telegram", parent.id), ManualClock().now())
    sequences = await store.database.read(lambda c: c.execute("SELECT * FROM sqlite_sequence").fetchall())
    assert sequences == []  # no row was ever added to the outbox
    assert refs == [str(each) for each in sorted(parent.chat.bubbles)]


async def test_an_emergency_does_not_wait_for_the_pace(api, running, conversation):
    """After a burst of messages, the emergency card leaves at once."""
    parent = api.person()
    clock = ManualClock(jumps=False)
    card = Screen((Block("alerte", "Appelez le 17"),), ((Button("Continuer", "a|continuer"),),), urgent=True)
    conversation.script = lambda incoming: (
        Reply((card,), "fr", private=True) if incoming.text == "il me frappe" else says("1", "2", "3")
    )
    async with running(clock.timing):
        parent.writes("bonjour")
        await parent.sees(3)
        parent.writes("il me frappe")

        assert (await parent.sees(4))[-1] == "⚠️ Appelez le 17"
    assert clock.slept == []


async def test_a_turn_that_fails_says_so_and_is_closed(api, running, conversation, store):
    """A fault of ours is told in words, with a number to call, and does not come back at the next start."""
    parent = api.person(language="en-GB")
    conversation.script = lambda incoming: ValueError("ma fille a 2 ans")
    async with running():
        parent.writes("ma fille a 2 ans")
        await parent.sees(1)

    assert parent.texts == [
        "Sorry, I could not answer. Please try again in a moment. If you are in danger, call 17 or 112."
    ]
    assert await rows(store, "pending") == 0


async def test_a_store_out_of_order_does_not_silence_the_emergency_card(api, running, conversation, store):
    """With the disk refusing everything, words of danger are still answered."""
    parent = api.person()
    conversation.script = lambda incoming: says("17 ou 112", private=True)

    async def handle(incoming, now, pack=None):
        return conversation.script(incoming)

    conversation.handle = handle
    async with running():
        await store.close()
        parent.writes("au secours")

        assert await parent.sees(1) == ["17 ou 112"]


@pytest.mark.parametrize("moment", ["before", "after"])
async def test_a_cut_does_not_leave_a_button_waiting(api, running, moment):
    """The answer to a press is made again once; without it the phone shows that it waits."""
    parent = api.person()
    api.cut("answerCallbackQuery", moment, times=1)
    async with running():
        parent.presses_payload("oui", None)
        await api.until(lambda: len(api.of("answerCallbackQuery")) == 2)
        await parent.sees(1)

    assert not api.open_queries


async def test_a_press_too_old_is_answered_once(api, running):
    """What Telegram refuses is not asked again."""
    parent = api.person()
    api.refuse("answerCallbackQuery", 400, "Bad Request: query is too old", times=1)
    async with running():
        parent.presses_payload("oui", None)
        await parent.sees(1)

    assert len(api.of("answerCallbackQuery")) == 1
