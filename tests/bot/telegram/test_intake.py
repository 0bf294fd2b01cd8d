"""What is known of updates that are not, or no longer, to be written down."""

from dataclasses import replace

import pytest

from bot.telegram.incoming import Arrival
from bot.telegram.intake import Intake, Kept
from tests.bot.telegram.conftest import rows


@pytest.fixture
def intake(conversation, clock):
    """An intake over a real store."""
    return Intake(conversation, clock.timing)


def arrival(number):
    """Return something written by one person."""
    return Arrival("turn", number, "p" * 64, 5001, text="bonjour")


async def test_a_repeat_is_known_even_when_nothing_may_be_written_any_more(intake, conversation):
    """Between an update and its repeat the person chose a guarded subject: it is not answered twice."""
    assert await intake.keep(arrival(1)) is Kept.ON_DISK
    conversation.keeps_nothing = lambda incoming: True

    assert await intake.keep(arrival(1)) is Kept.KNOWN


async def test_a_repeat_of_what_is_under_way_is_told_from_one_that_is_done(intake, conversation):
    """Telegram may forget the second only."""
    conversation.keeps_nothing = lambda incoming: True
    assert await intake.keep(arrival(1)) is Kept.NOWHERE
    assert await intake.keep(arrival(1)) is Kept.UNDER_WAY
    intake.answered(arrival(1))

    assert await intake.keep(arrival(1)) is Kept.KNOWN


async def test_what_is_not_written_down_has_only_earlier_updates_ahead(intake, conversation):
    """Telegram sends nothing of a queue until what is not written down is answered: what came by another waits."""
    conversation.keeps_nothing = lambda incoming: True
    await intake.keep(arrival(1))
    await intake.keep(arrival(3))
    (ahead,) = intake.ahead_of(arrival(3))
    assert not ahead.done()
    intake.answered(arrival(1))

    assert ahead.done()
    assert intake.ahead_of(arrival(3)) == []


async def test_what_was_done_before_words_of_danger_is_kept_as_ever(intake, conversation, store):
    """Words of danger overtake what a person did before; a crash must not lose that."""
    await intake.keep(replace(arrival(2), at_once=True))

    assert await intake.keep(arrival(1)) is Kept.ON_DISK
    assert await intake.keep(arrival(3)) is Kept.NOWHERE
    assert await rows(store, "pending") == 1
