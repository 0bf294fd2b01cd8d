"""Walks a card's conditions with their place in the file, and what each node stands under."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from knowledge.condition import Condition
from knowledge.criteria import OUI, Setting, compile_tree
from knowledge.faults import Steps
from knowledge.parameter import Parameters
from knowledge.vocabulary import AGE, CHILDREN

ROOT: Steps = ("conditions",)


class Spot(NamedTuple):
    """One node: the keys that lead to it, and whether it stands in a child group or under ``non``."""

    node: Condition
    steps: Steps
    in_child: bool = False
    negated: bool = False


def spots(condition: Condition, steps: Steps = ROOT) -> Iterator[Spot]:
    """Yield every node of a condition, in file order."""
    yield from _walk(Spot(condition, steps))


def _walk(spot: Spot) -> Iterator[Spot]:
    yield spot
    for below in parts(spot):
        yield from _walk(below)


def parts(spot: Spot) -> tuple[Spot, ...]:
    """Return the nodes right below one, with their places."""
    node, steps, in_child, negated = spot
    if node.child:
        below = (*steps, "enfant", "tout")
        return tuple(Spot(part, (*below, at), True, negated) for at, part in enumerate(node.child.all_of))
    if node.none_of:
        return (Spot(node.none_of, (*steps, "non"), in_child, True),)
    key = "tout" if node.all_of else "au_moins_un"
    return tuple(Spot(part, (*steps, key, at), in_child, negated) for at, part in enumerate(node.parts))


def can_fail(node: Condition) -> bool:
    """Tell whether a node can be *non* for some family, as far as its shape says."""
    if node.to_check:
        return False
    if node.any_of:
        return all(can_fail(part) for part in node.any_of)
    if node.all_of:
        return any(can_fail(part) for part in node.all_of)
    return True


def mute_refusals(spot: Spot) -> list[Spot]:
    """Return the clauses that can rule a card out without any ``sinon`` on the way.

    Of an ``au_moins_un`` without its own sentence, the first part speaks for all (see ``knowledge.match``).
    """
    node = spot.node
    if (node.child or node).else_says or not can_fail(node):
        return []
    if node.child or node.none_of or not node.parts:
        return [spot]
    below = parts(spot)
    return [mute for part in (below if node.all_of else below[:1]) for mute in mute_refusals(part)]


def mute_reasons(spot: Spot) -> list[Spot]:
    """Return the clauses that can decide for a card without saying why (no ``dit``)."""
    node = spot.node
    if node.to_check or (node.child or node).says:
        return []
    if node.fact or node.child or node.none_of:
        return [spot]
    return [mute for part in parts(spot) for mute in mute_reasons(part)]


def facts_read(condition: Condition, parameters: Parameters) -> set[str]:
    """Return every fact that a condition depends on: ``age`` as ``naissance``, what its tables look at."""
    found: set[str] = set()
    for node in condition.walk():
        if node.child:
            found.add(CHILDREN)
        if node.fact:
            found.add("naissance" if node.fact == AGE else node.fact)
        if node.au_plus_bareme:
            found |= _read_by_table(node.au_plus_bareme, parameters)
    return found


def _read_by_table(scale_id: str, parameters: Parameters) -> set[str]:
    scale = parameters.scales.get(scale_id)
    unborn = {"grossesse_mois"} if scale and scale.unborn else set()
    columns = scale is not None and any(row.everyone is None for table in scale.values for row in table.rows)
    return {CHILDREN, "naissance"} | unborn | ({"foyer", "deux_revenus"} if columns else set())


def always_true(node: Condition, setting: Setting) -> bool:
    """Tell whether a clause on a fact with a closed list of values holds for all of them."""
    fact = setting.vocabulary.get(node.fact or "")
    if fact is None or not fact.possible:
        return False
    test = compile_tree(node, setting)
    return all(test({fact.id: frozenset((value,))}) is OUI for value in fact.possible)
