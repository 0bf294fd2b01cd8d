"""The prover: what it finds in content that is broken on purpose, and that our own content holds."""

from datetime import datetime

import pytest

from dialogs.content import Content
from dialogs.coverage import Cell, Gap, matrix, prove_coverage
from dialogs.prove import prove
from dialogs.prove_cards import answerable, prove_cards
from dialogs.prove_families import Family, prove_families, settled
from dialogs.prove_trees import prove_topics, prove_trees
from dialogs.prove_walks import prove_walks
from dialogs.report import Report, Section
from knowledge.base import Span
from knowledge.condition import Condition
from knowledge.criteria import INCONNU, NON, OUI, PROBABLE, Setting, compile_tree
from knowledge.facts import parse_facts, prepare
from knowledge.match import Matcher
from knowledge.told import told
from knowledge.witness import MOST_FAMILIES, Space, can_be, space, witnesses
from tests.dialogs.small_dialogs import Talks
from tests.knowledge.small_base import ON

NOON = datetime(2026, 11, 21, 12)


@pytest.fixture
def talks(tmp_path):
    """A few questions and a tree with nothing wrong in them."""
    return Talks(tmp_path)


def setting_of(dialogs):
    """Return the setting of the day of the tests."""
    return Setting(dialogs.knowledge.vocabulary, dialogs.knowledge.parameters, ON)


def broken(section):
    """Return the problems of a section as a list."""
    return list(section.problems)


# --- witnesses ---------------------------------------------------------------------------------------------------


def test_a_witness_is_a_family_that_gets_the_verdict(talks):
    """Told as an example and read again, each witness gets the verdict it stands for."""
    dialogs = talks.dialogs()
    condition = dialogs.knowledge.rights[0].conditions
    setting = setting_of(dialogs)

    found = witnesses(condition, setting, (OUI, NON), {})

    assert set(found) == {OUI, NON}
    for verdict, env in found.items():
        facts = parse_facts(told(env), setting.vocabulary, ON)
        assert compile_tree(condition, setting)(prepare(facts, setting.vocabulary, ON)) is verdict


@pytest.mark.parametrize(
    "clauses",
    [
        [{"fait": "foyer", "egal": "seul"}, {"non": {"fait": "foyer", "parmi": ["seul"]}}],
        [{"fait": "revenus_mois", "plus_de": "1200"}, {"fait": "revenus_mois", "moins_de": "1201"}],
        [{"enfant": {"existe": "oui", "tout": [{"fait": "age", "a_partir_de": "31 ans"}]}}],
        [
            {"enfant": {"nombre_min": "2", "tout": [{"fait": "age", "moins_de": "3 ans"}]}},
            {"non": {"enfant": {"existe": "oui", "tout": [{"fait": "age", "moins_de": "6 ans"}]}}},
        ],
    ],
)
def test_a_card_that_no_family_can_get_is_found(talks, clauses):
    """Contradictions that no single clause shows: a value and its negation, no whole number, no such child."""
    condition = Condition.model_validate({"tout": clauses})

    assert not can_be(condition, setting_of(talks.dialogs()), OUI)
    assert can_be(condition, setting_of(talks.dialogs()), NON)


@pytest.mark.parametrize(
    ("written", "verdict", "possible"),
    [
        ({"enfant": {"nombre_min": "4", "tout": [{"fait": "handicap", "egal": "oui"}]}}, OUI, True),
        ({"enfant": {"existe": "oui", "tout": [{"fait": "naissance", "egal": "2012-03"}]}}, OUI, True),
        ({"fait": "revenus_mois", "egal": "1200"}, OUI, True),
        ({"fait": "revenus_mois", "moins_de": "0"}, OUI, False),
        ({"a_verifier": "oui", "dit": "x"}, PROBABLE, True),
        ({"a_verifier": "oui", "dit": "x"}, OUI, False),
        ({"a_verifier": "oui", "dit": "x"}, INCONNU, False),
        ({"fait": "foyer", "egal": "seul"}, INCONNU, True),
    ],
)
def test_what_a_condition_can_be(talks, written, verdict, possible):
    """Four children at once, an exact month, an exact amount, what only the institution knows."""
    assert can_be(Condition.model_validate(written), setting_of(talks.dialogs()), verdict) is possible


def test_values_that_no_clause_tells_apart_are_tried_once(talks):
    """Two households, three revenues around a ceiling, and no, one or two children under and over 20."""
    dialogs = talks.dialogs()

    tried = space(dialogs.knowledge.rights[0].conditions, setting_of(dialogs), {})

    assert {name: len(values) for name, values in tried.facts.items()} == {"foyer": 2, "revenus_mois": 2}
    assert [len(children) for children in tried.children] == [0, 1, 1, 2, 2, 2]
    assert tried.size == 2 * 2 * 6


def test_too_many_families_are_sampled_the_same_way_each_time():
    """Beyond a bound, families are drawn with a fixed seed."""
    wide = Space({"un": list(range(400)), "deux": list(range(400))}, [[]])

    first, again = list(wide.families()), list(wide.families())

    assert wide.size == 160_000 > MOST_FAMILIES
    assert len(first) == MOST_FAMILIES
    assert first == again


# --- cards and answers -------------------------------------------------------------------------------------------


def test_cards_that_families_and_answers_reach_hold(talks):
    """Every clause can be true and false, and the answers of the tree lead to the card."""
    dialogs = talks.dialogs()

    section, proofs = prove_cards(dialogs, setting_of(dialogs))

    assert broken(section) == []
    assert section.figures["clauses"] == 4  # the household, the revenue, the child, and its age
    assert proofs[0].card == "aide"
    assert set(proofs[0].families) == {"oui", "non"}


def test_a_card_that_no_answer_reaches_is_found(talks):
    """A family could get it, but no tree asks what it needs."""
    dialogs = talks.change_tree("  - demander: foyer\n", "").dialogs()

    section, _ = prove_cards(dialogs, setting_of(dialogs))

    assert broken(section) == ["fiche 'aide' : aucune réponse aux questions des arbres ne la fait convenir"]


def test_a_clause_that_is_never_true_is_named(talks):
    """By its place in the card."""
    talks.change("droits/aide.yaml", "{fait: age, moins_de: 20 ans}", "{fait: age, a_partir_de: 31 ans}")
    dialogs = talks.dialogs()

    section, _ = prove_cards(dialogs, setting_of(dialogs))

    assert broken(section) == [
        "fiche 'aide' : aucune famille ne la reçoit",
        "fiche 'aide' : la clause tout.2 n'est jamais vraie",
        "fiche 'aide' : la clause tout.2.enfant.tout.0 n'est jamais vraie",
    ]


def test_a_clause_that_is_never_false_is_named(talks):
    """A bound below all numbers asks a question for nothing."""
    talks.change("droits/aide.yaml", "au_plus: {parametre: plafond}", "a_partir_de: 0")
    dialogs = talks.dialogs()

    section, _ = prove_cards(dialogs, setting_of(dialogs))

    assert broken(section) == ["fiche 'aide' : la clause tout.1 n'est jamais fausse"]


def test_answers_give_bands_or_typed_numbers(talks):
    """A number that can be typed may be anything; with buttons alone, only the bands; unasked facts stay unknown."""
    domains = answerable(talks.dialogs())

    assert domains["foyer"] == [frozenset(("seul",)), frozenset(("couple",))]
    assert domains["deux_revenus"] == []
    assert "revenus_mois" not in domains

    talks.change_question("    parseur: montant\n", "")

    assert answerable(talks.dialogs())["revenus_mois"] == [Span(0, 1200), Span(1201, None)]


# --- walks -------------------------------------------------------------------------------------------------------


def test_walks_of_a_sound_tree_hold(talks):
    """Every button is pressed; three questions at most, as promised."""
    section = prove_walks(Content(talks.dialogs()), NOON)

    assert broken(section) == []
    assert section.remarks == ("arbre 'separation' : 3 question(s) au plus, 3 promises",)
    assert section.figures["états"] >= 5
    assert section.figures["fins"] >= 20


def test_the_promise_on_questions_is_held_whatever_the_tree(talks):
    """With a promise of one, the engine stops after one: by construction."""
    section = prove_walks(Content(talks.change_tree("questions_max: 3", "questions_max: 1").dialogs()), NOON)

    assert broken(section) == []
    assert section.remarks == ("arbre 'separation' : 1 question(s) au plus, 1 promises",)


def test_an_end_without_anybody_is_found(talks):
    """A topic without card nor person leaves a family alone."""
    talks.change(
        "themes.yaml",
        "themes:",
        "themes:\n  - {id: vide, nom: Vide, picto: x, phrase: Rien ici., mots: [rien], toujours: [rien]}",
    )
    talks.change_tree("proposer: {en_tete: [ecoute]}", "proposer: {themes: [vide]}")

    assert "arbre 'separation' : une fin propose 'rien', qui n'est pas une fiche" in broken(
        prove_walks(Content(talks.dialogs()), NOON)
    )


def test_an_engine_that_breaks_its_promise_is_found(talks, monkeypatch):
    """Were the count of questions lost, the walks would see it."""
    from dialogs.walk import Walk

    original = Walk.__init__

    def forgetful(self, planner, session):
        original(self, planner, session)
        self.most = 12

    monkeypatch.setattr(Walk, "__init__", forgetful)
    content = Content(talks.change_tree("questions_max: 3", "questions_max: 1").dialogs())

    assert "arbre 'separation' : 3 questions posées, 1 promises" in broken(prove_walks(content, NOON))


def test_a_session_that_does_not_survive_the_disk_is_found(talks, monkeypatch):
    """What is saved must come back as it was."""
    from dialogs import prove_walks as module

    monkeypatch.setattr(module, "load", lambda data: module.Session(language="en"))
    section = prove_walks(Content(talks.dialogs()), NOON)

    assert "arbre 'separation' : une session change en passant par le disque" in broken(section)


def test_nonsense_that_loses_answers_is_found(talks, monkeypatch):
    """An engine that forgets everything at the first strange word would be seen."""
    from dialogs import prove_walks as module

    original = module.step

    def forgetting(content, session, event, now):
        return original(content, module.Session() if isinstance(event, module.Asked) else session, event, now)

    monkeypatch.setattr(module, "step", forgetting)
    section = prove_walks(Content(talks.dialogs()), NOON)

    assert any("un texte incompris fait perdre" in problem for problem in broken(section))


# --- trees, topics, coverage -------------------------------------------------------------------------------------


def test_a_tree_out_of_shape_is_found(talks):
    """A node out of reach, in a tree that loads."""
    dialogs = talks.change_tree("  - demander: foyer", "  - fin: Au revoir.").dialogs()

    section = prove_trees(dialogs, setting_of(dialogs))

    assert "arbres/separation.yaml : aucune conversation n'arrive à ce noeud" in broken(section)


def test_a_topic_without_anybody_is_found(talks):
    """Each topic has a card that asks nothing."""
    talks.change(
        "themes.yaml",
        "themes:",
        "themes:\n  - {id: vide, nom: Vide, picto: x, phrase: Rien., mots: [rien], toujours: [aide]}",
    )

    assert broken(prove_topics(talks.dialogs())) == ["le thème 'vide' n'a aucune fiche sans conditions"]


def matcher_of(talks):
    return Matcher(talks.dialogs().knowledge, ON)


def test_a_place_covers_its_arrondissement_and_those_that_touch_it(talks):
    """The relay of the 19th also serves the 10th, 11th, 18th and 20th; elsewhere there is the helpline."""
    cells = matrix(matcher_of(talks))

    near = {cell.district for cell, offer in cells.items() if offer.near}
    assert near == {10, 11, 18, 19, 20}
    assert all(offer.wide for offer in cells.values())
    assert len(cells) == 20 * 7


def test_an_empty_cell_is_a_problem_unless_it_is_known(talks):
    """Without helpline and without relay elsewhere, 15 arrondissements are empty for each age."""
    talks.change("services/rif.yaml", "zone: paris", "zone: [19, 20]")
    talks.change("numeros/ecoute.yaml", "niveau: ecoute", "niveau: ecoute\nen_service: non")
    matcher = matcher_of(talks)
    whole = Gap.model_validate({"theme": "separation", "raison": "À chercher."})
    partly = Gap.model_validate({"theme": "separation", "arrondissements": [5], "ages": ["0-2"], "raison": "x"})

    problems = broken(prove_coverage(matcher, ()))

    assert "rien pour le thème 'separation', 5e arrondissement, 0-2" in problems
    assert broken(prove_coverage(matcher, (whole,))) == []
    assert len(broken(prove_coverage(matcher, (partly,)))) == len(problems) - 1


def test_a_gap_that_is_filled_must_go(talks):
    """The file of known gaps tells the truth."""
    gap = Gap.model_validate({"theme": "separation", "raison": "À chercher."})

    assert broken(prove_coverage(matcher_of(talks), (gap,))) == [
        "la lacune notée pour 'separation' n'existe pas ou plus : retirez-la de lacunes.yaml"
    ]


@pytest.mark.parametrize(
    ("gap", "cell", "holds"),
    [
        ({}, Cell("separation", 5, "0-2"), True),
        ({"arrondissements": [4, 5]}, Cell("separation", 5, "0-2"), True),
        ({"arrondissements": [4]}, Cell("separation", 5, "0-2"), False),
        ({"ages": ["3-5"]}, Cell("separation", 5, "0-2"), False),
        ({}, Cell("deuil", 5, "0-2"), False),
    ],
)
def test_a_gap_holds_for_the_cells_it_names(gap, cell, holds):
    """No list means all."""
    assert Gap.model_validate({"theme": "separation", "raison": "x", **gap}).holds(cell) is holds


# --- golden families ---------------------------------------------------------------------------------------------

ALONE = {"foyer": "seul", "revenus_mois": 900, "enfants": [{"age": "2 ans"}], "enfants_complet": "oui"}


def family_of(talks, **verdicts):
    vocabulary = talks.dialogs().knowledge.vocabulary
    return Family("maman-seule", parse_facts(ALONE, vocabulary, ON), verdicts)


def test_a_family_with_the_right_verdicts_holds(talks):
    """And the cards of its tree are all decided after its three questions."""
    section = prove_families(Content(talks.dialogs()), [family_of(talks, aide="oui")], NOON)

    assert broken(section) == []
    assert section.figures["% de fiches décidées après 3 questions"] == 100.0


def test_a_family_with_another_verdict_is_named(talks):
    """With the card, what was expected and what came."""
    family = family_of(talks, aide="non", ancienne="oui")

    assert broken(prove_families(Content(talks.dialogs()), [family], NOON)) == [
        "famille 'maman-seule' : 'aide' devrait être non, la réponse est oui",
        "famille 'maman-seule' : la fiche 'ancienne' n'existe pas",
    ]


def test_a_family_that_knows_nothing_decides_nothing(talks):
    """« Je ne sais pas » to everything leaves the card unknown, and ends all the same."""
    content = Content(talks.dialogs())

    shares = settled(content, Family("muette", {}), content.dialogs.trees["separation"], NOON)

    assert shares == {3: 0.0, 5: 0.0, 8: 0.0}


# --- the whole ---------------------------------------------------------------------------------------------------


def test_all_that_is_proven_of_a_small_base_holds(talks):
    """One section a property, and none broken."""
    sections = prove(Content(talks.dialogs()), NOON, families=[family_of(talks, aide="oui")])

    assert len(sections) == 6
    assert [problem for section in sections for problem in section.problems] == []


def test_a_report_says_whether_it_holds():
    """As text for people, as data for machines."""
    good = Section("Arbres", {"arbres": 2, "part": 0.5}, remarks=("à voir",))
    bad = Section("Fiches", {}, ("fiche 'x' : aucune famille ne la reçoit",))

    assert Report((good,)).ok
    assert Report((good,)).text() == (
        "Arbres : tenu (2 arbres, 0,5 part)\n  - à voir\n\nTout ce qui devait être prouvé tient.\n"
    )
    assert not Report((good, bad)).ok
    assert (
        Report((good, bad))
        .text()
        .endswith("Fiches : ÉCHEC\n  ! fiche 'x' : aucune famille ne la reçoit\n\n1 point(s) à corriger.\n")
    )
    assert Report((bad,)).data()["sections"][0]["problemes"] == ["fiche 'x' : aucune famille ne la reçoit"]


def test_our_own_trees_keep_their_promises(content):
    """On the real content: questions, ends, shape, topics and coverage."""
    setting = setting_of(content.dialogs)
    sections = (
        prove_walks(content, NOON),
        prove_trees(content.dialogs, setting),
        prove_topics(content.dialogs),
        prove_coverage(content.matcher(ON), ()),
    )

    assert [problem for section in sections for problem in section.problems] == []


def test_every_card_of_ours_can_be_reached_by_some_family(content):
    """No card and no clause is a dead letter."""
    section, proofs = prove_cards(content.dialogs, setting_of(content.dialogs))

    assert [problem for problem in section.problems if "aucune réponse" not in problem] == []
    assert len(proofs) == section.figures["fiches avec conditions"]
