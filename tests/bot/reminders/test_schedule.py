"""What a family is told and when, worked out by hand from the files of knowledge/jalons."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.reminders.decision import decide
from bot.reminders.record import Child
from bot.reminders.schedule import GAP, MOST_A_MONTH, Schedule
from tests.bot.reminders.conftest import family

AGREED = date(2026, 11, 22)


@pytest.fixture
def decision(knowledge):
    """What is decided for a record on a day."""
    return lambda record, on: decide(record, Schedule(knowledge, on))


def names(decided):
    return [each.milestone.id for each in decided.moments]


def test_a_date_is_told_on_the_day_it_opens(decision):
    """School for a child of 3 opens on March 1, 2027: the day before says when to look again, the day says it."""
    record = replace(family("2024-10"), last=date(2027, 2, 1))
    before = decision(record, date(2027, 2, 28))
    told = decision(record, date(2027, 3, 1))

    assert (before.speaks, before.day) == (False, date(2027, 3, 1))
    assert names(told) == ["inscription-maternelle"]
    assert told.record.told == {"inscription-maternelle|1": date(2027, 3, 1)}
    assert told.record.last == date(2027, 3, 1)


def test_what_was_open_on_the_day_of_the_yes_is_not_told(decision):
    """It stood on the screen then: 16 years in November, the census is open until the end of February."""
    decided = decision(family("2010-11"), date(2026, 11, 23))

    assert not decided.speaks


def test_what_opens_before_the_next_message_goes_with_this_one(decision):
    """The year of 11 opens on January 1; booking a camp, on the 15th, would have to wait until the 18th: both leave.

    The registers of 6th grade and of after school open that day too: school matters, they leave after the holidays,
    with the examination of 11 years that opens on February 1.
    """
    record = family("2016-02", "2009-05")
    told = decision(record, date(2027, 1, 2))
    next_one = decision(told.record, date(2027, 1, 18))

    assert set(names(told)) == {"pass-colo-11-ans", "colonies-reserver"}
    assert set(names(next_one)) == {"entree-sixieme", "parcoursup-voeux", "examen-11-13-ans"}


def test_no_month_holds_more_than_its_messages():
    """The gap keeps the promise in the longest month."""
    first = date(2027, 3, 1)
    days = [first + number * timedelta(days=GAP) for number in range(9)]

    assert sum(day.month == 3 for day in days) == MOST_A_MONTH


def test_a_school_matter_waits_for_the_end_of_holidays(decision):
    """Missed in March, the first school waits on April 5 for April 19: it closes on the 30th."""
    record = family("2024-10")
    held = decision(record, date(2027, 4, 5))
    told = decision(record, date(2027, 4, 19))

    assert not held.speaks
    assert "inscription-maternelle" in names(told)


def test_a_school_matter_that_would_be_over_is_told_in_the_holidays(decision):
    """The name of the collège is answered to until July 10; school ends on the 2nd."""
    record = family("2016-02", agreed=date(2027, 6, 1))

    assert "resultat-sixieme" in names(decision(record, date(2027, 7, 5)))


def test_late_dates_are_told_together_and_what_is_over_is_dropped(decision):
    """Seen on April 20 only: the vows of January to mid-March are over, the student file and the taxes are not."""
    record = family("2009-05", "2023-04", agreed=date(2027, 1, 4))
    told = names(decision(record, date(2027, 4, 20)))

    assert "parcoursup-voeux" not in told
    assert {"dossier-etudiant", "credit-impot-printemps"} <= set(told)


def test_what_may_be_over_is_not_told(decision):
    """Born in March 2024: the base allowance ends on March 1 to 31, 2027; on the 10th it may be too late, so nothing."""
    record = family("2024-03", agreed=date(2026, 11, 1))

    assert "fin-allocation-base-3-ans" in names(decision(record, date(2027, 2, 26)))
    assert "fin-allocation-base-3-ans" not in names(decision(record, date(2027, 3, 10)))


def test_nothing_is_said_about_a_birth_that_nobody_confirmed(decision):
    """Between the due date and news of it, nothing about a child; once, a neutral question."""
    record = family(term="2027-03")
    asked = decision(record, date(2027, 3, 1))
    after = decision(asked.record, date(2027, 3, 20))
    later = decision(asked.record, date(2027, 6, 1))

    assert (asked.asks, asked.moments) == ("terme", ())
    assert not after.speaks
    assert later.record is None


def test_the_child_to_come_has_its_own_dates(decision):
    """The place in a crèche is asked for from the 6th month on: birth in June, so from February on."""
    record = family(term="2027-06", agreed=date(2027, 1, 20))
    told = decision(record, date(2027, 2, 1))

    assert "demande-creche" in names(told)


def test_after_a_year_it_is_asked_once_and_silence_ends_it(decision):
    """« Toujours utile ? » on the 365th day; 30 days without a word and the record is forgotten."""
    record = replace(family("2024-05"), last=date(2027, 9, 1))
    asked = decision(record, AGREED + timedelta(days=365))
    waiting = decision(asked.record, AGREED + timedelta(days=394))
    ended = decision(asked.record, AGREED + timedelta(days=395))

    assert asked.asks == "toujours"
    assert not waiting.speaks and waiting.record is not None
    assert ended.record is None


def test_children_grow_out_of_it(decision):
    """The last milestones of a child end around 25; then nothing is left to keep."""
    assert decision(family("2001-05"), date(2026, 11, 23)).record is None
    assert decision(family("2003-05"), date(2026, 11, 23)).record is not None


def test_a_grown_child_leaves_before_the_others(decision):
    """The month of birth of somebody of 26 serves nothing any more: it is not kept with that of the youngest."""
    kept = decision(family("2000-10", "2024-10"), date(2026, 12, 1)).record
    grown = decision(family("2000-10", "2024-10"), date(2026, 10, 1)).record

    assert [child.first for child in kept.children] == ["2024-10"]
    assert [child.first for child in grown.children] == ["2000-10", "2024-10"]


def test_a_clock_that_was_far_ahead_silences_nobody(decision):
    """A message dated years ahead was dated by a wrong clock: it leaves no gap behind it."""
    record = replace(family("2024-10"), last=date(2031, 1, 1))

    assert decision(record, date(2027, 3, 1)).speaks


def test_a_milestone_told_is_not_told_again_when_the_content_moves(knowledge, decision):
    """Whatever an editor does to its window, a family heard it once; a yearly one comes back the next year."""
    told = decision(family("2010-12"), date(2026, 12, 1)).record
    moved = [
        each.model_copy(
            update={"window": each.window.model_copy(update={"opens": each.window.opens._replace(days=20)})}
        )
        for each in knowledge.milestones
    ]
    later = decide(told, Schedule(knowledge.model_copy(update={"milestones": tuple(moved)}), date(2026, 12, 21)))
    fares = replace(family("2020-05", agreed=date(2026, 8, 1)), told={"tarifs-rentree|1": date(2026, 9, 1)})

    assert "recensement-16-ans|1" in told.told
    assert not {each.milestone.id for each in later.moments} & {"recensement-16-ans", "carte-vitale-16-ans"}
    assert "tarifs-rentree" in names(decision(fares, date(2027, 9, 1)))


def test_two_children_of_one_age_share_a_line(decision):
    """Twins are one line; children of different ages have each their own."""
    twins = family("2024-10", "2024-10")
    told = decision(twins, date(2027, 3, 1))

    assert names(told).count("inscription-maternelle") == 1
    assert {key for key in told.record.told if key.startswith("inscription")} == {
        "inscription-maternelle|1", "inscription-maternelle|2",
    }  # fmt: skip


def test_a_new_child_is_told_of_from_its_own_day(decision):
    """A child added in February is not told of what opened before; its sister is not disturbed."""
    record = family("2024-10", agreed=date(2026, 11, 22))
    record = replace(record, children=(*record.children, Child(2, "2016-03", "2016-03", date(2027, 2, 10))))

    assert "pass-colo-11-ans" not in names(decision(record, date(2027, 3, 1)))
