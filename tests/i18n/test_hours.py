"""Opening hours are told in words, or left as they were written: never told wrong."""

from datetime import date, time

import pytest

from i18n.hours import clock, week, weekday
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


@pytest.mark.parametrize(
    ("hour", "french", "english"),
    [
        (time(9), "9\u00a0h", "09:00"),
        (time(17, 30), "17\u00a0h\u00a030", "17:30"),
        (time(0, 5), "0\u00a0h\u00a005", "00:05"),
    ],
)
def test_an_hour_is_told_as_it_is_written_in_each_language(hour, french, english):
    """« 17 h 30 » in French, never cut at the end of a line; 24 hours everywhere."""
    assert clock(hour, FRENCH) == french
    assert clock(hour, ENGLISH) == english


def test_a_day_of_the_week_is_named():
    """23 November 2026 is a Monday."""
    assert weekday(date(2026, 11, 23), FRENCH) == "lundi"
    assert weekday(date(2026, 11, 23), ENGLISH) == "Monday"
