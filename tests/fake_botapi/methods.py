"""What each method does to the chats, with Telegram's limits and Telegram's words when it refuses."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tests.fake_botapi.forum import METHODS, perform_forum, reply_of, thread_of
from tests.fake_botapi.inline import answered
from tests.fake_botapi.markup import Entity, parse, units
from tests.fake_botapi.people import Chat
from tests.fake_botapi.schema import ApiError

if TYPE_CHECKING:
    from tests.fake_botapi.server import FakeBotApi

Params = dict[str, Any]
_LENGTHS = {
    "setMyName": ("name", 64),
    "setMyDescription": ("description", 512),
    "setMyShortDescription": ("short_description", 120),
}
_TIED = re.compile("\u00a0(?=[:;?!»])|(?<=«)\u00a0")
"""A space that ties a sign to its word: it looks like any other, and is one in the words of a bubble."""

_SAME = (
    "message is not modified: specified new message content and reply markup are exactly the same as"
    " a current content and reply markup of the message"
)


def perform(api: FakeBotApi, method: str, params: Params) -> Any:
    """Do a call and return its result; ApiError if Telegram would refuse it."""
    match method:
        case "getMe":
            return api.bot_user | {
                "can_join_groups": True,
                "can_read_all_group_messages": False,
                "supports_inline_queries": api.inline,
            }
        case "deleteWebhook" | "setWebhook":
            return _webhook(api, params if method == "setWebhook" else {})
        case "getWebhookInfo":
            return {"url": api.hooks.url, "has_custom_certificate": False, "pending_update_count": api.hooks.pending}
        case "getMyName" | "getMyDescription" | "getMyShortDescription":
            field, _ = _LENGTHS[method.replace("get", "set", 1)]
            return {field: api.described.get((method.replace("get", "set", 1), params.get("language_code", "")), "")}
        case "sendMessage":
            return _send(api, params)
        case "sendPhoto":
            return _photo(api, params)
        case "editMessageText" | "editMessageReplyMarkup":
            return _edit(api, params, method == "editMessageText")
        case "deleteMessages":
            return _delete_many(api, params)
        case "deleteMessage":
            return _delete_one(api, params)
        case "answerCallbackQuery":
            return _answer(api, params)
        case method if method in METHODS:
            return perform_forum(api, method, params)
        case "answerInlineQuery":
            return answered(api, params, _text)
        case "setMyCommands":
            return _commands(api, params)
        case _:
            return _describe(api, method, params)


def _webhook(api: FakeBotApi, params: Params) -> bool:
    url, secret = params.get("url", ""), params.get("secret_token", "")
    parts = urlsplit(url)
    if url and (parts.scheme != "https" or (parts.port or 443) not in (443, 80, 88, 8443)):
        raise _bad("bad webhook: An HTTPS URL must be provided for webhook")
    if secret and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret):
        raise _bad("secret token contains unallowed characters")
    api.hooks.register(url, secret, params.get("max_connections", 40), params.get("allowed_updates", []))
    return True


def _chat(api: FakeBotApi, params: Params) -> Chat:
    chat = api.chats.get(params["chat_id"])
    if chat is None:
        raise _bad("chat not found")
    if chat.blocked:
        raise ApiError(403, "Forbidden: bot was blocked by the user")
    return chat


def _send(api: FakeBotApi, params: Params) -> Any:
    chat = _chat(api, params)
    text, entities = _text(params)
    rows = _rows(params)
    thread, answers = thread_of(api, chat, params), reply_of(chat, params)
    bubble = api.add_bubble(chat, mine=True, text=text)
    bubble.thread, bubble.answers = thread, answers
    bubble.html, bubble.entities, bubble.rows = params["text"], entities, rows
    bubble.preview = not params.get("link_preview_options", {}).get("is_disabled", False)
    return api.message(bubble, chat, None)


def _photo(api: FakeBotApi, params: Params) -> Any:
    chat = _chat(api, params)
    if len(params.get("caption", "")) > 1024:
        raise _bad("message caption is too long")
    bubble = api.add_bubble(chat, mine=True, text=params.get("caption", ""))
    size = {"file_id": "p", "file_unique_id": "p", "width": 600, "height": 600}
    return {name: value for name, value in api.message(bubble, chat, None).items() if name != "text"} | {
        "photo": [size],
        "caption": bubble.text,
    }


def _edit(api: FakeBotApi, params: Params, words: bool) -> Any:
    chat = _chat(api, params)
    bubble = chat.bubbles.get(params["message_id"])
    if bubble is None or not bubble.mine:
        raise _bad("message to edit not found")
    text, entities = _text(params) if words else (bubble.text, bubble.entities)
    rows = _rows(params)
    if (text, entities, rows) == (bubble.text, bubble.entities, bubble.rows):
        raise _bad(_SAME)
    bubble.text, bubble.entities, bubble.rows = text, entities, rows
    bubble.html = params.get("text", bubble.html)
    bubble.edits += 1
    return api.message(bubble, chat, None)


def _text(params: Params) -> tuple[str, list[Entity]]:
    mode = params.get("parse_mode")
    if mode not in (None, "HTML"):
        raise _bad("unsupported parse_mode")
    text, entities = parse(params["text"]) if mode else (params["text"].strip(), [])
    if not text:
        raise _bad("text must be non-empty")
    if units(text) > 4096:
        raise _bad("message is too long")
    return _TIED.sub(" ", text), [replace(entity, text=_TIED.sub(" ", entity.text)) for entity in entities]


def _rows(params: Params) -> list[list[tuple[str, str]]]:
    rows = params.get("reply_markup", {}).get("inline_keyboard", [])
    if len([button for row in rows for button in row]) > 100 or any(len(row) > 8 for row in rows):
        raise _bad("reply markup is too long")
    return [[_button(button) for button in row] for row in rows]


def _button(button: dict[str, Any]) -> tuple[str, str]:
    if not button["text"].strip():
        raise _bad("inline keyboard button text must be non-empty")
    actions = set(button) - {"text", "style", "icon_custom_emoji_id"}
    if actions != {"callback_data"}:
        raise _bad("exactly one action is needed, and only callback_data is expected here")
    if not 1 <= len(button["callback_data"].encode()) <= 64:
        raise _bad("BUTTON_DATA_INVALID")
    return button["text"], button["callback_data"]


def _delete_many(api: FakeBotApi, params: Params) -> bool:
    chat = _chat(api, params)
    ids = params["message_ids"]
    if not 1 <= len(ids) <= 100:
        raise _bad("too many message identifiers specified" if ids else "message identifiers are not specified")
    if chat.undeletable.intersection(ids):
        raise _bad("message can't be deleted")
    for message_id in ids:
        chat.bubbles.pop(message_id, None)
    return True


def _delete_one(api: FakeBotApi, params: Params) -> bool:
    chat = _chat(api, params)
    message_id = params["message_id"]
    if message_id in chat.undeletable:
        raise _bad("message can't be deleted")
    if chat.bubbles.pop(message_id, None) is None:
        raise _bad("message to delete not found")
    return True


def _answer(api: FakeBotApi, params: Params) -> bool:
    query = params["callback_query_id"]
    if query not in api.open_queries:
        raise _bad("query is too old and response timeout expired or query ID is invalid")
    api.open_queries.discard(query)
    return True


def _commands(api: FakeBotApi, params: Params) -> bool:
    commands = {each["command"]: each["description"] for each in params["commands"]}
    if len(params["commands"]) > 100 or not all(re.fullmatch(r"[a-z0-9_]{1,32}", name) for name in commands):
        raise _bad("BOT_COMMAND_INVALID")
    if not all(1 <= len(description) <= 256 for description in commands.values()):
        raise _bad("BOT_COMMAND_DESCRIPTION_INVALID")
    scope = params.get("scope", {"type": "default"})["type"]
    api.commands[scope, params.get("language_code", "")] = commands
    return True


def _describe(api: FakeBotApi, method: str, params: Params) -> bool:
    field, most = _LENGTHS[method]
    if len(params.get(field, "")) > most:
        raise _bad(f"{field} is too long")
    api.described[method, params.get("language_code", "")] = params.get(field, "")
    return True


def _bad(what: str) -> ApiError:
    return ApiError(400, f"Bad Request: {what}")
