"""The ages of children that the conditions of a card speak of, in months."""

from __future__ import annotations

from knowledge.ages import months
from knowledge.condition import Condition, Operand
from knowledge.content import AnyCard
from knowledge.search_load import Ages


def ages_of(card: AnyCard) -> Ages | None:
    """Return the ages of children its conditions speak of, None when they set no bound."""
    children = [node for node in card.conditions.walk() if node.child] if card.conditions else []
    spans = [_span([clause for clause in node.parts if clause.fact == "age"]) for node in children]
    known = [span for span in spans if span]
    if not known or len(known) < len(spans):
        return None
    return min(low for low, _ in known), max(high for _, high in known)


def _span(clauses: list[Condition]) -> Ages | None:
    """Return the ages that clauses about one child allow, None without any."""
    lows = [_months(clause.a_partir_de or clause.plus_de) for clause in clauses]
    highs = [_months(clause.moins_de or clause.au_plus) for clause in clauses]
    return (max(lows), min((high for high in highs if high), default=12 * 120)) if clauses else None


def _months(operand: Operand | None) -> int:
    return (months(operand) or 0) if isinstance(operand, str) else 0
