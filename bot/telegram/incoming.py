"""What an update of Telegram says, as plain data: who, where, what. Decides nothing of the conversation."""

import re
from dataclasses import dataclass, field
from typing import Literal

from pydantic import TypeAdapter, ValidationError
from telegram import CallbackQuery, ChatMember, ChatMemberUpdated, Message, Update, User
from telegram.constants import ChatType

from bot.payload import URGENT
from bot.relay.port import RoomTurn
from bot.screen import Incoming
from bot.telegram import room
from bot.telegram.menu import PAYLOADS
from bot.telegram.room import Group, Name

ALLOWED_UPDATES = ("message", "callback_query", "my_chat_member", "inline_query")
"""What is asked of Telegram; edited messages are left out, so that an edit is never answered, and which inline result
somebody chose is not asked for: nobody needs to know."""

_COMMAND = re.compile(r"/(?P<name>\w{1,32})(@\w+)?(?:\s+(?P<rest>.*))?", re.ASCII | re.DOTALL)
_KINDS = (
    "voice",
    "audio",
    "photo",
    "video",
    "video_note",
    "animation",  # before the document that it is too
    "sticker",
    "document",
    "paid_media",
    "game",
    "checklist",
    "location",
    "venue",
    "contact",
    "poll",
    "dice",
    "story",
)


@dataclass(frozen=True, slots=True)
class Arrival:
    """One update, reduced to what an answer needs; no name, no other detail of the person is kept.

    ``turn``: something said or pressed in private; ``group``: the bot was spoken to, or put, in a group;
    ``room``: in a topic of the team's group; ``left``: the person blocked the bot.
    """

    kind: Literal["turn", "group", "room", "left"]
    update_id: int
    person: str
    chat: int = field(repr=False)
    text: str | None = field(default=None, repr=False)
    payload: str | None = field(default=None, repr=False)
    start: str | None = field(default=None, repr=False)
    other: str = ""
    language: str | None = None
    message: int | None = None
    """Id of the message written, or of the message whose button was pressed."""
    press: str | None = field(default=None, repr=False)
    """Id of the callback query, to be answered always."""
    reply: int | None = None
    """Id of the message that the one written answers."""
    room: RoomTurn | None = None
    at_once: bool = False
    """Words of danger: waits for nothing, and is never written down."""

    @property
    def written(self) -> int | None:
        """Return the id of a message that the person wrote, None for a press."""
        return self.message if self.press is None else None

    def incoming(self) -> Incoming:
        """Return what the conversation is told."""
        return Incoming(
            person=self.person,
            text=self.text,
            payload=self.payload,
            start=self.start,
            language=self.language,
            update_id=self.update_id,
            other=self.other,
            message=self.written,
            reply_to=self.reply,
            address=str(self.chat).encode(),
        )

    def dump(self) -> bytes:
        """Return bytes that ``load`` reads back; the store seals them."""
        return _ARRIVAL.dump_json(self)

    @classmethod
    def load(cls, body: bytes) -> "Arrival | None":
        """Return an arrival kept before a crash, None when another version wrote it in another form."""
        try:
            return _ARRIVAL.validate_json(body)
        except ValidationError:
            return None


_ARRIVAL = TypeAdapter(Arrival)


def read(update: Update, name: Name, group: Group | None = None) -> Arrival | None:
    """Return what an update says, or None for one that asks for nothing.

    Args:
        update: as Telegram sent it.
        name: the keyed name of a chat.
        group: the team's, if there is one.
    """
    chat = update.effective_chat
    if group and chat and chat in group:
        return _in_room(update, chat.id, name)
    if update.callback_query:
        return _press(update.update_id, update.callback_query, name)
    if update.message:
        return _message(update.update_id, update.message, name)
    if update.my_chat_member:
        return _membership(update.update_id, update.my_chat_member, name)
    return None


def _in_room(update: Update, chat: int, name: Name) -> Arrival | None:
    """Return what happens in a topic; each has a line of its own, and the rest of the group is not listened to."""
    query = update.callback_query
    said = room.written(update.message, _KINDS, name) if update.message else None
    turn = room.pressed(query, name) if query else said
    if turn is None:
        return None
    return Arrival(
        "room", update.update_id, turn.topic or name(chat), chat, press=query.id if query else None, room=turn
    )


def _press(update_id: int, query: CallbackQuery, name: Name) -> Arrival:
    # Without its message (inline mode, or too old), a press still belongs to the person's private chat.
    chat = query.message.chat if query.message else None
    chat_id = chat.id if chat else query.from_user.id
    return Arrival(
        kind="turn" if chat is None or chat.type == ChatType.PRIVATE else "group",
        update_id=update_id,
        person=name(chat_id),
        chat=chat_id,
        payload=query.data or "",
        language=query.from_user.language_code,
        message=query.message.message_id if query.message else None,
        press=query.id,
    )


def _message(update_id: int, message: Message, name: Name) -> Arrival | None:
    chat = message.chat
    if chat.type != ChatType.PRIVATE:
        return Arrival("group", update_id, name(chat.id), chat.id, language=_language(message.from_user))
    text = message.text or message.caption
    # A place is a location too, and nothing of either is read: a position says where a family lives.
    other = next((kind for kind in _KINDS if getattr(message, kind)), "")
    if not text and not other:
        return None  # a service message: a pin, a timer, a call
    start, payload, said = _command(text)
    return Arrival(
        "turn",
        update_id,
        name(chat.id),
        chat.id,
        text=said,
        payload=payload,
        start=start,
        other=other,
        language=_language(message.from_user),
        message=message.message_id,
        reply=room.answered(message),
    )


def _command(text: str | None) -> tuple[str | None, str | None, str | None]:
    """Return (link code, payload, text), only one of which is set; an unknown command is a text."""
    found = _COMMAND.fullmatch(text) if text else None
    if not found:
        return None, None, text
    name = found["name"].lower()
    if name == "start":
        start = (found["rest"] or "").strip()
        # A way in for words of danger typed in another chat: the numbers at once, and nothing written down.
        return (None, URGENT, None) if start == URGENT else (start, None, None)
    payload = PAYLOADS.get(name)
    return None, payload, None if payload else text


def _membership(update_id: int, change: ChatMemberUpdated, name: Name) -> Arrival | None:
    status, chat = change.new_chat_member.status, change.chat
    if chat.type == ChatType.PRIVATE:
        return Arrival("left", update_id, name(chat.id), chat.id) if status == ChatMember.BANNED else None
    joined = status in {ChatMember.MEMBER, ChatMember.ADMINISTRATOR}
    in_group = chat.type in {ChatType.GROUP, ChatType.SUPERGROUP}
    if not (joined and in_group):
        return None
    return Arrival("group", update_id, name(chat.id), chat.id, language=_language(change.from_user))


def _language(user: User | None) -> str | None:
    return user.language_code if user else None
