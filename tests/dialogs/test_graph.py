"""A tree drawn as Mermaid text, for those who review it."""

from dialogs.graph import mermaid
from dialogs.steps import condition_text
from knowledge.condition import Condition
from tests.dialogs.small_dialogs import Talks


def test_a_tree_is_drawn_with_its_words_and_its_ways(tmp_path):
    """Boxes for questions, the groups of « choisir », a diamond with its two ways, rounded ends."""
    dialogs = Talks(tmp_path).dialogs()

    assert mermaid(dialogs.trees["separation"], dialogs).splitlines() == [
        "flowchart TD",
        '    debut(["Séparation<br/>3 questions au plus"])',
        '    n0>"Quelques questions."]',
        '    n1["Vivez-vous seul ou en couple ?"]',
        '    n2{"foyer est couple"}',
        '    n3["Choisir<br/>1. Revenus, Âges"]',
        '    n4(["Proposer : Séparation"])',
        "    debut --> n0",
        "    n0 --> n1",
        "    n1 --> n2",
        "    n2 -- oui --> n4",
        "    n2 -- non --> n3",
        "    n3 --> n4",
    ]


def test_a_text_never_breaks_the_drawing(tmp_path):
    """Quotes, brackets and long sentences are Mermaid's own signs: they are put otherwise."""
    talks = Talks(tmp_path).change_tree(
        "dire: Quelques questions.", """dire: 'Le "juge" <ou> #12 ; """ + "mot " * 20 + "'"
    )
    dialogs = talks.dialogs()

    line = mermaid(dialogs.trees["separation"], dialogs).splitlines()[2]

    assert line.startswith('    n0>"Le #quot;juge#quot; #lt;ou#gt; #35;12 ; mot mot')
    assert line.endswith('…"]')


def test_a_sub_tree_leads_back_to_its_caller(tmp_path):
    """Running off its end is a return."""
    talks = Talks(tmp_path).change_tree("questions_max: 3", "questions_max: 3\nsous_arbre: oui")
    dialogs = talks.change_tree("proposer: {en_tete: [ecoute]}", "relais: ecoute").dialogs()
    dialogs.trees["separation"] = dialogs.trees["separation"].model_copy(
        update={"nodes": dialogs.trees["separation"].nodes[:2]}
    )

    drawn = mermaid(dialogs.trees["separation"], dialogs)

    assert '    suite(["retour à l\'arbre qui appelle"])' in drawn
    assert "    n1 --> suite" in drawn


def test_a_condition_is_said_in_words():
    """Groups of children, lists, negations, bounds."""
    written = {
        "tout": [
            {"fait": "emploi", "parmi": ["salarie", "independant"]},
            {"non": {"enfant": {"nombre_min": "2", "tout": [{"fait": "age", "moins_de": "3 ans"}]}}},
            {
                "au_moins_un": [
                    {"fait": "revenus_mois", "au_plus": {"parametre": "plafond"}},
                    {"a_verifier": "oui", "dit": "La Caf vérifie."},
                ]
            },
        ]
    }

    assert condition_text(Condition.model_validate(written)) == (
        "emploi est parmi salarie, independant et pas (2 enfants : age moins de 3 ans)"
        " et revenus_mois au plus plafond ou La Caf vérifie."
    )
