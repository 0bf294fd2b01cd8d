"""A conversation on a phone, drawn as a page from what the Bot API server of the tests really received."""

import asyncio
from contextlib import asynccontextmanager
from pathlib import Path

import jinja2
from structlog.testing import capture_logs

from bot.conversation import Conversation
from bot.crypto import Vault
from bot.keys import Key, KeyRing
from bot.settings import Settings
from bot.store import MemoryStore
from bot.telegram import make_channel, run
from tests.fake_botapi import TOKEN, FakeBotApi, ManualClock

WIDTH, HEIGHT = 360, 740
"""Of the screen, in CSS pixels: an old phone."""

HINTS = {"ar": "رسالة", "en": "Message"}
_TEMPLATE = Path(__file__).with_name("telegram.html")
_CUT = (
    "() => [...document.querySelectorAll('.row span')].filter(e => e.scrollWidth > e.clientWidth).map(e => e.innerText)"
)
_SCROLL = """() => {
    const last = document.querySelector('main > :last-child'), bar = document.querySelector('header').offsetHeight;
    scrollTo(0, Math.min(document.body.scrollHeight, last.offsetTop - bar - 8));
}"""


class Phone:
    """One person's phone; each thing they do is answered when the call returns."""

    def __init__(self, api, language):
        self.person = api.person(language=language)
        self._answered = asyncio.Event()

    @property
    def bubbles(self):
        """Return the messages of the chat, as they are now."""
        return list(self.person.chat.bubbles.values())

    async def do(self, *steps):
        """Press the newest button with that payload or those words; anything else is written."""
        for step in steps:
            self._answered.clear()
            if step.startswith("/") or not any(step in (label, payload) for label, payload in self._buttons()):
                self.person.writes(step)
            else:
                self.person.presses(step)
            await asyncio.wait_for(self._answered.wait(), 30)

    def note_answer(self):
        """Note that the last thing done is answered."""
        self._answered.set()

    def _buttons(self):
        return [button for bubble in self.bubbles for row in bubble.rows for button in row]


@asynccontextmanager
async def phone(library, language):
    """Run the bot, and give a phone set to a language (a code of Telegram, such as « fr »)."""
    vault, clock, stop = Vault(KeyRing((Key(bytes(range(32))),))), ManualClock(), asyncio.Event()
    async with FakeBotApi() as api:
        settings = Settings(telegram_token=TOKEN, telegram_api=api.url)
        channel = make_channel(Conversation(lambda: library, MemoryStore(), vault), settings, clock.timing)
        held, taking = Phone(api, language), channel.turns.take

        async def take(arrival):
            await taking(arrival)
            held.note_answer()

        channel.turns.take = take
        with capture_logs():
            running = asyncio.create_task(run(channel, settings, stop))
            try:
                yield held
            finally:
                stop.set()
                await running


def page(bubbles, language="fr", *, dark=False, whole=False):
    """Return a chat as HTML; what Telegram decides is drawn as phones do: one line to a button, direction by line.

    ``whole``: to be read from top to bottom, and not through the window of a phone.
    """
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    return environment.from_string(_TEMPLATE.read_text(encoding="utf-8")).render(
        bubbles=bubbles,
        language=language.partition("@")[0],
        right_to_left=language == "ar",
        dark=dark,
        whole=whole,
        name="Passerelle",
        hint=HINTS.get(language, "Message"),
    )


async def draw(browser, html, path, *, scale=1.25):
    """Write a picture of a page, scrolled to the last message unless it is whole; return the buttons whose words are cut."""
    opened = await browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, device_scale_factor=scale)
    await opened.set_content(html)
    whole = await opened.evaluate("() => document.documentElement.classList.contains('whole')")
    await opened.evaluate(_SCROLL)
    await opened.screenshot(path=path, full_page=whole)
    cut = await opened.evaluate(_CUT)
    await opened.close()
    return cut
