"""« passerelle diff »: which families get another answer between two versions, in words for an editor."""

import subprocess
from datetime import date

import pytest

from bot.errors import OperatorError
from bot.verify_diff import Family, changes, families, other_content, other_knowledge, report
from knowledge.load import load_knowledge
from knowledge.reader import parse
from tests.conftest import ROOT
from tests.knowledge.small_base import Base


def family(facts):
    """Return a family of the day of the tests."""
    return Family("essai", "Une famille d'essai.", date(2026, 11, 21), parse(facts, "essai"))


SINGLE = family("{foyer: seul, revenus_mois: 1000, enfants: [{age: 2 ans}], enfants_complet: oui}")
COUPLE = family("{foyer: couple, revenus_mois: 1000, enfants: [{age: 2 ans}], enfants_complet: oui}")


@pytest.fixture
def versions(tmp_path):
    """The same small base twice, to change one of them; gives both."""
    return Base(tmp_path / "avant"), Base(tmp_path / "apres")


def told(versions, *listed):
    """Return what an editor reads."""
    before, after = (load_knowledge(each.folder) for each in versions)
    return list(report(before, after, listed))


def test_no_change_touches_nobody(versions):
    """The same content gives the same answers."""
    assert told(versions, SINGLE, COUPLE) == ["\n0 famille(s) sur 2 reçoivent une autre réponse."]


def test_a_lower_ceiling_is_told_family_by_family(versions):
    """At 1 000 € the aid was for a single parent below 1 200; below 900 it is not; a couple never had it."""
    versions[1].change("parametres/aides.yaml", '"1200"', '"900"')

    assert told(versions, SINGLE, COUPLE) == [
        "\nessai : Une famille d'essai.",
        "  Aide (aide) : oui -> non",
        "      Revenus trop hauts.",
        "\n1 famille(s) sur 2 reçoivent une autre réponse.",
    ]


def test_cards_that_come_and_go_are_told_once(versions):
    """A new card is named at the top, then shown to the families it fits."""
    text = (versions[1].folder / "services" / "rif.yaml").read_text(encoding="utf-8")
    versions[1].add(
        "services/autre.yaml", text.replace("id: rif", "id: autre").replace("nom: Relais", "nom: Autre relais")
    )

    assert told(versions, SINGLE)[0] == "nouvelle fiche : Autre relais Information Familles (autre)"
    assert told(versions, SINGLE)[2] == "  Autre relais Information Familles (autre) : pas de fiche -> inconnu"
    assert told(versions[::-1], SINGLE)[0] == "fiche retirée : Autre relais Information Familles (autre)"


def test_a_new_card_is_not_told_to_families_it_is_not_for(versions):
    """A couple hears nothing of a new aid for single parents, nor of one that went."""
    text = (versions[1].folder / "droits" / "aide.yaml").read_text(encoding="utf-8")
    versions[1].add("droits/autre.yaml", text.replace("id: aide", "id: autre").replace("nom: Aide", "nom: Autre"))

    assert told(versions, COUPLE)[-1] == told(versions[::-1], COUPLE)[-1]
    assert told(versions, COUPLE)[-1] == "\n0 famille(s) sur 1 reçoivent une autre réponse."
    assert told(versions, SINGLE)[-1] == "\n1 famille(s) sur 1 reçoivent une autre réponse."


def test_a_family_that_one_version_cannot_read_is_named(versions):
    """A fact that does not exist there stops nobody else from being compared."""
    lines = told(versions, family("{inconnu: oui}"), SINGLE)

    assert lines[0].startswith("essai : ne se compare pas")
    assert lines[-1] == "\n0 famille(s) sur 2 reçoivent une autre réponse."


def test_another_version_is_a_folder_or_a_revision(versions, tmp_path):
    """The same answer from the folder and from git, where the first version was saved."""
    root = versions[0].root
    for command in (
        ["init", "-q"],
        ["add", "."],
        ["-c", "user.name=a", "-c", "user.email=a@b.fr", "commit", "-qm", "un"],
    ):
        subprocess.run(["git", "-C", root, *command], check=True)
    versions[0].change("parametres/aides.yaml", '"1200"', '"900"')
    now = load_knowledge(versions[0].folder)

    with other_content(root, "HEAD") as folder:
        from_git = changes(other_knowledge(folder), now, SINGLE)
    with other_content(root, str(versions[1].root)) as folder:
        from_folder = changes(other_knowledge(folder), now, SINGLE)
    with other_content(root, str(versions[1].folder)) as folder:
        from_inner = changes(other_knowledge(folder), now, SINGLE)

    assert from_git == from_folder == from_inner
    assert [(each.card, each.before, each.after) for each in from_git] == [("aide", "oui", "non")]


@pytest.mark.parametrize("which", ["nulle-part", "--output=x", "HEAD~999"])
def test_neither_a_folder_nor_a_revision_is_refused(versions, which):
    """With what to write instead; nothing that looks like an option reaches git."""
    with pytest.raises(OperatorError, match="ni un dossier ni une révision"), other_content(versions[0].root, which):
        pass


def test_a_version_that_does_not_read_says_so(versions):
    """The first of its problems is shown."""
    versions[1].change("droits/aide.yaml", "nom: Aide\n", "")

    with pytest.raises(OperatorError, match="ne se lit pas avec ce programme"):
        other_knowledge(versions[1].folder)


def test_our_families_compare_with_our_content(knowledge):
    """Every reference family is read; with the same content nobody gets another answer."""
    listed = families(ROOT / "tests" / "familles")

    assert len(listed) == len(list((ROOT / "tests" / "familles").glob("*.yaml")))
    assert list(report(knowledge, knowledge, listed)) == [
        f"\n0 famille(s) sur {len(listed)} reçoivent une autre réponse."
    ]
