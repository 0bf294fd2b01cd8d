"""By day, on working days, by the clock of Paris, whatever the season does to it."""

from datetime import UTC, date, datetime

import pytest

from bot.reminders.hours import back_to_school, is_open


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2026, 11, 23, 7, 59, tzinfo=UTC), False),  # 8:59 in winter
        (datetime(2026, 11, 23, 8, 0, tzinfo=UTC), True),
        (datetime(2026, 11, 23, 17, 59, tzinfo=UTC), True),
        (datetime(2026, 11, 23, 18, 0, tzinfo=UTC), False),  # 19:00
        (datetime(2027, 3, 27, 7, 30, tzinfo=UTC), False),  # the Saturday before the change: 8:30
        (datetime(2027, 3, 28, 10, 0, tzinfo=UTC), False),  # a Sunday, all day
        (datetime(2027, 3, 30, 6, 59, tzinfo=UTC), False),  # after it, an hour earlier for the machine: 8:59
        (datetime(2027, 3, 30, 7, 0, tzinfo=UTC), True),
        (datetime(2027, 3, 30, 17, 0, tzinfo=UTC), False),
        (datetime(2027, 10, 30, 7, 0, tzinfo=UTC), True),  # the Saturday before the change back: 9:00
        (datetime(2027, 11, 2, 7, 30, tzinfo=UTC), False),  # after it: 8:30
        (datetime(2027, 11, 2, 17, 59, tzinfo=UTC), True),
        (datetime(2027, 3, 29, 10, 0, tzinfo=UTC), False),  # Easter Monday
        (datetime(2026, 12, 25, 10, 0, tzinfo=UTC), False),
        (datetime(2027, 7, 14, 10, 0, tzinfo=UTC), False),
        (datetime(2026, 12, 26, 10, 0, tzinfo=UTC), True),  # a Saturday
    ],
)
def test_nobody_is_woken(moment, expected):
    """From 9:00 to 19:00 in Paris, never on Sundays and public holidays, before and after both changes of hour."""
    assert is_open(moment) is expected


def test_when_school_is_back(knowledge):
    """The day after a holiday; None on a day of school, and past what the calendar says."""
    calendar = knowledge.calendar

    assert back_to_school(calendar, date(2026, 12, 24)) == date(2027, 1, 4)
    assert back_to_school(calendar, date(2026, 11, 23)) is None
    assert back_to_school(calendar, date(2031, 7, 14)) is None
    assert back_to_school(None, date(2026, 12, 24)) is None
