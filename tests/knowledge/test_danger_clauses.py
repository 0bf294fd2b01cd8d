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
    assert around(text, [danger(*words)]) == passages


def test_words_written_otherwise_are_left_out():
    """« Jsuis » was read as two words: what is written of the others shows the place."""
    assert around("jsuis battue tous les soirs", [danger("je", "suis", "batue")]) == ["jsuis battue tous les soirs"]


def test_a_hundred_thousand_characters_give_few_passages():
    """The first and the last of them."""
    text = "".join(f"le {day} il me frappe. " for day in range(5_000))
    passages = around(text, [danger("frape")])

    assert len(passages) == 24
    assert passages[0] == "0 il me frappe."
    assert passages[-1] == "4999 il me frappe."
