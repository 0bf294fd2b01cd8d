"""Searches for families that give a condition each verdict it can have: the proof that a card can be reached.

Only what the condition reads is varied. Values that no clause tells apart are tried once, numbers are cut at
the thresholds in use, and there is at most one child more than any clause asks for. Pure and deterministic.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations_with_replacement, islice, product
from math import floor, inf, prod
from random import Random
from typing import Any, NamedTuple, TypeAlias

from knowledge.ages import MAX_AGE, months, this_month
from knowledge.base import Span
from knowledge.condition import ChildGroup, Condition
from knowledge.criteria import Env, Setting, Test, Verdict, bound_of, compile_group, compile_tree, is_below
from knowledge.parameter import HOUSEHOLDS, Scale, ceiling
from knowledge.spots import facts_read
from knowledge.vocabulary import AGE, CHILDREN, Fact

Domains: TypeAlias = Mapping[str, Sequence[Any]]
"""Fact id -> the prepared values it may take; absent: any value; an empty list: it stays unknown."""

MOST_FAMILIES = 120_000
"""Families tried one by one; beyond, a fixed random sample of as many."""

_SEED = 20261121


class Space(NamedTuple):
    """The families worth trying for one condition: values of each fact, and lists of children."""

    facts: dict[str, list[Any]]
    children: list[list[Env]]

    @property
    def size(self) -> int:
        """How many families there are."""
        return prod(map(len, self.facts.values())) * len(self.children)

    def families(self) -> Iterator[Env]:
        """Yield every family, or a fixed random sample when there are too many."""
        names, values = list(self.facts), list(self.facts.values())
        rows: Iterable[tuple[Any, ...]] = product(*values, self.children)
        if self.size > MOST_FAMILIES:
            rows = islice(_sample([*values, self.children]), MOST_FAMILIES)
        for row in rows:
            known = {name: value for name, value in zip(names, row[:-1], strict=True) if value is not None}
            yield {**known, CHILDREN: (row[-1], True)}


def _sample(values: list[list[Any]]) -> Iterator[tuple[Any, ...]]:
    dice = Random(_SEED)  # noqa: S311 - a repeatable search, not a secret
    while True:
        yield tuple(dice.choice(each) for each in values)


def witnesses(
    condition: Condition, setting: Setting, wanted: Collection[Verdict], domains: Domains
) -> dict[Verdict, Env]:
    """Return for each wanted verdict one family that gets it; a verdict no tried family gets is left out."""
    test = compile_tree(condition, setting)
    found: dict[Verdict, Env] = {}
    for env in space(condition, setting, domains).families():
        verdict = test(env)
        if verdict in wanted and verdict not in found:
            found[verdict] = env
            if len(found) == len(wanted):
                break
    return found


def space(condition: Condition, setting: Setting, domains: Domains) -> Space:
    """Return the families that a condition can tell apart."""
    nodes = list(condition.walk())
    scales = [scale for node in nodes if (scale := setting.parameters.scales.get(node.au_plus_bareme or ""))]
    read = facts_read(condition, setting.parameters)
    facts: dict[str, list[Any]] = {}
    groups = [node.child for node in nodes if node.child]
    size = max((group.needed for group in groups), default=0) + 1
    for fact in setting.vocabulary.of("famille"):
        if fact.id in read and fact.id != CHILDREN:
            facts[fact.id] = _family_values(fact, nodes, setting, scales, size, domains)
    kinds = _kinds(groups, setting, scales, domains) if CHILDREN in read else []
    lists = [list(each) for count in range(size + 1) for each in combinations_with_replacement(kinds, count)]
    return Space(facts, lists or [[]])


def _family_values(
    fact: Fact, nodes: list[Condition], setting: Setting, scales: list[Scale], size: int, domains: Domains
) -> list[Any]:
    clauses = [node for node in nodes if node.fact == fact.id and not node.au_plus_bareme]
    tests = [compile_tree(node, setting) for node in clauses]
    compared = any(node.fact == fact.id and node.au_plus_bareme for node in nodes)
    edges = sorted(edge for scale in scales if compared for edge in _edges(scale, setting, size))
    if fact.id in domains:
        values = list(domains[fact.id])
    elif fact.possible:
        values = [frozenset((word,)) for word in fact.possible]
    else:
        values = _around([*edges, *(bound_of(node, setting) for node in clauses)], inf)
    looked_at = fact.id in ("foyer", "deux_revenus") and bool(scales)

    def signature(value: Any) -> Any:
        told = tuple(test({fact.id: value}) for test in tests)
        if looked_at:
            return told, value  # a table reads them beside other facts: nothing may be merged
        if compared:
            return (
                told,
                bisect_left(edges, value.low),
                bisect_left(edges, inf if value.high is None else value.high),
            )
        expecting = fact.id == "grossesse_mois" and isinstance(value, Span) and value.low > 0
        return told, expecting

    return list({signature(value): value for value in reversed(values)}.values()) or [None]


def _edges(scale: Scale, setting: Setting, size: int) -> list[float]:
    table = scale.on(setting.on)
    if table is None:
        return []
    return [ceiling(table, count, household) for count in range(size + 2) for household in HOUSEHOLDS]


def _around(bounds: Iterable[float], most: float) -> list[Span]:
    """Return one whole number on each side of every bound, and the bound itself."""
    near = {0.0, *(float(floor(bound) + step) for bound in bounds for step in (-1, 0, 1))}
    return [Span(number, number) for number in sorted(near) if 0 <= number <= most]


def _kinds(groups: list[ChildGroup], setting: Setting, scales: list[Scale], domains: Domains) -> list[Env]:
    """Return one child for each way of meeting or missing the clauses of the groups."""
    nodes = [node for group in groups for part in group.all_of for node in part.walk() if node.fact]
    read = {node.fact for node in nodes if node.fact not in (AGE, "naissance")}
    limits = [months(scale.age_max) or 0 for scale in scales]
    values = {fact.id: _child_values(fact, domains) for fact in setting.vocabulary.of("enfant") if fact.id in read}
    rows = product(_ages(nodes, limits, setting), *values.values())
    tests = [_one(group, setting) for group in groups]
    kinds: dict[Any, Env] = {}
    for age, *rest in rows:
        child = {name: value for name, value in zip(values, rest, strict=True) if value is not None}
        child |= _born(age, setting)
        if limits:  # a table of ceilings counts the children who live here
            child.setdefault("garde", frozenset(("principale",)))
        told = tuple(test(child) for test in tests), tuple(is_below(child[AGE], limit) for limit in limits)
        kinds.setdefault(told, child)
    return list(kinds.values())


def _one(group: ChildGroup, setting: Setting) -> Test:
    single = compile_group(group.model_copy(update={"exists": True, "at_least": None}), setting)
    return lambda child: single({CHILDREN: ([child], True)})


def _child_values(fact: Fact, domains: Domains) -> list[Any]:
    if fact.id in domains:
        return list(domains[fact.id]) or [None]
    return [frozenset((word,)) for word in fact.possible]


def _ages(nodes: list[Condition], limits: list[int], setting: Setting) -> list[int]:
    bounds = [bound_of(node, setting) for node in nodes if node.fact == AGE]
    born = [this_month(setting.on) - bound_of(node, setting) for node in nodes if node.fact == "naissance"]
    return [int(span.low) for span in _around(chain(bounds, born, limits), MAX_AGE)]


def _born(age: int, setting: Setting) -> Env:
    birth = this_month(setting.on) - age
    return {AGE: Span(age, age), "naissance": Span(birth, birth)}


def can_be(condition: Condition, setting: Setting, verdict: Verdict) -> bool:
    """Tell whether some tried family gets this verdict.

    *Inconnu* is looked for with nothing known: the logic is monotone, so answers never bring it back.
    """
    if verdict is Verdict.INCONNU:
        return compile_tree(condition, setting)({}) is verdict
    return verdict in witnesses(condition, setting, (verdict,), {})
