"""The page of links: what is made, what the family will see, what is refused, what comes on paper."""

import io
import re

import httpx
import pytest
from pypdf import PdfReader

from bot.content import load_library
from bot.conversation import Conversation
from bot.links import Link, encode_link
from bot.screen import Incoming
from bot.settings import Settings
from bot.web.app import create_app
from tests.bot.web.conftest import VAULT, listening
from tests.bot.web.person import Person

PUBLIC = "http://passerelle.example.fr"
WISH = {"sujet": "separation", "arrondissement": "19", "enfant0": "2024-10", "langue": "ar", "campagne": "RIF19"}


@pytest.fixture(scope="module")
def codes():
    """The permanent codes of topics and cards."""
    return load_library().content.knowledge.codes


@pytest.fixture
def talk_with_store(everything, store):
    """The real conversation on a real file."""
    return Conversation(lambda: everything, store, VAULT)


@pytest.fixture
async def service(talk_with_store, everything, tmp_path, clock):
    """The address of a service that families reach under a name, whose bot is known."""
    settings = Settings(donnees=tmp_path, url_publique=PUBLIC)
    app = create_app(talk_with_store, lambda: everything, settings, clock, bot_name=lambda: "passerelle_bot")
    async with listening(app) as address:
        yield address


async def posted(address, path="/liens", **form):
    """Return the answer to the form."""
    async with httpx.AsyncClient(base_url=address, trust_env=False, timeout=30) as client:
        return await client.post(path, data=form)


async def test_a_link_is_made_for_the_web_and_for_telegram(service, codes):
    """One code for both, grouped to be read aloud, and its square on the page."""
    page = (await posted(service, **WISH)).text
    code = encode_link(Link(codes["separation"], "19", ("2024-10",), "ar", "RIF19"))

    assert f"{PUBLIC}/l/{code}" in page
    assert f"https://t.me/passerelle_bot?start={code}" in page
    assert " ".join(code[at : at + 4] for at in range(0, len(code), 4)) in page
    assert "<svg" in page


async def test_the_preview_is_what_the_family_then_sees(service, everything, talk_with_store, clock, codes):
    """The sentences of the page are those of the conversation behind the link, in its language."""
    page = (await posted(service, **WISH)).text
    code = encode_link(Link(codes["separation"], "19", ("2024-10",), "ar", "RIF19"))
    opened = await talk_with_store.handle(Incoming("b" * 64, start=code, language="fr"), clock())
    then = await talk_with_store.handle(Incoming("b" * 64, payload="o|1"), clock())
    said = [block.text for reply in (opened, then) for screen in reply.screens for block in screen.blocks]

    assert opened.language == then.language == "ar"
    assert [text for text in said if text and text not in page] == []
    assert 'dir="rtl"' in page


async def test_the_questions_that_a_link_spares_are_named(service):
    """The arrondissement is in the link: it is not asked again; without it, nothing is spared."""
    known = (await posted(service, **WISH)).text
    bare = (await posted(service, sujet="separation")).text

    assert "Le lien évite : Arrondissement." in known
    assert "Le lien n'évite aucune question." in bare
    assert re.search(r"Restent, [^.]*Arrondissement", bare)
    assert not re.search(r"Restent, [^.]*Arrondissement", known)


async def test_making_a_link_leaves_nothing_in_the_store(service, store):
    """The preview talks to a session that is thrown away."""
    await posted(service, **WISH)
    kept = await store.database.read(lambda c: c.execute("SELECT count(*) FROM sessions").fetchone()[0])

    assert kept == 0


@pytest.mark.parametrize("fact", ["revenus_n2", "handicap", "adoption", "q-foyer", "pension"])
async def test_a_sensitive_fact_is_refused(service, everything, fact):
    """A form that brings more than may travel makes no link, and says which answer is too much."""
    answer = await posted(service, **WISH, **{fact: "oui"})
    names = {each.id: each.name for each in everything.content.knowledge.vocabulary.facts}

    assert names[fact.removeprefix("q-")] in answer.text.replace("&#39;", "'")
    assert "/l/1" not in answer.text


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"campagne": "été"}, "1 à 8 lettres ou chiffres"),
        ({"sujet": "absent"}, "ni un thème ni une fiche"),
        ({"arrondissement": "21"}, "arrondissement"),
        ({"enfant0": "hier"}, "hier"),
        ({"langue": "xx"}, "inconnue des liens"),
    ],
)
async def test_what_does_not_fit_is_said_kindly(service, form, words):
    """The form comes back with the reason; nothing breaks."""
    answer = await posted(service, **form)

    assert answer.status_code == 200
    assert words in answer.text
    assert 'role="alert"' in answer.text


async def test_nothing_chosen_travels_in_an_address(service):
    """Whatever is chosen goes by POST: the form's addresses are bare."""
    page = (await posted(service, **WISH)).text
    addresses = re.findall(r'(?:action|formaction)="([^"]*)"', page)

    assert addresses
    assert [each for each in addresses if "?" in each or "separation" in each] == []


async def test_the_square_comes_as_svg_and_png(service):
    """Two files to download, named after the code."""
    svg, png = [await posted(service, f"/liens/qr.{kind}", **WISH) for kind in ("svg", "png")]

    assert svg.headers["content-type"] == "image/svg+xml" and svg.text.startswith("<svg")
    assert png.content.startswith(b"\x89PNG")
    assert "attachment" in png.headers["content-disposition"]


def read(body):
    """Return the pages of a PDF as text, without the breaks of lines."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(body)).pages]


@pytest.mark.parametrize("languages", [["fr"], ["fr", "ar"], ["fr", "ar", "en", "fr@facile"]])
async def test_a_poster_is_one_page_with_its_code_in_clear(service, codes, languages):
    """Subject, address, code and « gratuit » stand on one A4 page, in one to four languages."""
    form = {"sujet": "separation", "papier": languages}
    (page,) = read((await posted(service, "/liens/affiche.pdf", **form)).content)
    code = encode_link(Link(codes["separation"]))

    assert "Vous vous séparez" in page
    assert "Gratuit. Sans compte." in page
    assert "passerelle.example.fr" in page
    assert code in page.replace(" ", "")
    assert ("You are separating" in page) is ("en" in languages)


async def test_cards_for_the_notebook_fill_pages_of_eight(service, codes):
    """French and one other language on each card; one page for each other language."""
    form = {"sujet": "separation", "papier": ["fr", "ar", "en"]}
    pages = read((await posted(service, "/liens/carnet.pdf", **form)).content)
    code = encode_link(Link(codes["separation"]))

    assert len(pages) == 2
    assert [page.replace(" ", "").count(code) for page in pages] == [8, 8]
    assert pages[1].count("You are separating") == 8


@pytest.mark.parametrize(
    "target", [{"sujet": "violences"}, {"fiche": "tel-violences-femmes"}, {"fiche": "aide-urgence-violences"}]
)
@pytest.mark.parametrize("path", ["/liens/affiche.pdf", "/liens/carnet.pdf"])
async def test_paper_about_violence_names_nothing(service, target, path):
    """Someone may be looking over the shoulder: a neutral sentence, in every language."""
    pages = read((await posted(service, path, **target, papier=["fr", "en"])).content)
    told = " ".join(pages).lower()

    assert "une question, un souci dans la famille" in told
    assert [
        word for word in ("violence", "peur", "mal ", "frapp", "victime", "hurt", "scared", "abuse") if word in told
    ] == []


async def test_any_subject_can_be_left_unnamed(service):
    """Whoever hands out the paper may choose the neutral sentence."""
    answer = await posted(service, "/liens/affiche", sujet="incarceration", discret="on")

    assert "prison" not in answer.text
    assert "Une question, un souci dans la famille" in answer.text


async def test_a_family_opens_the_link_in_its_language(service, codes):
    """Someone whose phone is in French opens an Arabic link: the page speaks Arabic."""
    family = Person(service)
    await family.open(f"/l/{encode_link(Link(codes['separation'], language='ar'))}")
    direction = family.page.all("html")[0].attrs["dir"]
    await family.client.aclose()

    assert direction == "rtl"


async def test_the_desk_code_closes_this_page_too(everything, talk_with_store, tmp_path, clock):
    """Where staff have a code, links are made by staff."""
    code = "scrypt:" + "A" * 24 + ":" + "A" * 44
    app = create_app(talk_with_store, lambda: everything, Settings(donnees=tmp_path, guichet_code=code), clock)
    async with listening(app) as address:
        answers = [await posted(address, path) for path in ("/liens", "/liens/affiche.pdf", "/liens/qr.png")]

    assert {(answer.status_code, answer.headers["location"]) for answer in answers} == {(303, "/guichet/entrer")}
