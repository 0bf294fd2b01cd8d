"""Facts on the way in: what the vocabulary does not allow is refused by name; what is prepared keeps its doubt."""

import pytest

from knowledge.ages import age_span, birth_of, months
from knowledge.base import Span
from knowledge.facts import FactError, parse_facts, prepare
from tests.knowledge.families import ON, VOCABULARY


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3 ans", 36),
        ("30 mois", 30),
        ("2 ans et 6 mois", 30),
        ("1 an", 12),
        ("16ans", 192),
        ("trois ans", None),
        ("3", None),
        ("", None),
    ],
)
def test_lengths_of_time_are_read_as_the_law_writes_them(text, expected):
    """Years and months become months; a bare number is no age."""
    assert months(text) == expected


def test_a_whole_age_is_kept_as_a_span_of_birth_months_and_grows_by_itself():
    """A child of « 2 ans » on 21 November 2026 was born from December 2023 to November 2024."""
    facts = parse_facts({"enfants": [{"age": "2 ans"}]}, VOCABULARY, ON)
    birth = facts["enfants"]["liste"][0]["naissance"]

    assert birth == ["2023-12", "2024-11"]
    assert age_span(birth, ON) == Span(24, 35)
    assert age_span(birth, ON.replace(year=2027)) == Span(36, 47)


def test_a_birth_month_is_exact():
    """Turning three counts from the first day of the month."""
    assert birth_of(24, 24, ON) == "2024-11"
    assert age_span("2023-11", ON) == Span(36, 36)
    assert age_span("2027-02", ON) == Span(0, 0)


@pytest.mark.parametrize(
    "raw",
    [
        {"nationalite": "x"},
        {"foyer": "seule"},
        {"foyer": []},
        {"revenus": "beaucoup"},
        {"revenus": -1},
        {"revenus": [2000, 1000]},
        {"revenus": [1000]},
        {"arrondissement": 21},
        {"enfants": [{"age": "2"}]},
        {"enfants": [{"age": "90 ans"}]},
        {"enfants": [{"naissance": "2024-13"}]},
        {"enfants": [{"prenom": "x"}]},
        {"enfants": ["2 ans"]},
        {"enfants": [], "enfants_complet": "peut-être"},
        {"enfants": [{"age": "2 ans"}] * 16},
    ],
    ids=str,
)
def test_a_value_outside_the_vocabulary_is_refused(raw):
    """Unknown facts and impossible values are named, never guessed."""
    with pytest.raises(FactError):
        parse_facts(raw, VOCABULARY, ON)


def test_bands_are_whole_numbers_up_to_but_not_including_the_end():
    """[1001, 1401) reaches 1400; an open end stays open; an exact value is one point."""
    ready = prepare({"revenus": [1001, 1401], "anciennete": [36, None]}, VOCABULARY, ON)

    assert ready == {"revenus": Span(1001, 1400), "anciennete": Span(36, None)}
    assert prepare({"revenus": 1400}, VOCABULARY, ON) == {"revenus": Span(1400, 1400)}


def test_what_an_old_session_holds_and_the_vocabulary_no_longer_knows_is_unknown():
    """A fact that was removed never breaks a match."""
    assert prepare({"disparu": "x", "foyer": "veuf"}, VOCABULARY, ON) == {}
