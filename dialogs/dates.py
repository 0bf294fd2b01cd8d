"""The dates that come for a family: three after its results, all of them on demand. Pure; nothing is stored."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from dialogs.effects import Coming, Dates, Show
from dialogs.walk import Position, Walk
from knowledge.calendar import Upcoming
from knowledge.content import Knowledge
from knowledge.match import Matcher
from knowledge.milestone import EVENTS, Milestone
from knowledge.model import Place
from knowledge.vocabulary import CHILDREN

SHOWN = 3
_QUARTER = 91


def coming(walk: Walk) -> tuple[Coming, ...]:
    """Return every date of the next twelve months, soonest first; children with the same date share it.

    None in a guarded tree: a reminder of dates is not what a person in danger needs on a screen.
    """
    if any(tree.guarded for tree in walk.trees):
        return ()
    return dated(walk.planner.matcher, walk.session.plain)


def dated(matcher: Matcher, facts: Mapping[str, Any]) -> tuple[Coming, ...]:
    """Return every date of the next twelve months for some facts in plain form, soonest first."""
    told = facts.get(CHILDREN, {}).get("liste", ())
    return _joined(matcher.calendar.upcoming(facts), several=len(told) > 1)


def _joined(found: Iterable[Upcoming], several: bool) -> tuple[Coming, ...]:
    """Return dates with those of several children put together; ages are told when there are several children."""
    joined: dict[tuple[object, ...], Coming] = {}
    for each in found:
        key = (each.milestone.id, each.opens, each.until)
        ages = ((int(each.age.low), int(each.age.high)),) if several and each.age and each.age.high is not None else ()
        before = joined.get(key)
        together = tuple(dict.fromkeys((*before.ages, *ages))) if before else ages
        joined[key] = Coming(each.milestone, each.opens, each.until, together)
    return tuple(joined.values())


def with_dates(page: Show, walk: Walk, position: Position) -> Show:
    """Return the first page of results with up to three dates, and whether there are more.

    Those about the subjects asked are taken first, among them what weighs most and comes soonest: three months of
    waiting count as one of weight. They are shown by day. An age too vague gives none here, nor does an event that is
    not what was asked about.
    """
    found = coming(walk)
    matcher, topics = walk.planner.matcher, set(position.topics)
    about = {each.milestone.id: _about(each.milestone, topics, matcher.knowledge) for each in found}
    sure = [each for each in found if each.opens or (about[each.milestone.id] and each.milestone.anchor in EVENTS)]

    def rank(each: Coming) -> tuple[bool, float]:
        waits = max((each.opens - matcher.on).days, 0) if each.opens else 0
        return not about[each.milestone.id], waits / _QUARTER - each.milestone.weight

    shown = sorted(sure, key=rank)[:SHOWN]
    return replace(page, ahead=tuple(each for each in sure if each in shown), more_dates=len(found) > len(shown))


def _about(milestone: Milestone, topics: Collection[str], knowledge: Knowledge) -> bool:
    cards = [knowledge.by_id[name] for name in milestone.cards if name in knowledge.by_id]
    return any(not isinstance(card, Place) and set(topics).intersection(card.topics) for card in cards)


def all_dates(walk: Walk) -> Dates:
    """Return the whole list."""
    return Dates(coming(walk))
