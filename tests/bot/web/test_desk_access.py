"""Who may open the desk and the editors' pages."""

import httpx
import pytest
from pydantic import SecretStr
from typer.testing import CliRunner

from bot.cli import app as cli
from bot.conversation import Conversation
from bot.settings import Settings
from bot.web.app import create_app
from bot.web.desk.access import hash_code, is_code
from tests.bot.web.conftest import VAULT, listening
from tests.bot.web.person import read

STAFF = ["/guichet", "/guichet/nouveautes"]
EDITORS = ["/contenu", "/contenu/arbres", "/contenu/couverture", "/contenu/carte?theme=separation"]
CODE = hash_code("bonjour-equipe")


@pytest.fixture
def guarded_app(everything, store, tmp_path, clock):
    """The application with a staff code."""
    talk = Conversation(lambda: everything, store, VAULT)
    return create_app(talk, lambda: everything, Settings(donnees=tmp_path, guichet_code=SecretStr(CODE)), clock)


@pytest.fixture
async def guarded(guarded_app):
    """A browser in front of it."""
    async with listening(guarded_app) as address, httpx.AsyncClient(base_url=address, trust_env=False) as client:
        yield client


@pytest.fixture
async def open_desk(real_app):
    """A browser in front of a service without a staff code."""
    async with listening(real_app) as address, httpx.AsyncClient(base_url=address, trust_env=False) as client:
        yield client


def test_a_hash_knows_its_code_and_no_other():
    """Each hash has its own salt; the code cannot be read in it."""
    assert is_code("bonjour-equipe", CODE)
    assert not is_code("bonjour-équipe", CODE)
    assert hash_code("bonjour-equipe") != CODE


@pytest.mark.parametrize("path", [*STAFF, *EDITORS])
async def test_without_the_code_every_page_leads_to_the_door(guarded, path):
    """Nothing of the desk is told to who is outside."""
    answer = await guarded.get(path)

    assert (answer.status_code, answer.headers["location"]) == (303, "/guichet/entrer")


@pytest.mark.parametrize("path", ["/guichet", "/guichet/feuille", "/guichet/feuille.pdf"])
async def test_a_form_sent_from_outside_is_not_answered(guarded, path):
    """A search, a sheet: the door too."""
    answer = await guarded.post(path, data={"q": "asf", "ouverte": "asf"})

    assert answer.status_code == 303


async def test_the_code_opens_for_a_day(guarded, clock):
    """In with the code, out after twelve hours; the families' chat asks nothing."""
    wrong = await guarded.post("/guichet/entrer", data={"code": "bonjour"})
    await guarded.post("/guichet/entrer", data={"code": "bonjour-equipe"})
    pages = [(await guarded.get(path)).status_code for path in (*STAFF, *EDITORS)]
    clock.pass_(hours=12)

    assert wrong.status_code == 403
    assert pages == [200] * 6
    assert (await guarded.get("/guichet")).status_code == 303
    assert (await guarded.get("/")).status_code == 200


async def test_a_forged_or_changed_cookie_opens_nothing(guarded):
    """Another end date, another signature, a cookie of the chat: the door."""
    await guarded.post("/guichet/entrer", data={"code": "bonjour-equipe"})
    text, _, mac = guarded.cookies["guichet"].rpartition(".")
    forged = [f"{int(text) + 9999}.{mac}", f"{text}.{'0' * len(mac)}", text, "", "x" * 300]
    guarded.cookies.clear()

    for value in forged:
        answer = await guarded.get("/guichet", headers={"cookie": f"guichet={value}"})
        assert answer.status_code == 303


async def test_guessing_stops_after_ten_tries(guarded, clock):
    """The eleventh try of a minute is refused even with the right code; a minute later it is heard."""
    tries = [(await guarded.post("/guichet/entrer", data={"code": str(each)})).status_code for each in range(10)]
    late = (await guarded.post("/guichet/entrer", data={"code": "bonjour-equipe"})).status_code
    clock.pass_(minutes=2)
    then = (await guarded.post("/guichet/entrer", data={"code": "bonjour-equipe"})).status_code

    assert (tries, late, then) == ([403] * 10, 429, 303)


@pytest.mark.parametrize("path", EDITORS)
async def test_editors_pages_without_a_code_are_for_this_machine_only(open_desk, path):
    """On the machine itself they open; through a proxy there is no such page."""
    here = await open_desk.get(path)
    through = await open_desk.get(path, headers={"x-forwarded-for": "192.0.2.7"})

    assert (here.status_code, through.status_code) == (200, 404)


async def test_editors_see_what_to_look_at_first(open_desk, everything):
    """Every card is there, those to look at again first; every tree, drawn; a line for each arrondissement."""
    cards = read((await open_desk.get("/contenu")).text)
    trees = read((await open_desk.get("/contenu/arbres")).text)
    places = read((await open_desk.get("/contenu/carte")).text)
    days = [row.all("td")[1].text for row in cards.all("tbody")[0].all("tr")]

    assert days == sorted(days)
    assert len(days) == len(everything.content.knowledge.cards)
    assert len(trees.all("section")) == len(trees.all("svg")) == len(everything.content.dialogs.trees)
    assert len(places.all("tbody")[0].all("tr")) == 20


def test_the_command_makes_the_line_to_write(monkeypatch):
    """The code is typed twice and never shown; what it prints is a setting that the service takes."""
    made = CliRunner().invoke(cli, ["desk-code"], input="bonjour-equipe\nbonjour-equipe\n")
    line = made.output.strip().splitlines()[-1]
    name, _, value = line.partition("=")
    monkeypatch.setenv(name, value)

    assert name == "PASSERELLE_GUICHET_CODE"
    assert is_code("bonjour-equipe", Settings().guichet_code.get_secret_value())
    assert "bonjour-equipe" not in made.output
