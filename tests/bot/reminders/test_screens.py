"""What a locked phone may show, and what fits one message, in every language."""

from datetime import date

import pytest

from bot.reminders import payloads, words
from bot.reminders.choice import remindable
from bot.reminders.decision import Decision
from bot.reminders.schedule import ITEMS, Moment
from bot.reminders.screens import ReminderScreens
from bot.telegram.limits import CALLBACK_BYTES
from bot.telegram.text import messages
from tests.bot.reminders.conftest import family

ON = date(2027, 3, 1)
HARDSHIPS = (
    "grossesse", "handicap", "séparation", "deuil", "décès", "rsa", "aah", "mdph", "violence", "santé mentale", "caf",
)  # fmt: skip


def moment(milestone):
    return Moment(milestone, (f"{milestone.id}|1",), ((24, 24),), ON, date(2027, 6, 30), ON)


def message(library, language, *milestones, asks=""):
    """Return the screen of a message about some milestones."""
    decided = Decision(family("2024-05", "2020-01"), ON, tuple(map(moment, milestones)), asks)
    speaker = library.speaker(language, ON)
    return ReminderScreens(speaker, library.content.dialogs).message(decided.record, decided)


def test_the_first_line_of_any_message_names_nothing(library):
    """Whatever it is about, what a locked phone shows is a line written for that, or a neutral one."""
    found = remindable(library.content.knowledge)
    alone = [(each, message(library, "fr", each)) for each in found]
    several = message(library, "fr", *found[:2])
    asked = message(library, "fr", asks="terme")

    assert [each.id for each, screen in alone if screen.blocks[0].text != each.discreet] == []
    assert not [each.id for each, screen in alone if any(word in screen.blocks[0].text.lower() for word in HARDSHIPS)]
    assert (several.blocks[0].text, asked.blocks[0].text) == (words.SEVERAL.text, words.JUST_ASKING.text)


def test_why_it_comes_stands_before_what_it_is_about(library):
    """The second line says who asked for it: a preview of three lines tells no more."""
    for each in remindable(library.content.knowledge):
        assert message(library, "fr", each).blocks[1].text == words.WHY.text


@pytest.mark.parametrize("language", ["fr", "fr@facile", "en", "ar"])
def test_the_longest_message_fits_one(library, language):
    """The milestones with the longest words together: one message on Telegram, every button within its bytes."""
    found = sorted(remindable(library.content.knowledge), key=lambda each: -len(each.text) - len(each.name))
    screen = message(library, language, *found[: 2 * ITEMS], asks="toujours")
    sent = [button.payload for row in screen.rows for button in row]

    assert len(messages(screen)) == 1
    assert all(len(each.encode()) <= CALLBACK_BYTES for each in sent)
    assert payloads.END in sent


def test_each_message_ends_the_reminders_and_opens_the_card(library):
    """The card of each date, « arrêter » and « mes rappels » in the last row."""
    for each in remindable(library.content.knowledge):
        screen = message(library, "fr", each)
        assert [button.payload for row in screen.rows[:-1] for button in row] == [f"f|{each.cards[0]}"]
        assert [button.payload for button in screen.rows[-1]] == [payloads.END, payloads.SEE]


def test_what_is_said_of_how_often_is_what_is_kept_to(library):
    """The numbers of the promise are those of the code."""
    screens = ReminderScreens(library.speaker("fr", ON), library.content.dialogs)
    said = [block.text for block in screens.consent(family("2024-05"), None).blocks]

    assert "Au plus 2 messages par mois, entre 9 h et 19 h. Jamais le dimanche, ni un jour férié." in said
