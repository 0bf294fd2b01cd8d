"""The documented form of ``milestones --json``: one family a line in, the dates that come for it a line out."""

from __future__ import annotations

from datetime import date

from bot.buttons import Buttons
from bot.content import Library
from bot.date_screens import DateScreens
from bot.jsonl import BadLine, Json, day_of
from dialogs.effects import Coming
from knowledge.calendar import HORIZON, Calendar, Upcoming
from knowledge.criteria import ConditionError
from knowledge.facts import parse_facts
from knowledge.milestone import EVENTS

_KEYS = frozenset(("faits", "le", "mois", "dates"))
_MOST_MONTHS = 60
_FIRST, _LAST = date(2000, 1, 1), date(2100, 1, 1)


def milestones_line(library: Library, request: Json, today: date) -> Json:
    """Return the dates of one family, soonest first.

    Args:
        library: all content.
        request: ``faits`` and ``le`` as for ``match``; ``mois``: how many months ahead (12);
            ``dates``: days of events, by anchor (``separation``, ``deces``, ``decision_handicap``).
        today: the day when the request names none.

    Raises:
        BadLine, FactError: the request is not what the command takes.
    """
    unknown = sorted(set(request) - _KEYS)
    raw = request.get("faits", {})
    if unknown or not isinstance(raw, dict):
        raise BadLine(f"clé '{unknown[0]}' inconnue ; clés : faits, le, mois, dates" if unknown else "'faits' : {…}")
    on, months = day_of(request, today), request.get("mois", HORIZON)
    if type(months) is not int or not 0 <= months <= _MOST_MONTHS:
        raise BadLine(f"'mois' : un nombre de 0 à {_MOST_MONTHS}")
    _near("le", on)
    knowledge = library.content.knowledge
    try:
        calendar = Calendar(knowledge, on)
    except ConditionError as error:
        raise BadLine(f"'le' vaut '{on}' : {error}") from None
    found = calendar.upcoming(parse_facts(raw, knowledge.vocabulary, on), months, _dates(request.get("dates", {})))
    speaker = library.speaker("fr", on)
    screens = DateScreens(speaker, Buttons(speaker))
    return {"jalons": [_shown(each, screens) for each in found]}


def _dates(raw: object) -> dict[str, date]:
    if not isinstance(raw, dict) or not set(raw) <= EVENTS:
        raise BadLine(f"'dates' : un jour pour {', '.join(sorted(EVENTS))}")
    found = {str(name): day_of({"le": day}, date.min) for name, day in raw.items()}
    for name, day in found.items():
        _near(name, day)
    return found


def _near(name: str, day: date) -> None:
    if not _FIRST <= day <= _LAST:
        raise BadLine(f"'{name}' vaut '{day}' : un jour entre {_FIRST} et {_LAST}")


def _shown(each: Upcoming, screens: DateScreens) -> Json:
    milestone = each.milestone
    return {
        "id": milestone.id,
        "nom": milestone.name,
        "titre_discret": milestone.discreet,
        "texte": milestone.text,
        "quand": screens.when(Coming(milestone, each.opens, each.until)),
        "enfant": each.child,
        "ouvre": each.opens.isoformat() if each.opens else None,
        "jusqu_a": each.until.isoformat() if each.until else None,
        "fiches": list(milestone.cards),
        "confiance": milestone.freshness.confidence,
    }
