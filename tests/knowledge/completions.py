"""The whole families that a partly known one may turn out to be, as far as one card can tell them apart."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

from knowledge.base import Span
from knowledge.content import AnyCard
from knowledge.criteria import Env, Setting
from knowledge.geography import districts_of
from knowledge.vocabulary import AGE, CHILDREN, DISTRICT, OUTSIDE
from knowledge.witness import Space, space


class Completions:
    """Draws whole families for one card, values at its thresholds."""

    def __init__(self, card: AnyCard, setting: Setting) -> None:
        assert card.conditions is not None
        self.space: Space = space(card.conditions, setting, {})
        homes = (str(min(districts_of(card.zone))), OUTSIDE)
        self.facts = {**self.space.facts, DISTRICT: [frozenset((home,)) for home in homes]}
        own = setting.vocabulary.of("enfant")
        self.child_values = {fact.id: [frozenset((word,)) for word in fact.possible] for fact in own if fact.possible}

    def draw(self, known: Env, count: int, dice: Random) -> Iterator[Env]:
        """Yield whole families in which everything known holds."""
        for _ in range(count):
            family = {name: dice.choice(values) for name, values in self.facts.items() if values != [None]}
            family |= {
                name: _one(value, self.facts.get(name, []), dice) for name, value in known.items() if name != CHILDREN
            }
            family[CHILDREN] = self._children(known, dice), True
            yield family

    def _children(self, known: Env, dice: Random) -> list[Env]:
        listed, complete = known.get(CHILDREN, ([], False))
        told = [self._whole(child, dice) for child in listed]
        return told if complete else told + list(dice.choice(self.space.children))

    def _whole(self, child: Env, dice: Random) -> Env:
        whole = {name: dice.choice(values) for name, values in self.child_values.items()} | {"garde": _HERE} | child
        age = child.get(AGE, Span(0, 300))
        years = dice.choice((age.low, age.high, dice.randint(int(age.low), int(age.high))))
        return whole | {AGE: Span(years, years)}


_HERE = frozenset(("principale",))


def _one(value: Any, near: list[Any], dice: Random) -> Any:
    """Return one of the values that what is known leaves possible."""
    if not isinstance(value, Span):
        return frozenset((dice.choice(sorted(value)),))
    inside = [each for each in near if each.low >= value.low and (value.high is None or each.low <= value.high)]
    ends = [Span(end, end) for end in (value.low, value.high) if end is not None]
    return dice.choice([*inside, *ends])
