"""Joins children told one after the other for one question, without counting a child twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from knowledge.ages import age_span

Child = Mapping[str, Any]


def joined(listed: Sequence[Child], told: Sequence[Child], on: date) -> list[dict[str, Any]]:
    """Return all the children of a family that told some, then was asked for others.

    When every child of before may be one of those told now, the family has said its list again: what is told now
    counts, with what was known of each. Otherwise the ones told now come after those of before.
    """
    again: dict[int, Child] = {}
    for child in listed:
        number = next((n for n, each in enumerate(told) if n not in again and _may_be(child, each, on)), None)
        if number is None:
            return [dict(each) for each in (*listed, *told)]
        again[number] = child
    return [{**again.get(number, {}), **each} for number, each in enumerate(told)]


def _may_be(one: Child, other: Child, on: date) -> bool:
    first, second = (age_span(child["naissance"], on) if "naissance" in child else None for child in (one, other))
    if first is None or second is None or first.high is None or second.high is None:
        return False
    return first.low <= second.high and second.low <= first.high
