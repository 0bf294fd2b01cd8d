"""What a record has to be told, and when: from the content of the day, never from a list made long ago. Pure.

Nothing to send is kept anywhere: a card that changes, a milestone withdrawn or moved, a month corrected count from
the next look on. A message leaves a gap behind it, so it also tells what opens before the next one may leave:
nothing that opens is lost to the gap.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.reminders.choice import is_school, remindable
from bot.reminders.hours import back_to_school, next_open_day
from bot.reminders.record import Child, Record
from knowledge.calendar import Calendar, Upcoming
from knowledge.content import Knowledge
from knowledge.milestone import YEARLY, Milestone

MOST_A_MONTH = 2
"""Messages a person gets in a month at most, whatever comes."""
GAP = 31 // MOST_A_MONTH + 1
"""Days between two messages: the longest month then never holds more."""
ITEMS = 5
"""Milestones in one message; more only when they would close before the next one."""
HORIZON_DAYS = 365
"""How far ahead people are told of what comes."""
NEAR = 13
"""Months looked at each time: more than a record waits for its next look, and than people are told of."""
FAR = 12 * 30
"""Months: as far as a child's milestones go."""
_SAME_YEAR = 60
"""Days: what was told less before a yearly milestone opens was told of this year's."""
_UNBORN = frozenset(("debut_grossesse", "terme"))
"""Before a birth only these; after it all but these, and nothing in between until somebody says that it came."""
_ROOM = 3
"""Days left at least between the end of holidays and a closing window: else it is told during the holidays."""


@dataclass(frozen=True, slots=True)
class Coming:
    """One dated milestone of one child, or of the family."""

    upcoming: Upcoming
    opens: date
    until: date
    child: Child | None

    @property
    def milestone(self) -> Milestone:
        """The milestone."""
        return self.upcoming.milestone

    @property
    def key(self) -> str:
        """Under which it is noted that it was told."""
        return f"{self.milestone.id}|{self.child.number if self.child else 0}"


@dataclass(frozen=True, slots=True)
class Moment:
    """One milestone of one family: for whom, from when to when, and from which day it may be told."""

    milestone: Milestone
    keys: tuple[str, ...]
    ages: tuple[tuple[int, int], ...]
    opens: date
    until: date
    ready: date


class Schedule:
    """The milestones that reminders may be about, for one day."""

    def __init__(self, knowledge: Knowledge, on: date) -> None:
        self.on, self._school = on, knowledge.calendar
        self._calendar = Calendar(knowledge.model_copy(update={"milestones": remindable(knowledge)}), on)

    def is_alive(self, record: Record) -> bool:
        """Tell whether anything can still come, however late: a child not grown, or one on its way."""
        not_yet = len(record.born(self.on)) < len(record.children)
        return record.term is not None or not_yet or bool(self.coming(record, FAR))

    def coming(self, record: Record, months: int = NEAR) -> tuple[Coming, ...]:
        """Return every dated milestone of a family from today on, told or not, within some months."""
        people = record.numbered(self.on)
        found = []
        for each in self._calendar.upcoming(record.facts(self.on), months):
            if each.opens is None or each.until is None:
                continue
            child = None if each.child is None else people[each.child]
            if child is None or (child is record.term) == (each.milestone.anchor in _UNBORN):
                found.append(Coming(each, each.opens, each.until, child))
        return tuple(found)

    def moments(self, record: Record, coming: Iterable[Coming]) -> tuple[Moment, ...]:
        """Return what is still to be told, soonest first; what was open on the day of the yes is not."""
        found: dict[tuple[object, ...], Moment] = {}
        for each in coming:
            since = each.child.since if each.child else record.agreed
            if each.opens > since and each.until >= self.on and not _was_told(record, each):
                self._join(found, each)
        return tuple(sorted(found.values(), key=lambda each: (each.opens, -each.milestone.weight, each.milestone.id)))

    def open_now(self, coming: Iterable[Coming]) -> tuple[Moment, ...]:
        """Return what is open today, told or not: for the person who looks."""
        found: dict[tuple[object, ...], Moment] = {}
        for each in coming:
            if each.opens <= self.on <= each.until:
                self._join(found, each)
        return tuple(sorted(found.values(), key=lambda each: (-each.milestone.weight, each.until)))

    def _join(self, found: dict[tuple[object, ...], Moment], each: Coming) -> None:
        """Add a milestone; children with the same days share it."""
        before = found.get((each.milestone.id, each.opens, each.until))
        age = each.upcoming.age
        ages = ((int(age.low), int(age.high)),) if age and age.high is not None else ()
        found[each.milestone.id, each.opens, each.until] = Moment(
            each.milestone,
            (*(before.keys if before else ()), each.key),
            tuple(dict.fromkeys((*(before.ages if before else ()), *ages))),
            each.opens,
            each.until,
            self._ready(each),
        )

    def _ready(self, each: Coming) -> date:
        back = back_to_school(self._school, max(each.opens, self.on)) if is_school(each.milestone) else None
        return back if back and (each.until - back).days >= _ROOM else each.opens

    def due(self, record: Record, moments: Iterable[Moment]) -> tuple[Moment, ...]:
        """Return what one message of today tells; empty when nothing is ready, or too soon after the last one.

        Soonest to close first. What would open before the next message may leave is told with it.
        """
        if self.on < free_from(record, self.on):
            return ()
        after = next_open_day(self.on + timedelta(days=GAP))
        moments = tuple(moments)
        if not any(each.ready <= self.on for each in moments):
            return ()
        near = [each for each in moments if each.ready <= self.on or self._goes_with_it(each, after)]
        near.sort(key=lambda each: (each.until, -each.milestone.weight, each.milestone.id))
        pressing = sum(each.until < after for each in near)
        return tuple(near[: max(ITEMS, pressing)])

    def _goes_with_it(self, moment: Moment, after: date) -> bool:
        """Tell whether what is not ready goes with today's message, since it would have to wait for the next one.

        A school matter goes with none of the holidays, unless it would then be over.
        """
        if is_school(moment.milestone) and back_to_school(self._school, self.on):
            return moment.until < after
        return moment.ready < after

    def next_look(self, record: Record, moments: Iterable[Moment]) -> date:
        """Return the next day on which there may be something to send, after today."""
        free = free_from(record, self.on)
        days = [max(each.ready, free) for each in moments if each.until >= free]
        return min((day for day in days if day > self.on), default=date.max)


class Schedules:
    """The schedule of the day, made once for each version of the content."""

    def __init__(self) -> None:
        self._made: tuple[Knowledge, Schedule] | None = None

    def of(self, knowledge: Knowledge, on: date) -> Schedule:
        """Return the schedule of a day."""
        if self._made is None or self._made[0] is not knowledge or self._made[1].on != on:
            self._made = knowledge, Schedule(knowledge, on)
        return self._made[1]


def free_from(record: Record, on: date) -> date:
    """Return the first day on which the next message may leave; a last one far ahead was a wrong clock's."""
    if record.last is None or (record.last - on).days > 2 * GAP:
        return date.min
    return record.last + timedelta(days=GAP)


def _was_told(record: Record, each: Coming) -> bool:
    day = record.told.get(each.key)
    return day is not None and (each.milestone.anchor not in YEARLY or (each.opens - day).days <= _SAME_YEAR)
