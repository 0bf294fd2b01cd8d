"""Inline mode as Telegram does it: queries typed in any chat, what answers them, and the cards that people share."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tests.fake_botapi.markup import Entity
from tests.fake_botapi.schema import ApiError

if TYPE_CHECKING:
    from tests.fake_botapi.people import Chat, Person
    from tests.fake_botapi.server import FakeBotApi

_OLD = "query is too old and response timeout expired or query ID is invalid"
_MOST = 50


@dataclass(slots=True)
class Shown:
    """One result as the person who typed sees it, and the message that a tap on it would send."""

    id: str
    title: str
    description: str
    text: str
    html: str
    entities: list[Entity]
    button: tuple[str, str]
    """Label and address of its only button."""
    preview: bool
    markup: dict[str, Any] = field(repr=False, default_factory=dict)


@dataclass(slots=True)
class List:
    """What stands above the keyboard. ``door``: label and start parameter of the way into the private chat."""

    results: list[Shown]
    door: tuple[str, str] | None
    next_offset: str
    personal: bool
    seconds: int


def typed(person: Person, text: str, offset: str, chat_type: str) -> str:
    """Send a query to the bot; return its id."""
    query = f"inline-{len(person.api.inline_queries) + 1}"
    person.api.inline_queries[query] = None
    update = {"id": query, "from": person.user, "query": text[:256], "offset": offset, "chat_type": chat_type}
    person.api.updates.add({"inline_query": update})
    return query


def share(person: Person, shown: Shown, chat: Chat | None) -> int:
    """Send a result to a chat where the bot is: it gets its own card back, as it does in groups."""
    said = {"text": shown.text, "via_bot": person.api.bot_user, "reply_markup": shown.markup}
    return person.sends(said, shown.text, chat)


def answered(
    api: FakeBotApi, params: dict[str, Any], read: Callable[[dict[str, Any]], tuple[str, list[Entity]]]
) -> bool:
    """Do answerInlineQuery; ApiError where Telegram refuses it."""
    query = params["inline_query_id"]
    if query not in api.inline_queries or query in api.late:
        raise _bad(_OLD)
    results = params["results"]
    names = [result["id"] for result in results]
    if len(results) > _MOST:
        raise _bad("RESULTS_TOO_MUCH")
    if len(set(names)) < len(names):
        raise _bad("RESULT_ID_DUPLICATE")
    if not all(1 <= len(name.encode()) <= 64 for name in names):
        raise _bad("RESULT_ID_INVALID")
    if len(params.get("next_offset", "").encode()) > 64:
        raise _bad("NEXT_OFFSET_INVALID")
    api.inline_queries[query] = List(
        [_shown(result, read) for result in results],
        _door(params.get("button")),
        params.get("next_offset", ""),
        params.get("is_personal", False),
        params.get("cache_time", 300),
    )
    return True


def _shown(result: dict[str, Any], read: Callable[[dict[str, Any]], tuple[str, list[Entity]]]) -> Shown:
    if not result["title"].strip():
        raise _bad("ARTICLE_TITLE_EMPTY")
    content, markup = result["input_message_content"], result["reply_markup"]
    text, entities = read({"text": content["message_text"], "parse_mode": content.get("parse_mode")})
    ((button,),) = markup["inline_keyboard"]
    return Shown(
        result["id"],
        result["title"],
        result.get("description", ""),
        text,
        content["message_text"],
        entities,
        (button["text"], _url(button)),
        not content.get("link_preview_options", {}).get("is_disabled", False),
        markup,
    )


def _url(button: dict[str, Any]) -> str:
    url = str(button.get("url", ""))
    parts = urlsplit(url)
    if set(button) != {"text", "url"} or parts.scheme not in ("http", "https", "tg") or parts.hostname == "localhost":
        raise _bad(f"inline keyboard button URL '{url}' is invalid")
    return url


def _door(button: dict[str, Any] | None) -> tuple[str, str] | None:
    if button is None:
        return None
    start = button.get("start_parameter", "")
    if not button["text"].strip() or not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", start):
        raise _bad("START_PARAM_INVALID")
    return button["text"], start


def _bad(what: str) -> ApiError:
    return ApiError(400, f"Bad Request: {what}")
