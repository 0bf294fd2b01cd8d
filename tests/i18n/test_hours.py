"""Opening hours are told in words, or left as they were written: never told wrong."""

import pytest

from i18n.hours import week
from i18n.language import FRENCH, Language

ENGLISH = Language("en", "English", "ltr", "en_GB", 2)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Mo-Fr 09:00-17:00", "lundi à vendredi 09:00-17:00"),
        (
            "Mo-We,Fr 08:30-17:00; Th 14:00-19:30",
            "lundi à mercredi, vendredi 08:30-17:00 ; jeudi 14:00-19:30",
        ),
        ("Mo 09:00-12:00,14:00-17:00; Sa off", "lundi 09:00-12:00, 14:00-17:00 ; samedi fermé"),
        ("PH off", "PH off"),
        ("Mo-Fr sunrise-sunset", "Mo-Fr sunrise-sunset"),
    ],
)
def test_a_week_is_told_in_french(written, said):
    """Days and times become words; what is not plain stays as written."""
    assert week(written, FRENCH) == said


def test_a_week_is_told_in_english():
    """The names of the days are those of the language."""
    assert week("Mo-Fr 09:00-17:00; Su off", ENGLISH) == "Monday to Friday 09:00-17:00 ; Sunday closed"
