"""Gives the conditions of milestones their meaning: the closed language of cards, about one child at a time.

``enfant: {existe: oui, ...}`` speaks of the child whose milestone it is; ``nombre_min`` counts the whole family.
"""

from __future__ import annotations

from knowledge.condition import Condition
from knowledge.criteria import OUI, Env, Setting, Test, Verdict, compile_tree, opposite

THIS_CHILD = "cet enfant"
"""Where an environment keeps the child spoken of; no fact has such a name."""


def milestone_test(condition: Condition | None, setting: Setting) -> Test:
    """Return the test of a milestone's conditions; without conditions it always holds.

    Raises:
        ConditionError: a clause has no meaning.
    """
    if condition is None:
        return lambda env: OUI
    if condition.child and condition.child.exists:
        return _child_test([compile_tree(part, setting) for part in condition.child.all_of])
    tests = [milestone_test(part, setting) for part in condition.parts if not condition.child]
    if condition.none_of:
        return lambda env: opposite(tests[0](env))
    if condition.all_of:
        return lambda env: min(test(env) for test in tests)
    if condition.any_of:
        return lambda env: max(test(env) for test in tests)
    return compile_tree(condition, setting)


def _child_test(tests: list[Test]) -> Test:
    def test(env: Env) -> Verdict:
        child = env[THIS_CHILD]
        return min((each(child) for each in tests), default=OUI)

    return test
