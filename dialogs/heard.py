"""Joins what ``volunteered`` and ``told`` read of a text into the facts it states, children included."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from dialogs.told import Told, told
from dialogs.told_children import family_in
from dialogs.told_family import Family
from knowledge.ages import birth_of, birth_span
from knowledge.vocabulary import CHILDREN, DISTRICT

_DENIED: dict[str, Any] = {"separation": "aucune", "grossesse_mois": 0}
"""What a denial would say: « je ne suis pas enceinte, c'est ma sœur » is said in passing, the question stays open."""


def children_told(found: Told, family: Family, known: Mapping[str, Any] | None, on: date) -> dict[str, Any] | None:
    """Return the children of a text in plain form: those known from elsewhere, else these; those only counted last.

    Args:
        found: what :func:`told` read.
        family: the children read in French; they count first.
        known: children read by ``volunteered``, with their births.
        on: the day the ages are true.
    """
    mourned = found.facts.get("deces") in ("enfant", "perinatal")
    aged = any(child.span for child in family.children)
    if not mourned and (aged or ((family.children or family.declared) and not (found.ages or known))):
        return _of_family(family, found, known, on)
    listed = _joined(found, known, [] if mourned else found.ages, on)
    complete = known["complet"] if known else "non"
    if found.count and found.count > len(listed):
        listed += [{} for _ in range(found.count - len(listed))]
        complete = "non"
    if found.of_child and len(listed) <= 1:
        listed = [{**(listed[0] if listed else {}), **found.of_child, **_implied(found.of_child)}]
    listed = [{**each, **found.of_all} for each in listed]
    return {"liste": listed[:15], "complet": complete} if listed else None


def _joined(
    found: Told, known: Mapping[str, Any] | None, said: list[tuple[int, int]], on: date
) -> list[dict[str, Any]]:
    """Return the children ``volunteered`` read and those of ``told``, each once, the narrower of two births."""
    listed = [dict(child) for child in known["liste"]] if known else []
    births = [birth_of(low, high, on) for low, high in said * (2 if _are_twins(found) else 1)]
    if len(births) == len(listed):
        listed = [
            {"naissance": _narrower(child["naissance"], each)} for child, each in zip(listed, births, strict=True)
        ]
    if not listed or _holds_all(births, listed):
        listed = [{"naissance": each} for each in births]
    return listed


def _of_family(family: Family, found: Told, known: Mapping[str, Any] | None, on: date) -> dict[str, Any]:
    """Return the children read in French; all of them were named only where ``volunteered`` says so too."""
    listed: list[dict[str, Any]] = [
        ({"naissance": birth_of(*child.span, on)} if child.span else {}) | child.traits for child in family.children
    ]
    complete = known["complet"] if known and len(known["liste"]) == len(listed) else "non"
    listed += [{} for _ in range(family.declared - len(listed))]
    return {"liste": [{**each, **found.of_all} for each in listed[:15]], "complet": complete}


def _holds_all(births: list[str | list[str]], listed: list[dict[str, Any]]) -> bool:
    """Tell whether more children were read here, those read elsewhere among them."""
    return len(births) > len(listed) and all(
        any(_narrower(child["naissance"], each) == each for each in births) for child in listed
    )


def _implied(said: Mapping[str, Any]) -> dict[str, str]:
    """Return what a rate says without words: a child who has one is handicapped."""
    return {"handicap": "oui"} if "taux_handicap" in said else {}


def _are_twins(found: Told) -> bool:
    return found.facts.get("naissance_multiple") == "oui" and len(found.ages) == 1 and found.count is None


def _narrower(one: str | list[str], other: str | list[str]) -> str | list[str]:
    """Return the second of two births when it lies inside the first: « two and a half » beside « two »."""
    outer, inner = birth_span(one), birth_span(other)
    inside = outer and inner and outer.low <= inner.low and inner.high is not None and inner.high <= (outer.high or 0)
    return other if inside else one


def heard_facts(strict: Mapping[str, Any], text: str, on: date) -> dict[str, Any]:
    """Return the facts of ``volunteered`` with what the rules of dialogs/dits/ add; where both read, the former counts.

    A value still open (several possible) gives way to a settled one.
    """
    found = told(text)
    facts = {**strict, **{name: value for name, value in found.facts.items() if name not in strict}}
    for name, value in found.facts.items():
        if (isinstance(strict.get(name), list) and name != DISTRICT) or (name, value) == ("separation", "recente"):
            facts[name] = value
    facts = {name: value for name, value in facts.items() if name not in _DENIED or value != _DENIED[name]}
    if len(found.places.get("near", ())) > 1 and "home" not in found.places:
        facts.pop(DISTRICT, None)
    for name, year in found.since.items():
        facts.setdefault(name, 12 * (on.year - year))
    family = family_in(found.french, found.traits, on)
    if family.age_parent is not None:
        facts.setdefault("age_parent", family.age_parent)
    if len(family.children) == 1:
        found.of_child = {**family.children[0].traits, **found.of_child}
    known = strict.get(CHILDREN)
    if known and known["liste"] and found.french and not (found.ages or family.children or family.declared):
        known = None  # « j'ai eu mon premier enfant à 19 ans »
    children = children_told(found, family, known, on)
    facts = {name: value for name, value in facts.items() if name != CHILDREN or known is not None}
    return {**facts, CHILDREN: children} if children else facts


def with_ages(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return facts without the children whose age was not said: the question about ages stays open for them."""
    told_of = facts.get(CHILDREN)
    if not told_of or all("naissance" in child for child in told_of["liste"]):
        return dict(facts)
    listed = [child for child in told_of["liste"] if "naissance" in child]
    rest = {name: value for name, value in facts.items() if name != CHILDREN}
    return rest | ({CHILDREN: {"liste": listed, "complet": "non"}} if listed else {})
