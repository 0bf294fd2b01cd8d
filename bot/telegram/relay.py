"""The team's group on Telegram: a topic for each family, copies both ways without a sender's name."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog
from telegram import LinkPreviewOptions, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot.relay.port import Undelivered, Wanted, Why
from bot.screen import Screen
from bot.telegram.calls import kind_of
from bot.telegram.in_turn import InTurns
from bot.telegram.keyboard import keyboard
from bot.telegram.notes import Notes
from bot.telegram.outgoing import Outgoing, Part
from bot.telegram.questions import Questions
from bot.telegram.text import messages

T = TypeVar("T")
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_NO_TOPIC = ("message thread not found", "topic_deleted", "topic not found", "topic_id_invalid")
"""Only these say that a topic is there no more: what they do not say is tried again, or its messages would stay."""
_NO_RIGHT = (
    "not enough rights", "not a forum", "chat_not_forum", "administrator rights", "have no rights", "kicked",
    "chat_admin_required", "chat_write_forbidden", "topic_closed",
)  # fmt: skip
_NO_CHAT = ("chat not found", "user is deactivated", "bot was blocked", "user not found")
_log = structlog.get_logger(__name__)


class ForumTopics:
    """See ``bot.relay.port.Topics``."""

    def __init__(
        self,
        bot: ExtBot[str],
        group: str,
        name: Callable[[int | str], str],
        in_turns: InTurns,
        outgoing: Outgoing,
        notes: Notes,
        questions: Questions,
        ready: Callable[[], bool],
    ) -> None:
        """Make it.

        Args:
            bot: makes the calls.
            group: number of the group, or its name with @.
            name: keyed name of a chat, or of a topic as « chat:thread ».
            in_turns: has work done in a person's turn.
            outgoing: says screens.
            notes: keeps the numbers of messages that may have to be deleted.
            questions: is told that a chat goes on below its last question.
            ready: whether calls may be made.
        """
        self._bot, self._group, self._name, self._in_turns = bot, group, name, in_turns
        self._outgoing, self._notes, self._questions, self._ready = outgoing, notes, questions, ready
        self._number: int | None = None if group.startswith("@") else int(group)

    async def create(self, title: str) -> tuple[int, str]:
        """See ``Topics.create``."""
        chat = await self._chat()
        made = await self._called(self._bot.create_forum_topic(chat, title), Why.NO_RIGHT)
        return made.message_thread_id, self._name(f"{chat}:{made.message_thread_id}")

    async def say(self, thread: int, screen: Screen) -> None:
        """See ``Topics.say``."""
        chat, texts = await self._chat(), messages(screen)
        for at, text in enumerate(texts, start=1):
            markup = keyboard(screen.rows) if at == len(texts) else None
            send = self._bot.send_message(
                chat,
                text,
                message_thread_id=thread,
                reply_markup=markup,
                parse_mode=ParseMode.HTML,
                link_preview_options=_NO_PREVIEW,
            )
            await self._called(send, Why.NOT_COPIED)

    async def bring(self, thread: int, address: bytes, message: int, reply: int | None) -> int:
        """See ``Topics.bring``."""
        copy = self._bot.copy_message(
            await self._chat(),
            int(address),
            message,
            message_thread_id=thread,
            reply_parameters=_answers(reply),
        )
        return (await self._called(copy, Why.NOT_COPIED)).message_id

    async def carry(self, address: bytes, message: int, reply: int | None, wanted: Wanted) -> int:
        """See ``Topics.carry``."""
        chat = int(address)

        async def work() -> int:
            await _still(wanted)
            copy = self._bot.copy_message(chat, await self._chat(), message, reply_parameters=_answers(reply))
            number = (await self._called(copy, Why.NOT_COPIED, family=True)).message_id
            self._questions.written(chat)
            await self._notes.seen(self._name(chat), number)
            return number

        return await self._in_turn(chat, work)

    async def tell(self, address: bytes, screen: Screen, wanted: Wanted) -> None:
        """See ``Topics.tell``."""
        chat = int(address)

        async def work() -> None:
            await _still(wanted)
            push = self._outgoing.push(Part(chat, self._name(chat), screen))
            await self._called(push, Why.NOT_COPIED, family=True)
            self._questions.written(chat)

        await self._in_turn(chat, work)

    async def delete(self, thread: int) -> None:
        """See ``Topics.delete``."""
        await self._called(self._bot.delete_forum_topic(await self._chat(), thread), Why.NO_RIGHT)

    async def _chat(self) -> int:
        """Return the number of the group; asked of Telegram once where its name is set."""
        if self._number is None:
            self._number = (await self._called(self._bot.get_chat(self._group), Why.NO_RIGHT)).id
        return self._number

    async def _in_turn(self, chat: int, work: Callable[[], Awaitable[T]]) -> T:
        if not self._ready():
            raise Undelivered(Why.LATER)
        return await self._in_turns.run(self._name(chat), work)

    async def _called(self, call: Awaitable[T], otherwise: Why, *, family: bool = False) -> T:
        """Return the answer of a call; ``otherwise``: what a refusal of unknown words means."""
        if not self._ready():
            if hasattr(call, "close"):
                call.close()
            raise Undelivered(Why.LATER)
        try:
            return await call
        except TelegramError as error:
            why = _why(error, otherwise, family=family)
            if why is not Why.LATER:
                _log.info("relay.refused", why=why.value, kind=kind_of(error))
            raise Undelivered(why) from None


def _why(error: TelegramError, otherwise: Why, *, family: bool) -> Why:
    """Return what a refusal means; ``family``: the call was for a family's chat, not for the group."""
    said = str(error).lower()
    if isinstance(error, RetryAfter) or (isinstance(error, NetworkError) and not isinstance(error, BadRequest)):
        return Why.LATER
    if any(part in said for part in _NO_TOPIC):
        return Why.TOPIC_GONE
    if any(part in said for part in _NO_CHAT):
        return Why.FAMILY_GONE if family else Why.NO_RIGHT
    if isinstance(error, Forbidden):
        return Why.FAMILY_GONE if family else Why.NO_RIGHT
    if isinstance(error, ChatMigrated) or any(part in said for part in _NO_RIGHT):
        return Why.NO_RIGHT
    return otherwise


def _answers(message: int | None) -> ReplyParameters | None:
    return None if message is None else ReplyParameters(message, allow_sending_without_reply=True)


async def _still(wanted: Wanted) -> None:
    if not await wanted():
        raise Undelivered(Why.WITHDRAWN)
