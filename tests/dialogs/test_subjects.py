"""The subject of a sentence is heard in its words, spelled well or by ear, in any language, several at once."""

import pytest

from dialogs.subjects import topics_of
from tests.pace import slower


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("je cherche une crèche", "accueillir-enfant"),
        ("jcherche une kreche", "accueillir-enfant"),
        ("mon fils se fait insulter au collège", "harcelement"),
        ("le loyé cé tro chair", "logement"),
        ("jan peu plu je craque", "epuisement-parental"),
        ("my husband died", "deuil"),
        ("busco guardería", "accueillir-enfant"),
        ("não aguento mais, estou cansada", "epuisement-parental"),
        ("soțul e la închisoare", "incarceration"),
        ("boşanmak istiyorum", "separation"),
        ("rajli f l7abs", "incarceration"),
        ("أبحث عن سكن", "logement"),
        ("ребёнок инвалид", "handicap"),
        ("шукаю роботу", "insertion"),
        ("孩子被同学欺负", "harcelement"),
        ("বাসা ভাড়া দিতে পারি না", "logement"),
        ("பள்ளி சேர்க்கை", "accompagner-enfant"),
    ],
)
def test_the_subject_comes_first(text, topic):
    """One clear word is enough, misspelled or foreign."""
    assert next(iter(topics_of(text))) == topic


def test_several_problems_give_several_subjects():
    """Nothing of a heavy day is lost."""
    found = topics_of("mon fils est harcelé, je viens de perdre mon travail et j'ai des loyers en retard")

    assert {"harcelement", "insertion", "logement"} <= set(list(found)[:4])


def test_a_turn_of_phrase_is_not_its_words():
    """« Un coup de main » is no blow."""
    assert "violences" not in topics_of("j'ai besoin d'un coup de main")


@pytest.mark.parametrize("text", ["", "xyzzy", "12 34", "😀"])
def test_words_that_tell_nothing_give_no_subject(text):
    """Nothing is guessed."""
    assert topics_of(text) == {}


@pytest.mark.parametrize("piece", ["travail creche ", "我", "a ", "jcherche", "ال", "\u202e<b>' OR 1=1 --"])
def test_a_hundred_thousand_characters_take_a_bounded_time(piece):
    """A very long text costs what a long one does, in processor time."""
    assert slower(topics_of, lambda signs: (piece * signs)[:signs]) < 4
