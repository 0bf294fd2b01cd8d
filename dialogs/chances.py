"""How often a clause fails for a family taken at random, from the rough frequencies of faits.yaml. Pure.

They order questions and never decide a right.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from knowledge.base import Span
from knowledge.condition import Condition
from knowledge.criteria import NON, Setting, compile_tree
from knowledge.match import Matcher
from knowledge.vocabulary import Fact

_UNKNOWN_CHANCE = 0.3  # a clause whose fact has no frequencies


class Chances:
    """The rough chance that a clause fails, from the frequencies of its fact."""

    def __init__(self, matcher: Matcher) -> None:
        self.setting = Setting(matcher.knowledge.vocabulary, matcher.knowledge.parameters, matcher.on)

    def fails(self, node: Condition) -> float:
        """Return the chance, between 0 and 1, that a node is *non* for a family taken at random."""
        if node.to_check:
            return 0.0
        fact = self.setting.vocabulary.get(node.fact) if node.fact else None
        if fact is None:
            return _UNKNOWN_CHANCE
        cases = self._cases(fact)
        test = compile_tree(node, self.setting)
        total = sum(share for _, share in cases)
        failed = sum(share for value, share in cases if test({fact.id: value}) is NON)
        return failed / total if total else _UNKNOWN_CHANCE

    def _cases(self, fact: Fact) -> list[tuple[Any, float]]:
        if fact.possible:
            return [(frozenset((value,)), fact.frequencies.get(value, 1.0)) for value in fact.possible]
        ends = [*fact.bounds, None] if fact.bounds else []
        return [(Span(low or 0, high, closed=False), 1.0) for low, high in pairwise(ends)]
