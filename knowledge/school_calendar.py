"""The school holidays of Paris (zone C), as dated content: known up to a day, unknown after it."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

from pydantic import Field, model_validator

from knowledge.base import Model, Sentence, Slug
from knowledge.source import Freshness, Source

CALENDAR_FILE = "calendrier.yaml"


class Break(Model):
    """One holiday, both ends included; school is back the day after ``last``."""

    id: Slug
    name: Sentence = Field(alias="nom")
    first: date = Field(alias="du")
    last: date = Field(alias="au")

    @property
    def back(self) -> date:
        """The first day of school after it, as far as the calendar says: it may be a Sunday or a public holiday."""
        return self.last + timedelta(days=1)


class SchoolCalendar(Model):
    """The shape of calendrier.yaml: what is known from ``first`` to ``last``, both included."""

    zone: Literal["C"]
    first: date = Field(alias="du")
    last: date = Field(alias="au")
    breaks: tuple[Break, ...] = Field(alias="vacances", min_length=1)
    sources: tuple[Source, ...] = Field(min_length=1)
    freshness: Freshness = Field(alias="fraicheur")

    @model_validator(mode="after")
    def _in_order(self) -> SchoolCalendar:
        days = [day for each in self.breaks for day in (each.first, each.last)]
        if days != sorted(days) or any(one.last >= next_.first for one, next_ in pairwise(self.breaks)):
            raise ValueError("les vacances vont de la plus ancienne à la plus récente, sans se chevaucher")
        if days[0] < self.first or days[-1] > self.last:
            raise ValueError("les vacances tiennent entre « du » et « au »")
        return self

    def is_known(self, day: date) -> bool:
        """Tell whether the calendar says anything about a day."""
        return self.first <= day <= self.last

    def holiday(self, day: date) -> Break | None:
        """Return the holiday a day falls in; None for a day of school **and** for a day that is not known."""
        return next((each for each in self.breaks if each.first <= day <= each.last), None)
