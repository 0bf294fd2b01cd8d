"""Inline mode as it looks on a phone: the list above the keyboard, and the card that a tap puts into a chat."""

from contextlib import asynccontextmanager
from pathlib import Path

import jinja2
from structlog.testing import capture_logs

from bot.conversation import Conversation
from bot.crypto import Vault
from bot.keys import Key, KeyRing
from bot.settings import Settings
from bot.store import MemoryStore
from tests.bot.telegram.conftest import serving
from tests.fake_botapi import TOKEN, Bubble, FakeBotApi, ManualClock
from tests.pictures.telegram import draw, page

_TEMPLATE = Path(__file__).with_name("inline.html")
SEEN = 6
"""Results that stand above the keyboard of a phone."""


@asynccontextmanager
async def inline_mode(library):
    """Run the bot, its search built; give the server."""
    _ = library.index
    conversation = Conversation(lambda: library, MemoryStore(), Vault(KeyRing((Key(bytes(range(32))),))))
    async with FakeBotApi() as api:
        settings = Settings(telegram_token=TOKEN, telegram_api=api.url)
        async with serving(conversation, settings, api, ManualClock().timing, library=lambda: library):
            yield api


def listed(found, query, language):
    """Return a list of results as HTML."""
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    return environment.from_string(_TEMPLATE.read_text(encoding="utf-8")).render(
        results=found.results[:SEEN],
        door=found.door[0] if found.door else "",
        query=query,
        language=language,
        right_to_left=language == "ar",
    )


async def draw_inline(browser, library, folder, scenes):
    """Write the list and the shared card of each (name, query, language, result); return the paths."""
    paths = []
    with capture_logs():
        await _draw(browser, library, folder, scenes, paths)
    return paths


async def _draw(browser, library, folder, scenes, paths):
    async with inline_mode(library) as api:
        for number, (name, query, language, at) in enumerate(scenes):
            found = await api.person(7000 + number, language).is_offered(query)
            shown = found.results[at]
            bubble = Bubble(1, True, shown.text, shown.html, shown.entities, [[shown.button]])
            pictures = {"liste": listed(found, query, language), "carte": page([bubble], language)}
            for part, html in pictures.items():
                paths.append(folder / f"telegram-{name}-{part}-{language}.png")
                await draw(browser, html, paths[-1])
