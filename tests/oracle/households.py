"""Households, said in two tongues: to the oracle and to the cards.

A household is one consistent world. The cards hear of it five times: whole, with an open list of children, in the
bands of the questions, with refusals, and from a link (a birth quarter and half of the rest).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any

from knowledge.ages import birth_of

ON = date(2026, 11, 21)
TELLINGS = ("entier", "liste ouverte", "fourchettes", "refus", "lien")


@dataclass(frozen=True)
class Parent:
    """One adult: age in years, work, euros a month, euros of year N-2, recognised disability rate."""

    age: int
    work: str
    month_income: int
    year_income: int
    disabled: bool = False


@dataclass(frozen=True)
class Child:
    """One child: age in months and what the vocabulary knows of it."""

    months: int
    facts: dict[str, str]

    @property
    def here(self) -> bool:
        """Whether the child lives with this household, at least half of the time."""
        return self.facts["garde"] != "autre_parent"


@dataclass(frozen=True)
class Household:
    """One consistent world."""

    number: int
    parents: list[Parent]
    children: list[Child]
    expected: int
    facts: dict[str, Any]
    rent: int
    maintenance: int
    """Maintenance received, euros a month."""
    traits: frozenset[str] = field(default_factory=frozenset)

    def sent(self) -> dict[str, Any]:
        """Return what ``france.py`` reads: children who live elsewhere are not of this household."""
        recent = self.facts["separation"] in ("en_cours", "recente") or self.facts["deces"] == "conjoint"
        return {
            "parents": [self._parent(parent, place) for place, parent in enumerate(self.parents)],
            "enfants": [_child(child, self.facts["adoption"] == "oui") for child in self.children if child.here],
            "attendus": self.expected,
            "isolement_recent": recent or self.facts["autre_parent"] == "incarcere",
            "logement": self.facts["logement"],
            "loyer": self.rent,
        }

    def _parent(self, parent: Parent, place: int) -> dict[str, Any]:
        out_of_work = parent.work == "demandeur_emploi"
        return {
            "age": parent.age,
            "travail": parent.work,
            "salaire": 0 if out_of_work else parent.month_income,
            "chomage": parent.month_income if out_of_work else 0,
            "n2": parent.year_income,
            "taux": 0.8 if parent.disabled else 0.0,
            "pension": 0 if place else self.maintenance,
        }

    def told(self, how: str) -> dict[str, Any]:
        """Return plain facts as the cards hear them, all true of this household, the same each time."""
        dice = Random(f"{self.number} {how}")
        whole = {**self.facts, "enfants": self._listed(exact=True)}
        match how:
            case "liste ouverte":
                return {**whole, "enfants": {"liste": self._listed(True)["liste"][:1], "complet": "non"}}
            case "fourchettes":
                return {**whole, **_banded(self.facts), "enfants": self._listed(exact=False)}
            case "refus":
                return {name: value for name, value in whole.items() if dice.random() < 0.75}
            case "lien":
                kept = {name: value for name, value in self.facts.items() if dice.random() < 0.5}
                # A couple who hides a separation is believed to live with its children: see knowledge/household.py.
                kept |= {} if self.facts["separation"] == "aucune" else {"separation": self.facts["separation"]}
                quarter = [{"naissance": _quarter(child.months)} for child in self.children[:1]]
                return {**kept, "enfants": {"liste": quarter, "complet": "non"}}
        return whole

    def _listed(self, exact: bool) -> dict[str, Any]:
        def birth(months: int) -> Any:
            years = months // 12 * 12
            return birth_of(months, months, ON) if exact else birth_of(years, years + 11, ON)

        return {"liste": [{"naissance": birth(c.months), **c.facts} for c in self.children], "complet": "oui"}


def _child(child: Child, adopted: bool) -> dict[str, Any]:
    return {
        "mois": child.months,
        "alternee": child.facts["garde"] == "alternee",
        "handicap": child.facts.get("taux_handicap", "moins_50") != "moins_50",
        "scolarite": child.facts["scolarite"],
        "adopte": adopted,
    }


_BANDS = {
    "revenus_mois": (0, 1000, 1400, 1600, 2000, 3000, 5000),
    "revenus_n2": (0, 31001, 37001, 45001, 55001, 80001),
    "age_parent": (0, 18, 25, 60),
}


def _banded(facts: dict[str, Any]) -> dict[str, Any]:
    """Return the numbers of a household as the bands that the questions offer."""
    found = {}
    for name, starts in _BANDS.items():
        ends = [*starts[1:], None]
        low, high = next((a, b) for a, b in zip(starts, ends, strict=True) if b is None or facts[name] < b)
        found[name] = [low, high]
    return found


def _quarter(months: int) -> list[str]:
    """Return the first and last month of the calendar quarter of birth."""
    birth = birth_of(months, months, ON)
    year, month = str(birth).split("-")
    first = (int(month) - 1) // 3 * 3 + 1
    return [f"{year}-{first:02d}", min(f"{year}-{first + 2:02d}", f"{ON:%Y-%m}")]
