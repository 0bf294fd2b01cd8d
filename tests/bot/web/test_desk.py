"""The desk as a clerk uses it without scripts: one form, everything in it, nothing kept."""

import re

import httpx
import pytest

from bot.imports.mapping import load_source
from bot.imports.run import Order, run_import
from bot.web.desk.asked import Asked
from bot.web.desk.page import desk_page
from tests.bot.web.conftest import ROOT, listening
from tests.bot.web.person import read

FAMILY = {
    "arrondissement": "19",
    "q-foyer": "seul",
    "q-separation": "recente",
    "q-pension": "impayee",
    "e0-ans": "3",
    "tous_enfants": "on",
}


class Clerk:
    """Someone who sends the desk's form and reads the page."""

    def __init__(self, client):
        self.client, self.response, self.page = client, None, None

    async def send(self, **fields):
        """Send the form with these fields."""
        self.response = await self.client.post("/guichet", data=fields)
        self.page = read(self.response.text)
        return self

    def part(self, name):
        """Return one section of the page."""
        return self.page.all("section", id=name)[0]

    @property
    def names(self):
        """Return what was found, in order."""
        return [each.text for each in self.part("resultats").all("b")]

    def verdict(self, name):
        """Return the verdict beside a result."""
        line = next(each for each in self.part("resultats").all("b") if each.text.startswith(name)).parent
        return [each.text for each in line.all("span") if "verdict" in each.attrs["class"]]


@pytest.fixture
async def clerk(real_app):
    """A clerk whose browser runs no script."""
    async with listening(real_app) as address, httpx.AsyncClient(base_url=address, trust_env=False) as client:
        yield Clerk(client)


async def test_an_acronym_finds_its_card_first(clerk):
    """« asf » is all that a clerk types."""
    await clerk.send(q="asf")

    assert clerk.names[0] == "Allocation de soutien familial (ASF)"


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("il me tape devant les petits", "3919"),
        ("fille 15 ans pas rentrée depuis hier", "119"),
        ("мама не дышит", "15"),
    ],
)
async def test_words_of_danger_bring_their_number_first(clerk, words, number):
    """What a family says is typed as it is said, with any filter on: the number to call is the first line."""
    await clerk.send(q=words, age="6-10", gratuit="on")

    assert clerk.names[0].startswith(number)
    assert len(set(clerk.names)) == len(clerk.names)


async def test_a_service_looked_for_brings_no_number_first(clerk):
    """« Crèche 19 » speaks of no danger."""
    await clerk.send(q="crèche 19")

    assert "rèche" in clerk.names[0]


async def test_the_situation_gives_each_card_its_verdict(clerk):
    """A lone parent of a child of three whose pension is not paid: ASF is probable, the Caf checks the rest."""
    await clerk.send(q="asf", **FAMILY)
    lone = clerk.verdict("Allocation de soutien familial")
    await clerk.send(q="asf", **{**FAMILY, "q-foyer": "couple", "e0-recueilli": "non"})
    couple = clerk.verdict("Allocation de soutien familial")

    assert (lone, couple) == (["Probable"], ["Non"])


async def test_nothing_asked_never_rules_out(clerk):
    """One answer leaves open what was not asked, and says what to ask next."""
    await clerk.send(**{"q-foyer": "seul", "q": "asf"})
    next_ones = [each.text for each in clerk.part("manque").all("a")]

    assert clerk.verdict("Allocation de soutien familial") == ["À compléter"]
    assert "Enfants" in next_ones


async def test_comparing_shows_what_one_answer_decides(clerk):
    """Without « il ne paie pas », the advance on the pension is open again."""
    await clerk.send(**FAMILY, comparer="pension")
    told = clerk.part("comparaison")

    assert told.all("h3")[0].text.startswith("Pension alimentaire : et sans « Non, il ne paie pas »")
    assert any("Allocation de soutien familial" in each.text for each in told.all("li"))


async def test_a_comparison_stays_until_it_is_closed(clerk):
    """It follows the answers while the clerk goes on searching, then goes when the clerk says so."""
    await clerk.send(**FAMILY, comparer="pension")
    carried = clerk.part("comparaison").all("input", name="comparee")[0].attrs["value"]
    await clerk.send(**FAMILY, q="asf", comparee=carried)
    still = [each.text for each in clerk.part("comparaison").all("h3")]
    await clerk.send(**FAMILY, q="asf", comparee=carried, fermer_comparaison="1")

    assert still and still[0].startswith("Pension alimentaire")
    assert clerk.part("comparaison").all("h3") == []


async def test_the_basket_and_the_answers_stay_in_the_form(clerk):
    """A card is added, another looked at: the page carries all of it again."""
    await clerk.send(**FAMILY, ouverte="asf", ajouter="asf")
    await clerk.send(**FAMILY, panier="asf", ouvrir="rsa")
    chosen = [each.attrs["value"] for each in clerk.page.all("option") if "selected" in each.attrs]

    assert clerk.page.all("input", name="panier")[0].attrs["value"] == "asf"
    assert "Allocation de soutien familial" in clerk.part("panier").text
    assert clerk.page.all("input", name="ouverte")[0].attrs["value"] == "rsa"
    assert {"19", "seul", "recente", "impayee"} <= set(chosen)


async def test_a_place_opens_with_its_service_and_itself_first(clerk):
    """Who looks for the Relais of the 19th reads its address before any other."""
    await clerk.send(q="rif 19", ouvrir="rif-mairie-19")
    card = clerk.part("fiche").text

    assert "Relais Information" in card
    assert re.search(r"750\d\d", card)[0] == "75019"


async def test_violence_is_found_like_any_other_subject(clerk):
    """A clerk finds the numbers and the places; nothing about it is kept anywhere."""
    await clerk.send(q="violences conjugales")

    assert any("3919" in name for name in clerk.names)


async def test_a_filter_keeps_what_nobody_knows_and_says_so(clerk):
    """« Ouvert maintenant » hides what is surely closed; unknown hours are marked, never hidden."""
    await clerk.send(q="rif", ouvert="on")

    assert clerk.names
    assert "À confirmer" in clerk.part("resultats").text


@pytest.mark.parametrize("age", ["douze", "99", "-3", "１２"])
async def test_an_age_that_makes_no_sense_is_told_and_the_rest_stays(clerk, age):
    """A slip of the keyboard costs one line, never the page."""
    await clerk.send(**{**FAMILY, "e0-ans": age})
    told = clerk.part("manque").text

    assert clerk.response.status_code == 200
    assert ("Enfant 1" in told) is (age != "１２")


@pytest.mark.parametrize(
    "fields",
    [
        {"ouvrir": "nulle-part", "theme": "rien", "age": "x", "langue": "tlh", "comparer": "foyer"},
        {"q-foyer": "inconnu", "q-rien": "x", "arrondissement": "99", "panier": "a,b,,asf," * 30},
        {"q": "<script>alert(1)</script>' OR 1=1 --" + "é" * 5000, "e99999-ans": "3", "e-ans": "2"},
    ],
)
async def test_nonsense_in_any_field_is_left_out(clerk, fields):
    """Old pages, forged forms: the desk answers with what makes sense."""
    await clerk.send(**fields)

    assert clerk.response.status_code == 200
    assert "<script>alert" not in clerk.response.text


async def test_the_next_family_meets_an_empty_form(clerk):
    """No cookie, no address, no store holds a family's facts."""
    await clerk.send(**FAMILY, ouverte="asf")
    sent = str(clerk.response.url), clerk.response.headers.get("set-cookie")
    page = read((await clerk.client.get("/guichet")).text)

    assert sent == (str(clerk.client.base_url) + "/guichet", None)
    assert not [each for each in page.all("option") if "selected" in each.attrs and each.attrs["value"]]
    assert clerk.response.headers["cache-control"] == "no-store"


async def test_the_desk_runs_no_script_but_its_own_file(clerk):
    """Its policy allows the files of this service; no script stands in a page."""
    await clerk.send(q="asf")
    policy = clerk.response.headers["content-security-policy"]

    assert "script-src 'self';" in policy and "unsafe" not in policy
    assert [each.attrs.get("src", "")[:20] for each in clerk.page.all("script")] == ["/static/guichet.js?v"]
    assert not re.search(r" on\w+=", clerk.response.text)


async def test_what_is_new_lists_checked_cards_and_changed_amounts(clerk):
    """The ASF amount of April 2026 is new since March, not since May."""
    march = (await clerk.client.get("/guichet/nouveautes?depuis=2026-03-01")).text
    may = (await clerk.client.get("/guichet/nouveautes?depuis=2026-05-01")).text
    odd = await clerk.client.get("/guichet/nouveautes?depuis=hier")

    assert "Allocation de soutien familial</b>, par enfant" in march
    assert "Allocation de soutien familial</b>, par enfant" not in may
    assert odd.status_code == 200


async def test_imported_places_are_found_and_say_that_nobody_checked_them(everything, tmp_path, clock):
    """A clerk who looks for digital help in the 13th sees the imported line, marked, and opens its service's card."""
    source = load_source("mediation-numerique", [each.id for each in everything.content.knowledge.services])
    file = ROOT / "tests/data/imports/mediation-numerique/colonnes_et_exemple_fictif.csv"
    order = Order(source, file, tmp_path, clock().date(), licence="Licence Ouverte 2.0")
    run_import(order, everything.content.knowledge)
    library = everything.with_imports(tmp_path)
    speaker = library.speaker("fr", clock().date())
    page = desk_page(library, Asked(text="aide internet 13"), clock(), speaker)
    found = next(each for each in page.results.found if each.name == "Lieu fictif")

    assert (found.kind, found.card) == ("Lieu importé", "inclusion-numerique")
    assert "non vérifié, appelez avant" in found.unsure
