"""The trained ear hears what no phrase holds, stays gentle, and says the same each time in a bounded time."""

import json
import shutil
from array import array
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.danger import detect
from knowledge.danger_ear import Ear, passages
from knowledge.danger_ear_load import ear_problems, load_ear
from knowledge.danger_hear import CASES
from knowledge.danger_load import load_danger
from knowledge.danger_text import split
from knowledge.reader import ContentError, read
from knowledge.trained import hash_of
from knowledge.word_hashes import features, hashed, parts_of

ROOT = Path(__file__).parents[2]
URGENCES = ROOT / "knowledge" / "urgences"
LEXICON = load_danger(URGENCES)
DEAF = replace(LEXICON, ear=None)
BLIND = [
    row for at in (7, 8, 9, 10) for row in read(ROOT / "tests" / "evaluation" / f"danger-fin-{at}.yaml")["phrases"]
]
PASSAGES_MAX = 600  # of 4,096 characters: a passage for every sixteen pieces, or for every few words and a mark


def ear_that(alarm=0, calm=0, weight=0, bias=0.0):
    """An ear of one bucket for everything: each text has the same score, its weight times the root of its size."""
    one = array("b", [weight])
    return Ear(one, 1.0, bias, dict.fromkeys(CASES, one), dict.fromkeys(CASES, 0), {}, alarm, calm)


@pytest.mark.parametrize(
    ("text", "language", "case"),
    [
        ("il compte l'argent des courses et fouille mon téléphone pendant que je dors", "fr", "violence"),
        ("he checks my phone every night and I have to ask permission to see my sister", "en", "violence"),
        ("no tenemos adonde ir mañana, el hotel se acaba y el bebé está enfermo", "es", "rue"),
    ],
)
def test_a_cry_that_no_phrase_holds_brings_the_gentle_line_in_its_language(text, language, case):
    """The lexicons or the ear hear it, as what it is."""
    alarm = detect(LEXICON, text)

    assert alarm
    assert alarm.case == case
    assert alarm.language == language


def test_the_ear_is_never_sure():
    """However strong what it hears, it brings one line and a question, never the card."""
    alarm = detect(replace(LEXICON, ear=ear_that(bias=9.0)), "je voudrais une place en crèche")

    assert alarm
    assert alarm.level == "possible"
    assert alarm.numbers


def test_the_ear_takes_back_no_sure_cry():
    """An ear that finds everything harmless leaves the emergency card where a phrase is sure."""
    calming = replace(LEXICON, ear=ear_that(calm=9_000, bias=-9.0))

    assert detect(calming, "mon mari me frappe depuis trois ans devant les enfants") == detect(
        DEAF, "mon mari me frappe depuis trois ans devant les enfants"
    )


def test_the_ear_calms_a_small_part_of_a_text_only():
    """« Suicide » in a long sentence may be explained by the rest; alone, or in a few words, it may not."""
    calming = replace(LEXICON, ear=ear_that(calm=9_000, bias=-9.0))
    long = "the traffic on the périphérique is suicide at this hour"

    assert detect(DEAF, long)
    assert detect(calming, long) is None
    assert detect(calming, "numéro suicide ado")


@pytest.mark.parametrize(
    "text",
    [
        "le loyer est trop cher et je voudrais savoir pour les apl, mon mari me fait peur, et aussi la cantine",
        "j'en peux plus de cette vie, je cherche une crèche dans le 19e",
    ],
)
def test_three_questions_do_not_drown_a_fear(text):
    """What a phrase hears gently is not taken back because most of the message asks for something else."""
    assert detect(LEXICON, text)


def test_a_child_who_speaks_of_blows_is_a_child_in_danger():
    """What the ear takes for violence is, in a child's voice, a child in danger; for a parent it stays violence."""
    ear = replace(ear_that(bias=9.0), case_bias={case: int(case == "violence") for case in CASES})
    by_child = detect(replace(LEXICON, ear=ear), "j'ai 9 ans et je veux un vélo")
    by_parent = detect(replace(LEXICON, ear=ear), "je voudrais une place en crèche")

    assert by_child and by_parent
    assert (by_child.case, by_child.child) == ("enfant-danger", True)
    assert (by_parent.case, by_parent.child) == ("violence", False)


@pytest.mark.parametrize("language", ["fr", "en", "es"])
def test_what_families_ask_for_every_day_brings_nothing(language):
    """Of the ordinary sentences it learned, hardly one in a hundred alarms because of the ear."""
    lines = (URGENCES / "oreille" / "ordinaires.tsv").read_text(encoding="utf-8").splitlines()
    texts = [line.split("\t")[3] for line in lines if line.startswith(f"{language}\t")]
    more = [text for text in texts if detect(LEXICON, text) and not detect(DEAF, text)]

    assert len(more) <= 0.01 * len(texts), more


def test_a_danger_in_one_sentence_of_a_long_letter_is_heard():
    """A letter is heard whole and sentence by sentence: the gravest passage counts."""
    polite = "Je voudrais connaître les pièces pour la cantine de ma fille. Elle a six ans et entre au CP. "
    cry = "Il compte l'argent des courses et fouille mon téléphone quand je dors. "
    alone = LEXICON.ear.listen(split(cry)).score
    letter = LEXICON.ear.listen(split(polite * 3 + cry + polite * 3)).score

    assert letter >= alone - 500


@given(st.text(max_size=300) | st.text("\u202e\u200b\x00\x1b<>&;'\" .!?\n死aé", max_size=300))
def test_any_text_is_listened_to_alike_twice(text):
    """Control and direction signs, markup, any script: no failure, and the same opinion again."""
    pieces = split(text)

    assert LEXICON.ear.listen(pieces) == LEXICON.ear.listen(pieces)


@pytest.mark.parametrize("unit", ["a", "a. ", "<b>il</b> ", "\u202e\x00x ", "死", "SELECT * FROM t; ", "mot\n"])
def test_a_hostile_text_is_cut_into_a_bounded_number_of_passages(unit):
    """A hundred thousand signs make no more passages, nor larger ones, than the four thousand that are read."""
    pieces = split((unit * 100_000)[:100_000])
    found = list(passages(pieces))

    assert len(found) <= PASSAGES_MAX
    assert sum(map(len, found)) <= 4 * len(pieces) + 8
    assert max(len(features(some, parts_of(p for p in pieces if p[0].isalnum()))) for some in found) < 40_000


def test_hashes_do_not_depend_on_the_run():
    """Every process finds the weights again: the hash is CRC-32, whose published check value is this one."""
    assert list(hashed(["123456789"])) == [0xCBF43926]


def test_a_word_is_looked_at_whole_and_in_pieces():
    """« aidez », with its two edges seven signs: itself, and 6, 5, 4 and 3 pieces of two to five of them."""
    assert len(parts_of(["aidez"])["aidez"]) == 1 + 6 + 5 + 4 + 3


def test_the_model_was_trained_on_the_sentences_that_are_kept():
    """Whoever changes a sentence trains again (« make ear »)."""
    trained = json.loads((URGENCES / "oreille.json").read_text(encoding="utf-8"))["phrases"]
    kept = [*(URGENCES / "oreille").glob("*.tsv"), *(ROOT / path for path in trained)]

    assert {path.relative_to(ROOT).as_posix(): hash_of(path) for path in kept} == trained


def test_the_blind_set_is_not_learned_from():
    """No sentence that measures the ear is among those it learned, but greetings and the like that anyone types."""
    rows = [line.split("\t") for path in (URGENCES / "oreille").glob("*.tsv")
            for line in path.read_text(encoding="utf-8").splitlines()]  # fmt: skip
    learned = {row[3].casefold() for row in rows}
    measured = {row["texte"].casefold() for row in BLIND}

    assert len([text for text in learned & measured if len(text) > 25]) == 0


def test_check_says_when_sentences_changed_since_the_training(tmp_path):
    """An editor who adds a sentence is told to train again; nothing stops."""
    copy = tmp_path / "knowledge" / "urgences"
    shutil.copytree(URGENCES / "oreille", copy / "oreille")
    shutil.copy(URGENCES / "oreille.json", copy)
    assert ear_problems(tmp_path) == []
    with (copy / "oreille" / "ordinaires.tsv").open("a", encoding="utf-8") as file:
        file.write("fr\trien\t-\tbonjour à tous\n")

    (problem,) = ear_problems(tmp_path)

    assert problem.warning
    assert str(problem.where) == "knowledge/urgences/oreille/ordinaires.tsv"
    assert "make ear" in problem.hint


def test_a_broken_model_is_refused_with_what_to_do(tmp_path):
    """Half a file is no ear; no file is none either, and the lexicons hear alone."""
    assert load_ear(tmp_path) is None
    (tmp_path / "oreille.json").write_text('{"poids": "AAAA"', encoding="utf-8")

    with pytest.raises(ContentError, match="make ear"):
        load_ear(tmp_path)


def test_every_sentence_has_a_known_language_case_and_level():
    """Four columns, in the words that the training reads."""
    languages = {path.stem for path in URGENCES.glob("*.yaml")}
    rows = [line.split("\t") for path in (URGENCES / "oreille").glob("*.tsv")
            for line in path.read_text(encoding="utf-8").splitlines()]  # fmt: skip

    assert {len(row) for row in rows} == {4}
    assert {row[0] for row in rows} <= languages
    assert {row[1] for row in rows} <= {*CASES, "rien"}
    assert {row[2] for row in rows} <= {"sur", "possible", "-"}
    assert read(URGENCES / "fr.yaml")["langue"] in languages


@pytest.mark.parametrize(
    "text",
    [
        "je veux disparaitre. ma fille est née en mai 2024",
        "arretez tout, ma fille est née en mai 2024",
    ],
)
def test_a_fear_that_fills_its_own_clause_is_never_calmed(text):
    """What follows about benefits or births explains nothing away."""
    alarm = detect(LEXICON, text)

    assert alarm and (alarm.case, alarm.level) == ("suicide", "possible")
