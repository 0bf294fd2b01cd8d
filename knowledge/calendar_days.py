"""Days and months on the calendar: lengths of time added to a day, days known only to the month."""

from __future__ import annotations

from calendar import isleap
from datetime import date, timedelta
from typing import NamedTuple

from knowledge.milestone import Offset

_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class Days(NamedTuple):
    """A day known between two days, both included."""

    first: date
    last: date


def add(day: date, offset: Offset) -> date:
    """Return a day moved by months, kept inside its month (January 31 + 1 month = the last of February), then days."""
    index = day.year * 12 + day.month - 1 + offset.months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, month_length(year, month + 1))) + timedelta(days=offset.days)


def month_length(year: int, month: int) -> int:
    """Return the number of days of a month (1 to 12)."""
    return 29 if month == 2 and isleap(year) else _LENGTHS[month - 1]


def month_days(index: int) -> Days:
    """Return the first and last day of a month given as an index since year 0."""
    year, month = index // 12, index % 12 + 1
    return Days(date(year, month, 1), date(year, month, month_length(year, month)))
