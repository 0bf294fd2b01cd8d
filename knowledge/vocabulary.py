"""The closed list of facts that a clause may read and a question may fill (faits.yaml)."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from pydantic import Field, model_validator

from knowledge.base import FactId, Model, Sentence

FactKind = Literal["oui_non", "choix", "entier", "mois", "montant", "arrondissement", "enfants"]

AGE = "age"
"""Child fact derived from ``naissance`` on the day of evaluation, in months; never stored."""

CHILDREN = "enfants"
DISTRICT = "arrondissement"
OUTSIDE = "hors_paris"
DISTRICTS: tuple[str, ...] = (*map(str, range(1, 21)), OUTSIDE)


class Fact(Model):
    """One thing that may be known of a family, or of one child (``scope`` enfant)."""

    id: FactId
    kind: FactKind = Field(alias="type")
    scope: Literal["famille", "enfant"] = Field("famille", alias="portee")
    values: tuple[str, ...] = Field((), alias="valeurs")
    unit: Literal["mois", "ans", "EUR/mois", "EUR/an", ""] = Field("", alias="unite")
    sensitivity: int = Field(alias="sensibilite", ge=0, le=2)
    name: Sentence = Field(alias="nom")
    why: Sentence = Field(alias="pourquoi")
    frequencies: dict[str, float] = Field(default_factory=dict, alias="frequences")
    bounds: tuple[float, ...] = Field((), alias="bornes")

    @model_validator(mode="after")
    def _values_fit_the_kind(self) -> Fact:
        if (self.kind == "choix") != bool(self.values):
            raise ValueError("un fait de type choix (et lui seul) liste ses valeurs")
        unknown = set(self.frequencies) - set(self.possible) if self.possible else set()
        if unknown:
            raise ValueError(f"fréquence pour une valeur inconnue : {', '.join(sorted(unknown))}")
        return self

    @property
    def possible(self) -> tuple[str, ...]:
        """Every value the fact can take, empty for numbers, months and children."""
        fixed = {"oui_non": ("oui", "non"), "arrondissement": DISTRICTS}
        return fixed.get(self.kind, self.values)


class Vocabulary(Model):
    """All facts, family and child, by id."""

    facts: tuple[Fact, ...] = Field(alias="faits")

    @model_validator(mode="after")
    def _each_once(self) -> Vocabulary:
        ids = [fact.id for fact in self.facts]
        twice = sorted({name for name in ids if ids.count(name) > 1})
        if twice:
            raise ValueError(f"fait écrit deux fois : {', '.join(twice)}")
        return self

    def get(self, fact_id: str) -> Fact | None:
        """Return the fact of that id, or None. ``age`` stands for ``naissance`` seen as an age."""
        return self._by_id.get(fact_id)

    @cached_property
    def _by_id(self) -> dict[str, Fact]:
        found = {fact.id: fact for fact in self.facts}
        return found | ({AGE: found["naissance"]} if "naissance" in found else {})

    def of(self, scope: str) -> tuple[Fact, ...]:
        """Return the facts of a scope (``famille`` or ``enfant``) in file order."""
        return tuple(fact for fact in self.facts if fact.scope == scope)
