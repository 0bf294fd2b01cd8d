"""The web application on a real port, led by a script or the real conversation, with a clock that is told."""

import asyncio
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace

import pytest

from bot.content import load_library
from bot.conversation import Conversation
from bot.crypto import Vault
from bot.keys import Key, KeyRing
from bot.links import Link, encode_link
from bot.screen import Block, Button, Reply, Screen
from bot.settings import Settings
from bot.speaker import Speaker
from bot.store import MemoryStore, SqliteStore
from bot.web.app import create_app
from bot.web.server import serve
from i18n.catalog import load_catalog, load_languages
from i18n.language import Language
from i18n.lookup import Catalogs, Origin, Table, compile_table
from knowledge.danger_load import load_danger
from knowledge.load import load_knowledge
from tests.bot.web.person import Person

ROOT = Path(__file__).resolve().parents[3]
VAULT = Vault(KeyRing((Key(bytes(range(32))),)))
ARABIC = Language("ar", "العربية", "rtl", "ar", 3)
TRANSLATED = {"web.envoyer": ("Envoyer", "إرسال"), "ecran.quitter": ("Quitter vite", "خروج سريع")}


class Clock:
    """A moment that moves when told."""

    def __init__(self):
        self.now = datetime(2026, 11, 21, 18, 0, 0, tzinfo=UTC)

    def __call__(self):
        return self.now

    def pass_(self, **span):
        """Let some time pass."""
        self.now += timedelta(**span)


class Script:
    """A conversation that notes what it is asked and answers « Tour 1 », « Tour 2 »..."""

    def __init__(self):
        self.store = MemoryStore()
        self.heard = []
        self.replies = []
        self.wait = None

    def person(self, channel, chat):
        return sha256(f"{channel}:{chat}".encode()).hexdigest()

    @property
    def turns(self):
        """Return what was said or pressed, without openings and reminders."""
        return [each for each in self.heard if each.start is None and each.payload != "a|continuer"]

    async def handle(self, incoming, now):
        self.heard.append(incoming)
        if self.wait:
            await self.wait.wait()
        if incoming.payload in ("a|quitter", "a|effacer"):
            await self.store.erase(incoming.person, now)
            return reply("Effacé", wiped=incoming.payload.removeprefix("a|"))
        await self.store.commit(incoming.person, {"x": 1}, now=now, language=incoming.language or "fr")
        if self.replies:
            found = self.replies.pop(0)
            if isinstance(found, Exception):
                raise found
            return found
        if incoming.start == "":
            return reply("Bonjour", language=incoming.language or "fr")
        return reply(f"Tour {len(self.turns)}", language=incoming.language or "fr")


def reply(*texts, language="fr", **more):
    """Return a reply of plain paragraphs with two buttons."""
    buttons = (
        (Button("✅ Oui", "c|q|oui"), Button("🚫 Non", "c|q|non")),
        (Button("🚪 Quitter vite", "a|quitter", quiet=True),),
    )
    blocks = tuple(Block("texte", text) for text in texts)
    direction = "rtl" if language == "ar" else "ltr"
    return Reply((Screen(blocks, buttons),), language, direction, **more)


@pytest.fixture(scope="session")
def knowledge():
    """The real cards."""
    return load_knowledge(ROOT / "knowledge")


@pytest.fixture(scope="session")
def library(knowledge):
    """Real content, with a little Arabic."""
    folder = ROOT / "i18n"
    tables = [(one, compile_table(load_catalog(folder, one.id))) for one in load_languages(folder) if one.id != "ar"]
    arabic = Table(Origin(len(TRANSLATED), 0, 0, 0), dict(TRANSLATED), {})
    catalogs = Catalogs([*tables, (ARABIC, arabic)])
    return SimpleNamespace(
        content=SimpleNamespace(knowledge=knowledge),
        danger=load_danger(ROOT / "knowledge" / "urgences"),
        catalogs=catalogs,
        refused=0,
        speaker=lambda language, on: Speaker(catalogs, knowledge, language, on),
    )


@pytest.fixture
def clock():
    """A Saturday evening; tests add to it."""
    return Clock()


@pytest.fixture
def talk():
    """A scripted conversation."""
    return Script()


@pytest.fixture
def settings(tmp_path):
    """Settings of a service without a public address."""
    return Settings(donnees=tmp_path)


@pytest.fixture
def app(talk, library, settings, clock):
    """The application, led by the script."""
    return create_app(talk, lambda: library, settings, clock)


@pytest.fixture(scope="session")
def everything():
    """All content, as the service loads it."""
    return load_library()


@pytest.fixture(scope="session")
def separation(everything):
    """A link to the questions about a separation, wherever the menu has them."""
    return f"/l/{encode_link(Link(everything.content.knowledge.codes['separation']))}"


@pytest.fixture
async def store(tmp_path):
    """A store in a real file."""
    found = await SqliteStore.open(tmp_path / "passerelle.db", VAULT)
    yield found
    await found.close()


@pytest.fixture
def real_app(everything, store, settings, clock):
    """The application, led by the real conversation."""
    talk = Conversation(lambda: everything, store, VAULT)
    return create_app(talk, lambda: everything, settings, clock)


async def until(is_true):
    """Let the service work until something is so; fails after 5 seconds."""
    async with asyncio.timeout(5):
        while not is_true():
            await asyncio.sleep(0)


@asynccontextmanager
async def listening(app, host="127.0.0.1", port=0):
    """Serve an application on loopback; gives its address."""
    stop, address = asyncio.Event(), asyncio.get_running_loop().create_future()
    task = asyncio.create_task(serve(app, host, port, stop, address.set_result))
    try:
        await asyncio.wait({task, address}, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            task.result()
        yield address.result()
    finally:
        stop.set()
        await task


@pytest.fixture
async def address(app):
    """The address of the running service."""
    async with listening(app) as found:
        yield found


@pytest.fixture
async def person(address):
    """Someone who has just opened the page."""
    someone = Person(address)
    await someone.open()
    yield someone
    await someone.client.aclose()


@pytest.fixture
async def someone_else(address):
    """Someone on another device."""
    other = Person(address)
    await other.open()
    yield other
    await other.client.aclose()
