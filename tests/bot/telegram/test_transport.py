"""Calls travel the same way with aiohttp and with httpx."""

import pytest
from pydantic import SecretStr
from telegram.error import BadRequest, InvalidToken, NetworkError, TimedOut
from telegram.ext import ExtBot

from bot.telegram.transport import AiohttpRequest, transport
from tests.fake_botapi import TOKEN


@pytest.fixture(params=[True, False], ids=["aiohttp", "httpx"])
async def bot(request, api):
    """A bot without a pace, over each transport."""
    made = [transport(4, with_aiohttp=request.param) for _ in range(2)]
    bot = ExtBot(SecretStr(TOKEN).get_secret_value(), f"{api.url}/bot", request=made[0], get_updates_request=made[1])
    await bot.initialize()
    yield bot
    await bot.shutdown()


async def test_a_message_leaves_and_its_answer_comes(api, bot):
    """Words with signs of every kind arrive as they are."""
    parent = api.person()

    sent = await bot.send_message(parent.id, "été & 1 = 1 % + « 👧 »")

    assert parent.texts == ["été & 1 = 1 % + « 👧 »"]
    assert sent.message_id == parent.bubbles[0].id


async def test_a_refusal_is_told_in_telegrams_words(api, bot):
    """What Telegram says of a refused call is known to the caller."""
    with pytest.raises(BadRequest, match="hat not found"):
        await bot.send_message(999, "bonjour")


@pytest.mark.parametrize("when", ["before", "after"])
async def test_a_cut_is_a_network_error_without_the_token(api, bot, when):
    """A cut connection is told as such; the address, which holds the token, is in no part of the error."""
    api.cut("sendMessage", when)

    with pytest.raises(NetworkError) as caught:
        await bot.send_message(api.person().id, "bonjour")

    assert not isinstance(caught.value, BadRequest)
    assert TOKEN not in f"{caught.value!r} {caught.value.__cause__!r}"


async def test_an_answer_that_does_not_come_is_told_as_late(api, bot):
    """Waiting ends, and a late answer is not taken for a refusal."""
    with pytest.raises(TimedOut):
        await bot.get_updates(timeout=5, read_timeout=-4.9)


async def test_a_wrong_token_is_told(api, bot):
    """A token that is refused is told from every other trouble."""
    api.token = "another"
    with pytest.raises(InvalidToken):
        await bot.get_me()


async def test_the_fast_way_is_taken_when_it_is_there():
    """aiohttp is used as soon as it is installed."""
    assert isinstance(transport(1), AiohttpRequest)
