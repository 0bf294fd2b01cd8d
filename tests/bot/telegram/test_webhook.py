"""Telegram calls the bot: who may, what is kept before the answer, in which order."""

import asyncio
import json

import pytest
from structlog.testing import capture_logs

from bot.errors import SettingsError
from bot.settings import load_settings
from bot.telegram import make_channel, run
from bot.telegram.webhook import WATCH_SECONDS, webhook_path
from tests.bot.telegram.conftest import SECRET, rows, says, serving, webhook_settings
from tests.fake_botapi import TOKEN, ManualClock
from tests.fake_botapi.hooks import post


def address(api):
    """Return where the bot is called."""
    return api.hooks.target + webhook_path(webhook_settings(api).webhook_secret)


def update(api, parent, text, number=700_001):
    """Return an update as Telegram sends it."""
    message = api.message(api.add_bubble(parent.chat, mine=False, text=text), parent.chat, parent)
    return json.dumps({"update_id": number, "message": message | {"text": text}}).encode()


async def test_a_parent_is_answered_through_a_webhook(api, running, store):
    """With a secret and a public address, Telegram calls the bot and nobody polls."""
    parent = api.person()
    async with running(webhook=True):
        parent.writes("bonjour")

        assert await parent.sees(1) == ["écho, bonjour"]
    assert api.of("getUpdates") == []
    assert await rows(store, "pending") == 0


async def test_telegram_is_told_where_and_how_to_call(api, running):
    """The address is public and tells nothing of the token nor of the secret; only used updates are asked for."""
    async with running(webhook=True):
        pass

    (asked,) = api.of("setWebhook")
    assert asked["url"].startswith("https://passerelle.example.fr/telegram/")
    assert TOKEN not in asked["url"] and SECRET not in asked["url"]
    assert asked["secret_token"] == SECRET
    assert asked["allowed_updates"] == ["message", "callback_query", "my_chat_member", "inline_query"]


@pytest.mark.parametrize("secret", [None, "", "a-secret-of-the-webhooK", "é" * 23])
async def test_nobody_else_can_speak_for_telegram(api, running, conversation, secret):
    """A call without the secret is refused, and nothing of it is read."""
    parent = api.person()
    async with running(webhook=True):
        status = await post(address(api), update(api, parent, "bonjour"), secret)

    assert status == 403
    assert conversation.seen == []


async def test_an_update_is_on_the_disk_before_telegram_forgets_it(api, running, conversation, store):
    """The answer 200 comes after the update is kept, and before the parent is answered."""
    parent, gate = api.person(), asyncio.Event()
    conversation.gate = lambda incoming: gate.wait()
    async with running(webhook=True):
        status = await post(address(api), update(api, parent, "bonjour"), SECRET)
        kept = await rows(store, "pending")
        gate.set()
        await parent.sees(1)

    assert (status, kept) == (200, 1)


async def test_what_may_not_be_kept_is_answered_before_telegram_forgets_it(api, running, conversation, store):
    """Words of danger are never written down: Telegram keeps them until the answer has left."""
    parent, gate, entered = api.person(), asyncio.Event(), asyncio.Event()
    conversation.keeps_nothing = lambda incoming: True
    conversation.script = lambda incoming: says("17 ou 112", private=True)

    async def wait(incoming):
        entered.set()
        await gate.wait()

    conversation.gate = wait
    async with running(ManualClock(jumps=False).timing, webhook=True):
        calling = asyncio.create_task(post(address(api), update(api, parent, "au secours"), SECRET))
        await entered.wait()
        assert not calling.done()
        assert await rows(store, "pending") == 0
        gate.set()

        assert await calling == 200
        assert parent.texts == ["17 ou 112"]


async def test_a_call_for_help_cut_by_a_stop_comes_again(api, running, conversation):
    """When the service stops before the answer, Telegram is told to deliver again, and the next start answers."""
    parent, entered = api.person(), asyncio.Event()
    conversation.keeps_nothing = lambda incoming: True

    async def wait(incoming):
        entered.set()
        await asyncio.Event().wait()

    conversation.gate = wait
    async with running(ManualClock(jumps=False).timing, webhook=True, grace=0.01):
        parent.writes("au secours")
        await entered.wait()
    conversation.gate = None
    async with running(webhook=True):
        await parent.sees(1)

    assert parent.texts == ["écho, au secours"]


async def test_what_follows_a_guarded_choice_is_not_kept_either(api, running, conversation, store):
    """A message sent right behind the one that opens a guarded subject is not written down, even sealed."""
    parent, gate, entered = api.person(), asyncio.Event(), asyncio.Event()
    conversation.keeps_nothing = lambda incoming: incoming.text == "violences"

    async def wait(incoming):
        entered.set()
        await gate.wait()

    conversation.gate = wait
    async with running():
        parent.writes("violences")
        await entered.wait()
        parent.writes("c'est mon père")
        await api.until(lambda: api.updates.confirmed > 700_002)
        kept = await rows(store, "pending")
        gate.set()
        await parent.sees(2)

    assert kept == 0


async def test_the_same_call_twice_is_answered_once(api, running):
    """Telegram repeats what it is not sure of; the parent sees one answer."""
    parent = api.person()
    async with running(webhook=True):
        body = update(api, parent, "bonjour")
        statuses = [await post(address(api), body, SECRET) for _ in range(3)]
        await post(address(api), update(api, parent, "encore", 700_002), SECRET)
        await parent.sees_text("encore")

    assert statuses == [200, 200, 200]
    assert parent.texts == ["écho, bonjour", "écho, encore"]


async def test_a_press_that_overtakes_a_text_waits_for_it(api, running, conversation):
    """Presses and texts travel in different queues: they are heard in the order they were made."""
    parent = api.person()
    clock = ManualClock(jumps=False)
    async with running(clock.timing, webhook=True):
        await post(address(api), update(api, parent, "un", 700_001), SECRET)
        await parent.sees(1)
        press = {"id": api.new_query(), "from": parent.user, "chat_instance": "1", "data": "trois"}
        press = json.dumps({"update_id": 700_003, "callback_query": press}).encode()
        assert await post(address(api), press, SECRET) == 200
        await post(address(api), update(api, parent, "deux", 700_002), SECRET)
        await parent.sees(3)

    assert [incoming.text or incoming.payload for incoming in conversation.seen] == ["un", "deux", "trois"]


async def test_a_repeat_does_not_take_the_place_of_what_waits(api, running, conversation):
    """An update that waits for the one before it, and comes twice meanwhile, is answered all the same."""
    parent = api.person()
    clock = ManualClock(jumps=False)
    async with running(clock.timing, webhook=True):
        await post(address(api), update(api, parent, "un", 700_001), SECRET)
        await parent.sees(1)
        for _ in range(2):
            assert await post(address(api), update(api, parent, "trois", 700_003), SECRET) == 200
        await post(address(api), update(api, parent, "deux", 700_002), SECRET)
        await parent.sees(3)

    assert parent.texts == ["écho, un", "écho, deux", "écho, trois"]


async def test_an_update_that_never_comes_holds_nothing_up(api, running, conversation):
    """A quarter of a second is all that an update waits for the one before it."""
    parent = api.person()
    clock = ManualClock(jumps=False)
    async with running(clock.timing, webhook=True):
        await post(address(api), update(api, parent, "un", 700_001), SECRET)
        await parent.sees(1)
        await post(address(api), update(api, parent, "trois", 700_003), SECRET)
        await clock.advance(0.24)
        assert len(conversation.seen) == 1
        await clock.advance(0.02)
        await parent.sees(2)

    assert parent.texts == ["écho, un", "écho, trois"]


@pytest.mark.parametrize("body", [b"{", b"[]", b'{"update_id": "x"}', b"\xff"])
async def test_an_update_that_cannot_be_read_is_not_asked_for_again(api, running, body):
    """It would be as unreadable the next time, and hold up what comes behind; the log says its class only."""
    with capture_logs() as logs:
        async with running(webhook=True):
            status = await post(address(api), body, SECRET)

    assert status == 200
    assert [entry["event"] for entry in logs if entry["log_level"] == "error"] == ["telegram.update_unreadable"]


async def test_a_body_longer_than_any_update_is_refused(api, running, conversation):
    """Nobody fills the memory."""
    async with running(webhook=True):
        status = await post(address(api), b"x" * 1_000_001, SECRET)

    assert status in (413, 0)  # 0: the connection was cut while the rest was still coming
    assert conversation.seen == []


async def test_before_the_start_telegram_is_told_to_come_back(api, conversation):
    """A call that comes before what a crash left is taken up is put off."""
    settings = webhook_settings(api)
    api.refuse("getMe", 502, times=1)
    clock = ManualClock(jumps=False)
    parent = api.person()
    async with serving(conversation, settings, api, clock.timing, until="getMe"):
        assert await post(address(api), update(api, parent, "bonjour"), SECRET) == 503
        await clock.advance(1)
        await api.until(lambda: bool(api.of("setWebhook")))
        assert await post(address(api), update(api, parent, "bonjour"), SECRET) == 200


async def test_an_address_that_telegram_refuses_stops_the_start(api, conversation):
    """The operator is told which setting to change."""
    api.refuse("setWebhook", 400, "Bad Request: bad webhook: failed to resolve host")
    settings = webhook_settings(api)

    with pytest.raises(SettingsError, match="PASSERELLE_URL_PUBLIQUE"):
        await run(make_channel(conversation, settings, ManualClock().timing), settings, asyncio.Event())


async def test_an_address_taken_away_is_given_again(api, running):
    """Another program that polls with the token takes the webhook away: it is put back within a quarter of an hour."""
    clock = ManualClock(jumps=False)
    with capture_logs() as logs:
        async with running(clock.timing, webhook=True):
            api.hooks.url = ""
            await clock.advance(WATCH_SECONDS + 1)
            await api.until(lambda: len(api.of("setWebhook")) == 2)

    assert "telegram.webhook_taken_away" in [entry["event"] for entry in logs]


async def test_polling_leaves_the_webhook_first(api, running):
    """Without a secret the bot polls, and Telegram calls no more."""
    api.hooks.url = "https://passerelle.example.fr/telegram/old"
    parent = api.person()
    async with running():
        parent.writes("bonjour")
        await parent.sees(1)

    assert api.hooks.url == ""


@pytest.mark.parametrize(
    ("secret", "public"),
    [
        ("court", "https://passerelle.example.fr"),
        ("un secret avec des espaces", "https://passerelle.example.fr"),
        (SECRET, None),
        (SECRET, "http://passerelle.example.fr"),
        (SECRET, "https://passerelle.example.fr:8000"),
    ],
)
def test_a_webhook_that_telegram_could_not_call_stops_the_start(monkeypatch, secret, public):
    """The secret is checked with the public address; the error names both settings, and never shows the secret."""
    monkeypatch.setenv("PASSERELLE_WEBHOOK_SECRET", secret)
    if public:
        monkeypatch.setenv("PASSERELLE_URL_PUBLIQUE", public)
    with pytest.raises(SettingsError) as caught:
        load_settings()

    assert str(caught.value).startswith("PASSERELLE_WEBHOOK_SECRET : la valeur donnée ne peut pas servir")
    assert "PASSERELLE_URL_PUBLIQUE" in str(caught.value)
    assert secret not in str(caught.value)


def test_a_webhook_needs_a_secret_and_an_address(monkeypatch):
    """With both, the settings are taken."""
    monkeypatch.setenv("PASSERELLE_WEBHOOK_SECRET", SECRET)
    monkeypatch.setenv("PASSERELLE_URL_PUBLIQUE", "https://passerelle.example.fr:8443")

    assert load_settings().webhook_secret.get_secret_value() == SECRET
