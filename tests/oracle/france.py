"""Asks openfisca-france what the law gives to many households at once. Development only, in a process of its own.

Run by the Python of the oracle's environment (``make oracle``); it imports nothing of the product, and nothing of
the product imports it. Standard input: a JSON list of households (see ``households.Household.sent``). Standard
output: ``{"droits": {right: [amount, ...]}, "parametres": {id: value}}``, amounts in the order of the households.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import numpy as np
from france_amounts import amounts
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_france import FranceTaxBenefitSystem
from openfisca_france.entities import Famille

MONTH, BEFORE, YEAR_OF_INCOME = "2026-11", "2026-10", "2024"
_MONTHS = [f"2025-{month:02d}" for month in range(9, 13)] + [f"2026-{month:02d}" for month in range(1, 12)]
_ACTIVITY = {
    "salarie": "actif",
    "independant": "actif",
    "demandeur_emploi": "chomeur",
    "etudiant": "etudiant",
    "conge_parental": "inactif",
    "sans_activite": "inactif",
    "retraite": "retraite",
}
_HOME = {
    "locataire": "locataire_vide",
    "proprietaire": "proprietaire",
    "foyer": "locataire_foyer",
    "hotel": "locataire_meuble",
    "heberge": "loge_gratuitement",
    "rue": "sans_domicile",
}
_SCHOOL = {
    "maternelle": "maternelle",
    "elementaire": "primaire",
    "college": "college",
    "lycee": "lycee",
    "superieur": "enseignement_superieur",
}
_WORKING = ("salarie", "independant")


def born(age_months: int) -> str:
    """Return the first day of the birth month of somebody of that age in November 2026."""
    index = 2026 * 12 + 10 - age_months
    return f"{index // 12:04d}-{index % 12 + 1:02d}-01"


def names(count: int) -> list[str]:
    """Return ids in the order of their text: openfisca sorts groups by id to attach their members."""
    return [f"{number:07d}" for number in range(count)]


def people(household: dict[str, Any], unborn: bool) -> list[dict[str, Any]]:
    """Return everybody of a household with the role they have; ``unborn``: the expected are due in two months."""
    expected = household["attendus"]
    found = []
    for place, parent in enumerate(household["parents"]):
        role = "demandeur" if place == 0 else "conjoint"
        found.append({**parent, "role": role, "mois": parent["age"] * 12, "enceinte": expected > 0 and not place})
    found += [{**child, "role": "enfant"} for child in household["enfants"]]
    return found + [{"role": "enfant", "mois": -2} for _ in range(expected if unborn else 0)]


def simulation(system: Any, households: list[dict[str, Any]], unborn: bool) -> Any:
    """Return one simulation of all households side by side."""
    members = [(at, person) for at, household in enumerate(households) for person in people(household, unborn)]
    builder = SimulationBuilder()
    builder.create_entities(system)
    builder.declare_person_entity("individu", names(len(members)))
    home = np.array([at for at, _ in members])
    for entity, roles in _ROLES.items():
        group = builder.declare_entity(entity, names(len(households)))
        builder.join_with_persons(group, home, np.array([roles[person["role"]] for _, person in members]))
    built = builder.build(system)
    _tell_people(built, [person for _, person in members])
    _tell_homes(built, households)
    return built


_ROLES = {
    "famille": {"demandeur": "demandeur", "conjoint": "conjoint", "enfant": "enfant"},
    "foyer_fiscal": {"demandeur": "declarant_principal", "conjoint": "conjoint", "enfant": "personne_a_charge"},
    "menage": {"demandeur": "personne_de_reference", "conjoint": "conjoint", "enfant": "enfant"},
}


def _tell_people(built: Any, persons: list[dict[str, Any]]) -> None:
    def all_of(name: str, default: Any) -> np.ndarray[Any, Any]:
        return np.array([person.get(name, default) for person in persons])

    parent = np.array([person["role"] != "enfant" for person in persons])
    built.set_input("date_naissance", "ETERNITY", np.array([born(p["mois"]) for p in persons], "datetime64[D]"))
    income = all_of("n2", 0.0) * parent
    for name in ("traitements_salaires_pensions_rentes", "revenu_assimile_salaire_apres_abattements"):
        built.set_input(name, YEAR_OF_INCOME, income)
    for name in ("rpns_imposables", "rpns_pvce", "rpns_exon"):
        built.set_input(name, YEAR_OF_INCOME, income * 0)
    wages, dole = all_of("salaire", 0.0) * parent, all_of("chomage", 0.0) * parent
    for month in _MONTHS:
        for name, amount in (("salaire_net", wages), ("salaire_imposable", wages), ("salaire_de_base", wages)):
            built.set_input(name, month, amount)
        for name in ("chomage_net", "chomage_imposable"):
            built.set_input(name, month, dole)
        work = [person.get("travail", "") for person in persons]
        built.set_input("activite", month, np.array([_ACTIVITY.get(each, "inactif") for each in work]))
        built.set_input("etudiant", month, np.array([each == "etudiant" for each in work]))
        built.set_input("garde_alternee", month, all_of("alternee", False))
        built.set_input("handicap", month, all_of("handicap", False))
        built.set_input("taux_incapacite", month, all_of("taux", 0.0) * parent)
        built.set_input("pensions_alimentaires_percues", month, all_of("pension", 0.0) * parent)
        built.set_input("enceinte", month, all_of("enceinte", False))
        built.set_input("nationalite", month, np.array(["FR"] * len(persons)))
    built.set_input("scolarite", MONTH, np.array([_SCHOOL.get(p.get("scolarite", ""), "inconnue") for p in persons]))
    built.set_input("adoption", MONTH, all_of("adopte", False))
    arrival = ["2026-10-01" if person.get("adopte") else "1900-01-01" for person in persons]
    built.set_input("date_adoption", MONTH, np.array(arrival, "datetime64[D]"))


def _tell_homes(built: Any, households: list[dict[str, Any]]) -> None:
    def all_of(name: str, default: Any) -> np.ndarray[Any, Any]:
        return np.array([household.get(name, default) for household in households])

    total = np.array([sum(parent["n2"] for parent in household["parents"]) for household in households])
    built.set_input("rev_coll", YEAR_OF_INCOME, total * 0)
    for year in (YEAR_OF_INCOME, "2025"):
        built.set_input("rfr", year, total)
    working = [any(parent["travail"] in _WORKING for parent in household["parents"]) for household in households]
    for month in _MONTHS:
        built.set_input("en_couple", month, np.array([len(h["parents"]) == 2 for h in households]))
        built.set_input("rsa_isolement_recent", month, all_of("isolement_recent", False))
        built.set_input("inactif", month, ~np.array(working))
        built.set_input("ass_mat", month, np.array([True] * len(households)))
        built.set_input("statut_occupation_logement", month, np.array([_HOME[h["logement"]] for h in households]))
        built.set_input("loyer", month, all_of("loyer", 0.0))
        built.set_input("zone_apl", month, np.array(["zone_1"] * len(households)))
        built.set_input("depcom", month, np.array(["75119"] * len(households)))


def rights(system: Any, households: list[dict[str, Any]]) -> dict[str, list[float]]:
    """Return the amount of each right for each household, zero when it has none."""
    now, soon = simulation(system, households, False), simulation(system, households, True)
    found = {name: now.calculate(name, MONTH) for name in _OF_A_MONTH}
    found["ars"] = now.calculate("ars", "2026")
    found["paje_naissance"] = soon.calculate("paje_naissance", MONTH)
    family = now.populations["famille"]
    found["aah"] = family.sum(now.calculate("aah", MONTH), role=Famille.PARENT)
    found["rsa_majore"] = found["rsa"] * now.calculate("rsa_majore_eligibilite", MONTH)
    css = [now.calculate(name, MONTH) for name in ("cmu_c", "acs", "css_participation_forfaitaire")]
    found["css"] = css[0] + css[1] + css[2]
    return {name: np.round(np.maximum(amount, 0), 2).tolist() for name, amount in found.items()}


_OF_A_MONTH = (
    "af", "cf", "asf", "paje_base", "paje_adoption", "paje_cmg", "aeeh", "rsa", "ppa", "aide_logement",
    "bourse_college", "bourse_lycee",
)  # fmt: skip


def main() -> None:
    """Answer one list of households."""
    system = FranceTaxBenefitSystem()
    households = json.load(sys.stdin)
    json.dump({"droits": rights(system, households), "parametres": amounts(system, MONTH)}, sys.stdout)


if __name__ == "__main__":
    main()
