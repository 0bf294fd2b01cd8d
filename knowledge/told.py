"""Puts a prepared family back into the plain form of examples, to be read in a report and tried again."""

from __future__ import annotations

from typing import Any

from knowledge.ages import month_text
from knowledge.base import Span
from knowledge.criteria import Env
from knowledge.vocabulary import AGE, CHILDREN


def told(env: Env) -> dict[str, Any]:
    """Return a prepared family in the plain form of examples, for reports."""
    facts = {name: _plain(value) for name, value in env.items() if name != CHILDREN}
    children, _ = env.get(CHILDREN, ([], True))
    listed = [{name: _child_plain(name, value) for name, value in child.items() if name != AGE} for child in children]
    return {**facts, CHILDREN: listed, "enfants_complet": "oui"}


def _plain(value: Any) -> Any:
    if isinstance(value, Span):
        low, high = int(value.low), None if value.high is None else int(value.high)
        return low if low == high else [low, None if high is None else high + 1]
    words = sorted(value)
    return words[0] if len(words) == 1 else words


def _child_plain(name: str, value: Any) -> Any:
    return month_text(int(value.low)) if name == "naissance" else _plain(value)
