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

    assert any_three >= 0.96
    assert any_one >= 0.90
    assert three >= 0.92
    assert one >= 0.77


def test_the_subject_is_found_by_another_authors_sentences(library):
    """On a second blind set, measured once at 77.0 % first and 93.5 % in three (wanted 80 and 95)."""
    rows = sets.sentences(sets.SECOND)
    one, three, _, _ = measures.topics(lambda text: understand_line(library, text, "fr", TODAY)["themes"], rows)

    assert three >= 0.92
    assert one >= 0.75


def test_what_another_authors_families_tell_is_read(library):
    """Measured blind at 90.6 % right and 80.9 % read (wanted 98 and 85); what was wrong was then read, and half mended."""
    rows = sets.sentences(sets.SECOND)
    right, said, _ = measures.facts(lambda text: understand_line(library, text, "fr", TODAY)["faits"], rows)

    assert right >= 0.94
    assert said >= 0.79


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
    """On a blind set of mostly indirect cries, more than twice as many are heard, with few more false alarms.

    Floors a little under what was measured once (413 of 448 cries, 48 false of 448; 187 and 35 by phrases alone). The
    targets, 98 % in French and English, 95 % elsewhere and 3 % of false alarms, are not reached.
    """
    alone, together = (
        measures.alarms(measures.hearing(danger), sets.alarms("fin"))
        for danger in (replace(library.danger, ear=None), library.danger)
    )
    heard, cries, false, harmless = (sum(column) for column in zip(*together.values(), strict=True))
    before, *_ = (sum(column) for column in zip(*alone.values(), strict=True))

    assert heard >= 0.90 * cries
    assert false <= 0.12 * harmless
    assert heard >= 2 * before
    assert together["fr"][0] >= 0.90 * together["fr"][1]
    assert together["en"][0] >= 0.92 * together["en"][1]


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
