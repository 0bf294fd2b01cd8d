"""Says which milestones come for one family, and when. Pure: the day is an argument, nothing is stored.

Facts keep months, not days: a birth month stands for each of its days. A window therefore opens with the first
possible day and its deadline counts from the first possible day too, while a milestone is only left out once the
last possible deadline is past. What is not known never hides a milestone, unless its file asks to be sure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from knowledge.base import Span
from knowledge.calendar_anchors import HELD, LOST, Someone, anchor_days, anchor_offset, concerned, people_of
from knowledge.calendar_days import Days, add, month_length
from knowledge.content import Knowledge
from knowledge.criteria import NON, OUI, PROBABLE, Setting
from knowledge.facts import Facts, prepare
from knowledge.geography import in_zone
from knowledge.milestone import EVENTS, Milestone, Offset
from knowledge.milestone_tests import THIS_CHILD, milestone_test

HORIZON = 12
"""How many months ahead families are told of."""

KNOWN_WITHIN = 12
"""An age known no better than to this many months gives no date: « 11 à 15 ans » says too little."""


class Upcoming(NamedTuple):
    """One milestone of one family. Without dates: after an event whose day is not asked, or an age too vague."""

    milestone: Milestone
    child: int | None
    """Position in the list of children; None: the family, a child not yet born, or the young person herself."""
    opens: date | None
    until: date | None
    """Counted from the first possible day; it may be past while the last possible one is not."""
    age: Span | None = None
    """The child's age today in months."""


class Calendar:
    """The milestones of a knowledge base, compiled for one day."""

    def __init__(self, knowledge: Knowledge, on: date) -> None:
        self._vocabulary, self.on = knowledge.vocabulary, on
        setting = Setting(knowledge.vocabulary, knowledge.parameters, on)
        self._tests = [(each, milestone_test(each.conditions, setting)) for each in knowledge.milestones]

    def upcoming(
        self, facts: Facts, horizon_months: int = HORIZON, dates: Mapping[str, date] | None = None
    ) -> tuple[Upcoming, ...]:
        """Return what is open today or opens within the horizon.

        Args:
            facts: fact id -> plain value, only what is known.
            horizon_months: how far to look ahead, in months.
            dates: days of events that the family gave (``separation``, ``deces``, ``decision_handicap``).

        Returns:
            Soonest first, what is open now by weight; at the end what depends on an age too vague.
            A family that lost a child is told of no child's or birth's dates, only of what follows the loss.
        """
        env = prepare(facts, self._vocabulary, self.on)
        people = list(people_of(facts, env, self.on))
        end = add(self.on, Offset(horizon_months, 0))
        grieving = bool(env.get("deces", frozenset()) & LOST)
        found: list[Upcoming] = []
        for milestone, test in self._tests:
            if (grieving and milestone.anchor not in HELD) or in_zone(milestone.zone, env) is NON:
                continue
            for who in concerned(milestone, env, people):
                verdict = test({**env, THIS_CHILD: who.env})
                if verdict in (OUI, PROBABLE) or (verdict is not NON and not milestone.only_if_sure):
                    found += _dated(milestone, who, self.on, end, dates or {})
        return tuple(sorted(found, key=lambda each: _order(each, self.on)))


def upcoming(knowledge: Knowledge, facts: Facts, today: date, horizon_months: int = HORIZON) -> tuple[Upcoming, ...]:
    """Return the milestones of a family; see :meth:`Calendar.upcoming`, which serves many families faster."""
    return Calendar(knowledge, today).upcoming(facts, horizon_months)


def _order(item: Upcoming, on: date) -> tuple[Any, ...]:
    vague = item.opens is None and item.milestone.anchor not in EVENTS
    when = max(item.opens or on, on)
    return vague, when, -item.milestone.weight, item.until or date.max, item.milestone.id, item.child or 0


def _dated(milestone: Milestone, who: Someone, on: date, end: date, dates: Mapping[str, date]) -> Iterator[Upcoming]:
    if milestone.anchor in EVENTS and milestone.anchor not in dates:
        yield Upcoming(milestone, who.child, None, None, who.age)
        return
    kept = list(_within(milestone, anchor_days(milestone, who, on, dates), on, end))
    if not kept:
        return
    if len(who.births) > KNOWN_WITHIN:
        yield Upcoming(milestone, who.child, None, None, who.age)
        return
    opens = min(opens for opens, _ in kept)
    yield Upcoming(milestone, who.child, opens, min(until for _, until in kept), who.age)


def _within(milestone: Milestone, anchors: tuple[Days, ...], on: date, end: date) -> Iterator[tuple[date, date]]:
    """Yield the opening and the first deadline for each anchor whose window meets the time asked about."""
    base = Offset(anchor_offset(milestone), 0)

    def moment(anchor: date) -> date:
        return add(add(anchor, base), milestone.offset)

    def until(anchor: date) -> date:
        day = add(moment(anchor), milestone.window.closes)
        return day.replace(day=month_length(day.year, day.month)) if milestone.window.month_end else day

    # Anchors are in order: most milestones are far away in time, which the first and the last tell.
    if not anchors or add(moment(anchors[0].first), milestone.window.opens) > end or until(anchors[-1].last) < on:
        return
    for anchor in anchors:
        opens = add(moment(anchor.first), milestone.window.opens)
        if opens <= end and until(anchor.last) >= on:
            yield opens, until(anchor.first)
