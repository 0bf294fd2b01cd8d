"""The cards that a sentence names come in an order that depends on the sentence alone."""

import pytest

from dialogs.cards_named import cards_named
from dialogs.phrase_patterns import bare


@pytest.mark.parametrize(
    ("text", "cards"),
    [
        ("l'AEEH, la RQTH, le RSA et l'ASPEH", ["aspeh", "aeeh", "rqth", "rsa"]),
        ("le RSA, la RQTH, l'AEEH et l'ASPEH", ["aspeh", "rqth", "aeeh", "rsa"]),
    ],
)
def test_acronyms_of_one_length_come_as_they_are_said(library, text, cards):
    """The longest acronym first, then each in its turn, on every start of the assistant."""
    found = cards_named(library.lexicon("fr"), text, bare(text))

    assert [card for card in found if card in cards] == cards
