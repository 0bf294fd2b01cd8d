"""A milestone (jalon): a moment of a family's life worth a word, counted from an anchor; shapes only.

``calendar.py`` says when it falls for one family. The moment is the anchor plus ``decalage``; what is said is of
use from the moment plus ``fenetre.de`` to the moment plus ``fenetre.a``.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BeforeValidator, Field, StringConstraints, WithJsonSchema, model_validator

from knowledge.ages import MAX_AGE, months
from knowledge.base import Model, Slug, YesNo
from knowledge.condition import Condition
from knowledge.model import Entry, Zone

Anchor = Literal[
    "debut_grossesse", "terme", "naissance", "anniversaire", "rentree_scolaire", "date_fixe",
    "separation", "deces", "decision_handicap",
]  # fmt: skip
EVENTS: frozenset[str] = frozenset(("separation", "deces", "decision_handicap"))
"""Anchors whose day nobody is asked: what follows them is said without a date."""

YEARLY: frozenset[str] = frozenset(("rentree_scolaire", "date_fixe"))
"""Anchors that fall on the same day every year; ``ages`` says in which years of a child's life."""

_OFFSET = re.compile(r"(-?)(\d{1,3}) (jours?|semaines?|mois|ans?)")


class Offset(NamedTuple):
    """A length of calendar time, perhaps backwards: whole months first, then days."""

    months: int
    days: int


def _offset(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    match = _OFFSET.fullmatch(value.strip())
    if not match:
        raise ValueError(f"durée « {value} » illisible : écrivez par exemple « 6 semaines », « -2 mois », « 0 jour »")
    number = int(match[1] + match[2])
    unit = match[3].rstrip("s")
    return {
        "jour": Offset(0, number),
        "semaine": Offset(0, 7 * number),
        "moi": Offset(number, 0),
        "an": Offset(12 * number, 0),
    }[unit]


def _age(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    found = months(value)
    if found is None or found > MAX_AGE:
        raise ValueError(f"âge « {value} » illisible : écrivez par exemple « 16 ans »")
    return found


def _years(value: Any) -> Any:
    found = _age(value)
    if isinstance(value, str) and found % 12:
        raise ValueError(f"« {value} » : une année scolaire se compte en années entières")
    return found


def _day(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        day = date.fromisoformat(f"2001-{value}")  # not a leap year: February 29 does not come every year
    except ValueError:
        raise ValueError(f"jour « {value} » illisible : écrivez le mois et le jour, par exemple « 07-15 »") from None
    return day.month, day.day


def _zone(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


_TEXT = WithJsonSchema({"type": "string"})
OffsetText = Annotated[Offset, BeforeValidator(_offset), _TEXT]
AgeText = Annotated[int, BeforeValidator(_age), _TEXT]
YearsText = Annotated[int, BeforeValidator(_years), _TEXT]
DayText = Annotated[tuple[int, int], BeforeValidator(_day), _TEXT]
NOW = Offset(0, 0)


class Window(Model):
    """From when to when a milestone is worth a word, relative to its moment."""

    opens: OffsetText = Field(NOW, alias="de")
    closes: OffsetText = Field(alias="a")
    month_end: YesNo = Field(False, alias="fin_de_mois")
    """The end is moved to the last day of its month, as many laws count."""


class Ages(Model):
    """The years of a child's life in which a yearly milestone counts: « l'année des 16 ans », in months."""

    first: YearsText = Field(alias="de")
    last: YearsText = Field(alias="a")
    born_since: DayText | None = Field(None, alias="nes_depuis")
    """In the last of these years, only for children born from this day of their year on."""

    @model_validator(mode="after")
    def _in_order(self) -> Ages:
        if self.last < self.first:
            raise ValueError("« ages » : « a » vient après « de »")
        return self


class MilestoneExample(Model):
    """A family on a day, and when the milestone opens and closes for it; ``rien``: it is not spoken of."""

    facts: dict[str, Any] = Field(alias="faits")
    on: date = Field(alias="le")
    dates: dict[Literal["separation", "deces", "decision_handicap"], date] = Field(default_factory=dict)
    opens: date | None = Field(None, alias="ouvre")
    closes: date | None = Field(None, alias="ferme")
    undated: YesNo = Field(False, alias="sans_date")
    nothing: YesNo = Field(False, alias="rien")

    @model_validator(mode="after")
    def _one_answer(self) -> MilestoneExample:
        if [self.opens is not None, self.undated, self.nothing].count(True) != 1 or (self.closes and not self.opens):
            raise ValueError("un exemple attend « ouvre: » (et « ferme: »), « sans_date: oui » ou « rien: oui »")
        return self


class Milestone(Entry):
    """One moment: when, what to say then, which cards to open."""

    kind: Literal["jalon"] = "jalon"
    discreet: Annotated[str, StringConstraints(min_length=2, max_length=60)] = Field(alias="titre_discret")
    """What a locked screen may show: it names nothing sensitive."""
    text: Annotated[str, StringConstraints(min_length=2, max_length=200)] = Field(alias="texte")
    weight: int = Field(2, alias="poids", ge=1, le=5)
    zone: Annotated[Zone, BeforeValidator(_zone)] = "france"
    anchor: Anchor = Field(alias="ancre")
    age: AgeText | None = None
    day: DayText | None = Field(None, alias="jour")
    ages: Ages | None = None
    offset: OffsetText = Field(NOW, alias="decalage")
    window: Window = Field(alias="fenetre")
    conditions: Condition | None = None
    only_if_sure: YesNo = Field(False, alias="seulement_si_sur")
    """Said only to families whose answers meet the conditions; else to all that they do not rule out."""
    cards: tuple[Slug, ...] = Field(alias="fiches", min_length=1)
    examples: tuple[MilestoneExample, ...] = Field(alias="exemples", min_length=1)

    @property
    def per_child(self) -> bool:
        """Tell whether it falls once for each child rather than once for the family."""
        return self.anchor in ("naissance", "anniversaire", "decision_handicap") or self.ages is not None
