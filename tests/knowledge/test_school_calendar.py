"""The school holidays of Paris: known day by day up to a day, and never guessed after it."""

from datetime import date

import pytest
from pydantic import ValidationError

from knowledge.reader import parse
from knowledge.school_calendar import SchoolCalendar

TEXT = """\
zone: C
du: 2026-07-04
au: 2027-08-31
vacances:
  - {id: noel-2026, nom: Noël, du: 2026-12-19, au: 2027-01-03}
  - {id: hiver-2027, nom: Hiver, du: 2027-02-06, au: 2027-02-21}
sources: [{id: s, titre: Une source, url: "https://www.education.gouv.fr/", consulte_le: 2026-11-22}]
fraicheur: {verifie_le: 2026-11-22, methode: site, revoir_avant: 2027-05-01, confiance: haute}
"""


def calendar(text=TEXT):
    """Return a calendar from what an editor would write."""
    return SchoolCalendar.model_validate(parse(text, "calendrier.yaml"))


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 12, 18), None),  # Friday: still school
        (date(2026, 12, 19), "noel-2026"),
        (date(2027, 1, 3), "noel-2026"),
        (date(2027, 1, 4), None),
    ],
)
def test_the_first_and_last_days_belong_to_the_holiday(day, name):
    """Both ends count; school is back the day after."""
    found = calendar().holiday(day)

    assert (found.id if found else None) == name


def test_school_is_back_the_day_after():
    """The Christmas holidays end on Sunday 3 January 2027."""
    assert calendar().breaks[0].back == date(2027, 1, 4)


def test_nothing_is_known_after_the_last_day():
    """A day after « au » is neither a holiday nor a day of school."""
    assert calendar().is_known(date(2027, 8, 31))
    assert not calendar().is_known(date(2027, 9, 1))
    assert not calendar().is_known(date(2026, 7, 3))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("au: 2027-01-03", "au: 2027-02-06"),  # overlaps
        ("au: 2027-01-03", "au: 2026-12-18"),  # ends before it starts
        ("au: 2027-02-21", "au: 2027-09-05"),  # goes past what is known
    ],
)
def test_holidays_in_disorder_are_refused(old, new):
    """Holidays follow one another, inside what the file covers."""
    with pytest.raises(ValidationError):
        calendar(TEXT.replace(old, new))


def test_the_calendar_of_the_product_knows_this_school_year(knowledge):
    """The 2026-2027 holidays of zone C are there, the six of them and the summer before."""
    breaks = {each.id: (each.first, each.last) for each in knowledge.calendar.breaks}

    assert len(breaks) == 7
    assert breaks["toussaint-2026"] == (date(2026, 10, 17), date(2026, 11, 1))
    assert breaks["hiver-2027"] == (date(2027, 2, 6), date(2027, 2, 21))
