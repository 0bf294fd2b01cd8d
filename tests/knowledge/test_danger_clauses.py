"""The words around a danger are found in any script, in a text of any length."""

import pytest

from knowledge.danger_clauses import around
from knowledge.danger_hear import Danger
from knowledge.danger_load import load_danger
from tests.knowledge.test_danger import URGENCES

MEANING = load_danger(URGENCES).tongues[0].meanings[0]


def danger(*words):
    """A danger that was heard in these words."""
    return Danger("sur", MEANING, frozenset(words), False)


@pytest.mark.parametrize(
    ("text", "words", "passages"),
    [
        ("mon mari me frappe", ["mari", "frape"], ["mon mari me frappe"]),
        (
            "Je cherche une place en crèche et mon mari me frappe depuis hier au soir devant eux",
            ["mari", "frape"],
            ["crèche et mon mari me frappe depuis hier au"],
        ),
        ("Bonjour, il me frappe, que faire ?", ["frape"], ["il me frappe,"]),
        ("我想找托儿所，老公打我，谢谢", ["公", "打"], ["老公打我，"]),
        ("il me frappe. Le petit va bien. Hier il me frappe encore", ["frape"], ["il me frappe.", "Hier il me frappe encore"]),
        ("rien de tel", ["frape"], []),
    ],
)  # fmt: skip
def test_three_words_on_each_side_within_the_clause(text, words, passages):
    """Each place where the words stand closest together; none where they are not written."""
    assert [each.text for each in around(text, [danger(*words)])] == passages


@pytest.mark.parametrize(
    ("text", "clause", "sentence"),
    [
        ("il me frappe", True, True),
        ("Il me frappe. Merci.", True, True),
        ("Bonjour. Il me frappe ! Merci.", True, True),
        ("Il me frappe, je cherche une crèche", True, False),
        ("Bonjour, il me frappe.", True, False),
        ("il me frappe et je cherche une crèche", False, False),
        ("je cherche une crèche parce que il me frappe", False, False),
        ("我想找托儿所。他打我。谢谢", True, True),
    ],
)
def test_it_is_told_whether_they_are_all_of_a_clause_or_a_sentence(text, clause, sentence):
    """What is a sentence of its own needs no more than if it were written alone."""
    words = ["打"] if "打" in text else ["frape"]
    (passage,) = around(text, [danger(*words)])

    assert (passage.clause, passage.sentence) == (clause, sentence)


def test_words_written_otherwise_are_left_out():
    """« Jsuis » was read as two words: what is written of the others shows the place."""
    passage, *others = around("jsuis battue tous les soirs", [danger("je", "suis", "batue")])

    assert (passage.text, others) == ("jsuis battue tous les soirs", [])


def test_a_hundred_thousand_characters_give_few_passages():
    """The first and the last of them."""
    text = "".join(f"le {day} il me frappe. " for day in range(5_000))
    passages = around(text, [danger("frape")])

    assert len(passages) == 24
    assert passages[0].text == "0 il me frappe."
    assert passages[-1].text == "4999 il me frappe."
