"""Inline queries, beside an empty python-telegram-bot handler that answers the same on the same transport.

Timed from the update in hand to Telegram's yes: danger heard, cards found, drawn and sent. The peer's answers are made
beforehand. ``python -m bench.inline``
"""

from __future__ import annotations

import asyncio
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import structlog
from pydantic import SecretStr
from telegram import Update
from telegram.ext import Application, ExtBot, InlineQueryHandler

from bench.telegram import TOKEN
from bot.content import Library, load_library
from bot.conversation import Conversation
from bot.inline.answer import Query, answer
from bot.store import open_store
from bot.telegram.application import quiet_libraries
from bot.telegram.channel import Channel
from bot.telegram.timing import Timing
from bot.telegram.transport import transport

QUERIES = (
    "creche 19",
    "asf",
    "pmi 18",
    "",
    "pension alimentaire",
    "mon mari me frappe",
    "حضانة 19",
    "xkqzj",
    "ludo 12",
)
ROUNDS = 40
DAY = date(2026, 11, 22)
Feed = Callable[[Update], Awaitable[None]]
_CALL = ExtBot.answer_inline_query


def _update(number: int, text: str) -> Update:
    sender = {"id": 5001, "is_bot": False, "first_name": "Famille", "language_code": "fr"}
    query = {"id": str(number), "from": sender, "query": text, "offset": ""}
    return Update.de_json({"update_id": number, "inline_query": query}, None)


@asynccontextmanager
async def _ours(server: str, folder: Path, library: Library, fast: bool, made: dict[str, Any]) -> AsyncIterator[Feed]:
    """Run the product; each call that it makes is noted, for the peer to make it too."""
    store = await open_store(folder, None)
    conversation = Conversation(lambda: library, store, store.vault)
    carrier = transport(8, with_aiohttp=fast)
    channel = Channel(conversation, SecretStr(TOKEN), server, Timing(), request=carrier, library=lambda: library)
    await channel.bot.initialize()
    await channel.start()
    answered = asyncio.Event()

    async def call(self: Any, query: str, results: Any, **more: Any) -> Any:
        made[query] = results, more
        done = await _CALL(self, query, results, **more)
        answered.set()
        return done

    ExtBot.answer_inline_query = call  # type: ignore[method-assign,assignment]

    async def feed(update: Update) -> None:
        answered.clear()
        await channel.accept([update])
        await answered.wait()

    yield feed
    ExtBot.answer_inline_query = _CALL  # type: ignore[method-assign]
    await channel.close(5)
    await store.close()


@asynccontextmanager
async def _peer(server: str, fast: bool, made: dict[str, Any]) -> AsyncIterator[Feed]:
    builder = Application.builder().token(TOKEN).base_url(f"{server}/bot").request(transport(8, with_aiohttp=fast))
    application = builder.updater(None).concurrent_updates(256).build()
    answered = asyncio.Event()

    async def handle(update: Update, context: Any) -> None:
        assert update.inline_query is not None
        results, more = made[update.inline_query.id]
        await _CALL(context.bot, update.inline_query.id, results, **more)
        answered.set()

    application.add_handler(InlineQueryHandler(handle))
    async with application:
        await application.start()

        async def feed(update: Update) -> None:
            answered.clear()
            await application.update_queue.put(update)
            await answered.wait()

        yield feed
        await application.stop()


async def _compare(server: str, library: Library, fast: bool) -> tuple[list[float], list[float]]:
    """Return the milliseconds of each query, ours and the peer's, made in turn."""
    made: dict[str, Any] = {}
    found: tuple[list[float], list[float]] = ([], [])
    with tempfile.TemporaryDirectory() as folder:
        async with (
            _ours(server, Path(folder), library, fast, made) as ours,
            _peer(server, fast, made) as peer,
        ):
            for turn in range(ROUNDS + 1):
                for place, text in enumerate(QUERIES):
                    update = _update(turn * len(QUERIES) + place, text)
                    for which, feed in enumerate((ours, peer)):
                        start = time.perf_counter()
                        await feed(update)
                        if turn:  # the first is a warm-up
                            found[which].append((time.perf_counter() - start) * 1000)
    return found


def _alone(library: Library) -> list[float]:
    """Return the milliseconds of choosing and drawing the cards, without python-telegram-bot nor a call."""
    taken = []
    for turn in range(ROUNDS + 1):
        for text in QUERIES:
            start = time.perf_counter()
            answer(library, Query(text, "", "fr"), DAY)
            if turn:
                taken.append((time.perf_counter() - start) * 1000)
    return taken


def _p95(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]


async def rows() -> list[str]:
    """Return the printed rows."""
    quiet_libraries()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    library = load_library()
    _ = library.index
    child = subprocess.Popen(
        [sys.executable, "-m", "bench.tiny_botapi"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    server = f"http://127.0.0.1:{int(child.stdout.readline())}"
    alone = _alone(library)
    found = [f"{'cards chosen and drawn':<30} median {statistics.median(alone):6.2f} ms   p95 {_p95(alone):6.2f} ms"]
    try:
        for fast, name in ((False, "httpx"), (True, "aiohttp")):
            ours, peer = await _compare(server, library, fast)
            middle = statistics.median(ours), statistics.median(peer)
            found.append(
                f"{'inline query, ' + name:<30} median {middle[0]:6.2f} ms   p95 {_p95(ours):6.2f} ms"
                f"   {middle[0] / middle[1]:5.2f} x an empty handler, same answers"
                f" (median {middle[1]:.2f} ms, p95 {_p95(peer):.2f} ms)   target < 100 ms"
            )
    finally:
        child.communicate("")
    return found


def main() -> None:
    """Print every row."""
    print(f"{datetime.now(UTC):%Y-%m-%d}, {len(QUERIES)} queries, {ROUNDS} rounds")
    for row in asyncio.run(rows()):
        print(row)


if __name__ == "__main__":
    main()
