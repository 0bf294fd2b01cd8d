"""The values of the logic, *non < inconnu < probable < oui*, and how a number known as a span compares with a bound."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from typing import Any, TypeAlias

from knowledge.base import Span


class Verdict(IntEnum):
    """Whether a card fits; the order is that of the logic."""

    NON = 0
    INCONNU = 1
    PROBABLE = 2
    OUI = 3

    @property
    def word(self) -> str:
        """The French word used in content and in ``--json``."""
        return self.name.lower()


NON, INCONNU, PROBABLE, OUI = Verdict.NON, Verdict.INCONNU, Verdict.PROBABLE, Verdict.OUI

Env: TypeAlias = dict[str, Any]
"""Prepared facts, see :func:`knowledge.facts.prepare`."""
Test: TypeAlias = Callable[[Env], Verdict]


def is_below(span: Span, bound: float) -> Verdict:
    """Tell whether a number known as ``span`` is under ``bound`` (``moins_de``)."""
    high = float("inf") if span.high is None else span.high
    if high < bound or (not span.closed and high <= bound):
        return OUI
    return NON if span.low >= bound else INCONNU


def is_at_most(span: Span, bound: float) -> Verdict:
    """Tell whether a number known as ``span`` is ``bound`` or under (``au_plus``)."""
    high = float("inf") if span.high is None else span.high
    if high <= bound:
        return OUI
    return NON if span.low > bound else INCONNU


def opposite(verdict: Verdict) -> Verdict:
    """Return the negation; *probable* stays what it is (it is refused under ``non`` by the checks)."""
    return {OUI: NON, NON: OUI}.get(verdict, verdict)
