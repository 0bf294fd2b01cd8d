"""When a message that nobody waits for may be sent: by day, on working days, by the clock of Paris. Pure."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from knowledge.opening_week import is_public_holiday
from knowledge.school_calendar import SchoolCalendar

PARIS = ZoneInfo("Europe/Paris")
FIRST_HOUR, LAST_HOUR = 9, 19
"""From 9:00 until before 19:00: children sleep, nobody is woken, and offices can still be called."""

_SUNDAY = 6


def is_open(now: datetime) -> bool:
    """Tell whether something may be sent at a moment that has a time zone; never on Sundays and public holidays."""
    local = now.astimezone(PARIS)
    return is_open_day(local.date()) and FIRST_HOUR <= local.hour < LAST_HOUR


def is_open_day(day: date) -> bool:
    """Tell whether something may be sent at some hour of a day."""
    return day.weekday() != _SUNDAY and not is_public_holiday(day)


def next_open_day(day: date) -> date:
    """Return the day itself if something may be sent on it, else the next such day."""
    while not is_open_day(day):
        day += timedelta(days=1)
    return day


def back_to_school(calendar: SchoolCalendar | None, day: date) -> date | None:
    """Return the day school is back when a day is known to be in holidays, else None."""
    holiday = calendar.holiday(day) if calendar else None
    return holiday.back if holiday else None
