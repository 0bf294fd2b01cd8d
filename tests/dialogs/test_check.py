"""What an author of trees is told: jumps, questions, values and bands that do not hold, with their line."""

import pytest

from tests.dialogs.small_dialogs import TREE, Talks

ASKED = "dialogs/questions.yaml"
GROWN = "dialogs/arbres/separation.yaml"


@pytest.fixture
def talks(tmp_path):
    """A few questions and a tree with nothing wrong in them."""
    return Talks(tmp_path)


def test_dialogs_without_mistakes_have_no_problem(talks):
    """Nothing is reported where nothing is wrong."""
    assert talks.found() == []


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("demander: foyer", "demander: foyers", 8, "question 'foyers' inconnue"),
        ("[revenus, ages]", "[revenus, agess]", 13, "question 'agess' inconnue"),
        ("    alors: fin", "    alors: fini", 10, "'alors' va vers 'fini', qui n'est pas dans cet arbre"),
        (
            "  - demander: foyer",
            "  - id: fin\n    demander: foyer",
            11,
            "'alors' revient en arrière vers 'fin'",
        ),
        ("en_tete: [ecoute]", "en_tete: [ecoutes]", 16, "la fiche 'ecoutes' n'existe pas"),
        ("en_tete: [ecoute]", "en_tete: [rif-19]", 16, "'rif-19' est un lieu, pas une fiche"),
        ("en_tete: [ecoute]", "themes: [separations]", 16, "thème 'separations' inconnu"),
        ("themes: [separation]", "themes: [divorce]", 4, "thème 'divorce' inconnu"),
        ("proposer: {en_tete: [ecoute]}", "relais: ecout", 16, "la fiche 'ecout' n'existe pas"),
        ("proposer: {en_tete: [ecoute]}", "dire: Au revoir.", 15, "cet arbre peut finir sans rien proposer"),
        ("  - demander: foyer", "  - fin: Au revoir.", 9, "aucune conversation n'arrive à ce noeud"),
        ("si: {fait: foyer,", "si: {fait: foyers,", 9, "fait 'foyers' inconnu"),
        ("egal: couple}", "egal: couples}", 9, "fait 'foyer' n'a pas de valeur 'couples'"),
        ("questions_max: 3", "questions_max: 0", 5, "cet arbre promet 0 question et en pose"),
        ("id: separation", "id: divorce", 1, "id 'divorce' n'est pas le nom du fichier"),
        ("  - dire: Quelques questions.", "  - appeler: argent", 7, "l'arbre 'argent' n'existe pas"),
        ("[revenus, ages]", "[revenus, ages, foyer]", 6, "la question 'foyer' est citée deux fois"),
    ],
)
def test_a_tree_that_cannot_be_walked_is_refused(talks, old, new, line, what):
    """Names, jumps, ends and promises of trees."""
    talks.change_tree(old, new)

    assert f"{GROWN}:{line}: {what}" in talks.found()


def test_a_way_that_ends_is_enough(talks):
    """A « si » may jump over an end; each way finds one."""
    talks.change_tree("  - id: fin\n", "  - proposer: {en_tete: [ecoute]}\n  - id: fin\n")

    assert talks.found() == []


def test_trees_do_not_call_each_other_in_circles(talks):
    """A calls B, B calls A: both are told the circle; a sub-tree may run off its end."""
    inner = TREE.replace("id: separation", "id: argent").replace(
        "questions_max: 3", "questions_max: 3\nsous_arbre: oui"
    )
    talks.add("../dialogs/arbres/argent.yaml", inner.replace("proposer: {en_tete: [ecoute]}", "dire: Voilà."))
    talks.change_tree("  - dire: Quelques questions.", "  - appeler: argent")

    assert talks.found() == []

    talks.change("../dialogs/arbres/argent.yaml", "  - dire: Quelques questions.", "  - appeler: separation")

    assert talks.found() == [
        "dialogs/arbres/argent.yaml:7: les arbres s'appellent en rond : argent > separation > argent",
        f"{GROWN}:6: les arbres s'appellent en rond : separation > argent > separation",
    ]


def test_a_sub_tree_nobody_calls_is_pointed_out(talks):
    """It would never be seen."""
    talks.change_tree("questions_max: 3", "questions_max: 3\nsous_arbre: oui")

    assert talks.found() == [f"{GROWN}:6: aucun arbre n'appelle ce sous-arbre"]


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("remplit: {foyer: couple}", "remplit: {foyer: couples}", 9, "fait 'foyer' n'a pas de valeur 'couples'"),
        ("remplit: {foyer: couple}", "remplit: {revenus_mois: 3}", 9, "'revenus_mois' n'est pas dans « remplit: » de la question"),
        (", remplit: {foyer: couple}", "", 9, "le choix 'couple' ne remplit rien"),
        ("remplit: [foyer]", "remplit: [foyers]", 5, "fait 'foyers' inconnu"),
        ("mots: [seule]", "mots: [en couple]", 9, "« En couple » mène à deux choix : seul et couple"),
        ("    remplit: [foyer]", "    parseur: montant\n    remplit: [foyer]", 5, "le parseur 'montant' ne remplit aucun de ces faits"),
        ("[1201, null]", "[1200, null]", 19, "deux fourchettes se chevauchent"),
        ("[1201, null]", "[1300, null]", 19, "rien ne va de 1201 à 1300"),
        ("age: [120, 299]", "age: [119, 299]", 29, "deux fourchettes se chevauchent"),
        ("age: [120, 299]", "age: [299, 120]", 29, "'age' vaut '299, 120'"),
        ("enfants: aucun", "enfants: zero", 30, "'enfants' vaut 'zero'"),
        ("seulement_si: {fait: foyer", "seulement_si: {fait: foyers", 16, "fait 'foyers' inconnu"),
        ("id: ages", "id: revenus", 20, "la question 'revenus' est écrite deux fois"),
        ("    genre: enfants", "    genre: lesquels", 20, "3 choix pour cette question"),
    ],
)  # fmt: skip
def test_an_answer_that_fills_something_wrong_is_refused(talks, old, new, line, what):
    """Facts, values, words, bands and parsers of questions."""
    talks.change_question(old, new)

    assert f"{ASKED}:{line}: {what}" in talks.found()


def test_a_fact_is_read_or_it_is_not_asked(talks):
    """A question that no card uses takes a family's time for nothing."""
    talks.change_question("remplit: [revenus_mois]", "remplit: [revenus_mois, deux_revenus]")

    assert talks.found() == [f"{ASKED}:14: aucune fiche ne lit 'deux_revenus'"]


def test_a_fact_is_asked_or_it_is_not_read(talks):
    """A clause on a fact that no question fills would stay unknown for ever."""
    talks.change("droits/aide.yaml", "fait: foyer, egal: seul", "fait: deux_revenus, egal: oui")

    assert "knowledge/faits.yaml:3: aucune question ne demande 'deux_revenus', lu par 1 fiche(s)" in talks.found()


def test_what_a_table_looks_at_counts_as_read(talks):
    """A ceiling by household reads « foyer » and « deux_revenus », whatever the clause names."""
    table = "baremes:\n  - {id: bareme, nom: Barème, unite: EUR/mois, revoir_avant: 2027-04-01, valeurs: [{depuis: 2026-01-01, source: loi, lignes: [{enfants: 1, seul: 900, couple_un_revenu: 1100, couple_deux_revenus: 1200}], au_dela: {seul: 1, couple_un_revenu: 1, couple_deux_revenus: 1}}]}\n"
    talks.change("parametres/aides.yaml", "sources:", f"{table}sources:")
    talks.change("droits/aide.yaml", "au_plus: {parametre: plafond}", "au_plus_bareme: bareme")

    assert talks.found() == ["knowledge/faits.yaml:3: aucune question ne demande 'deux_revenus', lu par 1 fiche(s)"]


def test_a_question_that_no_tree_asks_is_pointed_out(talks):
    """It may be an oversight; a warning, since a sentence can still fill the fact."""
    talks.change_tree("[revenus, ages]", "[revenus]")

    assert talks.found() == [f"{ASKED}:20: aucun arbre ne pose la question 'ages'"]
