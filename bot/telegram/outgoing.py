"""Gives a reply to a chat: edits the question in place or sends messages, and deletes what must go."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import repeat
from typing import TypeVar

from telegram import InlineKeyboardMarkup, LinkPreviewOptions, Message
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, NetworkError, TelegramError
from telegram.ext import ExtBot

from bot.outreach.codes import telegram_address
from bot.screen import Reply, Screen
from bot.square import square
from bot.telegram.calls import Lapsed, attempt, is_unchanged
from bot.telegram.keyboard import keyboard
from bot.telegram.limiter import UNASKED, URGENT
from bot.telegram.limits import DELETE_IDS
from bot.telegram.notes import Notes
from bot.telegram.questions import Questions
from bot.telegram.text import messages, plain
from bot.telegram.timing import Timing

T = TypeVar("T")
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


@dataclass(frozen=True, slots=True)
class Part:
    """One screen on its way; ``row``: its outbox id, None for what never touches the disk."""

    chat: int = field(repr=False)
    person: str
    screen: Screen = field(repr=False)
    row: int | None = None
    silent: bool = False
    """Without a sound: somebody else may be near the phone."""


class Outgoing:
    """Everything the bot says; problems are logged, never raised.

    One person's replies come one after the other (see ``ordering``).
    """

    def __init__(self, bot: ExtBot[str], notes: Notes, timing: Timing, questions: Questions) -> None:
        self._bot = bot
        self._notes = notes
        self._timing = timing
        self._questions = questions

    async def deliver(self, chat: int, person: str, reply: Reply, pressed: int | None = None) -> None:
        """Give a whole reply, in order.

        Args:
            chat: where.
            person: the keyed name of the chat.
            reply: what to say; messages of ``reply.forgotten`` are deleted first.
            pressed: the message whose button was pressed, if one was.
        """
        if reply.wiped:
            await self.delete(chat, person, reply.forgotten)
        parts = [Part(chat, person, screen, row, bool(reply.wiped)) for screen, row in _rows(reply)]
        if len(parts) == 1 and pressed is not None and await self._edited(parts[0], pressed):
            return
        before = self._questions.open(chat)
        await self._send_all(parts)
        asked = any(part.screen.question for part in parts)
        if before is not None and (asked or reply.ended):
            await self._close(chat, before)

    async def deliver_part(self, part: Part) -> None:
        """Give one screen that a crash left."""
        await self._send_all([part])

    async def push(self, part: Part, *, unasked: bool = False) -> None:
        """Send one screen once: no second try after a cut, since it may have arrived.

        ``unasked``: nobody waits for it, so that it gives way to answers.

        Raises:
            TelegramError: some or none of it was sent.
        """
        for text, markup in _pages(part.screen):
            sent: Message = await self._bot.send_message(
                part.chat,
                text,
                reply_markup=markup,
                parse_mode=ParseMode.HTML,
                link_preview_options=_NO_PREVIEW,
                disable_notification=part.silent,
                rate_limit_args=UNASKED if unasked else None,
            )
            await self._notes.seen(part.person, sent.message_id)

    async def say(self, chat: int, person: str, text: str) -> None:
        """Send one plain sentence, outside the outbox."""
        call = partial(self._bot.send_message, chat, text)
        sent = await _quietly(attempt("sendMessage", call, self._timing))
        if sent:
            await self._notes.seen(person, sent.message_id)

    async def answer(self, press: str) -> None:
        """End the waiting sign of a button, with a second try after a cut; too late or impossible is no matter."""
        for _ in range(2):
            try:
                await self._bot.answer_callback_query(press)
            except TelegramError as error:
                if isinstance(error, NetworkError) and not isinstance(error, BadRequest):
                    continue
            return

    async def delete(self, chat: int, person: str, refs: Sequence[str]) -> None:
        """Delete messages of a chat, then their references; those Telegram refuses stay in the chat."""
        self._questions.forget(chat)
        ids = sorted({int(ref) for ref in refs if ref.isascii() and ref.isdecimal()})
        for at in range(0, len(ids), DELETE_IDS):
            await self._delete_some(chat, ids[at : at + DELETE_IDS])
        await self._notes.deleted(person, refs)

    async def _delete_some(self, chat: int, ids: list[int]) -> None:
        try:
            await attempt("deleteMessages", partial(self._bot.delete_messages, chat, ids), self._timing)
        except BadRequest:
            # One message that cannot go must not keep the others.
            for each in ids:
                call = partial(self._bot.delete_message, chat, each)
                await _quietly(attempt("deleteMessage", call, self._timing))
        except TelegramError:
            return

    async def _send_all(self, parts: Sequence[Part]) -> None:
        blocked = False
        for part in parts:
            if blocked:
                await self._notes.done(part.person, part.row, [])
            else:
                blocked = not await self._send(part)

    async def _send(self, part: Part) -> bool:
        """Send one screen; return False when the person blocked the bot."""
        ids: list[int] = []
        reachable = True
        try:
            for text, markup in _pages(part.screen):
                ids.append(await self._send_page(part, text, markup))
            ids += await self._square(part)
            self._questions.sent(part.chat, ids[-1] if part.screen.question else None)
        except Lapsed:
            pass
        except TelegramError as error:
            reachable = not isinstance(error, Forbidden)
        await self._notes.done(part.person, part.row, ids)
        return reachable

    async def _send_page(self, part: Part, text: str, markup: InlineKeyboardMarkup | None) -> int:
        urgent = URGENT if part.screen.urgent else None
        quiet = {"disable_notification": True} if part.silent else {}
        send = partial(self._bot.send_message, part.chat, rate_limit_args=urgent, link_preview_options=_NO_PREVIEW)
        call = partial(send, text, reply_markup=markup, parse_mode=ParseMode.HTML, **quiet)
        # Bold letters or buttons that Telegram refuses must not cost the words: somebody may need them now.
        simpler = [partial(send, plain(text), reply_markup=markup, **quiet), partial(send, plain(text), **quiet)]
        while True:
            try:
                sent: Message = await attempt("sendMessage", call, self._timing, self._leave_of(part))
                break
            except BadRequest:
                if not simpler:
                    raise
                call = simpler.pop(0)
        return sent.message_id

    async def _square(self, part: Part) -> list[int]:
        """Send the square of a link code with its address; the address alone when no picture can be sent."""
        if not part.screen.code:
            return []
        address = telegram_address(self._bot.username, part.screen.code)
        photo = partial(self._bot.send_photo, part.chat, square(address, "png"), caption=address)
        try:
            sent: Message = await attempt("sendPhoto", photo, self._timing)
        except BadRequest:
            words = partial(self._bot.send_message, part.chat, address, link_preview_options=_NO_PREVIEW)
            sent = await attempt("sendMessage", words, self._timing)
        return [sent.message_id]

    async def _edited(self, part: Part, pressed: int) -> bool:
        """Put a question in the place of the one just answered; return False when it must be sent instead."""
        pages = _pages(part.screen)
        in_place = self._questions.newest(part.chat) == pressed
        if not in_place or not part.screen.question or part.screen.urgent or len(pages) > 1:
            return False
        ((text, markup),) = pages
        edit = partial(self._bot.edit_message_text, text, part.chat, pressed, reply_markup=markup)
        call = partial(edit, parse_mode=ParseMode.HTML, link_preview_options=_NO_PREVIEW)
        try:
            # Unlike a send, an edit may be made twice: the store need not know that it leaves.
            await attempt("editMessageText", call, self._timing)
        except BadRequest as error:
            if not is_unchanged(error):
                return False
        except TelegramError:
            pass  # blocked, or out of reach for too long: a new message would not arrive either
        await self._notes.done(part.person, part.row, [])
        return True

    async def _close(self, chat: int, message: int) -> None:
        """Take away the buttons of a question that another one follows."""
        await _quietly(self._bot.edit_message_reply_markup(chat_id=chat, message_id=message))

    def _leave_of(self, part: Part) -> Callable[[], Awaitable[bool]] | None:
        return None if part.row is None else partial(self._notes.may_leave, part.row)


async def _quietly(call: Awaitable[T]) -> T | None:
    try:
        return await call
    except TelegramError:
        return None


def _rows(reply: Reply) -> Iterator[tuple[Screen, int | None]]:
    """Return each screen with its outbox id; emergency screens have none when the ids are fewer."""
    rows = iter(reply.outbox)
    all_have_one = len(reply.outbox) >= len(reply.screens)
    for screen in reply.screens:
        yield screen, next(rows, None) if all_have_one or not screen.urgent else None


def _pages(screen: Screen) -> list[tuple[str, InlineKeyboardMarkup | None]]:
    """Return the messages of a screen: text, and the buttons under the last one."""
    texts = messages(screen)
    return [*zip(texts[:-1], repeat(None)), (texts[-1], keyboard(screen.rows))]
