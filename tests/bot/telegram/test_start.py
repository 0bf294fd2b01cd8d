"""Starting, being refused, being doubled, stopping."""

import asyncio

import pytest
from structlog.testing import capture_logs

from bot.errors import SettingsError
from bot.settings import Settings
from bot.telegram import make_channel, run
from tests.fake_botapi import TOKEN, ManualClock


async def test_a_refused_token_stops_the_start(api, conversation):
    """The error names the setting, says what to do, and never holds the token."""
    api.token = "another"
    settings = Settings(telegram_token=TOKEN, telegram_api=api.url)
    with capture_logs() as logs, pytest.raises(SettingsError) as caught:
        await run(make_channel(conversation, settings, ManualClock().timing), settings, asyncio.Event())

    error = caught.value
    assert str(error).startswith("PASSERELLE_TELEGRAM_TOKEN : Telegram refuse ce jeton\n    -> ")
    assert TOKEN not in f"{error} {error.__cause__} {error.__context__} {logs}"


async def test_without_a_token_there_is_no_telegram(conversation):
    """A missing token is named, before anything is called."""
    with pytest.raises(SettingsError, match="PASSERELLE_TELEGRAM_TOKEN"):
        make_channel(conversation, Settings())


async def test_a_token_revoked_while_running_ends_the_run(api, conversation):
    """An operator who revokes a token is told, instead of a bot that has gone deaf."""
    settings = Settings(telegram_token=TOKEN, telegram_api=api.url)
    channel = make_channel(conversation, settings, ManualClock().timing)
    running = asyncio.create_task(run(channel, settings, asyncio.Event()))
    await api.until(lambda: bool(api.of("getUpdates")))
    api.token = None
    api.person().writes("bonjour")

    with pytest.raises(SettingsError, match="PASSERELLE_TELEGRAM_TOKEN"):
        await running


@pytest.mark.parametrize("trouble", ["refused", "flood"])
async def test_a_menu_that_cannot_be_published_does_not_stop_the_bot(api, running, trouble):
    """The bot answers whatever becomes of its menu."""
    if trouble == "flood":
        api.slow_down("setMyCommands", 3600)
    else:
        api.refuse("setMyCommands", 400, "Bad Request: BOT_COMMAND_INVALID")
    parent = api.person()
    async with running():
        parent.writes("bonjour")

        assert await parent.sees(1) == ["écho, bonjour"]


async def test_a_second_reader_is_reported_and_waited_for(api, running, clock):
    """A 409 is said clearly, and the bot takes over once the other stops."""
    parent = api.person()
    api.refuse("getUpdates", 409, "Conflict: terminated by other getUpdates request", times=3)
    with capture_logs() as logs:
        async with running():
            parent.writes("bonjour")
            await parent.sees(1)

    said = [entry for entry in logs if entry["event"] == "telegram.second_reader"]
    assert len(said) == 3
    assert "PASSERELLE_TELEGRAM_TOKEN" in said[0]["hint"]
    assert clock.slept == [1.0, 2.0, 4.0]


@pytest.mark.parametrize("method", ["getMe", "deleteWebhook", "getUpdates"])
async def test_a_server_out_of_reach_is_waited_for(api, running, method):
    """Telegram being down at the start, or later, is no reason to stop."""
    parent = api.person()
    api.cut(method, "before", times=2)
    api.refuse(method, 502, "Bad Gateway")
    async with running():
        parent.writes("bonjour")

        assert await parent.sees(1) == ["écho, bonjour"]


async def test_stopping_while_telegram_is_out_of_reach(api, conversation):
    """A stop does not wait for a server that does not answer."""
    clock, stop = ManualClock(jumps=False), asyncio.Event()
    api.refuse("getMe", 500, times=1_000)
    settings = Settings(telegram_token=TOKEN, telegram_api=api.url)
    running = asyncio.create_task(run(make_channel(conversation, settings, clock.timing), settings, stop))
    await api.until(lambda: bool(api.of("getMe")))
    stop.set()

    await asyncio.wait_for(running, 5)

    assert running.done() and running.exception() is None


async def test_only_what_is_used_is_asked_for(api, running):
    """Telegram is asked for four kinds of updates; edited messages and the rest never travel."""
    async with running():
        pass

    assert api.of("getUpdates")[0]["allowed_updates"] == ["message", "callback_query", "my_chat_member", "inline_query"]
