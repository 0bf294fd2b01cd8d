"""An amount against a table of ceilings: what is not known of the household leaves several ceilings possible.

Ceilings of paje-plafond-partiel (openfisca-france 176.1.8, 2026), a couple with two incomes: 49 054 euros for one
child, 56 477 for two, 65 385 for three; with one income 37 118 for one child.
"""

from datetime import date

import pytest

from knowledge.condition import Condition
from knowledge.criteria import Setting, compile_tree
from knowledge.facts import parse_facts, prepare
from knowledge.match import missing_facts

ON = date(2026, 11, 21)
CLAUSE = Condition.model_validate({"fait": "revenus_n2", "au_plus_bareme": "paje-plafond-partiel"})
EXPECTING = {
    "grossesse_mois": 6,
    "enfants": [],
    "enfants_complet": "oui",
    "foyer": "couple",
    "deux_revenus": "oui",
}


@pytest.fixture
def setting(knowledge):
    return Setting(knowledge.vocabulary, knowledge.parameters, ON)


def known(setting, **facts):
    told = {name: value for name, value in (EXPECTING | facts).items() if value is not None}
    return prepare(parse_facts(told, setting.vocabulary, ON), setting.vocabulary, ON)


@pytest.mark.parametrize(
    ("several", "income", "verdict"),
    [
        ("non", 49054, "oui"),
        ("non", 49055, "non"),
        ("oui", 56477, "oui"),
        ("oui", 56478, "inconnu"),  # triplets would raise the ceiling once more
        ("oui", 65386, "non"),
        (None, 49054, "oui"),
        (None, 52000, "inconnu"),  # nobody asked whether they are twins
        (None, 65386, "non"),
    ],
)
def test_each_expected_child_counts(setting, several, income, verdict):
    """Twins make two, one child makes one, and what is not known decides nothing."""
    family = known(setting, naissance_multiple=several, revenus_n2=income)

    assert compile_tree(CLAUSE, setting)(family).word == verdict


@pytest.mark.parametrize(
    ("facts", "missing"),
    [
        ({"revenus_n2": 52000}, ["naissance_multiple"]),
        ({"revenus_n2": 45000, "naissance_multiple": "non", "foyer": None, "deux_revenus": None}, ["foyer"]),
        ({"revenus_n2": 45000, "naissance_multiple": "non", "deux_revenus": None}, ["deux_revenus"]),
        ({"revenus_n2": 52000, "naissance_multiple": "non", "enfants_complet": "non"}, ["enfants"]),
        ({"revenus_n2": 52000, "grossesse_mois": None}, ["grossesse_mois"]),
        ({"revenus_n2": [40000, 50001], "naissance_multiple": "non"}, ["revenus_n2"]),
        ({}, ["revenus_n2"]),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else None,
)
def test_what_is_missing_is_what_is_not_known(setting, facts, missing):
    """Once the income is known, it is the household that is missing, not the income again."""
    family = known(setting, **facts)

    assert compile_tree(CLAUSE, setting)(family).word == "inconnu"
    assert missing_facts(CLAUSE, family, setting) == missing
