"""Proves that what the Schéma parisien promises families leads to cards, and lays the whole out as a table."""

from __future__ import annotations

from collections.abc import Iterator

from dialogs.report import Section
from knowledge.check_references import Names
from knowledge.content import Knowledge
from knowledge.paris_scheme import Scheme, actions, scheme_faults

_NO_DOOR = {"oui": "AUCUNE FICHE", "indirect": "(sans porte à pousser)", "non": "(entre professionnels)"}


def prove_scheme(scheme: Scheme, knowledge: Knowledge) -> Section:
    """Return the counts that are held, what leads nowhere, and axis, objective, action -> cards."""
    held = scheme.held()
    listed = [spot.action for spot in actions(scheme)]
    pointable = [action for action in listed if action.pointable == "oui"]
    named = {card for group in (listed, scheme.names) for each in group for card in each.cards}
    figures = {
        "axes": held.axes,
        "objectifs": held.objectives,
        "actions": held.actions,
        "actions à indiquer": len(pointable),
        "avec une fiche": sum(bool(action.cards) for action in pointable),
        "indirectes": sum(action.pointable == "indirect" for action in listed),
        "noms du Schéma": len(scheme.names),
        "noms avec une fiche": sum(bool(each.cards) for each in scheme.names),
        "fiches nommées": len(named),
    }
    faults = scheme_faults(scheme, Names(knowledge))
    title = "Schéma parisien : chaque action qu'on peut indiquer mène à une fiche"
    return Section(title, figures, tuple(fault.what for fault in faults), (scheme.note,), tuple(_rows(scheme)))


def _rows(scheme: Scheme) -> Iterator[str]:
    """Yield the table: each axis, its objectives, each action with its cards; then the names."""
    for axis in scheme.axes:
        yield f"Axe {axis.number}. {axis.subject}"
        for objective in axis.objectives:
            yield f"  Objectif {objective.number}. {objective.subject or objective.note}"
            for action in objective.actions:
                cards = ", ".join(action.cards) or _NO_DOOR[action.pointable]
                yield f"    {action.id:<8} {action.pointable:<8} {action.subject} -> {cards}"
    if scheme.names:
        yield "Noms du Schéma"
    for each in scheme.names:
        yield f"    {each.sort:<10} {each.name} -> {', '.join(each.cards) or each.reason}"
