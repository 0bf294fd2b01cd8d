"""A disk without room and a locked base, from the browser to the file: a kind page, and danger is answered first."""

import resource
import sqlite3

import pytest

from bot.conversation import Conversation
from bot.store import SqliteStore
from bot.web.app import create_app
from tests.bot.web.conftest import VAULT, listening
from tests.bot.web.person import Person


@pytest.fixture
async def store(tmp_path):
    """A store in a real file, that does not wait long for a lock."""
    found = await SqliteStore.open(tmp_path / "passerelle.db", VAULT, busy_seconds=0.02)
    yield found
    await found.close()


@pytest.fixture
async def someone(everything, store, settings, clock):
    """A parent in the middle of a conversation, on the real application."""
    app = create_app(Conversation(lambda: everything, store, VAULT), lambda: everything, settings, clock)
    async with listening(app) as address:
        person = Person(address)
        await person.open()
        await person.write("séparation")
        yield person
        await person.client.aclose()


class Full:
    """A disk on which no file can grow, until room is made."""

    def __init__(self, store, clock, tmp_path):
        self.journal = tmp_path / "passerelle.db-wal"
        self.limits = resource.getrlimit(resource.RLIMIT_FSIZE)

    async def begin(self):
        resource.setrlimit(resource.RLIMIT_FSIZE, (self.journal.stat().st_size, self.limits[1]))

    async def end(self):
        resource.setrlimit(resource.RLIMIT_FSIZE, self.limits)


class Locked:
    """Another program that holds the base."""

    def __init__(self, store, clock, tmp_path):
        self.other = sqlite3.connect(tmp_path / "passerelle.db", isolation_level=None)

    async def begin(self):
        self.other.execute("BEGIN IMMEDIATE")

    async def end(self):
        self.other.execute("ROLLBACK")
        self.other.close()


@pytest.mark.parametrize("trouble", [Full, Locked])
async def test_a_family_is_told_kindly_and_goes_on_once_it_is_over(someone, store, clock, tmp_path, trouble):
    """No failure page: to try again in a few minutes; then the question is where it was."""
    question = someone.text
    disk = trouble(store, clock, tmp_path)
    await disk.begin()
    answer = next(each.text for each in someone.page.all("button") if "en cours" in each.text)
    await someone.press(answer)
    during, status = someone.text, someone.response.status_code
    health = await someone.client.get("/sante")
    await disk.end()
    await someone.open("/")
    await someone.write("19e")

    assert "Où en est la séparation" in question
    assert status == 200 and "Je ne peux pas garder votre réponse en ce moment" in during
    assert (health.status_code, health.json()["etat"]) == (200, "ok")  # it still reads: restarting would not help
    assert "Je ne peux pas garder" not in someone.text and someone.page.all("button")


@pytest.mark.parametrize("trouble", [Full, Locked])
async def test_danger_is_answered_though_nothing_can_be_written(someone, store, clock, tmp_path, trouble):
    """The numbers show at once, as with a good disk."""
    disk = trouble(store, clock, tmp_path)
    await disk.begin()
    await someone.write("mon mari me frappe")
    said, status = someone.text, someone.response.status_code
    await disk.end()

    assert status == 200
    assert "3919" in said and "17" in said
    assert "Je ne peux pas garder" not in said
