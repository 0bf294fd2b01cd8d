"""Finds clauses that stand against each other in one ``tout``, or say the same thing twice. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import ceil, floor, inf

from knowledge.condition import Condition
from knowledge.criteria import ConditionError, Setting, bound_of, compile_clause
from knowledge.faults import Fault
from knowledge.spots import Spot, parts

_LOWEST, _HIGHEST = -inf, inf


def contradictions(spot: Spot, setting: Setting) -> Iterator[Fault]:
    """Yield what cannot be true together right below one node, and what is written twice there."""
    below = parts(spot)
    yield from _twice(below)
    if spot.node.any_of:
        return
    by_fact: dict[str, list[Spot]] = {}
    for part in _together(below):
        if part.node.fact and _has_meaning(part.node, setting):
            by_fact.setdefault(part.node.fact, []).append(part)
    for name, clauses in by_fact.items():
        fact = setting.vocabulary.get(name)
        assert fact is not None  # it compiles
        clash = _values(clauses) if fact.possible else _interval(clauses, setting)
        if clash:
            yield Fault("", clauses[-1].steps, f"les clauses sur '{name}' ne peuvent pas être vraies ensemble", clash)


def _twice(below: Iterable[Spot]) -> Iterator[Fault]:
    seen: set[str] = set()
    for spot in below:
        if spot.node.to_check:
            continue  # two things to check differ by their sentence only
        key = meaning(spot.node)
        if key in seen:
            yield Fault("", spot.steps, "cette clause est écrite deux fois au même endroit", "gardez-en une", True)
        seen.add(key)


_TEXTS = {"says", "else_says", "source"}


def meaning(node: Condition) -> str:
    """Return what a node tests, without its sentences: equal for equal tests."""
    own = node.model_dump(exclude={*_TEXTS, "all_of", "any_of", "none_of", "child"}, exclude_none=True)
    group = (node.child.exists, node.child.at_least) if node.child else None
    kind = "tout" if node.all_of else "au_moins_un" if node.any_of else "non" if node.none_of else ""
    return repr((kind, sorted(own.items(), key=lambda item: item[0]), group, [meaning(part) for part in node.parts]))


def _together(below: Iterable[Spot]) -> Iterator[Spot]:
    """Yield the clauses that must hold together, nested ``tout`` opened up."""
    for spot in below:
        if spot.node.all_of:
            yield from _together(parts(spot))
        else:
            yield spot


def _has_meaning(node: Condition, setting: Setting) -> bool:
    try:
        compile_clause(node, setting)
    except ConditionError:
        return False
    return True


def _values(clauses: list[Spot]) -> str:
    lists = [(clause.node.egal,) if clause.node.egal else clause.node.parmi or () for clause in clauses]
    common = set(lists[0]).intersection(*map(set, lists[1:]))
    return "" if common else " et ".join("[" + ", ".join(map(str, words)) + "]" for words in lists)


def _interval(clauses: list[Spot], setting: Setting) -> str:
    """Return the empty interval in words, or nothing; ages, months and euros are whole numbers."""
    low, high = _LOWEST, _HIGHEST
    for clause in clauses:
        node = clause.node
        if node.au_plus_bareme:
            continue
        bound = bound_of(node, setting)
        least = {"a_partir_de": ceil(bound), "plus_de": floor(bound) + 1, "egal": bound}
        most = {"moins_de": ceil(bound) - 1, "au_plus": floor(bound), "egal": bound}
        operator = node.operators[0][0]
        low, high = max(low, least.get(operator, _LOWEST)), min(high, most.get(operator, _HIGHEST))
    return f"rien n'est à la fois au moins {low:g} et au plus {high:g}" if low > high else ""
