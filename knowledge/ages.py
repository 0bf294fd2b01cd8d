"""Months and ages: a child's age is counted from month to month and known exactly or within bounds.

A parent who writes "2 ans" says that the child is between 24 and 35 months old. The span of possible birth
months is kept, so the age grows by itself, and a threshold inside the span stays unknown instead of guessed.
Counting by whole months is the habit of family benefits (a right opens or ends with a month).
"""

from __future__ import annotations

import re
from datetime import date

from knowledge.base import Span

MAX_AGE = 30 * 12
"""Oldest child spoken of, in months: benefits for children end at 20 to 25, with a margin."""


def months(text: str) -> int | None:
    """Return a length of time in months from « 3 ans », « 30 mois » or « 2 ans et 6 mois »; None if unreadable."""
    match = re.fullmatch(r"(?:(\d{1,3}) ?ans?)?(?: et )?(?:(\d{1,3}) ?mois)?", text.strip())
    if not match or not any(match.groups()):
        return None
    years, rest = (int(part or 0) for part in match.groups())
    return years * 12 + rest


def month_index(text: str) -> int | None:
    """Return « 2024-11 » as a count of months since year 0, None if it is not a month."""
    match = re.fullmatch(r"(\d{4})-(\d{2})", text)
    if not match or not 1 <= int(match[2]) <= 12:
        return None
    return int(match[1]) * 12 + int(match[2]) - 1


def month_text(index: int) -> str:
    """Return the inverse of :func:`month_index`."""
    return f"{index // 12:04d}-{index % 12 + 1:02d}"


def this_month(on: date) -> int:
    """Return the month of a day as an index."""
    return on.year * 12 + on.month - 1


def birth_of(low: int, high: int, on: date) -> str | list[str]:
    """Return the birth month, or the first and last possible ones, of a child aged ``low`` to ``high`` months."""
    first, last = this_month(on) - high, this_month(on) - low
    return month_text(last) if first == last else [month_text(first), month_text(last)]


def birth_span(birth: str | list[str]) -> Span | None:
    """Return the possible birth months as indexes, None when unreadable, whatever was written."""
    ends = birth if isinstance(birth, list) else [birth]
    if not ends or not all(isinstance(end, str) for end in ends):
        return None
    first, last = ends[0], ends[-1]
    low, high = month_index(first), month_index(last)
    return None if low is None or high is None or low > high else Span(low, high)


def age_span(birth: str | list[str], on: date) -> Span | None:
    """Return the possible ages in months on a day; a child not yet born counts as 0."""
    span = birth_span(birth)
    if span is None or span.high is None:
        return None
    now = this_month(on)
    return Span(max(0, now - span.high), max(0, now - span.low))
