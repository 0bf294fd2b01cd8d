"""The changes that a slip of the pen could make in a card's conditions, one at a time.

Swapped values, reversed comparisons, thresholds one unit off (a month for ages), a value dropped from a list, a
clause dropped, « tout » for « au_moins_un », one child more or fewer, a zone widened or narrowed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from knowledge.condition import Condition
from knowledge.content import AnyCard
from knowledge.criteria import Setting, bound_of
from knowledge.model import Zone
from knowledge.parameter import DatedTable, Parameters, Row, Scale
from knowledge.vocabulary import AGE

_REVERSE = {"moins_de": "a_partir_de", "a_partir_de": "moins_de", "au_plus": "plus_de", "plus_de": "au_plus"}
_ZONES: Mapping[str, str] = {"paris": "france", "france": "paris"}


class Mutant(NamedTuple):
    """One changed card: where it counts, its conditions, and the amounts they refer to."""

    card: str
    what: str
    zone: Zone
    condition: Condition
    parameters: Parameters


def mutants(card: AnyCard, setting: Setting) -> Iterator[Mutant]:
    """Yield every change of one card, named by its place and kind."""
    assert card.conditions is not None
    parameters = setting.parameters
    if isinstance(card.zone, str) and card.zone in _ZONES:
        zone: Any = _ZONES[card.zone]
        yield Mutant(card.id, f"zone {card.zone} -> {zone}", zone, card.conditions, parameters)
    plain = card.conditions.model_dump(by_alias=True, exclude_none=True, exclude_defaults=True)
    for what, changed in _changes(plain, "", setting):
        yield Mutant(card.id, what, card.zone, Condition.model_validate(changed), parameters)
    for name in dict.fromkeys(node.au_plus_bareme for node in card.conditions.walk() if node.au_plus_bareme):
        for step in (-1, 1):
            table = {**parameters.scales, name: _shifted(parameters.scales[name], step)}
            what = f"barème {name} {step:+d}"
            yield Mutant(card.id, what, card.zone, card.conditions, parameters._replace(scales=table))


def _shifted(scale: Scale, step: int) -> Scale:
    def row(each: Row) -> Row:
        cells = {name: value + step for name, value in each if name != "children" and value is not None}
        return each.model_copy(update=cells)

    def table(each: DatedTable) -> DatedTable:
        return each.model_copy(update={"rows": tuple(map(row, each.rows))})

    return scale.model_copy(update={"values": tuple(map(table, scale.values))})


Change = tuple[str, dict[str, Any]]


def _changes(node: dict[str, Any], place: str, setting: Setting) -> Iterator[Change]:
    """Yield (what, the node changed) for a node in its written form and all that stand below it."""
    if "enfant" in node:
        for what, group in _of_group(node["enfant"], place, setting):
            yield what, {**node, "enfant": group}
    elif "non" in node:
        yield f"{place}: sans « non »", node["non"]
        for what, inside in _changes(node["non"], f"{place}.non", setting):
            yield what, {**node, "non": inside}
    elif "fait" in node:
        yield from _of_clause(node, place, setting)
    for key, other in (("tout", "au_moins_un"), ("au_moins_un", "tout")):
        if key in node:
            yield from _of_list(node, key, other, place, setting)


def _of_list(node: dict[str, Any], key: str, other: str, place: str, setting: Setting) -> Iterator[Change]:
    parts = list(node[key])
    rest = {name: value for name, value in node.items() if name != key}
    if len(parts) > 1:
        yield f"{place}: {key} -> {other}", {**rest, other: parts}
    for at, part in enumerate(parts):
        here = f"{place}.{key}.{at}"
        left = [*parts[:at], *parts[at + 1 :]]
        if left and not ("a_verifier" in part and any("a_verifier" in each for each in left)):
            yield f"{here}: retirée", {**rest, key: left}
        for what, changed in _changes(part, here, setting):
            yield what, {**rest, key: [*parts[:at], changed, *parts[at + 1 :]]}


def _of_group(group: dict[str, Any], place: str, setting: Setting) -> Iterator[Change]:
    needed = group.get("nombre_min", 1)
    bare = {name: value for name, value in group.items() if name not in ("existe", "nombre_min")}
    for count in (needed - 1, needed + 1):
        if count:
            yield f"{place}: {count} enfant(s)", {**bare, "nombre_min": count}
    if "tout" in group:
        for what, changed in _of_list({"tout": group["tout"]}, "tout", "", f"{place}.enfant", setting):
            if "tout" in changed:
                yield what, {**group, "tout": changed["tout"]}


def _of_clause(node: dict[str, Any], place: str, setting: Setting) -> Iterator[Change]:
    clause = Condition.model_validate(node)
    operator, operand = clause.operators[0]
    fact = setting.vocabulary.get(node["fait"])
    assert fact is not None
    rest = {name: value for name, value in node.items() if name != operator}
    if operator == "au_plus_bareme":
        return
    if fact.possible:
        words = [operand] if isinstance(operand, str) else list(operand)  # type: ignore[arg-type]
        others = [word for word in fact.possible if word not in words]
        if others:
            yield f"{place}: {fact.id} tout sauf {', '.join(map(str, words))}", {**rest, "parmi": others}
        for word in words if len(words) > 1 else []:
            yield f"{place}: {fact.id} sans {word}", {**rest, "parmi": [each for each in words if each != word]}
        return
    bound = int(bound_of(clause, setting))
    unit = " mois" if fact.id == "naissance" and node["fait"] == AGE else ""
    if operator in _REVERSE:
        yield f"{place}: {operator} -> {_REVERSE[operator]}", {**rest, _REVERSE[operator]: f"{bound}{unit}"}
    for step in (-1, 1):
        if bound + step >= 0:
            yield f"{place}: {node['fait']} {operator} {step:+d}", {**rest, operator: f"{bound + step}{unit}"}
