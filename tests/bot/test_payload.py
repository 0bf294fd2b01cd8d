"""Buttons as short texts: they come back as what they were, and nothing forged gets through."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.payload import MAX_BYTES, decode, encode
from dialogs.describe import options
from dialogs.events import ACTIONS, Changed, Chose, Confirmed, Did, Opened, Paged, Picked, Spoke, Started
from dialogs.session import Session
from tests.conftest import TODAY

EVENTS = [
    Chose("age-enfants", "3-5"), Picked("separation"), Opened("asf"), Paged(3), Changed("pension"), Spoke("fr@facile"),
    Confirmed(True), Confirmed(False), *(Did(action) for action in ACTIONS),
]  # fmt: skip


@pytest.mark.parametrize("event", EVENTS, ids=str)
def test_a_button_comes_back_as_what_it_was(event):
    """Nothing of a press is lost on the way."""
    assert decode(encode(event)) == event


@given(st.text(max_size=80))
def test_a_forged_payload_is_an_event_of_the_list_or_nothing(text):
    """Whatever arrives, decoding never fails and gives nothing that a button could not give."""
    event = decode(text)

    assert event is None or decode(encode(event)) == event


def test_no_payload_stands_for_an_opening():
    """What no button makes is refused when the screen is built, not when it is pressed."""
    with pytest.raises(TypeError):
        encode(Started())


def test_every_button_of_every_question_fits_telegram(content):
    """64 bytes for each question with each of its choices."""
    lengths = [
        len(encode(Chose(question.id, option.choice)).encode())
        for question in content.dialogs.questions.values()
        for option in options(question, Session(), TODAY)
    ]

    assert max(lengths) <= MAX_BYTES


def test_every_card_and_tree_fits_telegram(content):
    """64 bytes for each card and each tree."""
    payloads = [encode(Opened(card.id)) for card in content.knowledge.cards]
    payloads += [encode(Picked(tree)) for tree in content.dialogs.trees]

    assert max(len(payload.encode()) for payload in payloads) <= MAX_BYTES
