"""What a whole sentence asks about completes its words, says the same each time, and is left out where there is no model."""

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.subject_sense import FOLDER, load_sense, sense, sense_problems
from dialogs.topics import weighed
from knowledge.reader import ContentError, read
from knowledge.trained import hash_of

ROOT = Path(__file__).parents[2]
LINES = [line.split("\t") for path in (FOLDER / "phrases").glob("*.tsv")
         for line in path.read_text(encoding="utf-8").splitlines()]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("maman solo dans le 18, je commence une formation et j'ai personne pour garder mon fils", "garde-insertion"),
        ("the caf website keeps saying error, can someone sit down with me and do it", "numerique"),
    ],
)
def test_what_is_asked_comes_before_what_is_named(library, text, topic):
    """A training is named, or a benefit: the sentence as a whole asks for something else."""
    assert next(iter(weighed(library.lexicon("fr"), text, {}).ranked())) == topic


def test_without_a_model_the_words_decide_alone(library, monkeypatch):
    """A service that has no model still finds the subjects that words name, the first said first."""
    monkeypatch.setattr("dialogs.topics.sense", lambda: None)

    assert list(weighed(library.lexicon("fr"), "une place en crèche", {}).ranked()) == ["accueillir-enfant"]


@pytest.mark.parametrize("text", ["", "?!", "xyzzy plugh frobozz", "qwertz asdf yxcv"])
def test_what_means_nothing_is_about_nothing(library, text):
    """No word, or none that anybody knows: no subject is named."""
    assert weighed(library.lexicon("fr"), text, {}).ranked() == {}


@given(st.text(max_size=300) | st.text("\u202e\u200b\x00<>&;'\" .!?\n死aé", max_size=300))
def test_any_text_is_weighed_alike_twice(text):
    """Control and direction signs, markup, any script: no failure, and the same odds again."""
    assert sense().odds(text) == sense().odds(text)


def test_the_model_was_trained_on_the_sentences_that_are_kept():
    """Whoever changes a sentence trains again (« make ear »)."""
    trained = json.loads((FOLDER / "sens.json").read_text(encoding="utf-8"))["phrases"]

    assert {path.relative_to(ROOT).as_posix(): hash_of(path) for path in (FOLDER / "phrases").glob("*.tsv")} == trained


def test_every_sentence_has_a_known_language_and_known_topics(library):
    """Four columns, in the words that the training reads."""
    topics = set(library.content.knowledge.topic_by_id)
    named = {topic for row in LINES for column in row[1:3] for topic in column.split(",")} - {"-"}

    assert {len(row) for row in LINES} == {4}
    assert {row[0] for row in LINES} <= {path.stem for path in FOLDER.glob("*.yaml")}
    assert named == topics


def test_no_sentence_that_measures_is_learned():
    """What the evaluation sets ask is not among the sentences, but greetings and the like that anyone types."""
    measured = {
        row["texte"].casefold()
        for name in ("paroles", "faits-dev-2")
        for row in read(ROOT / "tests" / "evaluation" / f"{name}.yaml")["paroles"]
    }

    assert [row[3] for row in LINES if row[3].casefold() in measured and len(row[3]) > 25] == []


def test_check_says_when_sentences_changed_since_the_training(tmp_path):
    """An editor who adds a sentence is told to train again; nothing stops."""
    copy = tmp_path / "dialogs" / "sujets"
    shutil.copytree(FOLDER, copy)
    assert sense_problems(tmp_path) == []
    with (copy / "phrases" / "sujets-1-fr.tsv").open("a", encoding="utf-8") as file:
        file.write("fr\tdeuil\t-\tma tante est morte\n")

    (problem,) = sense_problems(tmp_path)

    assert problem.warning
    assert str(problem.where) == "dialogs/sujets/phrases/sujets-1-fr.tsv"


@pytest.mark.parametrize("text", ["{", '{"themes": {"deuil": {"poids": "AAAA", "biais": 0}}}', '{"themes": 3}', "[]"])
def test_a_broken_model_is_refused_with_what_to_do(tmp_path, text):
    """Half a file is no model; no file is none either."""
    assert load_sense(tmp_path) is None
    (tmp_path / "sens.json").write_text(text, encoding="utf-8")

    with pytest.raises(ContentError, match="make ear"):
        load_sense(tmp_path)
