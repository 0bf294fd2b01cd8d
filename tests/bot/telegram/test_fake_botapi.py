"""The tests' own server refuses what Telegram refuses; without this, the other tests would prove little."""

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, Forbidden, InvalidToken, RetryAfter

from tests.fake_botapi import TOKEN, FakeBotApi
from tests.fake_botapi.markup import parse
from tests.fake_botapi.schema import ApiError, Undocumented, decode


@pytest.fixture
async def bot(api):
    """A bare bot of the library, on the server."""
    async with Bot(TOKEN, base_url=f"{api.url}/bot") as bot:
        yield bot


@pytest.mark.parametrize(
    ("html", "why"),
    [
        ("<p>a</p>", "unsupported start tag"),
        ("<b>a", "can't find end tag"),
        ("<b>a</i>", "unexpected end tag"),
        ("a < b", "unclosed start tag"),
        ("  ", "text must be non-empty"),
        ("<b></b>", "text must be non-empty"),
        ("&amp;" * 4097, "message is too long"),
        ("👍" * 2049, "message is too long"),
    ],
)
async def test_texts_that_telegram_refuses(api, bot, html, why):
    """Unknown or unclosed tags, empty texts, and more than 4096 units once the tags are read."""
    parent = api.person()
    with pytest.raises(BadRequest, match=f"(?i){why}"):
        await bot.send_message(parent.id, html, parse_mode="HTML")


async def test_texts_that_telegram_accepts(api, bot):
    """4096 units, entities counted as one, a bad link dropped in silence."""
    parent = api.person()
    await bot.send_message(parent.id, "<b>" + "&lt;" * 4096 + "</b>", parse_mode="HTML")

    assert parent.texts == ["<" * 4096]
    assert parse('<a href="tel:3919">appelez</a>') == ("appelez", [])


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([[InlineKeyboardButton("a", callback_data="é" * 32 + "x")]], "BUTTON_DATA_INVALID"),
        ([[InlineKeyboardButton("a", url="tel:3919")]], "exactly one action"),
        ([[InlineKeyboardButton("a", callback_data="x")] for _ in range(101)], "reply markup is too long"),
    ],
)
async def test_keyboards_that_telegram_refuses(api, bot, rows, why):
    """More than 64 bytes, another action, more than a hundred buttons."""
    parent = api.person()
    with pytest.raises(BadRequest, match=f"(?i){why}"):
        await bot.send_message(parent.id, "a", reply_markup=InlineKeyboardMarkup(rows))


async def test_refusals_have_telegrams_codes(api, bot):
    """403 when blocked, 429 with its delay, 400 for the same text again, 401 for a bad token."""
    parent = api.person()
    sent = await bot.send_message(parent.id, "un")
    with pytest.raises(BadRequest, match=r"(?i)message is not modified"):
        await bot.edit_message_text("un", parent.id, sent.message_id)
    with pytest.raises(BadRequest, match=r"(?i)message to edit not found"):
        await bot.edit_message_text("deux", parent.id, 999_999)
    api.slow_down("sendMessage", 3)
    with pytest.raises(RetryAfter):
        await bot.send_message(parent.id, "trois")
    parent.chat.blocked = True
    with pytest.raises(Forbidden):
        await bot.send_message(parent.id, "quatre")
    api.token = "x"
    with pytest.raises(InvalidToken):
        await bot.get_me()


async def test_updates_come_until_confirmed(api, bot):
    """The same updates come back until a higher offset confirms them; kinds not asked for never come."""
    parent = api.person()
    parent.writes("un")
    parent.edits(parent.writes("deux"), "trois")
    kinds = ["message"]
    first = await bot.get_updates(timeout=0, allowed_updates=kinds)
    again = await bot.get_updates(timeout=0, allowed_updates=kinds)
    rest = await bot.get_updates(offset=first[0].update_id + 1, timeout=0, allowed_updates=kinds)

    assert [update.message.text for update in first] == ["un", "deux"]
    assert again == first
    assert [update.message.text for update in rest] == ["deux"]


@pytest.mark.parametrize(
    ("method", "form", "what"),
    [
        ("sendMesage", {}, "method sendMesage is not known"),
        ("sendMessage", {"chat_id": "1"}, "field text is required"),
        ("sendMessage", {"chat_id": "1", "text": "a", "txt": "b"}, "field txt is not known"),
        ("deleteMessages", {"chat_id": "1", "message_ids": '["a"]'}, "Integer expected"),
        (
            "sendMessage",
            {"chat_id": "1", "text": "a", "reply_markup": '{"inline_keyboard": [[{}]]}'},
            "text is required",
        ),
        ("answerCallbackQuery", {"callback_query_id": "1", "show_alert": "1"}, "Boolean expected"),
    ],
)
def test_calls_that_no_documentation_allows(method, form, what):
    """Unknown methods and fields, missing ones and wrong types are complaints."""
    with pytest.raises(Undocumented, match=what.replace("(", r"\(")):
        decode(method, form)


async def test_a_complaint_fails_the_test():
    """A call that is not documented cannot go unnoticed."""
    with pytest.raises(AssertionError, match="not known"):
        async with FakeBotApi() as api, Bot(TOKEN, base_url=f"{api.url}/bot") as bot:
            with pytest.raises(BadRequest):
                await bot.send_message(1, "a", api_kwargs={"colour": "red"})


def test_errors_carry_their_words():
    """An error says what Telegram would say."""
    assert ApiError(400, "Bad Request: x").description == "Bad Request: x"
