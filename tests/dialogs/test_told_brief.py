"""What parents type in passing, in few words: shared custody, ages without « ans », a pregnancy without its month."""

from datetime import date

import pytest

from dialogs.heard import heard_facts
from dialogs.volunteered import volunteered

TODAY = date(2026, 11, 22)
SIX_AND_NINE = [["2019-12", "2020-11"], ["2016-12", "2017-11"]]


def facts(text):
    """Return what a text states."""
    return heard_facts(volunteered(text, TODAY), text, TODAY)


def homes(text):
    """Return with whom each child of a text lives, None where it is not said."""
    return [child.get("garde") for child in facts(text).get("enfants", {"liste": []})["liste"]]


@pytest.mark.parametrize(
    "text",
    [
        "two kids, 6 and 9",
        "I have two kids 6 and 9",
        "I have two kids, 6 and 9, we live in the 18th",
        "j'ai deux enfants, 6 et 9",
    ],
)
def test_as_many_bare_ages_as_children_name_them_all(text):
    """Two children and two ages: nobody is asked again how old the children are."""
    assert facts(text)["enfants"] == {"liste": [{"naissance": each} for each in SIX_AND_NINE], "complet": "oui"}


@pytest.mark.parametrize(
    "text",
    [
        "my sister has two kids, 6 and 9",
        "I look after two kids, 6 and 9",
        "can two kids, 6 and 9, share a room?",
        "I had two kids, 6 and 9",
        "I have three kids, 6 and 9",
        "I have two kids, 20 and 30 euros left",
        "I have two kids 2/3 in school",
        "I have two kids, 6 and 9, and a baby",
        "j'ai deux enfants, 6 et 9, et un bébé",
    ],
)
def test_bare_numbers_that_may_leave_a_child_out_do_not_close_the_list(text):
    """Others' children, a question, another count, a sum or a child more: the ages stay to be asked."""
    assert facts(text).get("enfants", {"complet": "non"})["complet"] == "non"


@pytest.mark.parametrize(
    ("text", "lives"),
    [
        ("j'ai mes enfants une semaine sur deux, ils ont 6 et 9 ans", ["alternee", "alternee"]),
        ("deux enfants de 6 et 9 ans, une semaine sur deux chez moi", ["alternee", "alternee"]),
        ("j'ai deux enfants de 6 et 9 ans, je les ai une semaine sur deux", ["alternee", "alternee"]),
        ("j'ai mes 2 enfants de 6 et 9 ans 1 semaine sur 2", ["alternee", "alternee"]),
        ("deux enfants de 6 et 9 ans en garde alternée, je travaille de nuit", ["alternee", "alternee"]),
        ("j'ai mon fils de 9 ans une semaine sur deux", ["alternee"]),
        ("j'ai une fille de 3 ans et j'ai mon fils de 9 ans une semaine sur deux", [None, "alternee"]),
    ],
)
def test_every_other_week_is_shared_custody(text, lives):
    """It is noted of the children told of, and only of the one it is said of."""
    assert homes(text) == lives


@pytest.mark.parametrize(
    "text",
    [
        "mon fils de 6 ans va une semaine sur deux chez l'orthophoniste",
        "je travaille une semaine sur deux chez moi, mes enfants ont 6 et 9 ans",
        "mes enfants ont 6 et 9 ans, je voudrais les avoir une semaine sur deux",
        "j'avais mes enfants de 6 et 9 ans une semaine sur deux",
        "je n'ai pas mes enfants de 6 et 9 ans une semaine sur deux",
        "j'ai mes enfants de 6 et 9 ans une semaine sur deux pendant les vacances",
        "ma sœur a ses enfants une semaine sur deux, les miens ont 6 et 9 ans",
        "puis-je avoir mes enfants de 6 et 9 ans une semaine sur deux ?",
        "j'ai deux enfants de 6 et 9 ans, si je les ai une semaine sur deux qui touche les allocs ?",
        "j'ai mes enfants de 6 et 9 ans un week-end sur deux",
        "j'ai deux enfants de 6 et 9 ans. Est-ce que je les ai une semaine sur deux si on divorce ?",
        "j'ai mes enfants de 6 et 9 ans qui vont à la piscine une semaine sur deux",
    ],
)
def test_a_wish_the_past_or_another_rhythm_is_no_shared_custody(text):
    """Every other week of something else, or not any more, or not yet."""
    assert "alternee" not in homes(text)


@pytest.mark.parametrize(
    "text",
    ["أنا حامل", "انا حامل", "أنا حامل، ما هي حقوقي؟", "أنا حامل ولا أعرف ماذا أفعل", "مرحبا، أنا حامل وأبحث عن طبيب"],
)
def test_a_pregnancy_without_its_month_is_read_in_arabic(text):
    """As « je suis enceinte »: from the first month to the last."""
    assert facts(text).get("grossesse_mois") == [1, 10]


def test_the_month_of_a_pregnancy_said_in_arabic_counts_first():
    """« Pregnant, in the fifth month » is five."""
    assert facts("أنا حامل في الشهر الخامس").get("grossesse_mois") == 5


@pytest.mark.parametrize(
    "text",
    [
        "هل أنا حامل؟",
        "أنا حامل؟",
        "كيف أعرف إن أنا حامل أم لا",
        "أنا حامل أم لا",
        "أختي تقول أنا حامل",
        "قالت لي أنا حامل",
        "أختي حامل",
        "لست أنا حامل",
        "كنت أنا حامل",
        "إذا أنا حامل",
        "أظن أنا حامل",
        "أنا حامل بطاقة إقامة",
        "أنا حامل وثيقة سفر",
    ],
)
def test_a_question_a_doubt_or_a_card_one_holds_is_no_pregnancy_in_arabic(text):
    """The same word is said of who holds a paper; a sister, the past and a guess are not hers either."""
    assert "grossesse_mois" not in facts(text)
