"""What people say of themselves in thirteen languages is read; what they say of others is not."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.heard import heard_facts, with_ages
from dialogs.told import told
from dialogs.volunteered import volunteered
from knowledge.facts import parse_facts
from tests.dialogs.typed import VOCABULARY

TODAY = date(2026, 11, 22)
FIVE_YEARS = {"naissance": ["2020-12", "2021-11"]}  # 60 to 71 months old in November 2026


def heard(text):
    return heard_facts(volunteered(text, TODAY), text, TODAY)


@pytest.mark.parametrize(
    "text",
    [
        "mon fils a 5 ans",
        "mon fils 5ans",
        "mon fis il a 5 an",
        "my son is 5 years old",
        "mi hijo tiene cinco años",
        "a minha filha tem 5 anos",
        "fiul meu are 5 ani",
        "oğlum 5 yaşında",
        "моему сыну 5 лет",
        "моєму сину 5 років",
        "我儿子五岁",
        "ابني عمره ٥ سنوات",
        "weldi 3andou 5 snin",
        "আমার ছেলের বয়স ৫ বছর",
        "என் மகனுக்கு 5 வயது",
    ],
)
def test_the_age_of_a_child_is_read_in_every_language(text):
    """In words or in the digits of any script."""
    assert heard(text)["enfants"]["liste"] == [FIVE_YEARS]


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("estoy embarazada de 6 meses", "grossesse_mois", 6),
        ("я на шестом месяце беременности", "grossesse_mois", 6),
        ("أنا حامل في الشهر السادس", "grossesse_mois", 6),
        ("6 aylık hamileyim", "grossesse_mois", 6),
        ("vivo en el distrito 19", "arrondissement", "19"),
        ("أسكن في الدائرة ١٩", "arrondissement", "19"),
        ("আমি ১৯ নম্বর এলাকায় থাকি", "arrondissement", "19"),
        ("我住在19区", "arrondissement", "19"),
        ("busco trabajo", "emploi", "demandeur_emploi"),
        ("шукаю роботу", "emploi", "demandeur_emploi"),
        ("el padre no me paga la pensión", "pension", "impayee"),
        ("бывший муж не платит алименты", "pension", "impayee"),
        ("mon loyer est de 1 200 €", "loyer", 1200),
        ("mon mari est mort en mars", "deces", "conjoint"),
    ],
)
def test_a_situation_is_read_in_the_language_it_is_told_in(text, fact, value):
    """Pregnancy, home, job search, unpaid support, rent, bereavement."""
    assert heard(text)[fact] == value


@pytest.mark.parametrize(
    "text",
    [
        "ma voisine a un fils de 5 ans",
        "ma cousine cherche du travail",
        "mi vecina está embarazada de 6 meses",
        "моя соседка ищет работу",
        "جارتي عندها ثلاثة أطفال",
        "我邻居有三个孩子",
        "komşumun oğlu 5 yaşında",
        "si j'avais un fils de 5 ans",
        "avant j'habitais dans le 18e",
        "une semaine sur 2",
        "au 5e étage",
        "activités pour enfants de 5 et 8 ans",
    ],
)
def test_somebody_else_the_past_and_numbers_of_other_things_give_no_fact(text):
    """A neighbour, a wish, a former home, a week, a floor, children in general."""
    assert heard(text) == {}


def test_children_counted_without_ages_leave_the_question_of_ages_open():
    """« 3 enfants » is heard as three, and the conversation still asks how old they are."""
    facts = heard("je suis seule avec mes 3 enfants")

    assert facts["enfants"] == {"liste": [{}, {}, {}], "complet": "non"}
    assert with_ages(facts) == {"foyer": "seul"}


def test_what_is_said_of_a_child_goes_with_the_child():
    """A disability, a school, dropping out are of the child spoken of, when there is only one."""
    assert heard("mon fils de 5 ans est autiste")["enfants"]["liste"] == [{**FIVE_YEARS, "handicap": "oui"}]
    assert told("mes enfants de 5 et 8 ans sont autistes").of_child == {}


def test_a_denial_in_passing_leaves_the_question_open():
    """« Je ne suis pas enceinte, c'est ma sœur » closes no question and opens none."""
    assert heard("I am not pregnant, it is for someone else") == {}


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_any_text_gives_facts_the_vocabulary_allows(text):
    """Whatever is typed, no error comes out and every fact can be used."""
    assert parse_facts(heard(text), VOCABULARY, TODAY) is not None
