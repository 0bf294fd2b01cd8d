"""On sentences that never set a rule, what is understood and found does not fall below what was reached."""

from datetime import date

import pytest

from bot.jsonl import understand_line
from tests.evaluation import measures, sets

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def understood(library):
    """What the product understands of each held-out sentence, by its text."""
    return {row["texte"]: understand_line(library, row["texte"], "fr", TODAY) for row in sets.sentences("fin")}


def test_the_subject_is_among_the_first_three(understood):
    """Nine families in ten see their subject first, or nearly."""
    one, three, any_one, any_three = measures.topics(lambda text: understood[text]["themes"], sets.sentences("fin"))

    assert any_three >= 0.95
    assert any_one >= 0.85
    assert three >= 0.89
    assert one >= 0.69


def test_what_is_read_of_a_family_is_right(understood):
    """Precision comes before recall: what is shown back as noted was said."""
    right, said, _ = measures.facts(lambda text: understood[text]["faits"], sets.sentences("fin"))

    assert right >= 0.95
    assert said >= 0.69


def test_the_language_is_recognised(understood):
    """Nearly every sentence is known for the language it is written in."""
    rows = [row for row in sets.sentences("fin") if row.get("themes")]
    known = [understood[row["texte"]]["langue"] == row["langue"] for row in rows]

    assert sum(known) / len(known) >= 0.97


def test_the_desk_finds_what_it_looks_for(library):
    """What a desk types brings a right answer in the first five."""
    found = measures.desk(lambda text: [hit.id for hit in library.index.search(text)], sets.desk("fin"))

    assert found[0] >= 0.94
    assert found[1] >= 0.95


def test_a_value_still_open_states_nothing():
    """« Séparée » without a date is three values possible: neither right nor wrong."""
    said = {"separation": ["en_cours", "recente", "ancienne"], "foyer": "seul", "enfants": [{"age_mois": 24}, {}]}

    assert measures.items(said) == {("foyer", "seul"): 1, ("enfant", "24"): 1, ("enfant", "None"): 1}
