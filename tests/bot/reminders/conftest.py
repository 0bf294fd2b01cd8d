"""Reminders on a real store, with clocks that the test moves and a sender that notes what it is given."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.feature import Outcome
from bot.reminders.feature import Reminders
from bot.reminders.record import Child, Record
from bot.reminders.table import Table

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
"""10:00 in Paris."""


class Clocks:
    """The clock of the day and a steady one; ``passes`` moves both, ``sets`` only the first, as an operator may."""

    def __init__(self, now=MONDAY):
        self.now, self.steady = now, 5_000.0

    def passes(self, **much):
        self.until(self.now + timedelta(**much))

    def until(self, moment):
        self.steady += (moment - self.now).total_seconds()
        self.now = moment

    def sets(self, moment):
        self.now = moment


class Sender:
    """Takes messages as a channel would; ``outcomes`` are given first, then all are sent."""

    def __init__(self, clocks):
        self.clocks, self.sent, self.outcomes = clocks, [], []

    async def __call__(self, address, screen, *, silent=False, wanted=None):
        outcome = self.outcomes.pop(0) if self.outcomes else Outcome.SENT
        if isinstance(outcome, BaseException):
            raise outcome
        self.sent.append((self.clocks.now, address, screen))
        return outcome

    @property
    def titles(self):
        """The milestones of each message, by name."""
        return [[block.title for block in screen.blocks if block.style == "champ"] for _, _, screen in self.sent]


@pytest.fixture
def clocks():
    return Clocks()


@pytest.fixture
def sender(clocks):
    return Sender(clocks)


@pytest.fixture
def table(store):
    return Table(store.database, store.vault)


@pytest.fixture
def reminders(store, library, clocks):
    return Reminders(store, lambda: library, lambda: clocks.now, lambda: clocks.steady)


def family(*births, agreed=date(2026, 11, 22), term=None, complete=True, address=b"7", **more):
    """Return the reminders of a family whose children were born in these months."""
    children = tuple(Child(number, each, each, agreed) for number, each in enumerate(births, start=1))
    due = Child(len(births) + 1, term, term, agreed) if term else None
    return Record(address, "fr", agreed, children, complete, due, **more)
