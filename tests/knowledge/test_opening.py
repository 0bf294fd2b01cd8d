"""« Ouvert maintenant », worked out by hand with a calendar: 20 November 2026 is a Friday."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.model import Helpline, Place
from knowledge.opening import Opening, Timetable, opening, timetable_of
from knowledge.opening_closures import Closure
from knowledge.opening_week import is_public_holiday, stretches
from tests.knowledge.test_school_calendar import calendar

PARIS = ZoneInfo("Europe/Paris")
OFFICE = "Mo-Fr 09:00-17:00"
CALENDAR = calendar()


def at(text, fold=0):
    """Return a clock time of Paris as a moment."""
    return datetime.fromisoformat(text).replace(tzinfo=PARIS, fold=fold)


def state(hours, moment, **more):
    """Return how things stand for hours, the moment a clock time of Paris."""
    return opening(Timetable(hours, **more), at(moment), CALENDAR)


def closure(**keys):
    """Return a closure from what an editor would write."""
    return Closure.model_validate(keys)


@pytest.mark.parametrize(
    ("hours", "moment", "expected"),
    [
        # an ordinary Friday
        (OFFICE, "2026-11-20T08:59", Opening("ferme", opens=at("2026-11-20T09:00"))),
        (OFFICE, "2026-11-20T09:00", Opening("ouvert", until=at("2026-11-20T17:00"))),
        (OFFICE, "2026-11-20T16:59", Opening("ouvert", until=at("2026-11-20T17:00"))),
        # Friday evening: the next opening is on Monday
        (OFFICE, "2026-11-20T17:00", Opening("ferme", opens=at("2026-11-23T09:00"))),
        (OFFICE, "2026-11-20T22:30", Opening("ferme", opens=at("2026-11-23T09:00"))),
        # the break at noon
        ("Mo 09:00-12:00,14:00-17:00", "2026-11-23T12:30", Opening("ferme", opens=at("2026-11-23T14:00"))),
        # after midnight: Saturday's opening goes on into Sunday
        ("Mo-Sa 08:00-02:00", "2026-11-22T01:59", Opening("ouvert", until=at("2026-11-22T02:00"))),
        ("Mo-Sa 08:00-02:00", "2026-11-22T02:00", Opening("ferme", opens=at("2026-11-23T08:00"))),
        ("Mo-Sa 08:00-02:00", "2026-11-20T23:00", Opening("ouvert", until=at("2026-11-21T02:00"))),
        # two rules that touch at midnight are one opening
        ("Fr 18:00-24:00; Sa 00:00-04:00", "2026-11-20T20:00", Opening("ouvert", until=at("2026-11-21T04:00"))),
        # always
        ("24/7", "2026-12-25T03:00", Opening("ouvert")),
        ("Mo-Su,PH 00:00-24:00", "2026-12-25T03:00", Opening("ouvert")),
        # whole days without times
        ("Mo-Fr", "2026-11-20T22:00", Opening("ouvert", until=at("2026-11-21T00:00"))),
        # never
        ("off", "2026-11-20T10:00", Opening("ferme")),
    ],
)
def test_hours_are_read_at_a_moment(hours, moment, expected):
    """Open until a time, or closed with the next opening."""
    assert state(hours, moment) == expected


@pytest.mark.parametrize(
    ("hours", "moment", "expected"),
    [
        # Friday 25 December 2026: hours that do not speak of public holidays may not hold
        (OFFICE, "2026-12-25T10:00", Opening("inconnu", why="ferie")),
        (OFFICE, "2026-12-25T07:00", Opening("inconnu", why="ferie")),
        # ... those that do, hold
        (f"{OFFICE}; PH off", "2026-12-25T10:00", Opening("ferme", opens=at("2026-12-28T09:00"))),
        (f"{OFFICE}; PH 10:00-12:00", "2026-12-25T10:30", Opening("ouvert", until=at("2026-12-25T12:00"))),
        ("Mo-Su,PH 09:00-23:00", "2026-12-25T10:00", Opening("ouvert", until=at("2026-12-25T23:00"))),
        # the evening before: the next sure opening is after the holiday and the weekend
        (OFFICE, "2026-12-24T18:00", Opening("ferme", opens=at("2026-12-28T09:00"))),
        # Sunday 1 November 2026 is All Saints: a place that closes on Sundays is closed
        (OFFICE, "2026-11-01T10:00", Opening("ferme", opens=at("2026-11-02T09:00"))),
        # Easter Monday, 29 March 2027
        (OFFICE, "2027-03-29T10:00", Opening("inconnu", why="ferie")),
        # what opened on the 24th is open until 2, on the 25th too; from 2 on nobody knows, until 2 on the 26th
        ("Mo-Su 08:00-02:00", "2026-12-25T01:00", Opening("ouvert", until=at("2026-12-25T02:00"))),
        ("Mo-Su 08:00-02:00", "2026-12-25T02:00", Opening("inconnu", why="ferie")),
        ("Mo-Su 08:00-02:00", "2026-12-26T01:00", Opening("inconnu", why="ferie")),
        ("Mo-Su 08:00-02:00", "2026-12-26T02:00", Opening("ferme", opens=at("2026-12-26T08:00"))),
    ],
)
def test_a_public_holiday_is_never_guessed(hours, moment, expected):
    """Unless the hours say so, whether a place opens on a public holiday has to be asked."""
    assert state(hours, moment) == expected


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        # Wednesday 25 November 2026, a day of school
        ("2026-11-25T10:00", Opening("ferme", opens=at("2026-11-25T14:00"))),
        # Wednesday 23 December 2026, in the holidays
        ("2026-12-23T10:00", Opening("ouvert", until=at("2026-12-23T12:00"))),
        # Friday 18 December 2026: the next opening follows the hours of the holidays (Monday 21)
        ("2026-12-18T18:00", Opening("ferme", opens=at("2026-12-21T09:00"))),
        # the calendar ends on Tuesday 31 August 2027
        ("2027-09-01T15:00", Opening("inconnu", why="vacances")),
        ("2027-08-31T23:00", Opening("ferme")),
    ],
)
def test_school_holidays_have_their_own_hours(moment, expected):
    """In term, Wednesdays from 14 to 18; in the holidays, weekday mornings; after the calendar, unknown."""
    assert state("We 14:00-18:00", moment, holiday_hours="Mo-Fr 09:00-12:00") == expected


def test_a_place_may_close_for_the_holidays():
    """« off » in the holidays is closed, and the next opening is after them (Wednesday 6 January 2027)."""
    found = state("We 14:00-18:00", "2026-12-23T15:00", holiday_hours="off")

    assert found == Opening("ferme", opens=at("2027-01-06T14:00"))


def test_hours_of_the_holidays_alone_say_nothing_of_term():
    """Known in the holidays, unknown in term, and no opening is promised across what is unknown."""
    assert state(None, "2026-11-25T15:00", holiday_hours=OFFICE) == Opening("inconnu", why="horaires")
    assert state(None, "2026-12-23T15:00", holiday_hours=OFFICE) == Opening("ouvert", until=at("2026-12-23T17:00"))
    assert state(None, "2027-01-01T20:00", holiday_hours=OFFICE) == Opening("inconnu", why="ferie")
    assert state(None, "2027-01-03T10:00", holiday_hours=OFFICE) == Opening("ferme")  # the last day, a Sunday


def test_without_a_calendar_only_holiday_hours_are_unknown():
    """A place without hours of its own for the holidays needs no calendar."""
    moment = at("2026-11-25T10:00")

    assert opening(Timetable(OFFICE, OFFICE), moment, None) == Opening("inconnu", why="vacances")
    assert opening(Timetable(OFFICE), moment, None).state == "ouvert"


WORKS = closure(du="2026-11-16", au="2026-11-20", texte="Travaux.")


@pytest.mark.parametrize(
    ("closures", "moment", "expected"),
    [
        ((WORKS,), "2026-11-20T10:00", Opening("ferme", opens=at("2026-11-23T09:00"))),
        ((WORKS,), "2026-11-13T18:00", Opening("ferme", opens=at("2026-11-23T09:00"))),
        ((WORKS,), "2026-11-23T09:00", Opening("ouvert", until=at("2026-11-23T17:00"))),
        # until further notice
        ((closure(du="2026-11-16"),), "2026-12-01T10:00", Opening("ferme")),
        ((closure(du="2026-11-16"),), "2026-11-13T10:00", Opening("ouvert", until=at("2026-11-13T17:00"))),
        # each year around the same days: may be closed in them, not outside; closed at night all the same
        ((closure(texte="L'été.", chaque_annee="07-20 au 09-10"),), "2026-08-05T10:00", Opening("inconnu", why="fermeture")),
        ((closure(texte="L'été.", chaque_annee="07-20 au 09-10"),), "2026-11-20T10:00", Opening("ouvert", until=at("2026-11-20T17:00"))),
        ((closure(texte="Noël.", chaque_annee="12-20 au 01-05"),), "2027-01-05T10:00", Opening("inconnu", why="fermeture")),
        ((closure(texte="Noël.", chaque_annee="12-20 au 01-05"),), "2027-01-06T10:00", Opening("ouvert", until=at("2027-01-06T17:00"))),
        # without dates: never said to be open
        ((closure(texte="Fermé parfois."),), "2026-11-20T10:00", Opening("inconnu", why="fermeture")),
        ((closure(texte="Fermé parfois."),), "2026-11-21T10:00", Opening("ferme")),
    ],
)  # fmt: skip
def test_closures_come_before_hours(closures, moment, expected):
    """A dated closure closes for sure, the day of its end included; one without dates leaves a doubt."""
    assert state(OFFICE, moment, closures=closures) == expected


def test_a_closed_place_without_hours_is_closed():
    """Works close a place whatever its hours; when it opens again is not known."""
    assert state(None, "2026-11-20T10:00", closures=(WORKS,)) == Opening("ferme")


@pytest.mark.parametrize("hours", [None, "SH Mo-Fr 09:00-17:00", "sunrise-sunset", "n'importe quoi", "Mo 09:00-12:00 unknown"])  # fmt: skip
def test_hours_that_nobody_can_rely_on_are_unknown(hours):
    """No hours, hours of school holidays in the wrong field, hours that are no hours (Monday 23 November)."""
    assert state(hours, "2026-11-23T10:00") == Opening("inconnu", why="horaires")


@pytest.mark.parametrize(
    ("hours", "moment", "fold", "expected"),
    [
        # 25 October 2026, 3:00 becomes 2:00: at 2:30 for the first time it is summer time, then winter time
        ("Mo-Su 22:00-06:00", "2026-10-25T02:30", 0, Opening("ouvert", until=at("2026-10-25T06:00"))),
        ("Mo-Su 22:00-06:00", "2026-10-25T02:30", 1, Opening("ouvert", until=at("2026-10-25T06:00"))),
        # what closes at 2:00 closes the first time: an hour later it is 2:00 again, and closed
        ("Mo-Su 08:00-02:00", "2026-10-25T01:59", 0, Opening("ouvert", until=at("2026-10-25T02:00"))),
        ("Mo-Su 08:00-02:00", "2026-10-25T02:00", 1, Opening("ferme", opens=at("2026-10-25T08:00"))),
        # 28 March 2027, 2:00 becomes 3:00: what closes at 2:00 closes when the clock shows 3:00
        ("Mo-Su 08:00-02:00", "2027-03-28T01:59", 0, Opening("ouvert", until=at("2027-03-28T03:00"))),
        ("Mo-Su 08:00-02:00", "2027-03-28T03:00", 0, Opening("ferme", opens=at("2027-03-28T08:00"))),
    ],
)
def test_the_nights_when_clocks_change(hours, moment, fold, expected):
    """No hour is counted twice and none is lost."""
    found = opening(Timetable(hours), at(moment, fold), CALENDAR)

    assert found == expected
    assert _utc(found.until) == _utc(expected.until)


def _utc(moment):
    return moment.timestamp() if moment else None


def test_a_moment_of_another_zone_is_read_in_paris():
    """16:30 in London on a Friday is 17:30 in Paris."""
    moment = datetime(2026, 11, 20, 16, 30, tzinfo=ZoneInfo("Europe/London"))

    assert opening(Timetable(OFFICE), moment, CALENDAR).state == "ferme"


def test_a_number_for_heatwaves_is_never_said_to_be_open(knowledge):
    """A helpline of some periods only is unknown; one out of service is closed for good."""
    lines = {line.id: timetable_of(line) for line in knowledge.helplines}
    noon = at("2026-11-20T12:00")

    assert opening(lines["tel-canicule"], noon, CALENDAR) == Opening("inconnu", why="periode")
    assert opening(lines["tel-harcelement-ancien"], noon, CALENDAR) == Opening("ferme")


def test_every_vital_number_answers_on_christmas_night(knowledge):
    """No emergency number is ever said to be closed or uncertain."""
    vital = [line for line in knowledge.helplines if line.level == "vital" and line.in_service and not line.period]
    night = at("2026-12-25T03:00")

    assert vital
    assert {opening(timetable_of(line), night, knowledge.calendar) for line in vital} == {Opening("ouvert")}


def test_public_holidays_are_those_of_another_calendar():
    """For ten years, the days are those of the package « holidays » for metropolitan France."""
    ours = {day for day in _days(date(2026, 1, 1), date(2036, 1, 1)) if is_public_holiday(day)}

    assert ours == set(holidays.France(years=range(2026, 2036)))


def _days(first, end):
    return (first + timedelta(days=number) for number in range((end - first).days))


WEEKS = st.sampled_from(
    [OFFICE, "24/7", "Mo-Su 08:00-02:00", "Mo-Fr", "We 14:00-18:00; PH off", "Mo-Sa 22:00-06:00", "off", "Mo[1] 09:00-12:00"]
)  # fmt: skip


@given(WEEKS, st.datetimes(datetime(2026, 9, 1), datetime(2027, 8, 1)))
def test_what_is_promised_comes_true(hours, wall):
    """An open place is no longer surely open at the time it closes; one that opens is open then."""
    moment = wall.replace(tzinfo=PARIS)
    found = opening(Timetable(hours), moment, CALENDAR)

    if found.until:
        assert found.state == "ouvert"
        assert opening(Timetable(hours), found.until, CALENDAR).state != "ouvert"
    if found.opens:
        assert found.state == "ferme"
        assert opening(Timetable(hours), found.opens, CALENDAR).state == "ouvert"


@given(WEEKS, st.dates(date(2026, 1, 1), date(2028, 1, 1)))
def test_the_openings_of_a_day_begin_on_it(hours, day):
    """Openings are in order, begin on their day and last a day at most."""
    found = stretches(hours, day)

    assert all(each.start.date() == day and timedelta(0) < each.end - each.start <= timedelta(days=1) for each in found)
    assert list(found) == sorted(found)


def test_places_and_helplines_give_their_hours(knowledge):
    """The hours of an entry are those it is judged by."""
    place = next(each for each in knowledge.places if each.hours)
    line = next(each for each in knowledge.helplines if each.hours)
    assert isinstance(place, Place) and isinstance(line, Helpline)

    assert timetable_of(place) == Timetable(place.hours, place.holiday_hours, place.closures)
    assert timetable_of(line).hours == line.hours
