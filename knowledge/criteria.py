"""Gives conditions their meaning: a three-valued logic with *probable*, compiled to plain closures.

Verdicts are ordered non < inconnu < probable < oui; ``tout`` is the lowest of its parts, ``au_moins_un`` the
highest. What is not known is never *non*. Each distinct clause is evaluated once per family, whatever the
number of cards that hold it. No clock, no file, no text here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NamedTuple, TypeAlias

from knowledge.ages import month_index, months
from knowledge.base import Span
from knowledge.condition import ChildGroup, Condition, Operator, ParameterRef
from knowledge.parameter import DatedTable, Parameters, Scale
from knowledge.scales import scale_test
from knowledge.verdict import INCONNU, NON, OUI, PROBABLE, Env, Test, Verdict, is_at_most, is_below, opposite
from knowledge.vocabulary import AGE, CHILDREN, Vocabulary

__all__ = [
    "INCONNU", "NON", "OUI", "PROBABLE", "ConditionError", "Env", "Program", "Setting", "Test", "Verdict",
    "bound_of", "compile_clause", "compile_group", "compile_tree", "is_at_most", "is_below", "opposite", "scale_of",
]  # fmt: skip

Rule: TypeAlias = Callable[[Env, Sequence[Verdict]], Verdict]


class Setting(NamedTuple):
    """What clauses refer to: the vocabulary, and amounts as they stand on a day."""

    vocabulary: Vocabulary
    parameters: Parameters
    on: date


class ConditionError(ValueError):
    """A clause that cannot be given a meaning; the message is in French."""


def compile_clause(clause: Condition, setting: Setting) -> Test:
    """Return the test of a clause on one fact, for a family or for one child.

    Raises:
        ConditionError: unknown fact, unknown value, unreadable bound, unknown parameter.
    """
    fact = setting.vocabulary.get(clause.fact or "")
    if fact is None:
        raise ConditionError(f"fait '{clause.fact}' inconnu")
    (operator, operand), name = clause.operators[0], clause.fact or ""
    if fact.possible:
        if operator not in ("egal", "parmi"):
            raise ConditionError(f"'{operator}' ne s'applique pas à '{name}' : écrivez egal ou parmi")
        wanted = (operand,) if isinstance(operand, str) else operand
        assert isinstance(wanted, tuple)
        unknown = [str(word) for word in wanted if word not in fact.possible]
        if unknown:
            raise ConditionError(
                f"fait '{name}' n'a pas de valeur '{', '.join(unknown)}' ; valeurs : {', '.join(fact.possible)}"
            )
        return _choice_test(name, frozenset(map(str, wanted)))
    if fact.kind == "enfants":
        raise ConditionError("'enfants' se lit avec « enfant: {existe: oui, tout: [...]} »")
    if operator == "au_plus_bareme":
        return scale_test(name, *scale_of(clause, setting))
    return _number_test(name, operator, _bound(operand, name, fact.unit, setting))


def scale_of(clause: Condition, setting: Setting) -> tuple[Scale, DatedTable]:
    """Return the table that a clause ``au_plus_bareme`` names, as it stands on the day.

    Raises:
        ConditionError: unknown, or not yet in force.
    """
    scale = setting.parameters.scales.get(clause.au_plus_bareme or "")
    table = scale.on(setting.on) if scale else None
    if scale is None or table is None:
        raise ConditionError(f"barème '{clause.au_plus_bareme}' inconnu, ou pas encore en vigueur le {setting.on}")
    return scale, table


def _choice_test(name: str, wanted: frozenset[str]) -> Test:
    def test(env: Env) -> Verdict:
        known = env.get(name)
        if known is None:
            return INCONNU
        if known <= wanted:
            return OUI
        return NON if known.isdisjoint(wanted) else INCONNU

    return test


def _bound(operand: Any, name: str, unit: str, setting: Setting) -> float:
    if isinstance(operand, ParameterRef):
        amount = setting.parameters.amount(operand.parameter, setting.on)
        if amount is None:
            raise ConditionError(f"paramètre '{operand.parameter}' inconnu, ou pas encore en vigueur le {setting.on}")
        parameter = setting.parameters.values[operand.parameter]
        return amount * 12 if parameter.unit == "ans" and name == AGE else amount
    text = str(operand)
    if name in (AGE, "naissance"):
        value = months(text) if name == AGE else month_index(text)
        if value is None:
            raise ConditionError(
                f"'{name}' se compare à {'« 3 ans » ou « 30 mois »' if name == AGE else '« 2012-03 »'}, pas à '{text}'"
            )
        return float(value)
    try:
        return float(text)
    except ValueError:
        length = months(text)
    if length is None or unit not in ("mois", "ans"):
        raise ConditionError(f"'{text}' n'est pas un nombre")
    return float(length if unit == "mois" else length / 12)


def bound_of(clause: Condition, setting: Setting) -> float:
    """Return the number that a clause on a number compares with: months for ``age``, else the unit of its fact.

    Raises:
        ConditionError: unreadable bound, unknown parameter, or a clause that compares with no single number.
    """
    fact = setting.vocabulary.get(clause.fact or "")
    if fact is None or fact.possible or clause.au_plus_bareme:
        raise ConditionError(f"'{clause.fact}' ne se compare pas à un nombre")
    return _bound(clause.operators[0][1], clause.fact or "", fact.unit, setting)


def _number_test(name: str, operator: Operator, bound: float) -> Test:
    def equal(span: Span) -> Verdict:
        if span.low == span.high == bound:
            return OUI
        return INCONNU if NON not in (is_at_most(span, bound), opposite(is_below(span, bound))) else NON

    compare: dict[str, Callable[[Span], Verdict]] = {
        "egal": equal,
        "moins_de": lambda span: is_below(span, bound),
        "au_plus": lambda span: is_at_most(span, bound),
        "a_partir_de": lambda span: opposite(is_below(span, bound)),
        "plus_de": lambda span: opposite(is_at_most(span, bound)),
    }
    if operator not in compare:
        raise ConditionError(f"'{operator}' ne s'applique pas à '{name}', qui est un nombre")
    chosen = compare[operator]
    return lambda env: chosen(env[name]) if name in env else INCONNU


def compile_group(group: ChildGroup, setting: Setting) -> Test:
    """Return the test of clauses about one same child, over all children.

    While the list of children is open, a group not yet met is *inconnu*, never *non*.
    """
    one_child = _lowest([compile_tree(part, setting) for part in group.all_of])
    needed = group.needed

    def test(env: Env) -> Verdict:
        children, complete = env.get(CHILDREN, _NO_CHILDREN)
        reached = NON
        if len(children) >= needed:
            found = [one_child(child) for child in children]
            reached = max(found) if needed == 1 else sorted(found)[-needed]
        return reached if complete or reached else INCONNU

    return test


_NO_CHILDREN: tuple[list[Env], bool] = ([], False)


def _lowest(tests: Sequence[Test]) -> Test:
    """Return a test that holds as much as the least of several; it stops at the first *non*."""
    if len(tests) == 1:
        return tests[0]

    def test(env: Env) -> Verdict:
        worst = OUI
        for each in tests:
            verdict = each(env)
            if verdict < worst:
                if not verdict:
                    return NON
                worst = verdict
        return worst

    return test


def compile_tree(condition: Condition, setting: Setting) -> Test:
    """Return a whole condition as one test; see :class:`Program` for many conditions at once."""
    if condition.child:
        return compile_group(condition.child, setting)
    if condition.to_check:
        return lambda env: PROBABLE
    if condition.fact:
        return compile_clause(condition, setting)
    tests = [compile_tree(part, setting) for part in condition.parts]
    if condition.none_of:
        return lambda env: opposite(tests[0](env))
    return _lowest(tests) if condition.all_of else lambda env: max([test(env) for test in tests])


class Program:
    """Many conditions compiled together: equal nodes are evaluated once per family."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self._rules: list[Rule] = []
        self._known: dict[str, int] = {}
        self._of_node: dict[int, int] = {}

    def position(self, condition: Condition) -> int:
        """Return where :meth:`run` puts the verdict of a node that was added (the very object)."""
        return self._of_node[id(condition)]

    def add(self, condition: Condition) -> int:
        """Return the position of a condition's verdict in what :meth:`run` returns."""
        key = _key(condition)
        if key not in self._known:
            parts = () if condition.child or condition.fact else tuple(self.add(part) for part in condition.parts)
            self._rules.append(self._rule(condition, parts))
            self._known[key] = len(self._rules) - 1
        else:
            for part in () if condition.child or condition.fact else condition.parts:
                self.add(part)
        self._of_node[id(condition)] = self._known[key]
        return self._known[key]

    def _rule(self, condition: Condition, parts: tuple[int, ...]) -> Rule:
        if not parts:
            test = compile_tree(condition, self.setting)
            return lambda env, done: test(env)
        if condition.none_of:
            return lambda env, done: opposite(done[parts[0]])
        return _combine(parts, min if condition.all_of else max)

    def run(self, env: Env) -> list[Verdict]:
        """Return the verdict of every distinct node for one family, in the order they were added."""
        done: list[Verdict] = []
        add = done.append
        for rule in self._rules:
            add(rule(env, done))
        return done


def _combine(parts: tuple[int, ...], pick: Callable[..., Verdict]) -> Rule:
    """Return the rule of a node from the verdicts of its parts; most nodes have two or three, hence fast paths."""
    if len(parts) == 1:
        (only,) = parts
        return lambda env, done: done[only]
    if len(parts) == 2:
        one, two = parts
        return lambda env, done: pick(done[one], done[two])
    if len(parts) == 3:
        first, second, third = parts
        return lambda env, done: pick(done[first], done[second], done[third])
    return lambda env, done: pick([done[part] for part in parts])


def _key(condition: Condition) -> str:
    return condition.model_dump_json(exclude=_TEXTS, exclude_none=True)


_TEXTS: Any = {"says", "else_says", "source"}
