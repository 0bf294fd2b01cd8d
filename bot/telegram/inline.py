"""Inline mode on Telegram: queries typed in any chat, answered beside all turns; cards shared are left alone.

A query is no turn. It waits in nobody's line, reads and writes no session, and leaves nothing behind: neither a log nor
a count tells who asked what. It is worth an answer for a few seconds only, so a call is made once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
    Message,
    Update,
)
from telegram.constants import ChatType, ParseMode
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.content import Library
from bot.inline.answer import Answer, Query, answer, ready_index
from bot.inline.offers import Offer
from bot.outreach.codes import telegram_address
from bot.place import place_of
from bot.telegram.calls import kind_of
from bot.telegram.direction import from_the_right, runs_right_to_left
from bot.telegram.room import Group
from bot.telegram.text import messages
from bot.telegram.timing import Timing

UNDER_WAY = 64
"""Queries answered at a time; one more is left alone: whoever types asks again with the next letter."""

PERSONAL = True
"""Whether Telegram keeps an answer for the person alone. What we offer depends on words and language, not on who asks;
but Telegram finds a kept answer by the bot, the words and the offset (tdlib/td, InlineQueriesManager.cpp), the language
is not in that key: shared, the Arabic answer to « asf » would be given to everybody for five minutes."""

_CLOSED = (
    "Le mode en ligne du robot est fermé : personne ne peut partager de fiche depuis une autre conversation. "
    "Pour l'ouvrir, écrivez /setinline à @BotFather."
)
_PARIS = ZoneInfo("Europe/Paris")
_log = structlog.get_logger(__name__)


class Inline:
    """Answers inline queries; does nothing without content to offer."""

    def __init__(
        self,
        bot: ExtBot[str],
        library: Callable[[], Library] | None,
        timing: Timing,
        seen: Callable[[Message], Coroutine[Any, Any, None]],
        team: Group,
    ) -> None:
        """Make it.

        Args:
            bot: answers queries.
            library: gives the content of the moment.
            timing: tells the day.
            seen: told of a card shared with the bot itself.
            team: the team's group, where a card is a word of a worker to a family.
        """
        self._bot, self._library, self._timing, self._seen, self._team = bot, library, timing, seen, team
        self._tasks: set[asyncio.Task[None]] = set()
        self._built: Library | None = None

    def begin(self) -> None:
        """Say once where the operator has inline mode switched off; the bot is connected already."""
        if not self._bot.bot.supports_inline_queries:
            _log.warning("telegram.inline_off", hint=_CLOSED)

    def take(self, update: Update) -> bool:
        """Return whether an update is of inline mode, and so nothing to answer in turn; returns at once."""
        if update.inline_query:
            if self._library and len(self._tasks) < UNDER_WAY:
                self._start(self._answer(update.inline_query, self._library()))
            return True
        shared = update.message
        if shared is None or shared.via_bot is None or shared.via_bot.id != self._bot.id or shared.chat in self._team:
            return False
        # Telegram shows a bot its own cards. They are words of ours: in private as in a group, nobody said them.
        if shared.chat.type == ChatType.PRIVATE:
            self._start(self._seen(shared))
        return True

    async def close(self) -> None:
        """Leave what is not answered yet."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(_quietly(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _answer(self, query: InlineQuery, library: Library) -> None:
        if ready_index(library) is None and self._built is not library:
            self._built = library
            self._start(self._build(library))
        # A couple of milliseconds: a thread would cost as much, and hold the same interpreter.
        asked = Query(query.query, query.offset, query.from_user.language_code)
        await self._send(query.id, answer(library, asked, self._timing.now().astimezone(_PARIS).date()))

    async def _build(self, library: Library) -> None:
        """Build the search in a thread; the service does so at its start, this is for who types sooner."""
        await asyncio.to_thread(lambda: library.index)

    async def _send(self, query: str, found: Answer) -> None:
        door = InlineQueryResultsButton(found.door, start_parameter=found.start) if found.door else None
        await self._bot.answer_inline_query(
            query,
            [self._article(offer, found.open) for offer in found.offers],
            cache_time=found.seconds,
            is_personal=PERSONAL,
            next_offset=found.next_offset,
            button=door,
        )

    def _article(self, offer: Offer, label: str) -> InlineQueryResultArticle:
        # A url and nothing else: in a group the button does nothing there but open the bot.
        button = InlineKeyboardButton(label, url=telegram_address(str(self._bot.username), offer.code))
        title, *lines = _directed(offer.title, *offer.lines)
        return InlineQueryResultArticle(
            offer.id,
            title,
            InputTextMessageContent(
                messages(offer.card)[0],
                parse_mode=ParseMode.HTML,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            ),
            reply_markup=InlineKeyboardMarkup([[button]]),
            description="\n".join(lines),
        )


async def _quietly(work: Coroutine[Any, Any, None]) -> None:
    """Do some work; what goes wrong ends in the log, without its words: they may quote the query."""
    try:
        await work
    except TelegramError as error:
        _log.info("telegram.inline_unanswered", kind=kind_of(error))
    except Exception as error:
        _log.error("telegram.inline_failed", error=type(error).__name__, where=place_of(error))


def _directed(*lines: str) -> tuple[str, ...]:
    """Return lines as phones should set them: all from the right in an answer that is read so."""
    return tuple(map(from_the_right, lines)) if runs_right_to_left(lines) else lines
