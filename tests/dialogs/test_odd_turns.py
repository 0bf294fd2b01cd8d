"""Turns that come out of order: an old button, a second link, half an answer, a clock that is behind."""

from datetime import datetime

import pytest

from dialogs.effects import Proposal, Show
from dialogs.events import Confirmed, Paged, Started
from tests.dialogs.talk import Talk


@pytest.fixture
def talk(content):
    return Talk(content)


def test_an_old_more_button_past_the_end_shows_the_results_again(talk):
    """Fewer cards than when it was drawn: no title without a card."""
    talk.starts("numerique").picks("19")
    talk.does(Paged(500))

    assert talk.shown
    assert talk.last(Show).start == 0


def test_not_knowing_more_ages_keeps_those_pressed(talk):
    """« Je ne sais pas » after one age: this child is kept, there may be others."""
    talk.starts("separation").picks("recente", "3-5", "ne-sais-pas")

    assert len(talk.session.plain["enfants"]["liste"]) == 1
    assert talk.session.plain["enfants"]["complet"] == "non"
    assert talk.asked != "age-enfants"


def test_refusing_to_tell_ages_takes_them_back(talk):
    """« Je ne réponds pas » after one age: nothing is kept of it."""
    talk.starts("separation").picks("recente", "3-5", "refuse")

    assert "enfants" not in talk.session.facts
    assert talk.asked != "age-enfants"


def test_a_second_link_takes_the_place_of_the_first(talk):
    """A link without facts, opened before the first one was answered: the first is no longer asked about."""
    talk.does(Started(tree="separation", facts={"arrondissement": "19"}))
    offered = talk.last(Proposal)
    talk.does(Started(tree="handicap"))
    after = talk.last(Proposal)
    talk.does(Confirmed(yes=True))

    assert offered is not None
    assert after is None
    assert "arrondissement" not in talk.session.facts
    assert talk.session.stack == ("handicap",)


def test_a_clock_months_behind_still_answers(content):
    """A day before the amounts are in force counts as the first on which they are."""
    talk = Talk(content, now=datetime(2024, 1, 1, 12))
    talk.starts("separation").picks("recente", "3-5", "termine")

    assert talk.asked
