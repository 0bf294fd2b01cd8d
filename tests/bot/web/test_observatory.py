"""The pages of the observatory: behind the staff code, one publication everywhere, and the voice on the web."""

import csv
import io
import json

import httpx
import pytest
from pydantic import SecretStr
from typer.testing import CliRunner

from bot.cli import app as cli
from bot.conversation import Conversation
from bot.observatory.observatory import Observatory
from bot.settings import Settings
from bot.store import open_store
from bot.voice.voice import Voice
from bot.web.app import create_app
from tests.bot.observatory.test_publication import LINKS, month
from tests.bot.web.conftest import VAULT, listening
from tests.bot.web.person import read
from tests.bot.web.test_desk_access import CODE

PAGES = ["/observatoire", "/observatoire.csv", "/observatoire/besoins.csv", "/observatoire/suggestions"]


@pytest.fixture
async def kept(tmp_path, clock):
    """A data folder with October published, thirty-four families in November, and a word for the team."""
    store = await open_store(tmp_path / "donnees")
    observatory = Observatory(store, lambda: None, clock)
    await observatory.table.add({"2026-10": month(), "2026-11": month()})
    await observatory.table.close_months("2026-11", ("fr", "en", "ar"), LINKS)
    await Voice(store, observatory, clock).box.add("Plus de <b>places</b> le samedi", "fr", clock())
    yield store
    await store.close()


@pytest.fixture
async def browser(everything, kept, tmp_path, clock):
    """A browser on this machine, in front of a service without a staff code."""
    talk = Conversation(lambda: everything, kept, kept.vault)
    app = create_app(talk, lambda: everything, Settings(donnees=tmp_path / "donnees"), clock, kept=kept)
    async with listening(app) as address, httpx.AsyncClient(base_url=address, trust_env=False) as client:
        yield client


@pytest.mark.parametrize("path", PAGES)
async def test_the_pages_lie_behind_the_staff_code(everything, kept, tmp_path, clock, path):
    """Without the code, the door; and nothing at all for who comes through a proxy where no code is set."""
    talk = Conversation(lambda: everything, kept, VAULT)
    answers = []
    for settings in (Settings(donnees=tmp_path, guichet_code=SecretStr(CODE)), Settings(donnees=tmp_path)):
        app = create_app(talk, lambda: everything, settings, clock, kept=kept)
        async with listening(app) as address, httpx.AsyncClient(base_url=address, trust_env=False) as client:
            answers.append(await client.get(path, headers={"x-forwarded-for": "192.0.2.1"}))

    assert [answer.status_code for answer in answers] == [303, 404]
    assert answers[0].headers["location"] == "/guichet/entrer"


async def test_the_newest_published_month_is_shown_and_never_the_running_one(browser):
    """October, with its need in plain words; November is not over."""
    page = await browser.get("/observatoire")
    running = await browser.get("/observatoire?mois=2026-11")

    assert "Besoins des familles : octobre 2026" in page.text
    assert "Pour au moins 10 d&#39;entre elles, aucun lieu proche" in page.text
    assert running.status_code == 404


@pytest.mark.parametrize("asked", ["2026-11", "2027-01", "octobre", "../..", "2026-10' OR 1=1"])
async def test_a_month_that_is_not_published_is_not_there(browser, asked):
    """Whatever is asked, nothing but what was published is answered."""
    answers = [await browser.get(path, params={"mois": asked}) for path in PAGES[:3]]

    assert {answer.status_code for answer in answers} == {404}


async def test_page_file_and_terminal_show_the_same_numbers(browser, kept, tmp_path, monkeypatch):
    """Two ways of hiding could be subtracted from each other: there is one."""
    monkeypatch.setenv("PASSERELLE_DONNEES", str(tmp_path / "donnees"))
    from_page = {cell.text for cell in read((await browser.get("/observatoire")).text).all("td")}
    file = list(
        csv.DictReader(io.StringIO((await browser.get("/observatoire.csv")).text.removeprefix("\ufeff")), delimiter=";")
    )
    printed = CliRunner().invoke(cli, ["stats", "--csv"]).stdout
    lines = [json.loads(line) for line in CliRunner().invoke(cli, ["stats", "--json"]).stdout.splitlines()]
    from_file = {row["nombre"] or (f"{row['de']} à {row['a']}" if row["de"] else "") for row in file}

    assert list(csv.DictReader(io.StringIO(printed.removeprefix("\ufeff")), delimiter=";")) == file
    assert [{key: "" if value is None else str(value) for key, value in line.items()} for line in lines] == file
    assert {cell for cell in from_page if cell[0].isdigit()} <= from_file


async def test_words_of_families_are_read_as_they_are_written(browser):
    """Marks in them are signs, not a page; the day is there, and no hour."""
    page = await browser.get("/observatoire/suggestions")

    assert "Plus de &lt;b&gt;places&lt;/b&gt; le samedi" in page.text
    assert "21 novembre 2026" in page.text


async def test_a_service_without_a_published_month_says_so(everything, clock, settings, talk):
    """A new service explains when the first numbers come."""
    app = create_app(talk, lambda: everything, settings, clock)
    async with listening(app) as address, httpx.AsyncClient(base_url=address, trust_env=False) as client:
        page = await client.get("/observatoire")

    assert "Aucun mois n'est encore publié" in page.text.replace("&#39;", "'")


# --- the terminal ---------------------------------------------------------------------------------------------------


@pytest.fixture
def stats(kept, tmp_path, monkeypatch):
    """The command, while the service runs."""
    monkeypatch.setenv("PASSERELLE_DONNEES", str(tmp_path / "donnees"))

    def run(*words):
        return CliRunner().invoke(cli, ["stats", *words])

    return run


def test_the_terminal_says_the_needs_in_sentences(stats):
    """What the steering committee reads."""
    told = stats("besoins")

    assert told.exit_code == 0
    assert "Besoins sans réponse proche, octobre 2026" in told.stdout
    assert "18e : 21 conversations" in told.stdout


def test_the_terminal_reads_the_words_of_families(stats):
    """With the day and the language, for a spreadsheet too."""
    told, file = stats("suggestions").stdout, stats("suggestions", "--csv").stdout

    assert told == "2026-11-21 (fr)  Plus de <b>places</b> le samedi\n"
    assert file.splitlines()[1] == "2026-11-21;fr;Plus de <b>places</b> le samedi"


@pytest.mark.parametrize("table", ["sujet", "arrondissement", "langue", "campagne", "fiche", "incompris", "aide"])
def test_the_terminal_draws_each_table(stats, table):
    """One table at a time, chosen by name."""
    told = stats("--par", table)

    assert told.exit_code == 0
    assert "Octobre 2026" in told.stdout


@pytest.mark.parametrize("words", [("--mois", "2026-11"), ("--mois", "octobre"), ("--par", "famille")])
def test_the_terminal_says_what_it_cannot_show(stats, words):
    """The running month, no month at all, a table that is not there."""
    told = stats(*words)

    assert told.exit_code != 0
    assert "->" in str(told.exception)


def test_a_table_alone_is_exported_alone(stats):
    """Eleven answered yes; the three who answered no are not there."""
    told = stats("--csv", "--par", "aide").stdout

    assert told.splitlines()[1:] == ["2026-10;utile;oui;Oui;;;11;;"]


# --- the voice ------------------------------------------------------------------------------------------------------


async def test_words_for_the_team_on_the_web(everything, kept, tmp_path, clock, separation):
    """Without a script: help, the box, the words, their sending; what was typed is not shown again as it was."""
    observatory = Observatory(kept, lambda: everything, clock)
    talk = Conversation(lambda: everything, kept, kept.vault, (Voice(kept, observatory, clock), observatory))
    app = create_app(talk, lambda: everything, Settings(donnees=tmp_path / "donnees"), clock, kept=kept)
    async with (
        listening(app) as address,
        httpx.AsyncClient(base_url=address, trust_env=False, follow_redirects=True) as one,
    ):

        async def does(**what):
            token = read((await one.get("/")).text).all("input", name="jeton")[0].attrs["value"]
            return (await one.post("/", data={"jeton": token, **what})).text

        await one.get("/")
        helped = await does(payload="a|aide")
        announced = await does(payload="v|mot")
        draft = await does(texte="Je m'appelle Awa, il faut des places le samedi")
        sent = await does(payload="v|envoyer")
        words = (await one.get("/observatoire/suggestions")).text

    assert 'value="v|mot"' in helped
    assert "lus par l&#39;équipe" in announced
    assert "[nom caché], il faut des places" in draft and "Awa" not in draft
    assert 'value="v|retirer"' in sent
    assert "[nom caché], il faut des places" in words
