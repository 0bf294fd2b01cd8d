"""Reads ages and births of children in plain text: « 2 , 5 et 9 ans », « 18 mois », « mars 2024 ».

« 2 ans et demi » is taken as 30 to 32 months: people say it from the half-year on, and round to the next year
or count in months again after a quarter. Weeks and days give the birth month by the calendar.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache
from typing import TypeAlias

from dialogs.phrases_load import Phrases
from knowledge.ages import MAX_AGE, birth_of, month_text, this_month

Birth: TypeAlias = str | list[str]
"""A birth month, or the first and last possible ones."""

_NUMBER = r"\d{1,2}(?!\w)"
_UNIT = r"(?:ans?|annees?|mois|semaines?|jours?|years?|yrs?|months?|weeks?|days?)\b"
_HALF = r"(?: et demie?\b| demie?\b| 1 / 2| and a half)"
_JOIN = (
    r" (?:, et|, and|, de|, d|,|et|and|/|&|\+|puis|et (?:l )?(?:un|une|autre)(?: de| d| a)?"
    r"|et de|et d|, (?:l )?(?:un|une|autre)(?: de| d| a)?) "
)
_AGED = rf"{_NUMBER}(?: {_UNIT}{_HALF}?|{_HALF} {_UNIT})"
_GROUP = rf"(?:{_NUMBER}{_JOIN}){{0,9}}{_AGED}"
_WITH_UNIT = (
    rf"{_GROUP}(?:(?:{_JOIN}| ){_GROUP}){{0,9}}(?: old)?(?! (?:de (?!mon|ma|son|un)|d |of |ago"
    rf"|plus tard|late|apres|par |maximum))"
)
_BARE = (
    rf"{_NUMBER}(?:{_JOIN}{_NUMBER}){{0,9}}(?= $| ?$| [.,;:!?()]| (?:and|but|so|who|we|i|et"
    rf"|mais|je|on|nous|dans|in)\b)"
)

AGES = re.compile(rf"(?:{_WITH_UNIT}|{_BARE})")
"""One or several ages. Without a unit (« my kids are 3 and 5 ») they are years, if nothing else follows."""

_ITEM = re.compile(rf"({_NUMBER})({_HALF})?(?: ({_UNIT}))?({_HALF})?")
_YEARS_AND_MONTHS = re.compile(r"(\d{1,2}) (?:ans?|years?) (?:et |and |, )?(\d{1,2}) (?:mois|months?)")


def read_ages(text: str, on: date, count: int | None) -> list[Birth]:
    """Return the births that a list of ages stands for, [] when they cannot be trusted.

    Args:
        text: what :data:`AGES` matched.
        on: the day the ages are true.
        count: how many children are spoken of, when known: « 2 ans et 6 mois » is one child or two.
    """
    one = _YEARS_AND_MONTHS.fullmatch(text.removesuffix(" old"))
    if one and count == 1 and int(one[2]) < 12:
        months = int(one[1]) * 12 + int(one[2])
        return [birth_of(months, months, on)]
    births: list[Birth] = []
    unit = ""
    for item in reversed(list(_ITEM.finditer(text))):
        unit = item[3] or unit or "ans"
        birth = _birth(int(item[1]), unit, bool(item[2] or item[4]), on)
        if birth is None:
            return []
        births.append(birth)
    return births[::-1]


def has_unit(text: str) -> bool:
    """Tell whether a list of ages says years, months, weeks or days."""
    return re.search(_UNIT, text) is not None


def _birth(number: int, unit: str, half: bool, on: date) -> Birth | None:
    if unit[:2] in ("se", "we", "jo", "da"):
        days = number * 7 if unit[:2] in ("se", "we") else number
        first = on - timedelta(days=days + (6 if days != number else 0))
        ends = [month_text(this_month(first)), month_text(this_month(on - timedelta(days=days)))]
        return ends[0] if ends[0] == ends[1] else ends
    if unit[:2] == "mo":
        return birth_of(number, number, on) if number <= MAX_AGE else None
    low = number * 12 + (6 if half else 0)
    return birth_of(low, low + (2 if half else 11), on) if low <= MAX_AGE else None


@cache
def birth_pattern(known: Phrases) -> re.Pattern[str]:
    """Return the expression of a date of birth: a day, a month or a year."""
    names = "|".join(known.months)
    return re.compile(
        rf"(?:en |le |in |on |au mois de |debut |fin )*(?:\d{{1,2}}e? (?:{names}) \d{{4}}"
        rf"|(?:{names}) (?:\d{{1,2}} ,? ?)?\d{{4}}"
        r"|\d{1,2} / \d{1,2} / \d{4}|\d{1,2} / \d{4}|\d{4})(?!\w)"
    )


def birth_on(text: str, on: date, known: Phrases) -> Birth | None:
    """Return the birth that a date stands for, None when it lies ahead or over thirty years back."""
    year = int(re.findall(r"\d{4}", text)[-1])
    named = next((known.months[word] for word in text.split() if word in known.months), None)
    slashes = re.search(r"(?:\d{1,2} / )?(\d{1,2}) / \d{4}", text)
    month = named or (int(slashes[1]) if slashes else None)
    if month is not None and not 1 <= month <= 12:
        return None
    first = year * 12 + (month - 1 if month else 0)
    last = first if month else min(first + 11, this_month(on))
    if last > this_month(on) or first > last or this_month(on) - first > MAX_AGE + 11:
        return None
    return month_text(first) if first == last else [month_text(first), month_text(last)]
