"""Whole Telegram turns, beside an empty python-telegram-bot handler that makes the same calls on the same transport.

A turn is what a press on a question is: taken in, answered by the engine, saved, and shown by an edit. The peer only
answers the press and edits the message. ``python -m bench.telegram``
"""

from __future__ import annotations

import asyncio
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import structlog
from pydantic import SecretStr
from telegram import InlineKeyboardMarkup, Update
from telegram.ext import Application, CallbackQueryHandler

from bench.tiny_botapi import MESSAGE
from bot.content import load_library
from bot.conversation import Conversation
from bot.crypto import Vault
from bot.keys import KeyRing
from bot.screen import Incoming
from bot.store import MemoryStore, open_store
from bot.telegram.application import quiet_libraries
from bot.telegram.channel import Channel
from bot.telegram.keyboard import keyboard
from bot.telegram.limiter import ChatLimiter
from bot.telegram.text import messages
from bot.telegram.timing import Timing
from bot.telegram.transport import transport

TOKEN = "42:bench"
ROUNDS, TURNS = 7, 200
PEOPLE = 20
_ANSWERS = ("t|separation", "c|separation|recente", "a|retour", "c|separation|ancienne", "a|retour")
Shown = dict[str, tuple[str, InlineKeyboardMarkup | None]]
"""For each press, the words and the buttons that the product shows: the peer shows the same."""


class _Feed:
    """Makes presses, each with the next number."""

    def __init__(self) -> None:
        self._number = 0

    def press(self, person: int, turn: int) -> Update:
        """Return a press of somebody on the question above."""
        self._number += 1
        chat = {"id": 5000 + person, "type": "private", "first_name": "Famille"}
        query = {
            "id": str(self._number),
            "from": {"id": 5000 + person, "is_bot": False, "first_name": "Famille", "language_code": "fr"},
            "chat_instance": "1",
            "data": _ANSWERS[turn % len(_ANSWERS)],
            "message": MESSAGE | {"chat": chat},
        }
        return Update.de_json({"update_id": self._number, "callback_query": query}, None)


class _Counter:
    """Tells when so many updates were answered."""

    def __init__(self) -> None:
        self._left, self._none = 0, asyncio.Event()

    def expect(self, number: int) -> None:
        """Start again."""
        self._left = number
        self._none.clear()

    def one(self) -> None:
        """Count one."""
        self._left -= 1
        if not self._left:
            self._none.set()

    async def all(self) -> None:
        """Wait for the last."""
        await self._none.wait()


@asynccontextmanager
async def _ours(server: str, folder: Path, fast: bool, counter: _Counter) -> AsyncIterator[Callable[[Update], Any]]:
    """Run the product; the bot's own pace is opened wide."""
    store = await open_store(folder, None)
    library = load_library()
    conversation = Conversation(lambda: library, store, store.vault)
    channel = Channel(
        conversation,
        SecretStr(TOKEN),
        server,
        Timing(),
        ChatLimiter(Timing(), overall=1_000_000),
        request=transport(64, with_aiohttp=fast),
    )
    await channel.bot.initialize()
    await channel.start()
    taking = channel.turns.take

    async def take(arrival: Any) -> None:
        await taking(arrival)
        counter.one()

    channel.turns.take = take  # type: ignore[method-assign]
    yield lambda update: channel.accept([update])
    await channel.close(5)
    await store.close()


@asynccontextmanager
async def _peer(server: str, fast: bool, counter: _Counter, shown: Shown) -> AsyncIterator[Callable[[Update], Any]]:
    """Run a handler that decides nothing and keeps nothing."""
    request = transport(64, with_aiohttp=fast)
    builder = Application.builder().token(TOKEN).base_url(f"{server}/bot").request(request).updater(None)
    application = builder.concurrent_updates(256).build()

    async def handle(update: Update, context: Any) -> None:
        query = update.callback_query
        assert query is not None
        text, keys = shown[str(query.data)]
        edit = context.bot.edit_message_text(text, query.from_user.id, 77, reply_markup=keys, parse_mode="HTML")
        await asyncio.gather(context.bot.answer_callback_query(query.id), edit)
        counter.one()

    application.add_handler(CallbackQueryHandler(handle))
    async with application:
        await application.start()
        yield application.update_queue.put
        await application.stop()


async def _measure(feed: Callable[[Update], Any], made: _Feed, counter: _Counter, people: int) -> float:
    """Return turns a second, so many people answering at a time, each waiting for the answer."""
    start = time.perf_counter()
    for turn in range(TURNS // people):
        counter.expect(people)
        await asyncio.gather(*(feed(made.press(person, turn)) for person in range(people)))
        await counter.all()
    return TURNS // people * people / (time.perf_counter() - start)


async def _shown() -> Shown:
    """Return what each press of the cycle leads to."""
    library, vault, found = load_library(), Vault(KeyRing.new()), {}
    conversation = Conversation(lambda: library, MemoryStore(), vault)
    for payload in (*_ANSWERS, *_ANSWERS):
        incoming = Incoming(vault.person("telegram", 1), payload=payload, language="fr")
        reply = await conversation.handle(incoming, datetime.now(UTC))
        screen = reply.screens[-1]
        found[payload] = messages(screen)[-1], keyboard(screen.rows)
    return found


async def compare(server: str, fast: bool, people: int) -> tuple[float, float]:
    """Return turns a second, ours and the peer's: medians of rounds made in turn."""
    found: tuple[list[float], list[float]] = ([], [])
    shown = await _shown()
    counters = _Counter(), _Counter()
    with tempfile.TemporaryDirectory() as folder:
        async with (
            _ours(server, Path(folder), fast, counters[0]) as ours,
            _peer(server, fast, counters[1], shown) as peer,
        ):
            made = _Feed()
            for turn in range(ROUNDS + 1):
                for which, feed in enumerate((ours, peer)):
                    speed = await _measure(feed, made, counters[which], people)
                    if turn:  # the first is a warm-up
                        found[which].append(speed)
    return statistics.median(found[0]), statistics.median(found[1])


async def rows() -> list[str]:
    """Return the printed rows: each transport, one person at a time and many at once."""
    quiet_libraries()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    child = subprocess.Popen(
        [sys.executable, "-m", "bench.tiny_botapi"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    server = f"http://127.0.0.1:{int(child.stdout.readline())}"
    found = []
    try:
        for fast, name in ((False, "httpx"), (True, "aiohttp")):
            for people in (1, PEOPLE):
                ours, peer = await compare(server, fast, people)
                what = f"whole Telegram turn, {name}, {people} at a time"
                found.append(
                    f"{what:<46} {ours:9.0f} /s   {ours / peer:7.2f} x an empty handler, same calls ({peer:.0f} /s)"
                    "   target >= 0.75"
                )
    finally:
        child.communicate("")
    return found


def main() -> None:
    """Print every row."""
    for row in asyncio.run(rows()):
        print(row)


if __name__ == "__main__":
    main()
