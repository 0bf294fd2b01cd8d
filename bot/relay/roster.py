"""Who is on duty: ``equipe.yaml`` in the operator's data folder, never a name of a person; read again when it changes.

Pure apart from ``load`` and ``Roster``. An example lies beside this module (``equipe.exemple.yaml``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Self

import structlog
from opening_hours import validate
from pydantic import Field, StringConstraints, field_validator, model_validator

from knowledge.base import Model
from knowledge.faults import Fault, locate
from knowledge.geography import PARIS
from knowledge.load import Reading
from knowledge.opening import Timetable, opening
from knowledge.opening_closures import Closure
from knowledge.opening_week import SUN
from knowledge.reader import ContentError, Problem
from knowledge.school_calendar import SchoolCalendar

ROSTER_FILE = "equipe.yaml"
_log = structlog.get_logger(__name__)

Pseudonym = Annotated[str, StringConstraints(pattern=r"^[^\W\d_][\w' -]{1,30}$", strip_whitespace=True)]


class Absence(Model):
    """Days away, both included."""

    first: date = Field(alias="du")
    last: date = Field(alias="au")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last < self.first:
            raise ValueError("« au » ne vient pas avant « du »")
        return self


class Duty(Model):
    """One worker's presence. ``districts`` and ``topics`` empty: all."""

    pseudonym: Pseudonym = Field(alias="pseudonyme")
    districts: tuple[int, ...] = Field((), alias="arrondissements")
    topics: tuple[str, ...] = Field((), alias="themes")
    languages: tuple[str, ...] = Field(("fr",), alias="langues", min_length=1)
    hours: str = Field(alias="horaires")
    holiday_hours: str | None = Field(None, alias="horaires_vacances")
    absences: tuple[Absence, ...] = ()

    @field_validator("districts")
    @classmethod
    def _in_paris(cls, districts: tuple[int, ...]) -> tuple[int, ...]:
        if unknown := [district for district in districts if district not in PARIS]:
            raise ValueError(f"l'arrondissement {unknown[0]} n'existe pas : de 1 à 20")
        return districts

    @field_validator("hours", "holiday_hours")
    @classmethod
    def _readable(cls, text: str | None) -> str | None:
        if text is not None and ("SH" in text or SUN.search(text) or not validate(text)):
            raise ValueError("ces horaires ne se lisent pas : syntaxe OSM, par exemple Mo-Fr 17:00-20:00")
        return text


class RosterFile(Model):
    """The shape of ``equipe.yaml``."""

    people: tuple[Duty, ...] = Field(alias="personnes")

    @model_validator(mode="after")
    def _one_each(self) -> Self:
        names = [duty.pseudonym for duty in self.people]
        if twice := next((name for name in names if names.count(name) > 1), None):
            raise ValueError(f"le pseudonyme « {twice} » est écrit deux fois")
        return self


@dataclass(frozen=True, slots=True)
class Need:
    """What a family looks for: its arrondissement if known, the subjects under way, its language."""

    district: int | None
    topics: tuple[str, ...]
    language: str


def on_duty(people: Iterable[Duty], need: Need, at: datetime, calendar: SchoolCalendar | None) -> tuple[Duty, ...]:
    """Return who is there at a moment for a family, those who speak its language first."""
    there = [duty for duty in people if _suits(duty, need) and is_there(duty, at, calendar)]
    return tuple(sorted(there, key=lambda duty: need.language not in duty.languages))


def is_there(duty: Duty, at: datetime, calendar: SchoolCalendar | None) -> bool:
    """Tell whether someone is on duty at a moment; where that is not sure, they are not."""
    return opening(_table(duty), at, calendar).state == "ouvert"


def next_presence(people: Iterable[Duty], need: Need, at: datetime, calendar: SchoolCalendar | None) -> datetime | None:
    """Return when somebody for this family is surely there next, in Paris."""
    found = (opening(_table(duty), at, calendar).opens for duty in people if _suits(duty, need))
    return min((when for when in found if when), default=None)


def _suits(duty: Duty, need: Need) -> bool:
    here = not duty.districts or need.district is None or need.district in duty.districts
    return here and (not duty.topics or not need.topics or bool({*duty.topics} & {*need.topics}))


def _table(duty: Duty) -> Timetable:
    away = tuple(Closure(text=None, first=each.first, last=each.last, yearly=None) for each in duty.absences)
    return Timetable(duty.hours, duty.holiday_hours, away)


def load(folder: Path) -> tuple[Duty, ...]:
    """Return the people of a data folder's roster, none without a file.

    Raises:
        ContentError: with every problem of the file.
    """
    if not (folder / ROSTER_FILE).exists():
        return ()
    reading = Reading(folder)
    found = reading.one(ROSTER_FILE, RosterFile)
    if found is None:
        raise ContentError(reading.problems)
    return found.people


def problems(folder: Path, topics: Iterable[str], languages: Iterable[str]) -> Iterator[Problem]:
    """Yield what is wrong with the roster of a data folder, by file and line; nothing when there is no file."""
    try:
        people = load(folder)
    except ContentError as error:
        yield from error.problems
        return
    yield from locate(_unknown(people, set(topics), set(languages)), folder)


def _unknown(people: tuple[Duty, ...], topics: set[str], languages: set[str]) -> Iterator[Fault]:
    """Yield subjects that do not exist (nobody would be found for them) and languages that families cannot choose."""
    for at, duty in enumerate(people):
        for topic in sorted({*duty.topics} - topics):
            steps, hint = ("personnes", at, "themes"), f"thèmes : {', '.join(sorted(topics))}"
            yield Fault(ROSTER_FILE, steps, f"le thème « {topic} » n'existe pas", hint)
        for language in sorted({*duty.languages} - languages):
            what, hint = f"la langue « {language} » n'est pas proposée", f"langues : {', '.join(sorted(languages))}"
            yield Fault(ROSTER_FILE, ("personnes", at, "langues"), what, hint, warning=True)


class Roster:
    """The roster in use: read again when its file changes; one that cannot be read leaves the last good one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._stamp: tuple[int, int] | None = None
        self._people: tuple[Duty, ...] = ()

    @property
    def people(self) -> tuple[Duty, ...]:
        """Return who is in it now."""
        stamp = self._seen()
        if stamp != self._stamp:
            self._stamp = stamp
            try:
                self._people = load(self._folder)
            except ContentError as error:
                _log.error("relay.roster_refused", problems=len(error.problems), advice="passerelle relay check")
        return self._people

    def _seen(self) -> tuple[int, int] | None:
        try:
            found = (self._folder / ROSTER_FILE).stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size
