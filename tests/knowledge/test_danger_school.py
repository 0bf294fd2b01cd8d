"""Bullied at school, a pupil gets the number for it first; what happens at home keeps its own."""

from dataclasses import replace

import pytest

from knowledge.danger import detect
from knowledge.danger_load import load_danger
from tests.conftest import ROOT

BULLYING, CHILD, HOME = "tel-cyberharcelement", "tel-enfance-en-danger", "tel-violences-femmes"


@pytest.fixture(scope="module")
def danger():
    return load_danger(ROOT / "knowledge" / "urgences")


@pytest.mark.parametrize(
    "text",
    [
        "on me harcèle au collège",
        "je suis au collège et on me harcèle",
        "on m'insulte tous les jours au collège",
        "ils me harcèlent au lycée",
        "des garçons me menacent à l'école",
        "au lycée on m'humilie",
        "kids at school harass me",
        "одноклассники меня обзывают",
        "okulda bana hakaret ediyorlar",
        "স্কুলে সবাই আমাকে অপমান করে",
        "mă hărțuiesc la școală",
        "他们在学校骂我",
    ],
)
def test_who_is_bullied_at_school_reads_the_number_against_bullying_first(danger, text):
    """The 3018, by a gentle line: it does not take the place of the answer."""
    alarm = detect(danger, text)

    assert alarm is not None
    assert alarm.level == "possible"
    assert alarm.numbers[0] == BULLYING


@pytest.mark.parametrize(
    "text",
    [
        "ils me frappent au collège",
        "à l'école on me tape",
        "they hit me at school",
        "me pegan en el instituto",
        "batem-me na escola",
        "mă bat la școală",
        "меня бьют в школе",
        "мене б'ють у школі",
        "okulda beni dövüyorlar",
        "স্কুলে ওরা আমাকে মারে",
        "பள்ளியில் என்னை அடிக்கிறார்கள்",
        "学校里有人打我",
    ],
)
def test_who_is_beaten_at_school_is_answered_as_a_child(danger, text):
    """The 119 at once, and no number for women whose partner beats them."""
    alarm = detect(danger, text)

    assert alarm is not None
    assert (alarm.case, alarm.level, alarm.child) == ("enfant-danger", "sur", True)
    assert alarm.numbers[0] == CHILD
    assert HOME not in alarm.numbers


@pytest.mark.parametrize(
    "text",
    [
        "mon mari me harcèle devant l'école",
        "il me harcèle à la sortie de l'école",
        "mon ex me menace à la sortie du collège des enfants",
        "on me harcèle",
        "my husband harasses me at the school gate",
    ],
)
def test_what_is_done_by_somebody_of_the_home_keeps_its_number_first(danger, text):
    """A school in the sentence changes nothing when the one who does it is no pupil."""
    alarm = detect(danger, text)

    assert alarm is not None
    assert alarm.numbers[0] == HOME


@pytest.mark.parametrize("text", ["on me frappe", "il me frappe à l'école", "mon mari me frappe devant le collège"])
def test_blows_stay_sure(danger, text):
    """Nothing about schools makes a cry of blows gentle."""
    alarm = detect(danger, text)

    assert alarm is not None
    assert alarm.level == "sur"


def test_the_school_that_speaks_to_a_parent_is_no_bully(danger):
    """A meeting at school raises nothing, nor do the phrases in an offer; the ear takes « ils me... au lycée » for bullying."""
    assert detect(danger, "on me dit que mon fils est difficile à l'école") is None
    assert detect(replace(danger, ear=None), "ils me proposent une place au lycée") is None
