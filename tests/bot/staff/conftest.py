"""A team on a store in a real file, and a clock that moves when told."""

from datetime import UTC, datetime

import pytest

from bot.staff.model import Member, Role
from bot.staff.staff import Staff

NOW = datetime(2026, 11, 22, 10, 30, 40, tzinfo=UTC)


class Clock:
    """The moment it is, until a test says another."""

    def __init__(self):
        self.at = NOW

    def now(self):
        return self.at


@pytest.fixture
def clock():
    """A Sunday morning."""
    return Clock()


@pytest.fixture
def staff(store, vault, clock):
    """The team, empty at first."""
    return Staff(store.database, vault, clock.now)


def member(vault, chat, role=Role.PROMENEUR, name="Mésange"):
    """Return somebody as the team knows them."""
    return Member(vault.person("telegram", chat), role, str(chat).encode(), name)
