"""Compares an amount with a dated table of ceilings when the household itself is only partly known.

A ceiling follows the children a family has and expects, and who earns. What is not known leaves several ceilings
possible: the answer is sure when all of them agree. A child counts for the parent it lives with: never one who lives
with the other parent; one who goes from home to home, or whose home was not told, may count, as the institution says.
"""

from __future__ import annotations

from knowledge.ages import months
from knowledge.base import Span
from knowledge.parameter import HOUSEHOLDS, DatedTable, Household, Scale, ceiling
from knowledge.verdict import INCONNU, NON, OUI, PROBABLE, Env, Test, Verdict, is_at_most, is_below
from knowledge.vocabulary import AGE, CHILDREN

HOME, TWO_INCOMES, PREGNANCY, MULTIPLE = "foyer", "deux_revenus", "grossesse_mois", "naissance_multiple"


def scale_test(name: str, scale: Scale, table: DatedTable) -> Test:
    """Return the test of an amount against the ceilings of a household, by what is known of that household."""
    limit = months(scale.age_max) or 0

    def test(env: Env) -> Verdict:
        if name not in env:
            return INCONNU
        amount, shared = env[name], _shared(env, limit)
        lowest, highest = _ceilings(env, scale, table, limit)
        if is_at_most(amount, highest) == NON:
            return NON
        if shared and is_at_most(amount, _ceilings(env, scale, table, limit, without=shared)[0]) != OUI:
            return PROBABLE if is_at_most(amount, lowest) == OUI else INCONNU
        return OUI if is_at_most(amount, lowest) == OUI else INCONNU

    return test


def _ceilings(env: Env, scale: Scale, table: DatedTable, limit: int, without: int = 0) -> tuple[float, float]:
    """Return the lowest and highest ceiling that what is known of the household leaves possible.

    ``without``: how many of the children who may count are left out.
    """
    fewest, most = _dependents(env, limit)
    fewest -= without
    if scale.unborn:
        born_soon, at_most = _unborn(env)
        fewest, most = fewest + born_soon, most + at_most
    cells = [ceiling(table, count, household) for count in (fewest, most) for household in _households(env)]
    return min(cells), max(cells)


def _unborn(env: Env) -> tuple[int, int]:
    """Return how many children are expected, at least and at most; each counts as soon as the pregnancy is known."""
    expected, several = env.get(PREGNANCY, Span(0, None)), env.get(MULTIPLE, _EITHER)
    fewest = (2 if several == {"oui"} else 1) if expected.low > 0 else 0
    most = (_MOST_UNBORN if "oui" in several else 1) if expected.high is None or expected.high > 0 else 0
    return fewest, most


_EITHER = frozenset(("oui", "non"))
_MOST_UNBORN = 3  # « jumeaux ou plus »: triplets are the most that a ceiling allows for


def _dependents(env: Env, limit: int) -> tuple[int, int]:
    """Return how many children count, at least and at most, when those who may count do."""
    children, complete = env.get(CHILDREN, ([], False))
    verdicts = [_young(child, limit) for child in children if child.get(HOME_OF_CHILD) != _ELSEWHERE]
    most = sum(verdict > NON for verdict in verdicts)
    return verdicts.count(OUI), most if complete else _MOST_CHILDREN - (len(children) - most)


def _young(child: Env, limit: int) -> Verdict:
    return is_below(child[AGE], limit) if AGE in child else INCONNU


def _shared(env: Env, limit: int) -> int:
    """Return how many children, young enough for sure, may count or not: not said to live mainly here or elsewhere."""
    children, _ = env.get(CHILDREN, ([], False))
    told = (_HERE, _ELSEWHERE)
    return sum(child.get(HOME_OF_CHILD) not in told and _young(child, limit) is OUI for child in children)


HOME_OF_CHILD = "garde"
_HERE, _ELSEWHERE = frozenset(("principale",)), frozenset(("autre_parent",))
_MOST_CHILDREN = 15  # as many as a family can tell of: an open list may hide all the others


def _households(env: Env) -> tuple[Household, ...]:
    home = env.get(HOME, frozenset(("seul", "couple")))
    two = env.get(TWO_INCOMES, _EITHER)
    keep = {"seul": "seul" in home, "couple_un_revenu": "couple" in home and "non" in two}
    keep["couple_deux_revenus"] = "couple" in home and "oui" in two
    return tuple(household for household in HOUSEHOLDS if keep[household])


def dimensions(scale: Scale) -> tuple[str, ...]:
    """Return the facts that choose a line and a column of a table."""
    unborn = (PREGNANCY, MULTIPLE) if scale.unborn else ()
    return HOME, TWO_INCOMES, CHILDREN, *unborn


def open_dimensions(env: Env, scale: Scale, table: DatedTable) -> list[str]:
    """Return those that leave several ceilings possible for a family, in the order they are best asked."""
    found = []
    if any(row.everyone is None for row in (*table.rows, table.beyond)) and len(_households(env)) > 1:
        found.append(TWO_INCOMES if env.get(HOME) == {"couple"} else HOME)
    fewest, most = _dependents(env, months(scale.age_max) or 0)
    if fewest < most:
        found.append(CHILDREN)
    least, greatest = _unborn(env) if scale.unborn else (0, 0)
    if not least and greatest:
        found.append(PREGNANCY)
    elif MULTIPLE not in env and greatest:
        found.append(MULTIPLE)
    return found
