"""Draws households, the thresholds of the cards over-sampled, the same ones for a seed."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from tests.oracle.households import Child, Household, Parent
from tests.oracle.thresholds import MOST_CHILDREN, Thresholds, near

_SECOND_INCOME = 6000  # above twelve times the monthly base of 2024 (466.44 EUR): counts as working
_WORK = ("salarie",) * 5 + ("independant", "demandeur_emploi", "demandeur_emploi", "etudiant", "conge_parental")
_WORK += ("sans_activite", "sans_activite")
_HOMES = ("locataire",) * 5 + ("proprietaire", "heberge", "foyer", "hotel", "rue")


def draw(count: int, seed: int, bounds: Thresholds) -> Iterator[Household]:
    """Yield households, the same for a seed."""
    dice = Random(seed)
    for number in range(count):
        yield _household(number, dice, bounds)


def _household(number: int, dice: Random, bounds: Thresholds) -> Household:
    couple = dice.random() < 0.5
    alone = ("aucune", "en_cours", "recente", "ancienne", "ancienne")
    separation = dice.choice(("aucune",) * 7 + ("recente", "ancienne") if couple else alone)
    parents, traits = _draw_parents(dice, bounds, couple)
    other = "present" if couple else dice.choice(("present",) * 6 + ("decede", "inconnu", "incarcere"))
    apart = separation != "aucune" and other == "present"
    oldest = max(0, (parents[0].age - 15) * 12)
    count = dice.choice((0, 1, 1, 2, 2, 3, 3, MOST_CHILDREN)) if oldest else 0
    children = [_draw_child(dice, bounds, oldest, apart) for _ in range(count)]
    months_along = dice.randint(1, 9) if dice.random() < 0.25 else 0
    several = dice.random() < (0.25 if months_along else 0.03)
    pension = (
        "aucune"
        if couple or not children or other in ("decede", "inconnu")
        else dice.choice(("aucune", "non_fixee", "impayee", "partielle", "versee"))
    )
    maintenance = {"partielle": 60, "versee": dice.choice((90, 190, 210, 500))}.get(pension, 0)
    home = dice.choice(_HOMES)
    rent = dice.choice((400, 700, 1000)) if home in ("locataire", "foyer", "hotel") else 0
    facts = {
        "profil": "parent" if children else "futur_parent",
        "arrondissement": str(dice.randint(1, 20)),
        "anciennete_paris": dice.choice((12, 35, 36, 37, 120)),
        "age_parent": parents[0].age,
        "grossesse_mois": months_along,
        "naissance_multiple": "oui" if several else "non",
        "adoption": "oui" if children and dice.random() < 0.05 else "non",
        "foyer": "couple" if couple else "seul",
        "separation": separation,
        "pension": pension,
        "titre_pension": "oui" if pension in ("impayee", "versee", "partielle") else "non",
        "autre_parent": other,
        "deces": "aucun",
        "emploi": parents[0].work,
        "minima": "aucun",
        "revenus_mois": sum(parent.month_income for parent in parents) + maintenance,
        "revenus_n2": sum(parent.year_income for parent in parents),
        "logement": home,
        "handicap_parent": "oui" if any(parent.disabled for parent in parents) else "non",
    }
    if couple:
        both = all(parent.year_income > 0 for parent in parents)
        facts |= {"emploi_conjoint": parents[1].work, "deux_revenus": "oui" if both else "non"}
    expected = (2 if several else 1) if months_along else 0
    return Household(number, parents, children, expected, facts, rent, maintenance, traits)


def _draw_parents(dice: Random, bounds: Thresholds, couple: bool) -> tuple[list[Parent], frozenset[str]]:
    month = near(dice, bounds.month_income, 0, 7000) if dice.random() < 0.8 else 0
    year = near(dice, bounds.year_income, 0, 120000)
    share, traits = (0.0, frozenset[str]()) if not couple or dice.random() < 0.4 else (0.4, frozenset[str]())
    second = round(year * share)
    if couple and second > 0 and dice.random() < 0.05:
        second, traits = 3000, frozenset({"second revenu trop petit"})
    elif 0 < second < _SECOND_INCOME:
        second = 0
    works = [dice.choice(_WORK) for _ in range(2 if couple else 1)]
    earners = [place for place, work in enumerate(works) if work not in ("sans_activite", "conge_parental", "etudiant")]
    months = [round(month / len(earners)) if place in earners else 0 for place in range(len(works))]
    ages = [near(dice, bounds.parent_years, 16, 58) if dice.random() < 0.4 else dice.randint(26, 58) for _ in works]
    years = [max(0, year - second), second]
    parents = [
        Parent(min(ages[place], 59), work, months[place], years[place], disabled=dice.random() < 0.06)
        for place, work in enumerate(works)
    ]
    return parents, traits


def _draw_child(dice: Random, bounds: Thresholds, oldest: int, apart: bool) -> Child:
    months = near(dice, bounds.child_months, 0, min(oldest, 24 * 12))
    facts = {"garde": "principale", "recueilli": "oui" if dice.random() < 0.03 else "non", "decroche": "non"}
    if apart:
        facts["garde"] = dice.choice(("principale", "principale", "alternee", "autre_parent"))
    facts["scolarite"] = _school(months, dice)
    facts["handicap"] = "oui" if dice.random() < 0.15 else "non"
    if facts["handicap"] == "oui":
        facts["taux_handicap"] = dice.choice(("moins_50", "50_79", "80_plus"))
    return Child(months, facts)


def _school(months: int, dice: Random) -> str:
    years = months // 12
    if years < 3:
        return dice.choice(("aucun", "creche"))
    for until, name in ((6, "maternelle"), (11, "elementaire"), (15, "college"), (18, "lycee")):
        if years < until:
            return name
    return dice.choice(("superieur", "apprentissage", "aucun"))
