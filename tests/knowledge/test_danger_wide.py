"""Danger told in other words than the dev set's: French, English and Arabic, cries and their look-alikes."""

from pathlib import Path

import pytest

from knowledge.danger import detect
from knowledge.danger_load import load_danger
from knowledge.reader import read

ROOT = Path(__file__).parents[2]
LEXICON = load_danger(ROOT / "knowledge" / "urgences")
ROWS = read(ROOT / "tests" / "evaluation" / "danger-dev-2.yaml")["phrases"]
CRIES = [row for row in ROWS if row["urgence"] != "null"]
CALM = [row for row in ROWS if row["urgence"] == "null"]


def test_cries_in_other_words_are_heard():
    """At least ninety-six cries in a hundred bring the card or the gentle line."""
    missed = [row["texte"] for row in CRIES if not detect(LEXICON, row["texte"])]

    assert len(missed) <= 0.04 * len(CRIES), missed


def test_harmless_look_alikes_rarely_alarm():
    """At most three in a hundred bring the gentle line, and none the card."""
    alarms = [(alarm.level, row["texte"]) for row in CALM if (alarm := detect(LEXICON, row["texte"]))]

    assert len(alarms) <= 0.03 * len(CALM), alarms
    assert "sur" not in {level for level, _ in alarms}


@pytest.mark.parametrize(
    ("cry", "calm"),
    [
        ("mon père dit qu'il veut en finir", "le père Noël a fini sa tournée"),
        ("my neighbour leaves her toddlers alone all night", "my toddlers sleep all night"),
        ("ça serait mieux pour tout le monde si j'étais plus là", "ça serait mieux si j'étais plus près de l'école"),
        ("everyone at school is sharing a naked pic of me", "everyone at school is sharing the class picture"),
        ("my son is choking", "is there a choking first aid class for parents"),
        ("جارتي تترك أطفالها وحدهم طوال الليل", "جارتي تترك أطفالها عند المربية"),
    ],
)
def test_a_cry_is_told_from_the_harmless_words_beside_it(cry, calm):
    """The same words said of something else bring nothing."""
    assert detect(LEXICON, cry)
    assert detect(LEXICON, calm) is None


def test_words_of_a_cry_count_in_either_order():
    """« a & b » hears b before a, with a few words between."""
    assert detect(LEXICON, "il y a des traces de doigts sur le bras de mon élève")
    assert detect(LEXICON, "mon élève a sur le bras des traces de doigts")
