"""Months, as the observatory counts them: those of Paris."""

from __future__ import annotations

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date

_PARIS = ZoneInfo("Europe/Paris")
_FORM = re.compile(r"20\d\d-(0[1-9]|1[0-2])", re.ASCII)


def month_of(now: datetime) -> str:
    """Return the month a moment is in, in Paris: « 2026-11 »."""
    return f"{now.astimezone(_PARIS):%Y-%m}"


def is_month(text: str) -> bool:
    """Tell whether a text is a month as :func:`month_of` writes it."""
    return _FORM.fullmatch(text) is not None


def in_words(month: str) -> str:
    """Return a month in French: « novembre 2026 »."""
    return format_date(date.fromisoformat(f"{month}-01"), "LLLL yyyy", locale="fr")
