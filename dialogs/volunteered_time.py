"""Reads how long something has lasted, and how far a pregnancy has gone, in a plain text."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from dialogs.phrases_load import Phrases
from knowledge.ages import this_month
from knowledge.base import Span

RECENT_MONTHS = 18
"""A separation is *recente* below this many months, as the fact and its question say."""

_DAYS_IN_MONTH = 30.44
_WEEKS_BEFORE_CONCEPTION = 2  # « semaines d'aménorrhée » are counted from the last period, two weeks earlier
_UNIT = {"an": 12, "ye": 12, "mo": 1, "se": 0, "we": 0, "jo": 0, "da": 0}
_AMOUNT = re.compile(
    r"\b(\d{1,3}) (ans?|annees?|years?|mois|months?|semaines?|weeks?|jours?"
    r"|days?)( et demie?| and a half| 1 / 2)?\b"
)
_AFTER = r"(?:depuis|il y a|ca fait|cela fait|voila|for|since|about|over|environ|ya|y a)"
_SINCE = re.compile(
    rf"\b{_AFTER} (?:environ |a peu pres |about |over |plus de |deja |bientot "
    rf"|presque )?(?={_AMOUNT.pattern})"
)
_AGO = re.compile(rf"(?={_AMOUNT.pattern} ago\b)")
_VAGUE_SHORT = re.compile(
    r"\b(?:depuis peu|recemment|recently|just|quelques (?:mois|semaines|jours)"
    r"|a few (?:months|weeks|days) ago|peu de temps"
    r"|hier|la semaine derniere|le mois dernier|ce mois ci|last (?:month|week)"
    r"|this (?:month|week)|tout juste)\b"
)
_VAGUE_LONG = re.compile(
    r"\b(?:depuis (?:tres )?longtemps|(?:plusieurs|des) annees|quelques annees|long ago"
    r"|a few years ago|many years|for years)\b"
)
_UNSURE = re.compile(r"\b(?:presque|bientot|plus de|moins de|almost|nearly|over|less than|more than)\b")


def elapsed(text: str, on: date, known: Phrases) -> Span | None:
    """Return how many months ago or since when, from a plain text; None when it gives no length of time.

    « deux mois » is 2, « un an et demi » 18; a calendar month or year gives the months it may stand for.
    """
    found = _SINCE.search(text) or _AGO.search(text)
    amount = _AMOUNT.search(text, found.end()) if found else None
    if amount:
        return _length(amount)
    if _VAGUE_SHORT.search(text):
        return Span(0, 11)
    if _VAGUE_LONG.search(text):
        return Span(24, None)
    if re.search(r"\b(?:l annee derniere|l an dernier|l an passe|last year)\b", text):
        return Span(this_month(on) - (on.year - 1) * 12 - 11, this_month(on) - (on.year - 1) * 12)
    return _calendar(text, on, known)


def _length(amount: re.Match[str]) -> Span:
    number, unit, half = int(amount[1]), amount[2], amount[3]
    months = number * _UNIT[unit[:2]]
    if half:
        months += 6 if _UNIT[unit[:2]] == 12 else 0
    if unit[:2] in ("se", "we", "jo", "da"):
        days = number * (7 if unit[:2] in ("se", "we") else 1)
        months = int(days / _DAYS_IN_MONTH)
    return Span(months, months)


def _calendar(text: str, on: date, known: Phrases) -> Span | None:
    """Read « depuis mars », « en juin 2025 », « depuis 2019 »; without a year, the latest past month."""
    names = "|".join(known.months)
    match = re.search(
        rf"\b(?:depuis|en|since|in|le mois de)(?: le)?"
        rf"(?: (?:debut|fin))?(?: \d{{1,2}}e?)? (?:({names})(?: (\d{{4}}))?|(\d{{4}})) ",
        text,
    )
    if not match:
        return None
    now = this_month(on)
    if match[3]:
        year = int(match[3])
        return Span(max(0, now - year * 12 - 11), now - year * 12) if 1950 <= year <= on.year else None
    month = known.months[match[1]] - 1
    ago = now - int(match[2]) * 12 - month if match[2] else (now % 12 - month) % 12
    return Span(ago, ago) if 0 <= ago < 1200 else None


def separation_since(text: str, on: date, known: Phrases) -> list[str] | str | None:
    """Return *recente*, *ancienne* or both, by the time said beside a separation; None when none is said."""
    span = elapsed(text, on, known)
    if span is None:
        return None
    if span.low == span.high == RECENT_MONTHS or _UNSURE.search(text):
        return _around(span)
    if span.high is not None and span.high < RECENT_MONTHS:
        return "recente"
    return "ancienne" if span.low > RECENT_MONTHS else ["recente", "ancienne"]


def _around(span: Span) -> list[str] | str:
    """Return the values for « presque deux ans », « plus d'un an »: half a year either side stays open."""
    if span.high is not None and span.high + 6 < RECENT_MONTHS:
        return "recente"
    return "ancienne" if span.low - 6 > RECENT_MONTHS else ["recente", "ancienne"]


_MONTHS_GONE = re.compile(r"\b(\d{1,2})(?:e mois| mois| months?)\b")
_WEEKS_GONE = re.compile(r"\b(\d{1,2}) (semaines?|sa|weeks?)( d amenorrhee| sa| pregnant)?")
_NOT_GONE = re.compile(r"\b(?:depuis|dans|in|pour|reste|encore) \d")


def pregnancy_month(text: str) -> Any:
    """Return the month of a pregnancy from a plain text that speaks of one: a number, or a band [from,
    below].

    Without a month it is [1, 10]. Weeks of amenorrhoea (SA, and weeks in English) give the months completed
    and the one going on: 20 SA are 18 weeks, so [4, 6]. Bare « semaines » may be either count, so two weeks
    more.
    """
    weeks = _WEEKS_GONE.search(text)
    if weeks and not _NOT_GONE.search(text) and 1 <= int(weeks[1]) <= 42:
        from_period = weeks[2] == "sa" or weeks[3] is not None or weeks[2].startswith("week")
        low = max(0, int(weeks[1]) - _WEEKS_BEFORE_CONCEPTION)
        high = low if from_period else int(weeks[1])
        first, last = (int(count * 7 / _DAYS_IN_MONTH) for count in (low, high))
        return [max(1, min(first, 8)), min(last + 2, 10)]
    months = _MONTHS_GONE.search(text)
    if months and not _NOT_GONE.search(text) and 1 <= int(months[1]) <= 9:
        return int(months[1])
    return [1, 10]
