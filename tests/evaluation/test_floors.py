"""On sentences that never set a rule, what is understood and found does not fall below what was reached."""

from dataclasses import replace
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
    """Precision comes before recall: what is shown back as noted was said. Since read: a floor, no blind measure."""
    right, said, _ = measures.facts(lambda text: understood[text]["faits"], sets.sentences("fin"))

    assert right >= 0.97
    assert said >= 0.76


def test_what_french_families_tell_is_still_read(library):
    """On the French sentences the rules were set on: what is shown back was said, and nearly all that is said is shown."""
    rows = [row for label in sets.TOLD for row in sets.told(label) if row["langue"] == "fr"]
    right, said, wanted = measures.facts(lambda text: understand_line(library, text, "fr", TODAY)["faits"], rows)

    assert wanted > 1300
    assert right >= 0.98
    assert said >= 0.92


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


def test_the_ear_hears_cries_that_the_phrases_miss(library):
    """On a blind set of mostly indirect cries, nearly twice as many are heard, with no more false alarms.

    Floors a little under what was measured once (326 of 448 cries, 58 false of 448; 176 and 64 by phrases alone). The
    targets, 98 % and 3 %, are not reached.
    """
    alone, together = (
        measures.alarms(measures.hearing(danger), sets.alarms("fin"))
        for danger in (replace(library.danger, ear=None), library.danger)
    )
    heard, cries, false, harmless = (sum(column) for column in zip(*together.values(), strict=True))
    before, _, wrong, _ = (sum(column) for column in zip(*alone.values(), strict=True))

    assert heard >= 0.70 * cries
    assert false <= 0.145 * harmless
    assert heard >= 1.6 * before
    assert false <= wrong + 0.01 * harmless
    assert together["fr"][0] >= 0.79 * together["fr"][1]
    assert together["en"][0] >= 0.60 * together["en"][1]


def test_ordinary_requests_rarely_bring_the_gentle_line(library):
    """Of what families ask, on the half kept apart, at most one sentence in eight, most of them truly hard lives."""
    hear = measures.hearing(library.danger)
    asked = [row["texte"] for row in sets.sentences("fin") if not {"violences", "harcelement"} & {*row["themes"]}]
    alarmed = [text for text in asked if hear(text) != (None, None)]

    assert len(alarmed) <= 0.125 * len(asked)


def test_a_value_still_open_states_nothing():
    """« Séparée » without a date is three values possible: neither right nor wrong."""
    said = {"separation": ["en_cours", "recente", "ancienne"], "foyer": "seul", "enfants": [{"age_mois": 24}, {}]}

    assert measures.items(said) == {("foyer", "seul"): 1, ("enfant", "24"): 1, ("enfant", "None"): 1}
