"""Opening hours in words: the OSM form that editors write, as a person of each language reads it. Pure.

Only the plain part of the OSM syntax is put into words (days, ranges of days, times); a rule with anything else
stays as it was written rather than being told wrong.
"""

from __future__ import annotations

import re
from datetime import date, time

from babel.dates import get_day_names

from i18n.language import Language

_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_SPAN = re.compile(r"\d{2}:\d{2}-\d{2}:\d{2}")
_RULE = re.compile(r"(?:(?P<days>[A-Z][a-z](?:[-,][A-Z][a-z])*) )?(?P<times>[\d:,\- ]+|off)")
_CLOSED = {"fr": "fermé", "en": "closed", "ar": "مغلق"}
_TO = {"fr": " à ", "en": " to ", "ar": " إلى "}


def week(hours: str, language: Language) -> str:
    """Return « lundi à vendredi 09:00-17:00 ; samedi 09:00-12:30 » for « Mo-Fr 09:00-17:00; Sa 09:00-12:30 »."""
    rules = [_rule(rule.strip(), language) for rule in hours.split(";") if rule.strip()]
    return " ; ".join(rules)


def clock(value: time, language: Language) -> str:
    """Return an hour of the day: « 9 h », « 17 h 30 » in French, « 09:00 » elsewhere; 24 hours everywhere."""
    if language.locale.split("_")[0] != "fr":
        return f"{value:%H:%M}"
    return f"{value.hour}\u00a0h\u00a0{value:%M}" if value.minute else f"{value.hour}\u00a0h"


def weekday(day: date, language: Language) -> str:
    """Return the name of a day of the week as it stands in a sentence: « lundi », « Monday »."""
    return str(get_day_names("wide", locale=language.locale)[day.weekday()])


def _rule(rule: str, language: Language) -> str:
    found = _RULE.fullmatch(rule)
    if not found:
        return rule
    times = [part.strip() for part in found["times"].split(",")]
    if found["times"] != "off" and not all(_SPAN.fullmatch(part) for part in times):
        return rule
    spoken = _lang(_CLOSED, language) if found["times"] == "off" else ", ".join(times)
    days = _days(found["days"], language) if found["days"] else ""
    return rule if days is None else f"{days} {spoken}".strip()


def _days(text: str, language: Language) -> str | None:
    names = get_day_names("wide", locale=language.locale)
    said = []
    for part in text.split(","):
        ends = part.split("-")
        if any(end not in _DAYS for end in ends) or len(ends) > 2:
            return None  # public holidays (PH) and the like stay as they were written
        said.append(_lang(_TO, language).join(names[_DAYS.index(end)] for end in ends))
    return ", ".join(said)


def _lang(words: dict[str, str], language: Language) -> str:
    return words.get(language.id.split("@")[0], words["fr"])
