"""Opening hours in the words of one language: open until when, closed until when, or to be confirmed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot import wording
from bot.speaker import Speaker
from i18n.hours import clock, week, weekday
from knowledge.base import Label
from knowledge.messages import field_label
from knowledge.model import Helpline, Place
from knowledge.opening import Opening, opening, timetable_of
from knowledge.opening_closures import Closure

_ANNOUNCED = timedelta(days=30)
"""How long before its first day a closure is announced."""
_WEEK = 7


def state_line(speaker: Speaker, entry: Place | Helpline) -> str:
    """Return « Ouvert jusqu'à 17 h. », « Fermé, ouvre lundi à 9 h. » or « Horaires à confirmer. ».

    Empty when the moment is not known, and for a helpline whose periods are told elsewhere.
    """
    if speaker.at is None:
        return ""
    found = opening(timetable_of(entry), speaker.at, speaker.knowledge.calendar)
    if found.state == "inconnu":
        label = wording.UNSURE_HOURS.get(found.why)
        return speaker.say(label) if label else ""
    return _open(speaker, found, speaker.at) if found.state == "ouvert" else _closed(speaker, found, speaker.at)


def known_state(speaker: Speaker, entry: Place | Helpline) -> str:
    """Return the same line for a list of results, empty where there are no hours to speak of."""
    table = timetable_of(entry)
    return state_line(speaker, entry) if table.hours or table.holiday_hours or table.closures else ""


def place_hours(speaker: Speaker, place: Place) -> Iterator[str]:
    """Yield how a place stands now, its week, its hours in school holidays, and its closures of this month."""
    state = state_line(speaker, place)
    if state:
        yield state
    if place.hours or not state:
        yield _week(speaker, place.hours)
    if place.holiday_hours:
        yield speaker.say(_with(wording.HOLIDAY_HOURS, texte=week(place.holiday_hours, speaker.language)))
    yield from _closures(speaker, place)


def helpline_hours(speaker: Speaker, line: Helpline) -> Iterator[str]:
    """Yield how a helpline stands now, then its hours; nothing to confirm where its own words say so."""
    found = speaker.at and opening(timetable_of(line), speaker.at, speaker.knowledge.calendar)
    told = line.hours_text and found and found.why == "horaires"
    state = "" if told else state_line(speaker, line)
    if state:
        yield state
    if line.hours_text:
        yield speaker.say(field_label(line, "horaires", line.hours_text))


def _week(speaker: Speaker, hours: str | None) -> str:
    if not hours:
        return speaker.say(wording.HOURS_UNKNOWN)
    if hours == "24/7":
        return speaker.say(wording.ALWAYS_OPEN)
    return speaker.say(_with(wording.HOURS, texte=week(hours, speaker.language)))


def _open(speaker: Speaker, found: Opening, at: datetime) -> str:
    if found.until is None:
        return speaker.say(wording.OPEN)
    days = (found.until.date() - at.astimezone(found.until.tzinfo).date()).days
    hour = clock(found.until.time(), speaker.language)
    if days == 0:
        return speaker.say(_with(wording.OPEN_UNTIL, heure=hour))
    if days == 1:
        midnight = found.until.hour == found.until.minute == 0
        return speaker.say(wording.OPEN_UNTIL_MIDNIGHT if midnight else _with(wording.OPEN_TONIGHT, heure=hour))
    return speaker.say(_with(wording.OPEN_UNTIL_DAY, jour=weekday(found.until, speaker.language), heure=hour))


def _closed(speaker: Speaker, found: Opening, at: datetime) -> str:
    if found.opens is None:
        return speaker.say(wording.CLOSED)
    days = (found.opens.date() - at.astimezone(found.opens.tzinfo).date()).days
    hour = clock(found.opens.time(), speaker.language)
    if days == 0:
        return speaker.say(_with(wording.OPENS_AT, heure=hour))
    if days == 1:
        return speaker.say(_with(wording.OPENS_TOMORROW, heure=hour))
    if days < _WEEK:
        return speaker.say(_with(wording.OPENS_DAY, jour=weekday(found.opens, speaker.language), heure=hour))
    return speaker.say(_with(wording.OPENS_DATE, date=speaker.day(found.opens.date()), heure=hour))


def _closures(speaker: Speaker, place: Place) -> Iterator[str]:
    for number, closure in enumerate(place.closures):
        if closure.is_over(speaker.on) or (closure.first and closure.first > speaker.on + _ANNOUNCED):
            continue
        dates = _dates(speaker, closure)
        text = speaker.say(field_label(place, f"fermetures.{number}", closure.text)) if closure.text else ""
        yield f"{dates} {text}".strip()


def _dates(speaker: Speaker, closure: Closure) -> str:
    if closure.first is None:
        return ""
    first = speaker.day(closure.first)
    if closure.last is None:
        return speaker.say(_with(wording.CLOSED_FROM, date=first))
    if closure.last == closure.first:
        return speaker.say(_with(wording.CLOSED_ON, date=first))
    return speaker.say(_with(wording.CLOSED_BETWEEN, du=first, au=speaker.day(closure.last)))


def _with(label: Label, **values: str) -> Label:
    return label._replace(values=tuple(values.items()))
