"""Notices, languages, health and source code."""

import io
import tarfile
from itertools import pairwise

import httpx
import pytest

from bot.errors import StoreUnavailable
from bot.settings import Settings
from bot.web import wording
from bot.web.app import create_app
from bot.web.notices import NOTICES
from bot.web.source import archive
from tests.bot.web.conftest import listening, reply
from tests.bot.web.person import Person


@pytest.mark.parametrize("path", ["/", "/confidentialite", "/mentions-legales", "/accessibilite", "/nulle-part"])
async def test_every_page_links_to_the_notices_and_has_one_title(person, path):
    """Whoever wonders finds the answers; a screen reader finds one h1, and headings in order."""
    await person.open(path)
    links = [each.attrs["href"] for each in person.page.all("footer")[0].all("a")]
    levels = [int(tag[1]) for tag in tags(person.page) if tag in ("h1", "h2", "h3")]

    assert links == ["/confidentialite", "/mentions-legales", "/accessibilite"]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert len(person.page.all("main")) == 1


def tags(element):
    """Return the tags of a page in order."""
    for child in element.children:
        if not isinstance(child, str):
            yield child.tag
            yield from tags(child)


async def test_privacy_says_what_the_code_does(person):
    """30 minutes here, 24 hours at most, nothing of danger, how to erase, what the device keeps."""
    await person.open("/confidentialite")

    for word in (
        "30 minutes",
        "24 heures",
        "48 heures",
        "10 minutes",
        "historique",
        "Telegram",
        "Nouvelle personne",
    ):
        assert word in person.text


async def test_legal_notice_says_who_this_is_not(person):
    """Neither Caf nor City, no decision, free software with its source, licences of the data."""
    await person.open("/mentions-legales")
    links = [each.attrs["href"] for each in person.page.all("main")[0].all("a")]

    for word in ("n'est pas la Caf ni la Ville de Paris", "ne décide de rien", "AGPL", "17", "114", "ODbL"):
        assert word in person.text
    assert "/code-source.tar.gz" in links


async def test_a_right_to_left_page_says_so(person, talk):
    """Language and direction of the page are those of the conversation; French words on it are marked."""
    talk.replies = [reply("مرحبا", language="ar")]
    await person.press("Oui")
    html = person.page.all("html")[0]
    french = [each for each in person.page.all("span", lang="fr") if "Nouvelle personne" in each.text]

    assert (html.attrs["lang"], html.attrs["dir"]) == ("ar", "rtl")
    assert "مرحبا" in person.text
    assert person.page.all("button", **{"class": "envoyer"})[0].text == "إرسال"
    assert french[0].attrs["dir"] == "ltr"


async def test_a_notice_that_is_not_translated_is_whole_in_french_and_says_so(person, talk):
    """Half a notice in one language and half in another would mislead."""
    talk.replies = [reply("مرحبا", language="ar")]
    await person.press("Oui")
    await person.open("/confidentialite")
    body = person.page.all("div", **{"class": "avis"})[0]

    assert (body.attrs["lang"], body.attrs["dir"]) == ("fr", "ltr")
    assert "Cette page n'est pas encore traduite" in person.text


async def test_a_first_visit_is_in_the_language_of_the_browser(address, talk):
    """The conversation is told too."""
    person = Person(address, **{"accept-language": "ar,fr;q=0.5"})
    await person.open()

    assert person.page.all("html")[0].attrs["lang"] == "ar"
    assert talk.heard[0].language == "ar"
    await person.client.aclose()


async def test_health_tells_that_all_is_well_and_which_content_serves(address, knowledge):
    """A monitor asks, and learns nothing of anybody."""
    async with httpx.AsyncClient(base_url=address, trust_env=False) as client:
        response = await client.get("/sante")

    assert response.status_code == 200
    assert response.json() == {"etat": "ok", "contenu": knowledge.version, "contenu_refuse": 0}
    assert "set-cookie" not in response.headers


async def test_health_tells_when_the_store_fails(address, talk):
    """503 while nothing can be read."""

    async def fail(*_):
        raise StoreUnavailable("disque plein")

    talk.store.load = fail
    async with httpx.AsyncClient(base_url=address, trust_env=False) as client:
        response = await client.get("/sante")

    assert response.status_code == 503
    assert response.json()["etat"] == "panne"


async def test_health_does_not_wait_for_a_store_that_hangs(address, talk, monkeypatch):
    """A store that never answers is a store that fails."""
    import asyncio

    monkeypatch.setattr("bot.web.pages._PATIENCE", 0.01)

    async def hang(*_):
        await asyncio.Event().wait()

    talk.store.load = hang
    async with httpx.AsyncClient(base_url=address, trust_env=False) as client:
        assert (await client.get("/sante")).status_code == 503


def packed(code):
    """Return the names in an archive."""
    with tarfile.open(fileobj=io.BytesIO(code)) as tar:
        return tar.getnames()


async def test_the_source_code_of_what_runs_can_be_had(address):
    """The licence asks for it; the archive opens and holds this very channel."""
    async with httpx.AsyncClient(base_url=address, trust_env=False) as client:
        response = await client.get("/code-source.tar.gz")
    names = packed(response.content)

    assert "passerelle/bot/web/app.py" in names
    assert "passerelle/pyproject.toml" in names
    assert not [name for name in names if ".venv" in name or name.endswith((".cle", ".db"))]


def test_no_key_and_no_data_is_ever_in_the_archive(tmp_path):
    """Even when an operator keeps the data folder inside the program."""
    for name in (
        "bot/app.py",
        "bot/donnees/passerelle.cle",
        "bot/donnees/passerelle.db",
        "donnees/x.yaml",
        ".env",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")

    assert packed(archive(tmp_path)) == ["passerelle/bot/app.py"]


def test_every_sentence_has_a_place_of_its_own():
    """Catalogs translate by place: two sentences never share one, and all are listed."""
    contexts = [label.context for label in wording.ALL]

    assert len(contexts) == len(set(contexts))
    assert all(context.startswith("web.") for context in contexts)
    assert {label.context for notice in NOTICES for label in notice.labels} <= set(contexts)


async def test_the_legal_notice_names_who_answers_for_the_service(talk, library, tmp_path, clock):
    """Publisher and host as the settings give them; without them the page says that it is a trial."""
    named = Settings(donnees=tmp_path, editeur="Ville d'essai, 1 rue X", hebergeur="Hébergeur d'essai, 01 00 00 00 00")
    told = []
    for settings in (named, Settings(donnees=tmp_path)):
        app = create_app(talk, lambda: library, settings, clock)
        async with listening(app) as address, httpx.AsyncClient(base_url=address, trust_env=False) as client:
            told.append((await client.get("/mentions-legales")).text)

    assert "Ville d&#x27;essai, 1 rue X" in told[0]
    assert "Hébergeur d&#x27;essai, 01 00 00 00 00" in told[0]
    assert "Personne n&#x27;est encore nommé" in told[1]


async def test_the_process_says_that_it_lives_whatever_the_store_does(talk, address):
    """A store out of order asks for no restart: /sante/vivant stays well, /sante does not."""

    async def fail(*_):
        raise StoreUnavailable("disque plein")

    talk.store.load = fail
    async with httpx.AsyncClient(base_url=address, trust_env=False) as client:
        ready, alive = await client.get("/sante"), await client.get("/sante/vivant")

    assert (ready.status_code, alive.status_code) == (503, 200)
