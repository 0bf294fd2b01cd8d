"""What the Schéma parisien promises, proven action by action: figures, a table, and no action without a card."""

import json
from datetime import datetime

import pytest

from bot.checks import prove_all
from dialogs.content import Content
from dialogs.prove import prove
from dialogs.prove_scheme import prove_scheme
from dialogs.report import Report
from knowledge.load import Reading
from knowledge.paris_scheme import load_scheme
from knowledge.reader import ContentError
from tests.conftest import ROOT, TODAY
from tests.dialogs.small_dialogs import Talks
from tests.knowledge.test_paris_scheme import SCHEME

NOON = datetime(2026, 11, 21, 12)
LINES = (
    "Axe 1. Informer",
    "  Objectif 1. En mairie",
    "    A1.O1.1  oui      Un accueil -> rif, ecoute",
    "    A1.O1.2  non      Un réseau -> (entre professionnels)",
    "  Objectif 2. Le titre manque.",
    "Noms du Schéma",
    "    lieu       RIF -> rif",
    "    acteur     Préfecture -> Travail entre institutions.",
)


@pytest.fixture
def talks(tmp_path):
    """A small content with a small Schéma."""
    talks = Talks(tmp_path)
    talks.add("schema-parisien.yaml", SCHEME)
    return talks


def section_of(talks):
    """Return what is proven of the Schéma of a small content."""
    scheme = load_scheme(Reading(talks.folder))
    assert scheme is not None
    return prove_scheme(scheme, talks.dialogs().knowledge)


def test_axis_objective_action_and_cards_make_a_table(talks):
    """One line an action, with the cards it leads to, or why there is none."""
    section = section_of(talks)

    assert section.problems == ()
    assert section.table == LINES
    assert section.figures == {
        "axes": 1, "objectifs": 1, "actions": 2, "actions à indiquer": 1, "avec une fiche": 1, "indirectes": 0,
        "noms du Schéma": 2, "noms avec une fiche": 1, "fiches nommées": 2,
    }  # fmt: skip


def test_an_action_without_card_breaks_the_proof(talks):
    """It is named, the table says it too, and the command would end with code 1."""
    talks.change("schema-parisien.yaml", "fiches: [rif, ecoute]}", "fiches: []}")

    section = section_of(talks)

    assert section.problems == ("l'action A1.O1.1 ne mène à aucune fiche",)
    assert "    A1.O1.1  oui      Un accueil -> AUCUNE FICHE" in section.table
    assert not Report((section,)).ok


def test_the_table_is_in_the_json_too(talks):
    """A machine reads what people read."""
    data = json.loads(json.dumps(Report((section_of(talks),)).data(), ensure_ascii=False))

    assert data["sections"][0]["tableau"] == list(LINES)
    assert data["sections"][0]["chiffres"]["actions"] == 2


def test_the_schema_is_one_property_among_the_others(talks):
    """Said when it is given, and only then."""
    content = Content(talks.dialogs())
    scheme = load_scheme(Reading(talks.folder))

    titles = [section.title for section in prove(content, NOON, scheme=scheme)]
    without = [section.title for section in prove(content, NOON)]

    assert [title for title in titles if title not in without] == [section_of(talks).title]


def test_a_schema_that_cannot_be_read_stops_the_proof(library, tmp_path):
    """A proof without what it should prove would be no proof."""
    (tmp_path / "knowledge").mkdir()
    (tmp_path / "knowledge" / "lacunes.yaml").write_text("lacunes: []\n")
    (tmp_path / "knowledge" / "schema-parisien.yaml").write_text("axes: []\n")

    with pytest.raises(ContentError, match="il manque « source: »"):
        prove_all(library, TODAY, families=(), root=tmp_path)


def test_our_own_actions_all_lead_somewhere(content):
    """Every action one may point a family to has a card that is shown today, and every name a card or a reason."""
    scheme = load_scheme(Reading(ROOT / "knowledge"))
    assert scheme is not None

    section = prove_scheme(scheme, content.knowledge)

    assert section.problems == ()
    assert section.figures["actions à indiquer"] == section.figures["avec une fiche"] == 62
