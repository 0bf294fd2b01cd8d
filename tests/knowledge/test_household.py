"""What follows from what a family told before any clause is read: children to come, and where children live.

Ceilings of cf-plafond (openfisca-france 176.1.8, 2026), a lone parent: 54 724 euros for three children, 62 180 for
four. Code de la sécurité sociale, article L521-2: the money goes to the person who has the child in charge.
"""

from datetime import date

import pytest

from knowledge.condition import Condition
from knowledge.criteria import Setting, compile_tree
from knowledge.facts import parse_facts, prepare
from knowledge.match import Matcher

ON = date(2026, 11, 21)
CEILING = Condition.model_validate({"fait": "revenus_n2", "au_plus_bareme": "cf-plafond"})


@pytest.fixture
def verdict(knowledge):
    matcher = Matcher(knowledge, ON)

    def of(card, **facts):
        found = matcher.verdicts(matcher.state(parse_facts(facts, knowledge.vocabulary, ON)))
        return found[matcher.position[card]].word

    return of


@pytest.mark.parametrize(
    ("home", "income", "word"),
    [
        ("principale", 60000, "oui"),
        ("autre_parent", 54724, "oui"),
        ("autre_parent", 60000, "non"),
        ("alternee", 54724, "oui"),
        ("alternee", 60000, "probable"),  # under the ceiling of four children, over that of three
        (None, 60000, "probable"),  # nobody asked where the fourth child lives
        ("alternee", 62181, "non"),
    ],
)
def test_a_child_raises_the_ceiling_of_the_parent_it_lives_with(knowledge, home, income, word):
    """A child who lives with the other parent does not count; one who goes from home to home may."""
    fourth = {"age": "9 ans"} | ({"garde": home} if home else {})
    here = [{"age": age, "garde": "principale"} for age in ("4 ans", "8 ans", "12 ans")]
    facts = {"foyer": "seul", "separation": "ancienne", "revenus_n2": income, "enfants_complet": "oui"}
    setting = Setting(knowledge.vocabulary, knowledge.parameters, ON)
    family = prepare(
        parse_facts(facts | {"enfants": [*here, fourth]}, knowledge.vocabulary, ON), setting.vocabulary, ON
    )

    assert compile_tree(CEILING, setting)(family).word == word


@pytest.mark.parametrize("card", ["allocations-familiales", "paje-allocation-base"])
def test_a_couple_is_promised_nothing_for_children_who_live_elsewhere(verdict, card):
    """Living as a couple does not bring home the children of a former one."""
    elsewhere = [{"age": "2 ans", "garde": "autre_parent"}, {"age": "1 an", "garde": "autre_parent"}]
    family = {"foyer": "couple", "separation": "ancienne", "revenus_n2": 20000, "grossesse_mois": 0}

    assert verdict(card, **family, enfants=elsewhere, enfants_complet="oui") == "probable"


def test_the_children_of_a_couple_who_speaks_of_no_separation_live_with_it(verdict):
    """Nobody is asked where the children sleep when nothing says that they might sleep elsewhere."""
    children = [{"age": "2 ans"}, {"age": "7 ans"}]

    assert verdict("allocations-familiales", foyer="couple", enfants=children) == "oui"
    assert verdict("allocations-familiales", foyer="couple", separation="recente", enfants=children) == "probable"


def test_a_child_born_next_year_is_a_pregnancy(verdict):
    """A due date told as a birth month opens what a pregnancy opens, and nothing that a child opens."""
    family = {"foyer": "seul", "separation": "aucune", "revenus_n2": 30000, "enfants_complet": "oui"}
    due = [{"naissance": "2027-02"}]

    assert verdict("prime-naissance", **family, enfants=due) == "oui"
    assert verdict("allocations-familiales", **family, enfants=[{"age": "5 ans"}, *due]) == "non"


@pytest.mark.parametrize(("income", "word"), [(49054, "oui"), (49055, "non")])
def test_a_child_to_come_is_counted_once(knowledge, income, word):
    """Told as a pregnancy and as a birth month, it is one child: the ceiling of one, 49 054 euros."""
    facts = {"foyer": "seul", "grossesse_mois": 6, "naissance_multiple": "non", "revenus_n2": income}
    facts |= {"enfants": [{"naissance": "2027-02"}], "enfants_complet": "oui"}
    setting = Setting(knowledge.vocabulary, knowledge.parameters, ON)
    clause = Condition.model_validate({"fait": "revenus_n2", "au_plus_bareme": "paje-plafond-partiel"})
    family = prepare(parse_facts(facts, knowledge.vocabulary, ON), knowledge.vocabulary, ON)

    assert compile_tree(clause, setting)(family).word == word
