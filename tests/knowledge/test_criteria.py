"""The logic of conditions: what is not known is never no, and knowing more never takes back a yes or a no."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.base import Span
from knowledge.criteria import (
    INCONNU,
    NON,
    OUI,
    PROBABLE,
    ConditionError,
    Program,
    compile_tree,
    is_at_most,
    is_below,
    opposite,
)
from knowledge.facts import parse_facts, prepare
from tests.knowledge.families import (
    ON,
    SETTING,
    VOCABULARY,
    condition,
    conditions,
    partly_known,
    whole_families,
)


def verdict(written, **facts):
    """Return the verdict of a condition for facts written as an editor writes them."""
    plain = parse_facts(facts, VOCABULARY, ON)
    return compile_tree(condition(written), SETTING)(prepare(plain, VOCABULARY, ON))


ALONE = {"fait": "foyer", "egal": "seul"}
TODDLER = {"enfant": {"existe": "oui", "tout": [{"fait": "age", "moins_de": "3 ans"}]}}


def test_an_unasked_question_is_never_a_no():
    """Nothing known gives inconnu, whatever the clause."""
    for written in (ALONE, TODDLER, {"fait": "revenus", "au_plus": "10"}, {"non": ALONE}):
        assert verdict(written) is INCONNU


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ([0, 1001], OUI),
        ([1001, 1401], NON),
        ([0, 1401], INCONNU),
        (1000, OUI),
        (1001, NON),
        ([500, None], INCONNU),
    ],
)
def test_a_band_decides_only_when_it_lies_on_one_side(known, expected):
    """A band wholly inside a ceiling is oui, wholly outside non, across it inconnu."""
    assert verdict({"fait": "revenus", "au_plus": "1000"}, revenus=known) is expected


@pytest.mark.parametrize(
    ("operator", "at_bound", "below", "above"),
    [
        ("moins_de", NON, OUI, NON),
        ("au_plus", OUI, OUI, NON),
        ("a_partir_de", OUI, NON, OUI),
        ("plus_de", NON, NON, OUI),
        ("egal", OUI, NON, NON),
    ],
)
def test_operators_compare_as_they_are_named(operator, at_bound, below, above):
    """Each operator holds on the right side of its bound, and at it."""
    results = [verdict({"fait": "anciennete", operator: "36"}, anciennete=value) for value in (36, 35, 37)]

    assert results == [at_bound, below, above]


def test_an_open_list_of_children_never_says_no():
    """« Mon fils de 5 ans » does not say that there is no younger child."""
    assert verdict(TODDLER, enfants=[{"age": "5 ans"}]) is INCONNU
    assert verdict(TODDLER, enfants=[{"age": "5 ans"}], enfants_complet="oui") is NON
    assert verdict(TODDLER, enfants=[{"age": "2 ans"}]) is OUI


def test_clauses_of_a_group_are_about_one_same_child():
    """A young child and another child with a handicap do not make a young child with a handicap."""
    group = {
        "enfant": {
            "existe": "oui",
            "tout": [{"fait": "age", "moins_de": "3 ans"}, {"fait": "handicap", "egal": "oui"}],
        }
    }
    two = [{"age_mois": 12, "handicap": "non"}, {"age_mois": 90, "handicap": "oui"}]

    assert verdict(group, enfants=two, enfants_complet="oui") is NON
    assert verdict(group, enfants=[{"age_mois": 12, "handicap": "oui"}]) is OUI
    assert verdict(group, enfants=[{"age_mois": 12}], enfants_complet="oui") is INCONNU


def test_a_number_of_children_counts_those_that_fit():
    """Two children under three are needed; one and an unknown age leave it open."""
    group = {"enfant": {"nombre_min": 2, "tout": [{"fait": "age", "moins_de": "3 ans"}]}}

    assert verdict(group, enfants=[{"age_mois": 3}, {"age_mois": 20}]) is OUI
    assert verdict(group, enfants=[{"age_mois": 3}, {"handicap": "non"}], enfants_complet="oui") is INCONNU
    assert verdict(group, enfants=[{"age_mois": 3}, {"age_mois": 40}], enfants_complet="oui") is NON


def test_an_age_in_whole_years_is_a_year_wide():
    """« 2 ans » is between 24 and 35 months: a threshold at 30 months stays open."""
    at_thirty = {"enfant": {"existe": "oui", "tout": [{"fait": "age", "moins_de": "30 mois"}]}}

    assert verdict(at_thirty, enfants=[{"age": "2 ans"}], enfants_complet="oui") is INCONNU
    assert verdict(TODDLER, enfants=[{"age": "2 ans"}], enfants_complet="oui") is OUI
    assert verdict(TODDLER, enfants=[{"age": "3 ans"}], enfants_complet="oui") is NON


def test_probable_means_yes_if_the_institution_agrees():
    """A clause to check makes a yes probable, leaves the unknown unknown and a no a no."""
    written = {"tout": [ALONE, {"a_verifier": "oui", "dit": "La Caf vérifie."}]}

    assert [verdict(written, foyer="seul"), verdict(written), verdict(written, foyer="couple")] == [
        PROBABLE,
        INCONNU,
        NON,
    ]


def test_several_values_still_possible_leave_a_choice_open():
    """« Je suis séparée » without a date: in progress or recent; a clause on both holds, on one stays open."""
    both = {"fait": "separation", "parmi": ["en_cours", "recente"]}

    assert verdict(both, separation=["en_cours", "recente"]) is OUI
    assert verdict({"fait": "separation", "egal": "recente"}, separation=["en_cours", "recente"]) is INCONNU
    assert verdict({"fait": "separation", "egal": "aucune"}, separation=["en_cours", "recente"]) is NON


@pytest.mark.parametrize(
    "written",
    [
        {"fait": "inconnu", "egal": "x"},
        {"fait": "foyer", "egal": "seule"},
        {"fait": "foyer", "moins_de": "3"},
        {"fait": "revenus", "parmi": ["1"]},
        {"fait": "revenus", "au_plus": "beaucoup"},
        {"fait": "revenus", "au_plus": {"parametre": "absent"}},
        {"fait": "revenus", "au_plus_bareme": "absent"},
        {"fait": "enfants", "egal": "2"},
    ],
)
def test_a_clause_without_meaning_is_refused(written):
    """Unknown facts, values, operators and amounts are named when the card is compiled, not when a family asks."""
    with pytest.raises(ConditionError):
        compile_tree(condition(written), SETTING)


verdicts = st.sampled_from([NON, INCONNU, PROBABLE, OUI])


@given(verdicts, verdicts, verdicts)
def test_the_logic_keeps_the_laws_of_kleene(a, b, c):
    """Order and grouping do not matter, both connectives absorb each other, and negation swaps them."""
    firm = [each for each in (a, b) if each is not PROBABLE]

    assert min(a, b) == min(b, a) and max(a, max(b, c)) == max(max(a, b), c)
    assert min(a, max(a, b)) == a and max(a, min(a, b)) == a
    assert min(a, max(b, c)) == max(min(a, b), min(a, c))
    if len(firm) == 2:
        assert opposite(min(a, b)) == max(opposite(a), opposite(b))
        assert opposite(opposite(a)) == a


@given(st.integers(0, 20), st.integers(0, 20), st.integers(0, 20))
def test_bounds_agree_with_every_number_of_a_span(low, width, bound):
    """A span is oui when all its numbers are, non when none is, inconnu otherwise."""
    span, numbers = Span(low, low + width), range(low, low + width + 1)

    for test, plain in ((is_below, lambda n: n < bound), (is_at_most, lambda n: n <= bound)):
        answers = {plain(number) for number in numbers}
        expected = INCONNU if len(answers) == 2 else OUI if answers == {True} else NON
        assert test(span, bound) is expected


@given(st.data(), conditions, whole_families)
def test_knowing_more_never_turns_a_yes_into_a_no_or_back(data, written, whole):
    """What is settled with little stays settled with more: oui never becomes non, nor non anything else."""
    test = compile_tree(condition(written), SETTING)
    less = data.draw(partly_known(whole))

    before = test(prepare(less, VOCABULARY, ON))
    after = test(prepare(whole, VOCABULARY, ON))
    if before is OUI:
        assert after is OUI
    if before is NON:
        assert after is NON
    if before is PROBABLE:
        assert after >= PROBABLE


@given(whole_families, st.lists(conditions, min_size=1, max_size=4))
def test_conditions_compiled_together_say_the_same_as_alone(whole, several):
    """Sharing equal clauses between cards changes no verdict."""
    program = Program(SETTING)
    nodes = [condition(each) for each in several]
    positions = [program.add(node) for node in nodes]
    env = prepare(whole, VOCABULARY, ON)

    done = program.run(env)
    assert [done[position] for position in positions] == [compile_tree(node, SETTING)(env) for node in nodes]
