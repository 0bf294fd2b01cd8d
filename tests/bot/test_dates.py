"""Dates as people meet them: after the results, as a whole list, in the terminal's own form; never in danger."""

import json
from datetime import UTC, date, datetime

import pytest

from bot.dates_json import milestones_line
from bot.jsonl import BadLine
from knowledge.milestone import EVENTS
from tests.bot.talk import Person

TODAY = date(2026, 11, 22)
MARCH = datetime(2027, 3, 2, 11, tzinfo=UTC)


async def finished(person):
    """Answer « je ne sais pas » until the results are there."""
    for _ in range(15):
        if person.question is None:
            return person.text
        await person.types("je ne sais pas")
    raise AssertionError("no results")


async def test_three_dates_at_most_follow_the_results(library):
    """After the results comes what is next for this family, when, and a button for its card."""
    person = Person(library, now=MARCH)
    await person.opens()
    await person.types("mon fils est né en mai 2024, quelle école, 20e")
    said = await finished(person)
    after = said.partition("Ce qui vient ensuite :")[2]

    assert "Inscrire l'enfant à l'école maternelle" in after
    assert "Maintenant, jusque vers avril 2027" in after
    assert after.count("Vers ") + after.count("Maintenant") <= 3


async def test_the_whole_list_is_one_press_away_and_leads_back(library):
    """« Dates à venir » lists the next twelve months by month; « Revenir » shows the results again."""
    person = Person(library)
    await person.opens()
    await person.types("je suis enceinte de 5 mois, 19e")
    results = await finished(person)
    await person.presses("Dates à venir")
    listed = person.text
    await person.presses("Revenir")

    assert "Vers mars 2027" in listed and "Déclarer la naissance" in listed
    assert person.text == results


async def test_each_child_has_its_own_line(library):
    """With several children a date says which child it is about."""
    person = Person(library)
    await person.opens()
    await person.types("j'ai une fille née en décembre 2010 et un fils né en mai 2024, 20e, je cherche une école")
    await finished(person)
    await person.presses("Dates à venir")

    assert "La carte Vitale et le médecin à 16 ans (enfant de 15 ans)" in person.text
    assert "Inscrire l'enfant à l'école maternelle (enfant de 30" in person.text


async def test_a_guarded_subject_shows_no_dates(library):
    """Nothing of a family's calendar stands on the screen of someone who may be in danger."""
    person = Person(library)
    await person.opens()
    await person.types("ma fille est née en décembre 2010")
    await person._send(payload="t|violences")
    said = await finished(person)

    assert "Ce qui vient ensuite" not in said
    assert not [button for button in person.buttons if "Dates à venir" in button.text]


async def test_a_loss_brings_no_date_of_a_birth(library):
    """Who lost a child is told only of what follows the loss, without a date."""
    person = Person(library)
    await person.opens()
    await person.types("j'ai un enfant né en novembre 2024")
    await person._send(payload="t|deuil")
    await person._send(payload="c|deces|perinatal")
    said = (await finished(person)).partition("Ce qui vient ensuite :")[2]
    listed = [milestone.name for milestone in library.content.knowledge.milestones if milestone.anchor not in EVENTS]

    assert "Dans les mois qui suivent" in said
    assert not [name for name in listed if name in said]


def test_one_family_a_line_gives_its_dates(library):
    """The documented form: id, words, window, cards, confidence."""
    facts = {"enfants": [{"naissance": "2010-12"}]}
    found = milestones_line(library, {"faits": facts, "le": "2026-11-22", "mois": 1}, TODAY)["jalons"]
    card = next(each for each in found if each["id"] == "carte-vitale-16-ans")

    assert card["ouvre"] == "2026-12-01" and card["jusqu_a"] == "2027-03-01" and card["enfant"] == 0
    assert card["quand"] == "Vers décembre 2026"
    assert card["fiches"] == ["majorite-sante", "cpam-accueil"] and card["confiance"] == "moyenne"
    assert set(card) == {
        "id", "nom", "titre_discret", "texte", "quand", "enfant", "ouvre", "jusqu_a", "fiches", "confiance",
    }  # fmt: skip
    assert json.loads(json.dumps(found)) == found


def test_a_date_that_was_given_dates_what_follows(library):
    """With the day of the separation, what follows it has days too."""
    request = {"faits": {"separation": "recente"}, "dates": {"separation": "2026-10-31"}}
    found = {each["id"]: each for each in milestones_line(library, request, TODAY)["jalons"]}

    assert found["separation-soutien-familial"]["ouvre"] == "2026-11-30"
    assert found["separation-soutien-familial"]["jusqu_a"] == "2027-02-28"


@pytest.mark.parametrize(
    "request_",
    [
        {"faits": [], "le": "2026-11-22"},
        {"facts": {}},
        {"mois": -1},
        {"mois": True},
        {"mois": 61},
        {"le": "0001-01-01"},
        {"le": "9999-12-31"},
        {"dates": {"mariage": "2026-01-01"}},
        {"dates": {"separation": None}},
        {"dates": ["separation"]},
    ],
)
def test_a_bad_line_is_refused_in_words(library, request_):
    """What is not a request is refused, never broken on."""
    with pytest.raises(BadLine):
        milestones_line(library, request_, TODAY)
