"""Reads OSM opening hours one day at a time, with opening-hours-py; clock times of Paris, without a zone."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal, NamedTuple

from opening_hours import OpeningHours, validate
from opening_hours import State as OsmState

_DAY = timedelta(days=1)
SUN = re.compile(r"sunrise|sunset|dawn|dusk")
"""Times that depend on a place and a day; no desk opens by them."""
_SCHOOL = re.compile(r"\bSH\b")  # « SH Mo-Fr » would be read as every Monday to Friday
_HOLIDAYS = re.compile(r"\bPH\b|24/7")

Why = Literal["", "horaires", "ferie", "vacances", "fermeture", "periode"]
"""What makes an opening unknown; empty when nothing does."""


class Stretch(NamedTuple):
    """A time in which it is open, or in which it may be (``is_sure`` false, with ``why``)."""

    start: datetime
    end: datetime
    is_sure: bool = True
    why: Why = ""


def says_holidays(text: str) -> bool:
    """Tell whether hours speak of public holidays: « PH », or « 24/7 », which leaves no day out."""
    return bool(_HOLIDAYS.search(text))


@lru_cache(maxsize=4096)
def is_public_holiday(day: date) -> bool:
    """Tell whether a day is one of the eleven public holidays of Paris."""
    return _parsed("PH").is_open(datetime.combine(day, time(12)))


@lru_cache(maxsize=8192)
def stretches(text: str, day: date) -> tuple[Stretch, ...] | None:
    """Return the openings that begin on a day, in order; None when the text cannot be relied on.

    An opening of more than 24 hours is cut at midnight: each day has its own part.
    """
    if SUN.search(text) or _SCHOOL.search(text) or not validate(text):
        return None
    week = _parsed(text)
    midnight = datetime.combine(day, time())
    found = []
    for start, end, state, _ in week.intervals(midnight - _DAY, midnight + 2 * _DAY):
        if state == OsmState.CLOSED:
            continue
        if end - start > _DAY:
            start, end = max(start, midnight), min(end, midnight + _DAY)
        if start.date() == day and start < end:
            sure = state == OsmState.OPEN
            found.append(Stretch(start, end, sure, "" if sure else "horaires"))
    return tuple(found)


@lru_cache(maxsize=2048)
def _parsed(text: str) -> OpeningHours:
    return OpeningHours(text, country="FR")
