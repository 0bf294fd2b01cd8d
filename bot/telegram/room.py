"""What is written and pressed in the team's group: only its topics are read, and of a message only what it asks for."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from telegram import CallbackQuery, Chat, Message

from bot.relay.port import RoomTurn

_COMMAND = re.compile(r"/(?P<name>\w{1,32})(@\w+)?(?:\s+(?P<rest>.*))?", re.ASCII | re.DOTALL)
_NOTE = "//"
Name = Callable[[int | str], str]
"""Gives the keyed name of a chat, or of a topic written « chat:thread »."""


class Group:
    """The team's group of these settings."""

    def __init__(self, setting: str = "") -> None:
        """``setting``: number of the group, or its name with @; "" for none."""
        self.setting = setting

    def __contains__(self, chat: Chat) -> bool:
        """Tell whether a chat is that group."""
        if not self.setting:
            return False
        named = self.setting.startswith("@") and chat.username is not None
        return f"@{chat.username}".lower() == self.setting.lower() if named else str(chat.id) == self.setting


def written(message: Message, kinds: Sequence[str], name: Name) -> RoomTurn | None:
    """Return what a message in the group asks for; None outside a topic, and for a service message.

    The words themselves are left out: a message goes to the family by its number. Only commands are read.
    """
    text = message.text or message.caption or ""
    kind = next((kind for kind in kinds if getattr(message, kind)), "")
    topic = _topic(message, name)
    if not topic or not (text or kind):
        return None
    command = _COMMAND.fullmatch(text)
    author = message.from_user if message.sender_chat is None else None
    return RoomTurn(
        topic,
        name(author.id) if author else "",
        message.message_id,
        command=command["name"].lower() if command else "",
        text=(command["rest"] or "") if command and command["name"].lower() == "modele" else "",
        note=text.startswith(_NOTE),
        kind=kind,
        album=message.media_group_id or "",
        reply=_answered(message),
    )


def pressed(query: CallbackQuery, name: Name) -> RoomTurn:
    """Return what a press in the group asks for; its topic is "" where Telegram does not tell it any more."""
    topic = _topic(query.message, name) if isinstance(query.message, Message) else ""
    return RoomTurn(topic, name(query.from_user.id), payload=query.data or "")


def answered(message: Message) -> int | None:
    """Return the number of the message that one answers, in a private chat."""
    return message.reply_to_message.message_id if message.reply_to_message else None


def _answered(message: Message) -> int | None:
    number = answered(message)
    # In a topic, what answers nothing answers the message that made the topic.
    return None if number == message.message_thread_id else number


def _topic(message: Message, name: Name) -> str:
    in_topic = message.is_topic_message and message.message_thread_id is not None
    return name(f"{message.chat.id}:{message.message_thread_id}") if in_topic else ""
