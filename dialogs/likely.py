"""What most probably goes with what a family told. It decides what is worth asking, never a right. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from knowledge.ages import age_span
from knowledge.vocabulary import CHILDREN

OWN_AGE = "age_parent"
_OLDER_BY = 16
"""Years between a parent and a child, at least: of a thousand births in France, about one is to a younger mother."""

_PREGNANCY = "grossesse_mois"
_AT_SCHOOL = 4 * 12  # months
_GROWN_UP = 25  # years
_NO_PARENT = frozenset(("proche", "professionnel", "jeune"))


def with_likely_age(facts: Mapping[str, Any], on: date) -> dict[str, Any] | None:
    """Return the facts with the age that a parent of their eldest child has at least; None when nothing is added.

    None too when the age is known, and for who may be no parent of these children.
    """
    if OWN_AGE in facts or facts.get("profil") in _NO_PARENT or CHILDREN not in facts:
        return None
    own = [child for child in facts[CHILDREN]["liste"] if child.get("recueilli") != "oui" and "naissance" in child]
    ages = [span.low for child in own if (span := age_span(child["naissance"], on))]
    return {**facts, OWN_AGE: [int(max(ages)) // 12 + _OLDER_BY, None]} if ages else None


def likely_facts(facts: Mapping[str, Any], on: date) -> dict[str, Any] | None:
    """Return the facts of who told children as those of a parent, of a likely age; None when nothing is added.

    Without a pregnancy where all children are at school. For what is shown only: nothing less is asked for it.
    """
    told_of = facts.get(CHILDREN, {})
    listed = told_of.get("liste", [])
    likely = {**(with_likely_age(facts, on) or facts)}
    if listed and "profil" not in facts and not _is_young(facts.get(OWN_AGE)):
        likely["profil"] = "parent"
    spans = [age_span(child["naissance"], on) if "naissance" in child else None for child in listed]
    at_school = bool(spans) and all(span and span.low >= _AT_SCHOOL for span in spans)
    if at_school and told_of["complet"] == "oui" and _PREGNANCY not in facts:
        likely[_PREGNANCY] = 0
    return likely if likely.keys() - facts.keys() else None


def _is_young(age: Any) -> bool:
    return (isinstance(age, int) and age < _GROWN_UP) or (isinstance(age, list) and age[0] < _GROWN_UP)
