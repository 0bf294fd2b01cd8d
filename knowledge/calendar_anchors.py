"""Whom milestones are about in one family, and the days their anchors may fall on. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from knowledge.ages import MAX_AGE, birth_span, this_month
from knowledge.base import Span
from knowledge.calendar_days import Days, add, month_days
from knowledge.criteria import Env
from knowledge.facts import Facts
from knowledge.milestone import YEARLY, Milestone, Offset
from knowledge.vocabulary import CHILDREN

PREGNANCY = 9
"""Months from the beginning of a pregnancy to its term; days are not counted here."""

SEPTEMBER = (9, 1)
"""The school year of zone C begins on September 1 in 2026, 2027 and 2028 (official calendar); a day more or less
in other years is less than what a birth month leaves open."""

HELD: Mapping[str, frozenset[str]] = {
    "separation": frozenset(("en_cours", "recente")),
    "deces": frozenset(("enfant", "conjoint", "perinatal")),
}
LOST = frozenset(("enfant", "perinatal"))


class Someone(NamedTuple):
    """A child as far as dates go: the possible birth months, or what a pregnancy says of the birth."""

    child: int | None
    births: tuple[Days, ...]
    env: Env
    age: Span | None = None
    unborn: bool = False


def people_of(facts: Facts, env: Env, on: date) -> Iterator[Someone]:
    """Yield everyone whose birthdays count: children, a child to come, a young person who asks for herself.

    Args:
        facts: plain facts; positions are those of their list of children.
        env: the same, prepared: children to come are a pregnancy there.
        on: the day.
    """
    now = this_month(on)
    born_children = iter(env.get(CHILDREN, ([], False))[0])
    listed = False
    for number, child in enumerate(_listed(facts)):
        born = birth_span(child["naissance"]) if "naissance" in child else None
        unborn = born is not None and born.low > now
        known: Env = {} if unborn else next(born_children, {})
        listed = listed or unborn
        if born is not None and (births := _months(born, now)):
            yield Someone(number, births, known, known.get("age"), unborn)
    if not listed and "grossesse_mois" in env:
        yield from _expected(env["grossesse_mois"], on)
    age = env.get("age_parent")
    if env.get("profil") == frozenset(("jeune",)) and age is not None and age.high is not None:
        yield Someone(None, _months(Span(now - 12 * age.high - 11, now - 12 * age.low), now), {})


def _listed(facts: Facts) -> list[dict[str, Any]]:
    told = facts.get(CHILDREN)
    return list(told.get("liste", [])) if isinstance(told, Mapping) else []


def _months(born: Span, now: int) -> tuple[Days, ...]:
    """Return the possible birth months; none for a span that says nothing, or far from the ages spoken of."""
    if born.high is None or not now - MAX_AGE <= born.low <= born.high <= now + PREGNANCY + 1:
        return ()
    return tuple(month_days(index) for index in range(int(born.low), int(born.high) + 1))


def _expected(pregnancy: Span, on: date) -> Iterator[Someone]:
    """Yield the child of a pregnancy « au Ne mois »: more than N - 1 months have passed, N at most."""
    low, high = max(int(pregnancy.low), 1), pregnancy.high
    if high is None or not low <= high <= PREGNANCY + 1:
        return
    terms = tuple(
        Days(add(on, Offset(PREGNANCY - month, 0)), add(on, Offset(PREGNANCY + 1 - month, -1)))
        for month in range(int(high), low - 1, -1)
    )
    yield Someone(None, terms, {}, unborn=True)


def concerned(milestone: Milestone, env: Env, people: list[Someone]) -> Iterator[Someone]:
    """Yield those for whom the anchor of a milestone stands, the family itself as a person without birth."""
    anchor = milestone.anchor
    if anchor == "decision_handicap":
        yield from (who for who in people if who.env.get("handicap") == frozenset(("oui",)))
    elif anchor in HELD:
        if anchor in env and env[anchor] <= HELD[anchor]:
            yield Someone(None, (), {})
    elif anchor in ("debut_grossesse", "terme"):
        yield from (who for who in people if who.unborn)
    elif milestone.per_child:
        yield from people
    else:
        yield Someone(None, (), {})


def anchor_days(milestone: Milestone, who: Someone, on: date, dates: Mapping[str, date]) -> tuple[Days, ...]:
    """Return the days an anchor may fall on, in order, one pair per possible birth month or year."""
    if milestone.anchor in dates:
        return (Days(dates[milestone.anchor], dates[milestone.anchor]),)
    if milestone.anchor in YEARLY:
        month, day = milestone.day or SEPTEMBER
        return tuple(Days(found, found) for found in (date(year, month, day) for year in _years(milestone, who, on)))
    return who.births


def anchor_offset(milestone: Milestone) -> int:
    """Return how many months after (before: negative) a birth an anchor falls."""
    return -PREGNANCY if milestone.anchor == "debut_grossesse" else milestone.age or 0


def _years(milestone: Milestone, who: Someone, on: date) -> list[int]:
    """Return the years in which a yearly milestone counts for someone, of all or near ``on``."""
    ages = milestone.ages
    if ages is None:
        return [on.year + shift for shift in (-1, 0, 1, 2)]
    latest: dict[int, tuple[int, int]] = {}
    for born in who.births:
        latest.setdefault(born.first.year, (12, 31))
        latest[born.last.year] = (born.last.month, born.last.day)
    years = {year + age // 12 for year in latest for age in range(ages.first, ages.last, 12)}
    since = ages.born_since or (1, 1)
    return sorted(years | {year + ages.last // 12 for year, day in latest.items() if day >= since})
