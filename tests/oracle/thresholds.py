"""The numbers at which cards change their mind: households are drawn at, just below and just above them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from random import Random
from typing import NamedTuple

from knowledge.condition import Condition
from knowledge.content import Knowledge
from knowledge.criteria import Setting, bound_of
from knowledge.parameter import HOUSEHOLDS, ceiling
from knowledge.vocabulary import AGE

MOST_CHILDREN = 4


class Thresholds(NamedTuple):
    """Bounds in use, sorted: children's ages in months, the parent's in years, incomes in euros."""

    child_months: list[int]
    parent_years: list[int]
    month_income: list[int]
    year_income: list[int]

    @classmethod
    def of(cls, knowledge: Knowledge, cards: Iterable[str], setting: Setting) -> Thresholds:
        """Return every bound that the conditions of some cards compare with."""
        wanted = set(cards)
        nodes = [n for c in knowledge.cards if c.id in wanted and c.conditions for n in c.conditions.walk()]

        def bounds(fact: str) -> list[int]:
            return sorted({int(bound) for node in nodes if node.fact == fact for bound in _bounds(node, setting)})

        return cls(bounds(AGE), bounds("age_parent"), bounds("revenus_mois"), bounds("revenus_n2"))


def _bounds(node: Condition, setting: Setting) -> Iterator[float]:
    if not node.au_plus_bareme:
        yield bound_of(node, setting)
        return
    table = setting.parameters.scales[node.au_plus_bareme].on(setting.on)
    if table is not None:
        yield from (ceiling(table, n, home) for n in range(MOST_CHILDREN + 2) for home in HOUSEHOLDS)


def near(dice: Random, bounds: list[int], least: int, most: int) -> int:
    """Return a number, three times in four at a bound, one below or one above, else anywhere in the range."""
    inside = [bound for bound in bounds if least < bound < most]
    if inside and dice.random() < 0.75:
        return dice.choice(inside) + dice.choice((-1, 0, 1))
    return dice.randint(least, most)
