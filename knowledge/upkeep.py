"""What an editor should look at again, most pressing first: overdue, broken, expiring, unsure, never checked.

Pure: the day is given, and so are the addresses found dead. Nobody is told here what a card should say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Literal, NamedTuple, TypeAlias

from knowledge.check_references import Names, entries, reference_faults
from knowledge.content import AnyEntry, Knowledge
from knowledge.faults import file_of
from knowledge.milestone import Milestone
from knowledge.model import Card, Helpline, Place, Right, Service
from knowledge.parameter import Parameter, ParameterFile, Scale
from knowledge.school_calendar import CALENDAR_FILE
from knowledge.source import Freshness

Reason = Literal["lien-interne", "en-retard", "lien-mort", "expire", "peu-sur", "non-verifie"]
REASONS: dict[Reason, str] = {
    "lien-interne": "un nom ne mène nulle part",
    "en-retard": "la date de relecture est passée",
    "lien-mort": "une adresse ne répond plus",
    "expire": "à relire dans les 60 jours",
    "peu-sur": "confiance basse",
    "non-verifie": "jamais vérifié auprès de l'organisme",
}
"""Why something is to be looked at again, in words, the most pressing first."""
SOON = timedelta(days=60)
FIRST_HAND = ("appel", "site", "courriel", "visite")
"""Ways of checking that ask whoever runs the service; the others read what was published."""

Dead: TypeAlias = Mapping[str, str]
"""Addresses that no longer answer, each with what came back."""


class Task(NamedTuple):
    """One thing to look at again; ``reasons`` go from the most pressing to the least.

    ``due``: the day it should have been read again by. ``weight``: 1 to 5, how much it matters to families.
    """

    reasons: tuple[Reason, ...]
    kind: str
    id: str
    name: str
    file: str
    due: date | None = None
    fresh: Freshness | None = None
    details: tuple[str, ...] = ()
    weight: int = 2


def upkeep(
    knowledge: Knowledge, amounts: Mapping[str, ParameterFile], on: date, dead: Dead | None = None
) -> tuple[Task, ...]:
    """Return what is to be looked at again: by most pressing reason, then by date, then by weight.

    Args:
        knowledge: everything that is known.
        amounts: the files of parametres/, by their path relative to the content folder.
        on: the day that decides what is overdue or soon will be.
        dead: addresses found dead, with what came back.
    """
    broken = _broken(knowledge)
    tasks = [*_cards(knowledge, on, dead or {}, broken), *_calendar(knowledge, on), *_amounts(amounts, on)]
    listed = {task.file for task in tasks}
    tasks += [
        Task(("lien-interne",), "fichier", file, file, file, details=what, weight=5)
        for file, what in broken.items()
        if file not in listed
    ]
    return tuple(sorted((task for task in tasks if task.reasons), key=_rank))


def _rank(task: Task) -> tuple[int, date, int, str, str]:
    first = list(REASONS).index(task.reasons[0])
    return first, task.due or date.max, -task.weight, task.file, task.id


def _broken(knowledge: Knowledge) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for fault in reference_faults(Names(knowledge)):
        found[fault.file] = (*found.get(fault.file, ()), fault.what)
    return found


def _cards(knowledge: Knowledge, on: date, dead: Dead, broken: Mapping[str, tuple[str, ...]]) -> Iterator[Task]:
    for entry in (*entries(knowledge), *knowledge.milestones):
        file, fresh = file_of(entry), entry.freshness
        gone = tuple(f"{url} : {dead[url]}" for url in addresses(entry) if url in dead)
        reasons: list[Reason] = []
        reasons += ["lien-interne"] if file in broken else []
        reasons += _by_date(fresh.review_by, on)
        reasons += ["lien-mort"] if gone else []
        reasons += ["peu-sur"] if fresh.confidence == "basse" else []
        reasons += ["non-verifie"] if fresh.method not in FIRST_HAND else []
        details = (*broken.get(file, ()), *gone)
        yield Task(
            _sorted(reasons), entry.kind, entry.id, entry.name, file, fresh.review_by, fresh, details, _weight(entry)
        )


def _calendar(knowledge: Knowledge, on: date) -> Iterator[Task]:
    if knowledge.calendar is None:
        return
    fresh, last = knowledge.calendar.freshness, knowledge.calendar.last
    due = min(fresh.review_by, last)
    details = (f"les vacances scolaires sont connues jusqu'au {last}",)
    name = "Calendrier scolaire"
    yield Task(_by_date(due, on), "calendrier", "calendrier", name, CALENDAR_FILE, due, fresh, details, weight=4)


def _amounts(files: Mapping[str, ParameterFile], on: date) -> Iterator[Task]:
    for path, file in files.items():
        listed: tuple[Parameter | Scale, ...] = (*file.parameters, *file.scales)
        for each in listed:
            kind = "parametre" if isinstance(each, Parameter) else "bareme"
            yield Task(_by_date(each.review_by, on), kind, each.id, each.name, path, each.review_by, weight=5)


def _by_date(due: date, on: date) -> tuple[Reason, ...]:
    if on >= due:
        return ("en-retard",)
    return ("expire",) if due <= on + SOON else ()


def _sorted(reasons: list[Reason]) -> tuple[Reason, ...]:
    return tuple(reason for reason in REASONS if reason in reasons)


def _weight(entry: AnyEntry | Milestone) -> int:
    if isinstance(entry, Helpline) and entry.level == "vital":
        return 5
    return entry.weight if isinstance(entry, Card) else 2


def addresses(entry: AnyEntry | Milestone) -> tuple[str, ...]:
    """Return the web addresses of an entry, each once: those families open first, then its sources."""
    found: list[str | None] = []
    if isinstance(entry, Right):
        found += [step.link for step in entry.steps]
    elif isinstance(entry, Service):
        found.append(entry.locator.link if entry.locator else None)
    elif isinstance(entry, Helpline):
        found.append(entry.chat)
    elif isinstance(entry, Place):
        found.append(entry.website)
    found += [source.url for source in entry.sources]
    return tuple(dict.fromkeys(url for url in found if url))
