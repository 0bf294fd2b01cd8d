"""Topics of a group, and copies between chats, as Telegram does them (#createforumtopic, #copymessage)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.fake_botapi.schema import ApiError

if TYPE_CHECKING:
    from tests.fake_botapi.people import Bubble, Chat, Person
    from tests.fake_botapi.server import FakeBotApi

Params = dict[str, Any]
METHODS = ("createForumTopic", "deleteForumTopic", "copyMessage", "getChat", "getChatMember")
_RIGHTS = (
    "can_be_edited", "can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members",
    "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories", "can_edit_stories",
    "can_delete_stories", "can_pin_messages", "can_manage_topics", "is_anonymous",
)  # fmt: skip


def perform_forum(api: FakeBotApi, method: str, params: Params) -> Any:
    """Do one of ``METHODS``; ApiError if Telegram would refuse it."""
    match method:
        case "createForumTopic":
            return _create(api, params)
        case "deleteForumTopic":
            return _delete(api, params)
        case "copyMessage":
            return _copy(api, params)
        case "getChat":
            return _told(_group(api, params))
        case _:
            return _member(api, params)


def thread_of(api: FakeBotApi, chat: Chat, params: Params) -> int | None:
    """Return the topic that a message is for; it must be there."""
    thread = params.get("message_thread_id")
    if thread is not None and thread not in chat.topics:
        raise _bad("message thread not found")
    return thread


def reply_of(chat: Chat, params: Params) -> int | None:
    """Return the message that one answers; it must be there unless it may be missing."""
    wanted = params.get("reply_parameters")
    if not wanted:
        return None
    if wanted["message_id"] in chat.bubbles:
        return int(wanted["message_id"])
    if not wanted.get("allow_sending_without_reply"):
        raise _bad("message to be replied not found")
    return None


def topic_fields(bubble: Bubble, chat: Chat) -> dict[str, Any]:
    """Return what tells in which topic a message is; it answers the message that made the topic, or its own."""
    if bubble.thread is None:
        return {}
    answered = bubble.answers or bubble.thread
    where = {"id": chat.id, "type": chat.type, "title": "Groupe"}
    answer = {"message_id": answered, "date": 1_700_000_000, "chat": where, "message_thread_id": bubble.thread}
    return {"message_thread_id": bubble.thread, "is_topic_message": True, "reply_to_message": answer}


def write(
    person: Person, text: str, chat: Chat, thread: int, answers: int | None = None, content: Params | None = None
) -> int:
    """Have someone write in a topic; return the number of the message."""
    bubble = person.api.add_bubble(chat, mine=False, text=text)
    bubble.thread, bubble.answers, bubble.content = thread, answers, content or {}
    said = content if content is not None else {"text": text}
    message = person.api.message(bubble, chat, person) | topic_fields(bubble, chat) | said
    person.api.updates.add({"message": message})
    return bubble.id


def _create(api: FakeBotApi, params: Params) -> Any:
    chat = _group(api, params)
    if not chat.is_forum:
        raise _bad("the chat is not a forum")
    if "can_manage_topics" not in chat.rights:
        raise _bad("not enough rights to create a topic")
    if not 1 <= len(params["name"]) <= 128:
        raise _bad("TOPIC_NAME_INVALID")
    made = api.add_bubble(chat, mine=True, text="")
    chat.topics[made.id] = params["name"]
    return {"message_thread_id": made.id, "name": params["name"], "icon_color": 7322096}


def _delete(api: FakeBotApi, params: Params) -> bool:
    chat = _group(api, params)
    if "can_delete_messages" not in chat.rights:
        raise _bad("not enough rights to delete a topic")
    thread = params["message_thread_id"]
    if chat.topics.pop(thread, None) is None:
        raise _bad("message thread not found")
    for number in [number for number, bubble in chat.bubbles.items() if bubble.thread == thread or number == thread]:
        del chat.bubbles[number]
    return True


def _copy(api: FakeBotApi, params: Params) -> Any:
    chat = api.chats.get(params["chat_id"])
    source = api.chats.get(params["from_chat_id"])
    if chat is None or source is None:
        raise _bad("chat not found")
    if chat.blocked:
        raise ApiError(403, "Forbidden: bot was blocked by the user")
    copied = source.bubbles.get(params["message_id"])
    if copied is None:
        raise _bad("message to copy not found")
    if copied.uncopyable:
        raise _bad("message can't be copied")
    thread, answers = thread_of(api, chat, params), reply_of(chat, params)
    bubble = api.add_bubble(chat, mine=True, text=copied.text)
    bubble.thread, bubble.answers, bubble.content = thread, answers, copied.content
    return {"message_id": bubble.id}


def _group(api: FakeBotApi, params: Params) -> Chat:
    wanted = params["chat_id"]
    for chat in api.chats.values():
        if wanted in (chat.id, f"@{chat.username}") and chat.type != "private":
            return chat
    raise _bad("chat not found")


def _told(chat: Chat) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": chat.id,
        "type": chat.type,
        "title": "Groupe",
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": False, "limited_gifts": False, "unique_gifts": False, "premium_subscription": False,
            "gifts_from_channels": False,
        },
    }  # fmt: skip
    return told | ({"is_forum": True} if chat.is_forum else {}) | ({"username": chat.username} if chat.username else {})


def _member(api: FakeBotApi, params: Params) -> dict[str, Any]:
    chat = _group(api, params)
    if params["user_id"] != api.bot_user["id"]:
        raise _bad("user not found")
    if not chat.rights:
        return {"status": "member", "user": api.bot_user}
    rights = {name: name in chat.rights for name in _RIGHTS}
    return {"status": "administrator", "user": api.bot_user, **rights}


def _bad(what: str) -> ApiError:
    return ApiError(400, f"Bad Request: {what}")
