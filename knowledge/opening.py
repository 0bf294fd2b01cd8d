"""Tells whether a place or a helpline is open at a moment, until when, or when it opens; or that nobody knows.

Pure: the moment is given. Hours are OSM text read by opening-hours-py, which knows the public holidays of France
but not the school holidays: those come from ``calendrier.yaml``. Where hours may not hold (a public holiday they do
not speak of, a closure without dates, a school year not yet known) the answer is *unknown*, never a guess.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from knowledge.model import Helpline, Place
from knowledge.opening_closures import Closure
from knowledge.opening_week import Stretch, Why, is_public_holiday, says_holidays, stretches
from knowledge.school_calendar import SchoolCalendar

PARIS = ZoneInfo("Europe/Paris")
State = Literal["ouvert", "ferme", "inconnu"]
_LOOK_AHEAD = 100
"""Days in which the next opening is looked for: longer than any summer closure."""
_ALWAYS = 8
"""Days without a break after which nobody is told a closing time."""
_DAY = timedelta(days=1)


class Opening(NamedTuple):
    """How things stand at a moment; times are in Paris.

    ``until``: when an open place closes, None when it does not within a week. ``opens``: when a closed one surely
    opens next, None when that is not known. ``why`` says what makes it unknown.
    """

    state: State
    until: datetime | None = None
    opens: datetime | None = None
    why: Why = ""


class Timetable(NamedTuple):
    """What is known of the hours of a place or a helpline; ``sometimes``: open in some periods only."""

    hours: str | None
    holiday_hours: str | None = None
    closures: tuple[Closure, ...] = ()
    sometimes: bool = False


def timetable_of(entry: Place | Helpline) -> Timetable:
    """Return the hours of an entry; a helpline out of service has none."""
    if isinstance(entry, Place):
        return Timetable(entry.hours, entry.holiday_hours, entry.closures)
    return Timetable(entry.hours if entry.in_service else "off", sometimes=entry.in_service and bool(entry.period))


def opening(table: Timetable, at: datetime, calendar: SchoolCalendar | None) -> Opening:
    """Return whether it is open at a moment.

    An opening belongs to the day it begins: what opens on Thursday evening and closes on Friday at 2 is open at 1
    even when Friday is a public holiday. A clock time that comes twice, in the night of October, counts the first time.

    Args:
        table: the hours.
        at: any moment with a time zone.
        calendar: the school holidays; needed only where there are hours of their own for them.
    """
    if table.sometimes:
        return Opening("inconnu", why="periode")
    today = at.astimezone(PARIS).date()
    around = [each for day in (today - _DAY, today) for each in _of_day(table, day, calendar)]
    here = [each for each in around if _instant(each.start) <= at < _instant(each.end)]
    if any(each.is_sure for each in here):
        return Opening("ouvert", until=_closes(table, max(each.end for each in here if each.is_sure), calendar))
    if here:
        return Opening("inconnu", why=here[0].why)
    return Opening("ferme", opens=_opens(table, at, calendar))


def _closes(table: Timetable, end: datetime, calendar: SchoolCalendar | None) -> datetime | None:
    """Follow openings that touch one another (midnight) to their end."""
    limit = end + _ALWAYS * _DAY
    while end < limit:
        day = end.date()
        later = [each.end for each in _of_day(table, day, calendar) if each.is_sure and each.start <= end < each.end]
        if not later:
            return _clock(end)
        end = max(later)
    return None


def _opens(table: Timetable, at: datetime, calendar: SchoolCalendar | None) -> datetime | None:
    today = at.astimezone(PARIS).date()
    for ahead in range(_LOOK_AHEAD):
        for each in _of_day(table, today + ahead * _DAY, calendar):
            if each.is_sure and _instant(each.start) > at:
                return _clock(each.start)
            if not each.is_sure and each.why != "ferie":
                return None  # it may open before the next sure time
    return None


def _of_day(table: Timetable, day: date, calendar: SchoolCalendar | None) -> Iterator[Stretch]:
    """Yield the times of one day when it is open (sure) or may be (not sure), in order."""
    if any(closure.closes(day) for closure in table.closures):
        return
    text, why = _hours_on(table, day, calendar)
    ordinary = stretches(text, day) if text else None
    if text is None or ordinary is None:
        yield _whole(day, why or "horaires")
    elif not ordinary:
        return
    elif is_public_holiday(day) and not says_holidays(text):
        yield _whole(day, "ferie", ordinary)
    elif any(closure.may_close(day) for closure in table.closures):
        yield _whole(day, "fermeture", ordinary)
    else:
        yield from ordinary


def _hours_on(table: Timetable, day: date, calendar: SchoolCalendar | None) -> tuple[str | None, Why]:
    if table.holiday_hours is None:
        return table.hours, "horaires"
    if calendar is None or not calendar.is_known(day):
        return None, "vacances"
    return (table.holiday_hours if calendar.holiday(day) else table.hours), "horaires"


def _whole(day: date, why: Why, ordinary: tuple[Stretch, ...] = ()) -> Stretch:
    start = datetime.combine(day, time())
    return Stretch(start, max([start + _DAY, *(each.end for each in ordinary)]), is_sure=False, why=why)


def _clock(wall: datetime) -> datetime:
    """Return a clock time of Paris as a moment; one that a spring night skips is an hour later on the clock."""
    return _instant(wall).astimezone(PARIS)


def _instant(wall: datetime) -> datetime:
    # Through UTC: two times of the same zone are compared by their clocks, which is wrong when clocks change.
    return wall.replace(tzinfo=PARIS).astimezone(UTC)
