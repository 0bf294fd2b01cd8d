"""What is true of each child, of several ages in a row, and what follows from a rate."""

from datetime import date

import pytest

from dialogs.heard import heard_facts

TODAY = date(2026, 11, 22)


def children(text):
    """Return what is noted of each child, births left out."""
    listed = heard_facts({}, text, TODAY)["enfants"]["liste"]
    return [{name: value for name, value in child.items() if name != "naissance"} for child in listed]


def test_what_is_said_of_all_children_is_true_of_each():
    """« Garde alternée » with two ages: each lives with both parents in turn."""
    assert children("garde alternée pour mes filles de 4 et 6 ans") == [{"garde": "alternee"}] * 2


def test_a_rate_says_the_handicap():
    """Nobody has a rate without it."""
    assert children("ma fille de 9 ans a un taux de 80 %") == [{"handicap": "oui", "taux_handicap": "80_plus"}]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("la grande 15 ans, le moyen 11 et le petit 6", 3),
        ("j'ai un fils de quatorze ans et une fille de huit", 2),
        ("papa de deux enfants, 3 ans et 5 ans", 2),
    ],
)
def test_ages_in_a_row_are_read_once_each(text, count):
    """The word « ans » is often said once."""
    assert len(children(text)) == count


def test_what_one_wishes_for_the_children_is_not_noted():
    """A request for shared custody is no shared custody."""
    assert children("je veux la garde alternée pour mon fils de 4 ans") == [{}]


def test_a_beating_is_not_a_death():
    """In Bengali both begin with the same signs: only the whole word says that somebody died."""
    assert heard_facts({}, "স্বামী আমাকে মারে, আমি ভয় পাই", TODAY) == {}
    assert heard_facts({}, "আমার স্বামী মারা গেছেন", TODAY) == {"deces": "conjoint"}


def test_the_number_of_a_street_is_no_arrondissement():
    """« J'habite au 19 de la rue des Haies » says nothing of where in Paris."""
    assert "arrondissement" not in heard_facts({}, "j'habite au 19 de la rue des Haies", TODAY)
    assert heard_facts({}, "j'habite au 19 de la rue des Haies, dans le 20e", TODAY)["arrondissement"] == "20"
