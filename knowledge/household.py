"""What follows from what a family told, before any clause is read: children to come, and where children live.

A child whose month of birth is still to come is a pregnancy, not a child. Children live with the parents who speak
of no separation; once a separation is told, only what is said of each child counts.
"""

from __future__ import annotations

from typing import Any

from knowledge.base import Span
from knowledge.vocabulary import CHILDREN

_HERE = frozenset(("principale",))
_ONE_TO_NINE = Span(1, 9)


def settle(ready: dict[str, Any], this_month: int) -> dict[str, Any]:
    """Return prepared facts with children to come as a pregnancy and each child's home where it is sure.

    Args:
        ready: prepared facts, see :func:`knowledge.facts.prepare`.
        this_month: the month of evaluation, see :func:`knowledge.ages.this_month`.
    """
    if CHILDREN not in ready:
        return ready
    listed, complete = ready[CHILDREN]
    born = [child for child in listed if "naissance" not in child or child["naissance"].low <= this_month]
    to_come = len(listed) - len(born)
    settled = {**ready, **(_pregnancy(ready, to_come) if to_come else {})}
    if _together(ready):
        born = [{"garde": _HERE, **child} for child in born]
    settled[CHILDREN] = (born, complete)
    return settled


def _pregnancy(ready: dict[str, Any], to_come: int) -> dict[str, Any]:
    known = ready.get("grossesse_mois")
    found: dict[str, Any] = {} if known is not None and known.low > 0 else {"grossesse_mois": _ONE_TO_NINE}
    return found | ({"naissance_multiple": frozenset(("oui",))} if to_come > 1 else {})


def _together(ready: dict[str, Any]) -> bool:
    """Tell whether no separation stands between these parents and their children."""
    separation = ready.get("separation")
    if separation is None:
        return bool(ready.get("foyer") == {"couple"})
    return bool(separation == {"aucune"})
