"""The children a French text tells of, as they are found: each with its place in the text, ages in a row."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from dialogs.phrases_story import StoryPattern
from dialogs.told_ages import Aged
from dialogs.told_owner import Scene
from dialogs.told_people import Person

_OLDEST_CHILD = 25 * 12
_CHAIN_WORDS = 9


@dataclass(slots=True)
class Child:
    """A child of the writer: where the text says so, its age in months from and to, what is said of it."""

    start: int
    end: int
    span: tuple[int, int] | None = None
    traits: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Family:
    """Children in the order of the text, how many there are if said, and the age of the writer."""

    children: list[Child] = field(default_factory=list)
    declared: int = 0
    age_parent: int | None = None


def add(family: Family, each: Aged, person: Person | None = None) -> None:
    """Add the children of some ages, named by ``person``: twins twice, nobody older than 25."""
    if any(low > _OLDEST_CHILD for low, _ in each.spans):
        return
    start = person.start if person else each.start
    spans = each.spans * (person.together if person and len(each.spans) == 1 else 1)
    for span in spans:
        child = Child(start, each.end, span)
        if person and person.kind == "confie":
            child.traits["recueilli"] = "oui"
        family.children.append(child)


_CHAIN = StoryPattern(r"(?: (?:,|/|\+|&|-|\(|\)|:|<suite_d_enfants>|\d|[a-z]{3,12}))*? ?")
_NO_CHAIN = StoryPattern(r"\b<rompt_la_suite>\b")


def goes_on(scene: Scene, family: Family, place: int) -> bool:
    """Tell whether a place goes on from the child named just before: « 6 ans et une petite de 3 ans »."""
    if not family.children:
        return False
    last = max(child.end for child in family.children)
    gap = scene.text[last:place]
    if (
        last > place
        or len(gap.split()) > _CHAIN_WORDS
        or re.search(r"[.!?;]", gap)
        or _NO_CHAIN.of(scene.known).search(gap)
    ):
        return False
    others = any(each.kind in ("tiers", "moi", "proche") and last <= each.start < place for each in scene.people)
    return not others and _CHAIN.of(scene.known).fullmatch(gap) is not None
