"""Keyboards within Telegram's limits."""

import pytest
from structlog.testing import capture_logs

from bot.screen import Button
from bot.telegram.keyboard import keyboard


def buttons(count, text="a"):
    """Return so many buttons."""
    return tuple(Button(text, f"p{number}") for number in range(count))


def labels(rows):
    """Return the words of a keyboard, row by row."""
    return [[button.text for button in row] for row in keyboard(rows).inline_keyboard]


def test_a_row_of_nine_becomes_two_rows():
    """Eight buttons a row, no more."""
    assert [len(row) for row in labels([buttons(9)])] == [8, 1]


def test_a_keyboard_of_a_hundred_and_one_loses_one_and_says_so():
    """A hundred buttons, no more: the rest is counted in the log."""
    with capture_logs() as logs:
        rows = labels([(button,) for button in buttons(101)])

    assert len(rows) == 100
    assert [(entry["event"], entry["count"]) for entry in logs] == [("telegram.buttons_left_out", 1)]


def test_a_button_keeps_64_characters():
    """A longer label is cut, with a sign of it."""
    assert labels([(Button("é" * 64, "p"),), (Button("é" * 65, "q"),)]) == [["é" * 64], ["é" * 63 + "…"]]


def test_a_long_name_loses_what_is_in_brackets():
    """The message above says it whole; three dots in the middle of a name say nothing."""
    long = "📄 Nursery place while you look for work (crèche AVIP)"

    assert labels([(Button(long, "p"), Button("📄 A place (AVIP)", "q"))]) == [
        ["📄 Nursery place while you look for work"],
        ["📄 A place (AVIP)"],
    ]


def test_small_buttons_flow_over_their_rows():
    """Parted rows of small buttons do not push the question off the screen; choices keep their rows."""
    small = [
        ["↩️ Retour", "❔ Pourquoi ?", "✏️ Changer"],
        ["🏠 Menu", "🌍 Langue", "🧑‍💼 Quelqu'un"],
        ["🚪 Quitter vite"],
    ]
    rows = [[Button("Oui", "p")], *([Button(text, "p", quiet=True) for text in row] for row in small)]

    assert labels(rows) == [
        ["Oui"],
        ["↩️ Retour", "❔ Pourquoi ?"],
        ["✏️ Changer", "🏠 Menu", "🌍 Langue"],
        ["🧑‍💼 Quelqu'un", "🚪 Quitter vite"],
    ]


@pytest.mark.parametrize(
    ("row", "parts"),
    [
        (["↩️ Retour", "❔ Pourquoi ?", "✏️ Changer"], [["↩️ Retour", "❔ Pourquoi ?"], ["✏️ Changer"]]),
        (["🏠 Menu", "🌍 Langue", "🚪 Sortir"], [["🏠 Menu", "🌍 Langue", "🚪 Sortir"]]),
        (["🤷 Je ne sais pas", "🤷 Je ne sais pas"], [["🤷 Je ne sais pas", "🤷 Je ne sais pas"]]),
        (["🤷 Je ne sais pas", "🤐 Je ne réponds pas"], [["🤷 Je ne sais pas"], ["🤐 Je ne réponds pas"]]),
        (["🧑‍💼 Quelqu'un", "🚪 Quitter vite"], [["🧑‍💼 Quelqu'un", "🚪 Quitter vite"]]),
        (["🤷 لا أعرف", "🤐 لا أريد الإجابة"], [["🤷 لا أعرف", "🤐 لا أريد الإجابة"]]),
        (["👶 أقل من سنة واحدة (1)", "🧸 سنة"], [["👶 أقل من سنة واحدة (1)"], ["🧸 سنة"]]),
    ],
    ids=str,
)
def test_a_row_too_wide_for_a_small_phone_is_parted(row, parts):
    """No choice ends in three dots because another stands beside it."""
    assert labels([tuple(Button(text, "p") for text in row)]) == parts


def test_no_button_means_no_keyboard():
    """Nothing to press, nothing drawn."""
    assert keyboard([]) is None
    assert keyboard([()]) is None
