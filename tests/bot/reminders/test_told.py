"""What is taken from a conversation, and no more; what of it is other than before."""

from dataclasses import replace
from datetime import date

import pytest

from bot.reminders.record import Child, load
from bot.reminders.told import differs, family_of, term_of, typed_family, updated
from tests.bot.reminders.conftest import family

ON = date(2026, 11, 22)


def told(*births, complete="oui", **more):
    """Return facts of a family, with all that reminders must not keep."""
    children = [{"naissance": birth, "handicap": "oui", "scolarite": "maternelle"} for birth in births]
    sensitive = {"separation": "recente", "foyer": "seul", "minima": "rsa", "revenus_mois": [0, 1000]}
    return {**sensitive, "enfants": {"liste": children, "complet": complete}, "arrondissement": 19, **more}


def test_only_months_and_the_arrondissement_are_taken():
    """A separation, a handicap, a school, an income told in the same breath are not in what is kept."""
    found = family_of(told("2024-05"), ON)
    record = replace(family(), children=found.children, district=found.district)
    kept = record.dump().decode()

    assert [(child.first, child.last) for child in found.children] == [("2024-05", "2024-05")]
    assert found.district == "19"
    assert not [word for word in ("separation", "handicap", "seul", "rsa", "maternelle", "1000") if word in kept]
    assert load(record.dump()) == record


@pytest.mark.parametrize(
    "facts",
    [
        {"profil": "jeune"},
        {"profil": "professionnel"},
        {"profil": "proche"},
        {"deces": "enfant"},
        {"deces": ["perinatal", "conjoint"]},
    ],
)
def test_for_whom_there_are_no_reminders(facts):
    """A young person, who helps a family, a family that lost a child."""
    assert family_of(told("2024-05", **facts), ON) is None


def test_an_age_in_years_is_too_rough():
    """« 2 ans » is twelve possible months; « 2 ans et demi » is three."""
    found = family_of(told(["2023-12", "2024-11"], ["2024-03", "2024-05"]), ON)

    assert [(child.first, child.last) for child in found.children] == [("2024-03", "2024-05")]
    assert found.rough == 1


def test_a_grown_child_is_not_kept():
    """Nothing comes after 26: that month of birth is not taken, and is not asked for either."""
    found = family_of(told("1999-01", ["1998-01", "1998-12"], "2024-05"), ON)

    assert [child.first for child in found.children] == ["2024-05"]
    assert found.rough == 0


def test_a_due_date_follows_from_the_month_of_pregnancy():
    """In the 5th month in late November: five months from then at most, four at least: March or April."""
    term = term_of(5, 1, ON)

    assert (term.first, term.last) == ("2027-03", "2027-04")
    assert term_of(0, 1, ON) is None
    assert term_of([1, 10], 1, ON) is None


@pytest.mark.parametrize(
    ("text", "births", "district", "term"),
    [
        ("mai 2024, mars 2020", ["2024-05", "2020-03"], None, None),
        ("octobre 2024, mars 2016, 12e", ["2024-10", "2016-03"], "12", None),
        ("05/2024", ["2024-05"], None, None),
        ("8 mois", ["2026-03"], None, None),
        ("enceinte de 5 mois", [], None, "2027-03"),
    ],
)
def test_months_are_read_as_they_are_typed(text, births, district, term):
    """The forms that the screen gives as examples, and near ones."""
    found = typed_family(text, ON)

    assert [child.first for child in found.children] == births
    assert (found.district, found.term and found.term.first) == (district, term)


@pytest.mark.parametrize("text", ["bonjour", "il est blond", "", "12e"])
def test_what_is_no_month_is_not_taken_for_one(text):
    """Nothing is guessed."""
    assert typed_family(text, ON) is None


def test_what_a_conversation_does_not_say_differs_from_nothing():
    """The same children, fewer words: no offer. Another child, another home, a birth: an offer."""
    record = replace(family("2024-05", "2016-03"), district="19")

    assert not differs(record, family_of(told("2024-05", complete="non"), ON))
    assert not differs(record, family_of({"enfants": {"liste": [], "complet": "non"}}, ON))
    assert differs(record, family_of(told("2024-05", "2012-01"), ON))
    assert differs(record, family_of(told("2024-05", "2016-03", arrondissement=12), ON))
    assert differs(record, family_of(told("2024-05"), ON))
    assert differs(family(term="2026-11"), family_of(told("2026-11"), ON))
    assert differs(family(term="2027-03"), family_of(told(grossesse_mois=0), ON))


def test_a_child_told_again_keeps_its_number_and_what_it_heard():
    """« 2 ans et demi » becomes a month: what was told of this child is not told again."""
    record = replace(family("2016-03"), children=(Child(4, "2024-03", "2024-05", date(2026, 1, 1)),))
    new = updated(record, family_of(told("2024-04", "2012-01"), ON), whole=True)

    assert [(child.number, child.first, child.since) for child in new.children] == [
        (4, "2024-04", date(2026, 1, 1)), (5, "2012-01", ON),
    ]  # fmt: skip


def test_who_is_not_spoken_of_stays():
    """« J'ai un fils de mars 2012 » does not say that there is no other child, nor that no child is coming."""
    record = family("2024-05", term="2027-03")
    new = updated(record, family_of(told("2012-03", complete="non"), ON), whole=False)

    assert sorted(child.first for child in new.children) == ["2012-03", "2024-05"]
    assert new.term == record.term


def test_a_birth_ends_what_was_expected():
    """The child that came is a child from that day on, with a number of its own."""
    record = family("2024-05", term="2026-11")
    new = updated(record, family_of(told("2024-05", "2026-11"), ON), whole=False)

    assert new.term is None
    assert [(child.number, child.since) for child in new.children] == [(1, ON), (3, ON)]


def test_a_record_of_another_version_is_not_read():
    """What this version does not understand is nothing, not an error."""
    assert load(b'{"version": 9}') is None
    assert load(b"\xff") is None
