"""Updates that overtook each other, put back in order."""

from functools import partial

import pytest

from bot.telegram.sequence import PATIENCE, Sequence
from tests.fake_botapi import ManualClock


class Gate:
    """A sequence, and the numbers that went on, in order."""

    def __init__(self):
        self.clock = ManualClock(jumps=False)
        self.sequence = Sequence(self.clock.timing)
        self.passed = []

    def come(self, *numbers):
        for number in numbers:
            self.sequence.come(number, partial(self.passed.append, number))

    async def after(self, seconds):
        await self.clock.advance(seconds)
        return self.passed


@pytest.fixture
async def gate():
    gate = Gate()
    yield gate
    gate.sequence.close()


async def test_numbers_in_order_never_wait(gate):
    """Nothing is held back when nothing is missing."""
    gate.come(10, 11, 12)

    assert await gate.after(0) == [10, 11, 12]


async def test_numbers_out_of_order_are_put_back(gate):
    """Each waits for those before it."""
    gate.come(10, 13, 12, 11)

    assert await gate.after(0) == [10, 11, 12, 13]


async def test_a_missing_number_is_waited_for_a_moment(gate):
    """Then the others go on, in order, and it goes on alone when it comes after all."""
    gate.come(10, 13, 12)

    assert await gate.after(PATIENCE - 0.01) == [10]
    assert await gate.after(0.02) == [10, 12, 13]
    gate.come(11, 14)
    assert await gate.after(0) == [10, 12, 13, 11, 14]


@pytest.mark.parametrize("far", [5, 1_000_000])
async def test_numbers_may_begin_anew(gate, far):
    """After a week without updates Telegram begins anywhere: nobody waits for what will not come."""
    gate.come(1000, far, far + 1)

    assert await gate.after(0) == [1000, far, far + 1]
