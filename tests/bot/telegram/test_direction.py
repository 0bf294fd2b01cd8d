"""Lines of a message from right to left, whatever they begin with."""

import pytest

from bot.screen import Block, Screen
from bot.telegram.direction import from_the_right, runs_right_to_left
from bot.telegram.text import messages

RLM, FSI, PDI = "\u200f", "\u2068", "\u2069"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("لمن", "لمن"),
        ("📍 أين", "📍 أين"),
        ("Caf de Paris", f"{RLM}{FSI}Caf de Paris{PDI}"),
        ("15 cité Champagne, 75020 Paris", f"{RLM}{FSI}15 cité Champagne, 75020 Paris{PDI}"),
        ("2/6", f"{RLM}2/6"),
        (f"{FSI}لكل طفل{PDI}: {FSI}200{PDI}", f"{RLM}{FSI}لكل طفل{PDI}: {FSI}200{PDI}"),
        (f"{FSI}Caf{PDI} في باريس", f"{FSI}Caf{PDI} في باريس"),
        ("", ""),
    ],
)
def test_a_line_is_set_from_the_right(line, expected):
    """A phone goes by the first letter outside isolates (UAX 9): what would mislead it gets a mark."""
    assert from_the_right(line) == expected


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["من أين؟", "Point d'accès au droit"], False),
        (["كم أعمار أطفالكم؟", "Caf de Paris"], True),
        (["Langues parlées à l'accueil : français, arabe (عربي)"], False),
        (["17", "112"], False),
    ],
)
def test_a_text_goes_by_most_of_its_letters(texts, expected):
    """French names in an Arabic text change nothing, nor an Arabic word in a French one."""
    assert runs_right_to_left(texts) is expected


def test_an_arabic_screen_has_all_its_lines_on_the_right():
    """Question number, amounts and addresses stand on the side where the reading begins."""
    screen = Screen((Block("question", "أين تسكنون؟"), Block("texte", "75019 Paris")), progress=(2, 6))

    assert messages(screen) == [f"<i>{RLM}2/6</i>\n<b>أين تسكنون؟</b>\n\n{RLM}{FSI}75019 Paris{PDI}"]
