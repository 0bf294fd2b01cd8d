"""What the service tells of itself: numbers of the whole, never of a person."""

from datetime import UTC, datetime

import httpx
import pytest

from bot.content import load_library
from bot.conversation import Conversation
from bot.crypto import Vault
from bot.errors import AlreadyProcessed
from bot.keys import Key, KeyRing
from bot.metrics import MeasuredConversation, Metrics
from bot.screen import Incoming
from bot.settings import Settings
from bot.store import MemoryStore
from bot.web.app import create_app
from tests.bot.web.conftest import listening

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
VAULT = Vault(KeyRing((Key(bytes(range(32))),)))


@pytest.fixture(scope="module")
def library():
    """All content, as the service loads it."""
    return load_library()


@pytest.fixture
def metrics():
    """Numbers of a process that just started."""
    return Metrics()


@pytest.fixture
def talk(library, metrics):
    """A conversation whose turns are timed."""
    return MeasuredConversation(lambda: library, MemoryStore(), VAULT, metrics)


def value(text, name):
    """Return one number of the page."""
    line = next(each for each in text.splitlines() if each.startswith(name + " "))
    return float(line.rpartition(" ")[2])


async def test_turns_and_answers_are_counted(library, metrics, talk, tmp_path):
    """Two turns, two pages, one address that does not exist."""
    app = create_app(talk, lambda: library, Settings(donnees=tmp_path), lambda: NOW, (), metrics)
    for text in ("bonjour", "je me sépare"):
        await talk.handle(Incoming("a" * 64, text=text, language="fr"), NOW)
    async with listening(app) as address, httpx.AsyncClient(base_url=address, trust_env=False) as client:
        for path in ("/sante", "/confidentialite", "/nulle-part"):
            await client.get(path)
        told = (await client.get("/metriques")).text

    assert value(told, "passerelle_turn_seconds_count") == 2
    assert value(told, 'passerelle_http_answers_total{status="2xx"}') == 2
    assert value(told, 'passerelle_http_answers_total{status="4xx"}') == 1
    assert value(told, "passerelle_cards") == len(library.content.knowledge.cards)


async def test_danger_leaves_no_number_of_its_own(library, metrics, talk):
    """A cry counts as a turn like any other: no label says what it was about, for whom, or in which language."""
    before = set(names(metrics, library))
    await talk.handle(Incoming("a" * 64, text="mon mari me frappe", language="fr"), NOW)

    assert set(names(metrics, library)) == before


def names(metrics, library):
    """Return the names and labels of all numbers."""
    return [line.rpartition(" ")[0] for line in metrics.text(library).decode().splitlines() if not line.startswith("#")]


async def test_a_turn_that_fails_is_counted_and_fails_all_the_same(library, metrics, talk, monkeypatch):
    """The number goes up; the error goes on to who can answer it."""

    async def broken(*_):
        raise AlreadyProcessed

    monkeypatch.setattr(Conversation, "handle", broken)
    with pytest.raises(AlreadyProcessed):
        await talk.handle(Incoming("a" * 64, text="bonjour"), NOW)

    assert value(metrics.text(library).decode(), "passerelle_turn_failures_total") == 1
    assert value(metrics.text(library).decode(), "passerelle_turn_seconds_count") == 0


async def test_the_numbers_are_for_this_machine(library, talk, tmp_path):
    """Through a proxy, without a staff code, there is no such page."""
    app = create_app(talk, lambda: library, Settings(donnees=tmp_path), lambda: NOW)
    async with listening(app) as address, httpx.AsyncClient(base_url=address, trust_env=False) as client:
        answer = await client.get("/metriques", headers={"x-forwarded-for": "192.0.2.7"})

    assert answer.status_code == 404
