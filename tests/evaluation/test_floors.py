"""On sentences that never set a rule, what is understood and found does not fall below what was reached."""

from dataclasses import replace
from datetime import date

import pytest

from bot.encoder.load import load_encoder
from bot.jsonl import understand_line
from tests.evaluation import measures, sets

TODAY = date(2026, 11, 22)
needs_encoder = pytest.mark.skipif(load_encoder() is None, reason="the extra « sens » is not installed")


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


@needs_encoder
def test_a_third_authors_families_find_their_subject(library):
    """Measured blind: 82.5 % first, 95.3 % in three (wanted 80 and 95; 90.6 before three subjects were always named)."""
    rows = sets.sentences(sets.THIRD)
    one, three, _, _ = measures.topics(lambda text: understand_line(library, text, "fr", TODAY)["themes"], rows)

    assert one >= 0.80
    assert three >= 0.94


def test_what_a_third_authors_families_tell_is_read(library):
    """Measured blind, once: 99.0 % right and 87.5 % read (wanted 98 and 85)."""
    rows = sets.sentences(sets.THIRD)
    right, said, _ = measures.facts(lambda text: understand_line(library, text, "fr", TODAY)["faits"], rows)

    assert right >= 0.98
    assert said >= 0.85


def test_another_authors_desk_finds_what_it_looks_for(library):
    """On the closed half of a second author's queries, measured at 0.982 with the encoder (wanted 0.97; 0.962 before)."""
    found = measures.desk(lambda text: [hit.id for hit in library.index.search(text)], sets.blind_desk())

    assert found[0] >= 0.95
    assert found[1] >= 0.98


def test_a_third_authors_desk_finds_what_it_looks_for(library):
    """On the closed half of a third author's queries, measured at 0.980 with the encoder (wanted 0.97; 0.937 before)."""
    found = measures.desk(lambda text: [hit.id for hit in library.index.search(text)], sets.last_desk())

    assert found[0] >= 0.92
    assert found[1] >= 0.97


@needs_encoder
def test_a_fourth_authors_desk_finds_what_it_looks_for(library):
    """On a fourth author's queries, half of them stories: measured blind at 0.964 to 0.971, as the start had it; 0.971
    since two starts give the same order (wanted 0.97)."""
    found = measures.desk(lambda text: [hit.id for hit in library.index.search(text)], sets.newest_desk())

    assert found[0] >= 0.96
    assert found[1] >= 0.97


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


def heard_by(danger, half="fin"):
    """Return cries heard, cries, false alarms, harmless sentences of a blind set; and the same by language."""
    found = measures.alarms(measures.hearing(danger), sets.alarms(half))
    return [sum(column) for column in zip(*found.values(), strict=True)], found


@pytest.mark.parametrize("half", ["fin 10", "fin 8"])
def test_the_ear_hears_cries_that_the_phrases_miss(library, half):
    """Without the encoder: on a blind set half as many cries again are heard, with hardly more false alarms."""
    (before, _, noise, _), _ = heard_by(replace(library.danger, ear=None, encoder=None), half)
    (heard, cries, false, harmless), _ = heard_by(replace(library.danger, encoder=None), half)

    assert heard >= 0.92 * cries
    assert heard >= 1.4 * before
    assert false <= noise + 0.02 * harmless


@needs_encoder
@pytest.mark.parametrize(
    ("half", "noise"),
    [
        ("fin", 0.02),
        ("fin 16", 0.03),
        ("fin 15", 0.034),
        ("fin 14", 0.034),
        ("fin 13", 0.03),
        ("fin 12", 0.02),
        ("fin 11", 0.02),
        ("fin 10", 0.02),
        ("fin 9", 0.085),
        ("fin 8", 0.01),
    ],
)
def test_nearly_every_cry_is_heard_with_few_false_alarms(library, half, noise):
    """Wanted: 98 % of cries in French and English, 95 % elsewhere, 3 % of harmless sentences. Measured once, blind: 211 of
    211 and 4 of 301 on ``fin``, 209 of 210 and 7 of 301 on ``fin 16``, 209 of 209 and 9 of 302 on ``fin 15``, half near
    misses; by a hair on that one and on ``fin 14``. The author of ``fin 9`` was asked for near misses as hard as could be; of ``fin 10`` 226 of 230 are heard.
    Other processors round otherwise: where a figure would lie on the bound, one sentence is left to that."""
    (heard, cries, false, harmless), found = heard_by(library.danger, half)
    others = [counts for language, counts in found.items() if language not in ("fr", "en")]

    assert heard >= 0.975 * cries
    assert found["fr"][0] + found["en"][0] >= 0.98 * (found["fr"][1] + found["en"][1])
    assert sum(counts[0] for counts in others) >= 0.97 * sum(counts[1] for counts in others)
    assert false <= noise * harmless


@needs_encoder
def test_another_authors_cries_are_heard_too(library):
    """Measured blind at 327 of 334 cries (fr and en 133 of 136) and 1 false of 331; 326 (132) and none since near misses
    by the thousand were learned."""
    (heard, cries, false, harmless), found = heard_by(library.danger, "fin 7")

    assert heard >= 0.97 * cries
    assert found["fr"][0] + found["en"][0] >= 0.96 * (found["fr"][1] + found["en"][1])
    assert false <= 0.015 * harmless


@needs_encoder
def test_what_is_said_at_half_word_is_mostly_heard(library):
    """Abuse without blows, wishes to die, a child's hints, beside what is worded alike: 184 of 199 (blind, once), and 18 of
    199 harmless sentences bring the gentle line. A few sentences are left to processors that round otherwise."""
    (heard, cries, false, harmless), _ = heard_by(library.danger, "fin 18")

    assert heard >= 0.91 * cries
    assert false <= 0.11 * harmless


@needs_encoder
@pytest.mark.parametrize("half", ["fin", "fin 16", "fin 18", "fin 13", "fin 12", "fin 10", "fin 8", "fin 7"])
def test_no_harmless_sentence_brings_the_emergency_card(library, half):
    """None of 301, 301 and 199 (blind, once), 299, 300, 300, 229 and 331."""
    hear = measures.hearing(library.danger)
    harmless = [row["texte"] for row in sets.alarms(half) if row["urgence"] is None]

    assert [text for text in harmless if hear(text)[1] == "sur"] == []


@needs_encoder
@pytest.mark.parametrize("half", ["fin 15", "fin 14", "fin 11"])
def test_hardly_a_near_miss_brings_the_emergency_card(library, half):
    """Measured: 1 of 302 (blind, once), 2 of 303 (5 once) and 1 of 299, half of them written to look like cries."""
    hear = measures.hearing(library.danger)
    levels = [hear(row["texte"])[1] for row in sets.alarms(half) if row["urgence"] is None]

    assert levels.count("sur") <= 0.01 * len(levels)


@needs_encoder
def test_of_requests_of_a_hard_life_few_bring_a_line_and_none_the_card(library):
    """School refused, debts, grief, offices that do not answer, half of them in SMS: by sixteen authors, 1,428 in all."""
    hear = measures.hearing(library.danger)
    asked = [
        row["texte"]
        for half in ("fin", "fin 16", "fin 15", "fin 14", "fin 13", "fin 12", "fin 11", "fin 10", "fin 9")
        for row in sets.alarms(half)
        if row["genre"] == "vie"
    ]
    levels = [hear(text)[1] for text in asked]

    assert "sur" not in levels
    assert len(levels) - levels.count(None) <= 0.015 * len(asked)


@needs_encoder
def test_a_request_after_a_cry_hides_few(library):
    """Of 75 short cries one is not heard alone (« reconnaître son humeur au bruit des clés »: all were until near misses
    were learned by the thousand); asked behind it, these two hid 26 of 150 once, 19 since, that one among them."""
    hear = measures.hearing(library.danger)
    requests = ("quelles aides existent svp ?", "où faire la demande de crèche ?")
    cries = [text.rstrip(".! ") for text in sets.short_cries()]
    hidden = [cry for cry in cries for request in requests if hear(f"{cry}, {request}") == (None, None)]

    assert [hear(cry) for cry in cries].count((None, None)) <= 1
    assert len(hidden) <= 0.13 * len(cries) * len(requests)


def with_a_line(danger, half):
    """Return the share of what families ask, but for violence and harassment, that brings at least the gentle line."""
    hear = measures.hearing(danger)
    asked = [row["texte"] for row in sets.sentences(half) if not {"violences", "harcelement"} & {*row["themes"]}]
    return sum(hear(text) != (None, None) for text in asked) / len(asked)


@needs_encoder
@pytest.mark.parametrize(("half", "most"), [("fin", 0.11), ("fin 2", 0.115), ("fin 3", 0.15)])
def test_ordinary_requests_rarely_bring_the_gentle_line(library, half, most):
    """Of what families ask, most of the few that do are truly hard lives: 23 of 232 (30 a day before), 19 of 187 (26) and
    40 of 290 (50)."""
    assert with_a_line(library.danger, half) <= most


@pytest.mark.parametrize(("half", "most"), [("fin", 0.13), ("fin 2", 0.14), ("fin 3", 0.175)])
def test_nor_do_they_without_the_encoder(library, half, most):
    """With the ear alone: 28 of 232, 20 of 187 and 50 of 290."""
    assert with_a_line(replace(library.danger, encoder=None), half) <= most


def test_a_value_still_open_states_nothing():
    """« Séparée » without a date is three values possible: neither right nor wrong."""
    said = {"separation": ["en_cours", "recente", "ancienne"], "foyer": "seul", "enfants": [{"age_mois": 24}, {}]}

    assert measures.items(said) == {("foyer", "seul"): 1, ("enfant", "24"): 1, ("enfant", "None"): 1}
