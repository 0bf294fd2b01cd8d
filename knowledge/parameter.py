"""Dated amounts and dated tables: what changes every year stands here, never inside a text or a clause."""

from __future__ import annotations

from datetime import date
from typing import Literal, NamedTuple

from pydantic import Field, model_validator

from knowledge.base import Model, Sentence, Slug, YesNo
from knowledge.source import Source

Unit = Literal["EUR", "EUR/mois", "EUR/an", "EUR/jour", "EUR/heure", "ans", "mois", "pourcent", "nombre"]
Household = Literal["seul", "couple_un_revenu", "couple_deux_revenus"]
HOUSEHOLDS: tuple[Household, ...] = ("seul", "couple_un_revenu", "couple_deux_revenus")


class DatedValue(Model):
    """A value that holds from a day until the next one."""

    since: date = Field(alias="depuis")
    value: float = Field(alias="valeur", ge=0)
    source: Slug
    note: Sentence | None = None


class Parameter(Model):
    """An amount, an age or a rate with its history, oldest first."""

    id: Slug
    name: Sentence = Field(alias="nom")
    unit: Unit = Field(alias="unite")
    values: tuple[DatedValue, ...] = Field(alias="valeurs", min_length=1)
    review_by: date = Field(alias="revoir_avant")

    @model_validator(mode="after")
    def _oldest_first(self) -> Parameter:
        days = [value.since for value in self.values]
        if days != sorted(set(days)):
            raise ValueError("les valeurs vont de la plus ancienne à la plus récente, une par date")
        return self

    def on(self, day: date) -> DatedValue | None:
        """Return the value that holds on ``day``, or None before the first one."""
        return next((value for value in reversed(self.values) if value.since <= day), None)


class Row(Model):
    """One line of a table: the ceiling for a number of children, for all (``tous``) or per household."""

    children: int = Field(0, alias="enfants", ge=0, le=12)
    everyone: float | None = Field(None, alias="tous", ge=0)
    seul: float | None = Field(None, ge=0)
    couple_un_revenu: float | None = Field(None, ge=0)
    couple_deux_revenus: float | None = Field(None, ge=0)

    @model_validator(mode="after")
    def _no_gap(self) -> Row:
        cells = [getattr(self, household) for household in HOUSEHOLDS]
        if (self.everyone is None) != all(cell is not None for cell in cells) or (
            self.everyone is not None and any(cell is not None for cell in cells)
        ):
            raise ValueError(f"une ligne donne « tous: », ou bien les trois colonnes {', '.join(HOUSEHOLDS)}")
        return self

    def cell(self, household: Household) -> float:
        """Return the amount for a household, in the unit of the table."""
        return float(self.everyone if self.everyone is not None else getattr(self, household))


class DatedTable(Model):
    """The lines of a table from a day on; ``beyond`` is added for each further child."""

    since: date = Field(alias="depuis")
    source: Slug
    rows: tuple[Row, ...] = Field(alias="lignes", min_length=1)
    beyond: Row = Field(alias="au_dela")

    @model_validator(mode="after")
    def _contiguous(self) -> DatedTable:
        counts = [row.children for row in self.rows]
        if counts != list(range(counts[0], counts[0] + len(counts))):
            raise ValueError("les lignes se suivent sans trou : 1, 2, 3 enfants...")
        return self


class Scale(Model):
    """A dated table of ceilings (``bareme``) by number of dependent children and household."""

    id: Slug
    name: Sentence = Field(alias="nom")
    unit: Unit = Field(alias="unite")
    counted: Literal["a_charge"] = Field("a_charge", alias="enfants")
    age_max: str = Field("20 ans")
    unborn: YesNo = Field(False, alias="a_naitre")
    values: tuple[DatedTable, ...] = Field(alias="valeurs", min_length=1)
    review_by: date = Field(alias="revoir_avant")

    def on(self, day: date) -> DatedTable | None:
        """Return the table that holds on ``day``, or None before the first one."""
        held = [table for table in self.values if table.since <= day]
        return max(held, key=lambda table: table.since, default=None)


class ParameterFile(Model):
    """One file of parametres/: parameters and tables that share their sources."""

    parameters: tuple[Parameter, ...] = Field((), alias="parametres")
    scales: tuple[Scale, ...] = Field((), alias="baremes")
    sources: tuple[Source, ...] = Field(min_length=1)


class Parameters(NamedTuple):
    """Every parameter and table by id."""

    values: dict[str, Parameter]
    scales: dict[str, Scale]

    def amount(self, parameter_id: str, on: date) -> float | None:
        """Return a parameter's value on a day, None when unknown or not yet in force."""
        parameter = self.values.get(parameter_id)
        dated = parameter.on(on) if parameter else None
        return dated.value if dated else None


def ceiling(table: DatedTable, children: int, household: Household) -> float:
    """Return the ceiling for a number of dependent children (fewer than the first line: the first line)."""
    first, last = table.rows[0].children, table.rows[-1].children
    row = table.rows[min(max(children, first), last) - first]
    return row.cell(household) + max(0, children - last) * table.beyond.cell(household)
