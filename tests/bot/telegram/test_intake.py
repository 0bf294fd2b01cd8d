"""What is known of updates that are not, or no longer, to be written down."""

import asyncio

import pytest

from bot.telegram.incoming import Arrival
from bot.telegram.intake import Intake, Kept


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


async def test_what_telegram_kept_back_may_still_come_before(intake, conversation):
    """Telegram sends nothing of a queue until what is not written down is answered: what came by another waits."""
    conversation.keeps_nothing = lambda incoming: True
    await intake.keep(arrival(1))
    await intake.keep(arrival(3))
    waiting = asyncio.create_task(intake.alone(arrival(3)))
    await asyncio.sleep(0)
    assert not waiting.done()
    intake.answered(arrival(1))

    assert await waiting
    assert not await intake.alone(arrival(3))
