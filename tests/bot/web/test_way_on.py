"""From the desk to the family's own phone: a situation that opens once."""

import re
from datetime import timedelta

import httpx
import pytest

from bot.conversation import Conversation
from bot.screen import Incoming
from bot.settings import Settings
from bot.web.app import create_app
from tests.bot.web.conftest import VAULT, listening
from tests.bot.web.person import Person

FAMILY = {"arrondissement": "19", "q-foyer": "seul", "e0-ans": "3", "ouverte": "asf"}
PUBLIC = "http://passerelle.example.fr"


@pytest.fixture
def talk_with_store(everything, store):
    """The real conversation on a real file."""
    return Conversation(lambda: everything, store, VAULT)


@pytest.fixture
async def service(talk_with_store, everything, tmp_path, clock):
    """The address of a service that families reach under a name."""
    app = create_app(talk_with_store, lambda: everything, Settings(donnees=tmp_path, url_publique=PUBLIC), clock)
    async with listening(app) as address:
        yield address


async def sheet(address, **more):
    """Return the link printed on a sheet of the desk."""
    async with httpx.AsyncClient(base_url=address, trust_env=False) as client:
        page = (await client.post("/guichet/feuille", data={**FAMILY, **more})).text
    found = re.search(r"passerelle\.example\.fr(/l/\w+)", page)
    return found[1] if found else ""


async def test_a_sheet_carries_answers_only_when_asked(service):
    """Without the box, the square opens the subject: a short code with the arrondissement, no more."""
    plain, whole = await sheet(service), await sheet(service, suite_telephone="on")

    assert plain.startswith("/l/1") and len(plain) <= 13
    assert whole.startswith("/l/Z") and len(whole) == 20


async def test_the_family_finds_its_answers_once(service):
    """Looking at the link uses nothing up; opening it shows the answers to confirm; a second phone finds nothing."""
    link = await sheet(service, suite_telephone="on")
    family, other = Person(service), Person(service)
    await family.open(link)
    await family.open(link)
    opened = await family._follow(await family.client.post(link))
    shown = opened.page.all("main")[0].text
    await family.press("Oui")
    then = family.page.all("main")[0].text
    await other._follow(await other.client.post(link))
    elsewhere = other.page.all("main")[0].text
    for each in (family, other):
        await each.client.aclose()

    assert "19e" in shown and "Seul ou seule" in shown
    assert "Allocation de soutien familial" in then
    assert "19e" not in elsewhere


async def test_after_a_day_the_answers_are_gone(service, clock):
    """Who never opened it leaves nothing behind."""
    link = await sheet(service, suite_telephone="on")
    clock.pass_(hours=24)
    family = Person(service)
    await family._follow(await family.client.post(link))
    shown = family.page.all("main")[0].text
    await family.client.aclose()

    assert "19e" not in shown


async def test_telegram_opens_the_same_code(service, talk_with_store, clock):
    """/start with the code of a sheet, or the code typed as it is printed, in small letters with spaces."""
    link = (await sheet(service, suite_telephone="on")).removeprefix("/l/")
    typed = f"{link[:5]} {link[5:]}".lower()
    reply = await talk_with_store.handle(Incoming("a" * 64, text=typed, language="fr"), clock())

    assert "19e" in str(reply.screens)


async def test_what_is_kept_is_sealed_and_tied_to_nobody(service, store):
    """Neither the code nor an answer can be read in the file."""
    link = await sheet(service, suite_telephone="on")
    rows = await store.database.read(lambda c: c.execute("SELECT code, person, body FROM offers").fetchall())

    assert len(rows) == 1
    assert link.removeprefix("/l/Z") not in rows[0][0]
    assert b"seul" not in rows[0][2]


async def test_a_guarded_subject_is_not_kept_with_the_answers(service, store, talk_with_store, clock):
    """The sheet of a violence card opens the answers, never that card."""
    link = (await sheet(service, suite_telephone="on", ouverte="tel-violences-femmes")).removeprefix("/l/")
    kept = await store.take(link[1:], clock() + timedelta(minutes=1))

    assert kept["fiche"] is None


async def test_a_code_that_was_never_given_opens_nothing(service):
    """Guessing is answered kindly; other addresses take no form."""
    family = Person(service)
    await family._follow(await family.client.post("/l/Z" + "0" * 16))
    told = family.page.all("main")[0].text
    refused = await family.client.post("/l/1ABCD")
    await family.client.aclose()

    assert "lien" in told.lower()
    assert refused.status_code == 404
