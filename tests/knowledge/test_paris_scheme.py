"""The Schéma parisien: only what its text holds is counted, and what one may point to leads to cards that exist."""

import re

import pytest

from knowledge.load import Reading
from knowledge.paris_scheme import actions, load_scheme
from tests.conftest import ROOT
from tests.knowledge.small_base import Base

SCHEME = """\
source: {id: spsf, titre: Le Schéma, reference: Un document, consulte_le: 2026-11-21}
annonce: {axes: 1, objectifs: 3, actions: 5}
comptes: {axes: 1, objectifs: 1, actions: 2}
note: Un objectif manque.
axes:
  - axe: 1
    sujet: Informer
    objectifs:
      - objectif: 1
        sujet: En mairie
        actions:
          - {id: A1.O1.1, sujet: Un accueil, pointable: oui, fiches: [rif, ecoute]}
          - {id: A1.O1.2, sujet: Un réseau, pointable: non}
      - objectif: 2
        note: Le titre manque.
noms:
  - {nom: RIF, genre: lieu, fiches: [rif]}
  - {nom: Préfecture, genre: acteur, raison: Travail entre institutions.}
"""
BY_AXIS = [17, 14, 8, 16, 7, 13, 25]
"""Action rows of each axis, counted in the text of the Schéma."""


@pytest.fixture
def base(tmp_path):
    """A small base with a small Schéma, and nothing wrong in them."""
    base = Base(tmp_path)
    base.add("schema-parisien.yaml", SCHEME)
    return base


@pytest.fixture(scope="module")
def ours():
    """Our own file."""
    reading = Reading(ROOT / "knowledge")
    scheme = load_scheme(reading)
    assert scheme is not None, reading.problems
    return scheme


def test_a_sound_file_has_nothing_wrong(base):
    """A missing title is told in a note; a name without card has its reason."""
    assert base.found() == []


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("fiches: [rif, ecoute]}", "fiches: []}", "12: l'action A1.O1.1 ne mène à aucune fiche"),
        ("[rif, ecoute]", "[rif, ecoutes]", "12: l'action A1.O1.1 nomme 'ecoutes', qui n'existe pas"),
        ("[rif, ecoute]", "[rif, rif]", "12: l'action A1.O1.1 nomme deux fois 'rif'"),
        ("[rif, ecoute]", "[rif-19]", "12: l'action A1.O1.1 nomme 'rif-19', qui n'est pas une fiche montrée"),
        ("pointable: non}", "pointable: non, fiches: [rif]}", "13: l'action A1.O1.2 est « non » et a des fiches"),
        ("pointable: non}", "pointable: peut-être}", "13: 'pointable' ne peut pas valoir 'peut-être'"),
        ("A1.O1.2", "A1.O1.1", "13: l'action 'A1.O1.1' est à la place de 'A1.O1.2'"),
        ("objectif: 2", "objectif: 3", "14: axe 1 : l'objectif 3 est à la place de l'objectif 2"),
        ("axe: 1\n", "axe: 2\n", "6: l'axe 2 est à la place de l'axe 1"),
        ("note: Le titre manque.", "actions: []", "14: axe 1, objectif 2 : sans « sujet », il a une « note » seule"),
        ("comptes: {axes: 1", "comptes: {axes: 7", "3: « comptes » dit 7 axes, le fichier en tient 1"),
        (
            "objectifs: 1, actions: 2",
            "objectifs: 2, actions: 2",
            "3: « comptes » dit 2 objectifs, le fichier en tient 1",
        ),
        ("objectifs: 1, actions: 2", "objectifs: 1, actions: 5", "3: « comptes » dit 5 actions, le fichier en tient 2"),
        ("fiches: [rif]}", "fiches: [rf]}", "17: « RIF » nomme 'rf', qui n'existe pas"),
        (", fiches: [rif]}", "}", "17: « RIF » a une fiche ou une raison de n'en pas avoir, pas les deux"),
        ("nom: Préfecture", "nom: RIF", "18: « RIF » est écrit deux fois"),
        ("sujet: Un réseau", f"sujet: {'x' * 91}", "13: 'sujet' est trop long"),
        ("    sujet: Informer", "    sujet: Informer\n    titre: Informer", "8: clé 'titre' inconnue"),
    ],
)
def test_a_mistake_is_named_with_its_line(base, old, new, what):
    """Each with the line to mend, by the same reader as every content file."""
    base.change("schema-parisien.yaml", old, new)

    assert f"knowledge/schema-parisien.yaml:{what}" in base.found()


def test_a_helpline_out_of_service_answers_nothing(base):
    """A number that no longer answers is no door."""
    base.change("numeros/ecoute.yaml", "niveau: ecoute", "niveau: ecoute\nen_service: non")

    what = "knowledge/schema-parisien.yaml:12: l'action A1.O1.1 nomme 'ecoute', qui n'est pas une fiche montrée"
    assert what in base.found()


def test_another_city_has_no_schema(tmp_path):
    """Without the file nothing is said of it."""
    base = Base(tmp_path)

    assert base.found() == []
    assert load_scheme(Reading(base.folder)) is None


def test_what_our_file_claims_is_what_the_text_holds(ours):
    """Seven axes, thirty-one objectives with a title, a hundred actions; the document announces more."""
    counted = [sum(spot.axis.number == axis for spot in actions(ours)) for axis in range(1, 8)]

    assert counted == BY_AXIS
    assert ours.held() == ours.counts
    assert (ours.counts.axes, ours.counts.objectives, ours.counts.actions) == (7, 31, 100)
    assert (ours.announced.axes, ours.announced.objectives, ours.announced.actions) == (7, 32, 103)


def test_the_only_objective_without_a_title_is_the_fourth_of_the_seventh_axis(ours):
    """It stays empty: nothing was made up in its place."""
    bare = [(axis.number, each.number) for axis in ours.axes for each in axis.objectives if each.subject is None]

    assert bare == [(7, 4)]


def test_every_action_one_may_point_to_has_a_card(ours):
    """Sixty-two doors, eighteen useful things without a door, twenty works between professionals."""
    words = [spot.action.pointable for spot in actions(ours)]

    assert [words.count(word) for word in ("oui", "indirect", "non")] == [62, 18, 20]
    assert [spot.action.id for spot in actions(ours) if spot.action.pointable == "oui" and not spot.action.cards] == []


def test_nothing_we_publish_claims_the_announced_counts():
    """« 103 actions » and « 32 objectifs » are the document's word, kept in one file only."""
    told = [ROOT / name for name in ("README.md", "CHANGELOG.md", "ARCHITECTURE.md", "CONTRIBUTING.md")]
    told += [*(ROOT / "docs").glob("*.md"), *(ROOT / "knowledge").glob("*/*.yaml"), *(ROOT / "dialogs").rglob("*.yaml")]

    claims = [path.name for path in told if re.search(r"\b(103 actions|32 objectifs)", path.read_text("utf-8"))]

    assert claims == []
