"""A desk that types a story finds cards that hold none of its words, where a network reads what it means."""

from collections.abc import Mapping

import pytest

from knowledge.search import Index
from knowledge.search_sense import FIELD, drawn, joined


class Knowing:
    """A network that knows the answers to some texts, and counts what it is asked."""

    def __init__(self, answers: Mapping[str, Mapping[str, float]]):
        self.known, self.asked = answers, []

    def answers(self, text):
        self.asked.append(text)
        return self.known.get(text, {})


STORY = "frère 16 ans ni école ni stage"


def searching(knowledge, answers=None):
    sense = Knowing(answers or {})
    return Index(knowledge, sense=sense), sense


def test_a_card_that_holds_no_word_is_found_by_its_sense(knowledge):
    """It is said to be near, by the sense of the query, and what the words find stays below it in its order."""
    index, _ = searching(knowledge, {STORY: {"plf": 0.9, "laep": 0.0001}})
    words = [hit.id for hit in Index(knowledge).search(STORY)]
    found = {hit.id: hit for hit in index.search(STORY)}

    assert "plf" not in words
    assert found["plf"].near
    assert [match.field for match in found["plf"].reason] == [FIELD]
    assert "laep" not in found or "laep" in words
    assert [name for name in found if name != "plf"] == words[: len(found) - 1]


def test_what_words_and_sense_both_find_comes_first(knowledge):
    """A card that comes third by words is first when it is also what is meant."""
    text = "perdu mon travail et mon logement"
    third = Index(knowledge).search(text)[2].id
    index, _ = searching(knowledge, {text: {third: 1.0}})

    assert index.search(text)[0].id == third


@pytest.mark.parametrize(
    "text", ["rsa", "  crèche ", "pmi 18", "belleville", "2 ans", "maison des adolescents", "75019", ""]
)
def test_what_is_called_by_its_name_is_not_asked_about(knowledge, text):
    """Names, acronyms, places and ages say all by themselves, in a third of the time."""
    index, sense = searching(knowledge)
    found = index.search(text)

    assert sense.asked == []
    assert found == Index(knowledge).search(text)


def test_a_card_for_another_age_is_not_raised(knowledge):
    """What the query says of an age counts for what the sense proposes too."""
    text = "il mord les autres 2 ans"
    index, _ = searching(knowledge, {text: {"mission-locale": 0.5, "pmi": 0.5}})
    found = [hit.id for hit in index.search(text)]

    assert "pmi" in found
    assert "mission-locale" not in found or found.index("pmi") < found.index("mission-locale")


def test_a_card_that_is_no_more_is_left_out(knowledge):
    """The network may remember a card that editors have removed since."""
    index, _ = searching(knowledge, {STORY: {"carte-disparue": 1.0}})

    assert index.search(STORY) == Index(knowledge).search(STORY)


def test_likelihoods_count_by_their_decades():
    """Sure is 1, one in ten two thirds, one in a thousand nothing."""
    assert drawn({"a": 1.0, "b": 0.1, "c": 0.001, "d": 0.0}) == pytest.approx({"a": 1.0, "b": 2 / 3})


def test_poor_words_weigh_less_than_the_sense():
    """A best score by words of 0.1 is no yardstick: half a point is."""
    assert joined({"a": 0.1}, {"b": 1.0}) == pytest.approx({"a": 0.1, "b": 0.3})
    assert joined({"a": 2.0}, {"a": 0.5, "b": 1.0}) == pytest.approx({"a": 2.6, "b": 1.2})
