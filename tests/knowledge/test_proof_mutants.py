"""A word changed in a card's conditions is seen: by its examples, by the golden families or by the checks.

``make mutants`` says more: which family would tell a survivor from the card, and that those listed change nothing.
"""

from collections import Counter, defaultdict
from random import Random

import pytest

from knowledge.criteria import Setting
from tests.conftest import TODAY
from tests.knowledge.golden import golden_families
from tests.mutation.killing import Judge
from tests.mutation.mutants import mutants
from tests.mutation.register import equivalents

SAMPLE, SEED = 12, 20261122
FEWEST_SEEN = 0.9


@pytest.fixture(scope="module")
def judged(knowledge):
    """Every change of every card, with whether it is seen."""
    setting = Setting(knowledge.vocabulary, knowledge.parameters, TODAY)
    judge = Judge(knowledge, golden_families(), TODAY)
    cards = [card for card in knowledge.cards if card.conditions]
    return judge, [(card, mutant, judge.killed(mutant, card)) for card in cards for mutant in mutants(card, setting)]


def test_nearly_every_changed_word_is_seen(judged):
    """At least nine changes in ten are noticed, those apart that change the answer of no family."""
    known = equivalents()
    visible = [seen for card, mutant, seen in judged[1] if seen or (card.id, mutant.what) not in known]

    assert len(visible) > 3000
    assert sum(visible) / len(visible) >= FEWEST_SEEN


def test_no_card_is_left_without_examples_at_its_limits(judged):
    """Each card alone notices most changes of its own words."""
    known = equivalents()
    sizes = Counter(card.id for card, _, _ in judged[1])
    missed = defaultdict(list)
    for card, mutant, seen in judged[1]:
        if not seen and (card.id, mutant.what) not in known:
            missed[card.id].append(mutant.what)

    assert {card: what for card, what in missed.items() if len(what) > max(3, 0.25 * sizes[card])} == {}


def test_changes_said_to_change_nothing_change_nothing(judged):
    """Of the changes listed as equal, those drawn get the same verdict from every family tried."""
    judge, found = judged
    known = equivalents()
    listed = [(card, mutant) for card, mutant, seen in found if not seen and (card.id, mutant.what) in known]
    drawn = Random(SEED).sample(listed, SAMPLE)

    apart = {(card.id, mutant.what): judge.difference(mutant, card) for card, mutant in drawn}
    assert {name: each for name, each in apart.items() if each is not None and each.facts} == {}
