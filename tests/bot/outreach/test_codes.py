"""Codes in people's hands: printed for ever, read aloud, mistyped; and what may never be in one."""

from datetime import date

import pytest

from bot.content import load_library
from bot.links import LANGUAGES, decode_link, parse_link
from bot.outreach.codes import grouped, is_mistyped, telegram_address, web_address
from bot.outreach.wish import Wish, WishError, code_of, quarters, refuse_sensitive
from knowledge.vocabulary import DISTRICT
from tests.bot.talk import Person

ON = date(2026, 11, 22)
PRINTED = {
    "1DPN5V": ("separation", None, {}, None),
    "1MG23B": ("violences", None, {}, None),
    "10G1DK7X": (None, "asf", {"arrondissement": "19"}, None),
    "1EQWD1G4C5R1F199E": ("jeune-autonomie", None, {"arrondissement": "1"}, "fr@tu"),
    "1000DMG2AY": (None, None, {"arrondissement": "20"}, "en"),
    "13HPD0A4BA3WG36Q": (
        "accueillir-enfant",
        None,
        {
            "arrondissement": "hors_paris",
            "enfants": {
                "liste": [{"naissance": ["2024-10", "2024-12"]}, {"naissance": ["2021-01", "2021-03"]}],
                "complet": "non",
            },
        },
        "ar",
    ),
}
"""On paper since November 2026: never change a line, add some."""


@pytest.fixture(scope="module")
def library():
    """All content, as the service loads it."""
    return load_library()


@pytest.fixture(scope="module")
def knowledge(library):
    """The real cards."""
    return library.content.knowledge


@pytest.mark.parametrize("code", PRINTED)
def test_a_printed_code_opens_for_ever(knowledge, code):
    """Posters stay on walls for years: subject, card, facts and language are those of the day they were printed."""
    opening = decode_link(code, knowledge, ON)

    assert (opening.tree, opening.card, dict(opening.facts), parse_link(code).language) == PRINTED[code]


@pytest.mark.parametrize("code", PRINTED)
async def test_a_printed_code_is_typed_as_it_is_read(library, code):
    """Small letters, in groups of four, in the conversation itself: it opens like the link."""
    by_link, typed = Person(library), Person(library)
    await by_link.opens(code)
    await typed.types(grouped(code).lower())

    assert typed.text == by_link.text


@pytest.mark.parametrize("wrong", ["1DPN5W", "1dpn 5x", "10G1DK7Y", "10G1DJ7X", "1000 DMG2 YA"])
async def test_a_mistyped_code_is_said_kindly(library, wrong):
    """The family is told that the code is not right and what to do; no subject is opened by mistake."""
    person = Person(library)
    await person.types(wrong)

    assert "Ce lien n'est pas complet ou n'existe plus." in person.text
    assert "choisissez un sujet" in person.text


@pytest.mark.parametrize(
    "sentence",
    [
        "1",
        "12 mois",
        "1er enfant",
        "18000",
        "1500 euros",
        "19",
        "1 enfant de 2 ans",
        "100000",
        "1 bébé",
        "15e",
        "1DPN5V",
    ],
)
def test_an_answer_is_never_taken_for_a_mistyped_code(knowledge, sentence):
    """Numbers, ages, amounts and right codes go their own way."""
    assert not is_mistyped(sentence, knowledge)


async def test_a_link_speaks_its_language_to_newcomers_only(library):
    """Someone new is spoken to in the link's language; whoever talks already keeps their own."""
    code = code_of(Wish("separation", language="ar"), library.content.knowledge, ON)
    new, known = Person(library), Person(library)
    await new.opens(code)
    await known.opens()
    await known.opens(code)

    assert (new.reply.language, known.reply.language) == ("ar", "fr")


def test_every_language_of_a_link_is_offered_or_french(library):
    """A language keeps its number for ever, even one that would be taken away."""
    assert LANGUAGES[:5] == ("fr", "fr@facile", "en", "ar", "fr@tu")


def test_addresses_hold_the_same_code():
    """Telegram takes the code as it is (core.telegram.org/bots/features#deep-linking), and so does the web."""
    assert web_address("https://p.example.fr", "1DPN5V") == "https://p.example.fr/l/1DPN5V"
    assert telegram_address("passerelle_bot", "1DPN5V") == "https://t.me/passerelle_bot?start=1DPN5V"


def test_only_facts_that_may_travel_are_accepted(knowledge):
    """Every fact of the vocabulary but the harmless ones is refused by its name."""
    refused = set()
    for fact in knowledge.vocabulary.facts:
        try:
            refuse_sensitive((fact.id,), knowledge)
        except WishError:
            refused.add(fact.id)
    allowed = {fact.id for fact in knowledge.vocabulary.facts} - refused

    assert DISTRICT in allowed
    assert allowed == {fact.id for fact in knowledge.vocabulary.facts if fact.sensitivity == 0}
    assert {"handicap", "revenus_n2", "grossesse_mois", "separation", "minima"} <= refused


def test_quarters_stop_at_the_present_one():
    """No quarter to come: a pregnancy is no fact for a link."""
    (year, this_year), *_, (last, _) = quarters(ON)

    assert [month for month, _ in this_year] == ["2026-01", "2026-04", "2026-07", "2026-10"]
    assert quarters(date(2026, 5, 3))[0] == (
        2026,
        (("2026-01", "janvier à mars 2026"), ("2026-04", "avril à juin 2026")),
    )
    assert (year, last) == (2026, 2007)


@pytest.mark.parametrize("month", ["2027-02", "2026-13", "hier"])
def test_a_month_to_come_or_that_is_none_makes_no_link(knowledge, month):
    """What the form would not offer is refused when it is forged."""
    with pytest.raises(WishError):
        code_of(Wish("separation", births=(month,)), knowledge, ON)
