"""In French each age, school class and handicap goes to the child it is said of; other numbers go to nobody."""

from datetime import date

import pytest

from dialogs.heard import heard_facts
from dialogs.volunteered import volunteered
from knowledge.ages import age_span

TODAY = date(2026, 11, 22)


def facts(text):
    """Return what a text states."""
    return heard_facts(volunteered(text, TODAY), text, TODAY)


def children(text):
    """Return each child as (lowest age in months or None, what is said of it)."""
    listed = facts(text).get("enfants", {"liste": []})["liste"]
    spans = [age_span(child["naissance"], TODAY) if "naissance" in child else None for child in listed]
    said = [{name: value for name, value in child.items() if name != "naissance"} for child in listed]
    return [(int(span.low) if span else None, traits) for span, traits in zip(spans, said, strict=True)]


def ages(text):
    """Return the lowest age in months of each child of a text."""
    return [age for age, _ in children(text)]


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("un de 6 ans et une de 3 ans, je suis à bout", [72, 36]),
        ("la grande 4 ans, le petit dernier 18 mois", [48, 18]),
        ("onze, quatorze et dix-sept ans, trois ados sous le même toit", [132, 168, 204]),
        ("les petits ont 3 et 7 ans", [36, 84]),
        ("mon bout de 6 mois ne dort pas", [6]),
        ("à 8 mois il hurle toutes les nuits", [8]),
        ("9 ans, CM1, dyslexique", [108]),
        ("né en mars 2024, mon fils ne marche pas", [32]),
        ("mes filles Awa (9 ans) et Fanta (5 ans) dorment ensemble", [108, 60]),
        ("notre fille adoptée à 2 ans en a 9 aujourd'hui", [108]),
        ("mon fils tape ses copines, il a 4 ans et 2 mois", [50]),
        ("jé 4 anfan de 12 10 7 é 3 an", [144, 120, 84, 36]),
        ("des triplés de 8 mois", [8, 8, 8]),
        ("je suis la mère d'Inès, 6 ans", [72]),
    ],
)
def test_a_child_is_found_however_its_age_is_said(text, months):
    """Without a verb, without a noun, in a list, after a first name, as it sounds."""
    assert ages(text) == months


@pytest.mark.parametrize(
    "text",
    [
        "dans la classe de ma fille y a un petit de 8 ans que tout le monde harcèle",
        "mon filleul de 4 ans est autiste",
        "son nouveau compagnon a deux filles de 8 et 10 ans",
        "mon mari a une fille de 15 ans d'un premier mariage",
        "à quel âge un enfant peut rester seul : 8 ans, 10 ans ?",
        "les 11-14 ans ont quoi comme activités ?",
        "quelle aide pour une mère seule avec deux enfants de 2 et 6 ans ?",
        "je cherche un cadeau pour un enfant de 5 ans",
        "ma fille sort avec un type de 20 ans",
        "séparés depuis 6 ans, deux ans de procédure, bail de 3 ans",
        "ma mère a été veuve très jeune avec 5 enfants",
    ],
)
def test_somebody_elses_children_and_other_numbers_are_no_children(text):
    """A wrong child may cost a family a right: in doubt nothing is read."""
    assert ages(text) == []


def test_a_class_goes_to_the_child_before_it():
    """Three children, three schools, one sentence."""
    assert children("Le grand est au lycée, le moyen en 5e, la petite en CE2") == [
        (None, {"scolarite": "lycee"}),
        (None, {"scolarite": "college"}),
        (None, {"scolarite": "elementaire"}),
    ]


def test_a_class_one_enters_is_not_the_class_one_is_in():
    """« Entre au CP » is said months before."""
    assert children("mon fils entre au CP") == []


def test_what_is_said_of_the_school_goes_with_the_age():
    """The age, the class and the refusal of one child come together."""
    assert children("phobie scolaire, 13 ans, cinquième, elle n'y va plus du tout") == [
        (156, {"scolarite": "college", "decroche": "oui"})
    ]


def test_children_counted_are_filled_up_to_their_number():
    """« Trois enfants dont un bébé de 5 mois » leaves two ages to ask."""
    assert sorted(ages("j'ai trois enfants dont un bébé de 5 mois"), key=str) == [5, None, None]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("sortie de l'aide sociale à l'enfance à mes 18 ans, j'en ai 19 et je vis en foyer", 0),
        ("des enfants j'en ai 4", 4),
        ("maman solo de 3, je cherche une colo", 3),
    ],
)
def test_an_age_is_no_number_of_children(text, count):
    """« J'en ai 19 » after an age is an age; after children it is how many."""
    assert len(children(text)) == count


@pytest.mark.parametrize("text", ["le grand-père de mes enfants est décédé", "la grand-mère de ma fille est morte"])
def test_a_grandparents_death_is_not_a_parents(text):
    """Who lost a grandparent still has two parents: no right of orphans is told."""
    assert "autre_parent" not in facts(text)


def test_a_relatives_child_counts_only_when_brought_up_here():
    """A nephew who comes for tea is no child of the family; one who lives here is taken in."""
    assert children("mon neveu de 3 ans vient goûter le mercredi") == []
    assert children("mon neveu de 15 ans habite chez nous") == [(180, {"recueilli": "oui"})]


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("jviens d'avoir 18 ans", 18),
        ("mon frere est a la sante g 15 ans", 15),
        ("À vingt-quatre ans, enceinte de six mois, je dors chez une cousine", 24),
        ("je vis chez mes parents à 21 ans", 21),
        ("Maman de 22 ans, un fils de 1 an", 22),
    ],
)
def test_the_writers_own_age_is_not_a_childs(text, age):
    """« J'ai », « à 24 ans », « maman de 22 ans » tell the age of the one who writes."""
    assert facts(text)["age_parent"] == age


def test_a_past_age_of_the_writer_is_not_hers():
    """« Quand j'avais 20 ans », « partie à 18 ans », « 18 ans dans deux mois » tell no age of today."""
    assert "age_parent" not in facts("je suis partie de chez mes parents à 18 ans")
    assert "age_parent" not in facts("jai 18 ans dans 2 mois")
