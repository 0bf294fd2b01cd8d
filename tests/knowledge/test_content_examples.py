"""Each card keeps its own examples: one test a card, named after it, so the report says which card is wrong."""

from datetime import date
from pathlib import Path

import pytest

from knowledge.check_examples import Examples
from knowledge.load import load_knowledge

KNOWLEDGE = load_knowledge(Path(__file__).resolve().parents[2] / "knowledge")
EXAMPLES = Examples(KNOWLEDGE, date(2026, 11, 21))
CARDS = [card for card in KNOWLEDGE.cards if card.examples or card.conditions]


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.id)
def test_each_card_keeps_its_own_examples(card):
    """The families written in a card get the verdicts written beside them, and show all that can be."""
    faults = [f"{fault.steps}: {fault.what}" for fault in EXAMPLES.faults(card)]

    assert card.examples
    assert faults == []
