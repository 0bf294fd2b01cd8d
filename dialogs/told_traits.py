"""Gives a school class, a handicap or a refusal of school to the child a French text says it of."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from dialogs.phrases_story import StoryPattern
from dialogs.told_family import Child, Family
from dialogs.told_owner import Scene, is_own
from dialogs.told_people import Person

_SCHOOL = "scolarite"
_YOUNG_WRITER = 21
_LEAVES_SCHOOL = 8 * 12
"""A younger child who will not go to school has not left it."""


@dataclass(frozen=True, slots=True)
class Trait:
    """Something said of a child: the fact, its value, where the words stand."""

    fact: str
    value: Any
    start: int
    end: int


def give_traits(traits: Iterable[Trait], scene: Scene, family: Family) -> None:
    """Add to the children of a family what is said of them; a class of a child not yet met adds that child."""
    ends: dict[str, int] = {}
    for trait in sorted(traits, key=lambda each: (each.start, -each.end)):
        again = trait.start < ends.get(trait.fact, 0)
        ends[trait.fact] = max(trait.end, ends.get(trait.fact, 0))
        if again or _of_the_writer(trait, scene, family):
            continue
        for child in _holders(trait, scene, family):
            if trait.fact == "decroche" and child.span and child.span[0] < _LEAVES_SCHOOL:
                continue
            child.traits.setdefault(trait.fact, trait.value)
            if trait.fact == "taux_handicap":
                child.traits.setdefault("handicap", "oui")
    family.children.sort(key=lambda child: child.start)


_WRITER_SAYS = StoryPattern(r"\b<dit_de_soi>(?: \w+){0,3} $|\bmon $")
_A_CLASS = StoryPattern(r"\b<classes>\b")


def _of_the_writer(trait: Trait, scene: Scene, family: Family) -> bool:
    """Tell whether the one who writes speaks of her own class, or of somebody else's."""
    before = scene.before(trait.start)
    said = _WRITER_SAYS.of(scene.known).search(before)
    child_between = said and any(
        each.kind in ("enfant", "confie") and each.start >= scene.sentence(trait.start)[0] + said.start()
        for each in scene.people
        if each.end <= trait.start
    )
    if (said and not child_between) or _writers_own_handicap(trait, scene):
        return True
    young = family.age_parent is not None and family.age_parent < _YOUNG_WRITER
    return young and not any(each.kind == "enfant" and each.owner == "mien" for each in scene.people)


def _writers_own_handicap(trait: Trait, scene: Scene) -> bool:
    """Tell whether « malentendante, maman de deux enfants » begins a sentence."""
    named = any(scene.sentence(trait.start)[0] <= each.start < trait.start for each in scene.people)
    return trait.fact == "handicap" and not named and _WRITER_NEXT.match(scene.text, trait.end - 1) is not None


_WRITER_NEXT = re.compile(r" ,? ?(?:maman|mere|papa|pere|je|j|moi|et (?:maman|mere|enceinte)|enceinte) ")
_FOR_SOMEBODY = re.compile(r" (?:pour|chez) $")
_ONE = re.compile(r"\b(?:un|une|1|l autre|mon|ma|l un|l une)(?: (?:en|au|a la|est en|est au))? $")
_SEVERAL = re.compile(r"\b(?P<count>[2-9]) (?:(?:en|au|a la) )?$")


def _holders(trait: Trait, scene: Scene, family: Family) -> list[Child]:
    """Return the children that something is said of; new ones are added to the family."""
    start, end = scene.sentence(trait.start)
    for_whom = next(
        (each for each in scene.people if _FOR_SOMEBODY.fullmatch(scene.text[trait.end - 1 : each.start])), None
    )
    if for_whom and is_own(scene, for_whom, linked=True):
        return _of_person(for_whom, trait, scene, family)
    before = scene.before(trait.start)
    if trait.fact == _SCHOOL and (several := _SEVERAL.search(before)):
        return [_new(family, trait.start) for _ in range(int(several["count"]))]
    inside = any(each.start < trait.end and trait.start < each.end for each in scene.people)
    one = _ONE.search(before) or re.match(r"(?:un|une|mon|ma) ", scene.text[trait.start : trait.end])
    if trait.fact == _SCHOOL and not inside and one:
        return [_new(family, trait.start)]
    return _nearest(trait, scene, family, start, end)


def _nearest(trait: Trait, scene: Scene, family: Family, start: int, end: int) -> list[Child]:
    """Return the child named or aged nearest before, else after, in the sentence; else the only one of the text."""
    people = [each for each in scene.people if start <= each.start < trait.end and not _only_beside(each)]
    aged = [child for child in family.children if start <= child.start < trait.end]
    last_person = people[-1] if people else None
    last_child = max(aged, key=lambda child: child.end, default=None)
    if last_person and (last_child is None or last_person.start > last_child.end):
        return _of_person(last_person, trait, scene, family)
    if last_child:
        if last_person and last_person.plural and trait.fact in last_child.traits:
            return _of_person(last_person, trait, scene, family)
        return _same_place(last_child, family)
    after = [each for each in scene.people if trait.start < each.start < end and each.kind != "moi"]
    later = [child for child in family.children if trait.start < child.end and child.start < end]
    if after and (not later or after[0].start <= later[0].start):
        return _of_person(after[0], trait, scene, family)
    if later:
        return _same_place(later[0], family)
    if len(family.children) == 1:
        return family.children
    pronoun = re.search(r"(?<!\S)(?:il|elle|el) ", scene.text[: trait.end])
    return [_new(family, trait.start)] if pronoun and not scene.people and not family.children else []


def _only_beside(person: Person) -> bool:
    """Tell whether a class is never said of somebody: the writer, friends of a child (« ses copines »)."""
    friend = person.kind == "tiers" and person.owner == "son" and person.noun not in ("frere", "soeur")
    return person.kind == "moi" or friend


def _same_place(child: Child, family: Family) -> list[Child]:
    """Return the children told together (« deux enfants de 6 et 8 ans, autistes » are two)."""
    return [each for each in family.children if each.start == child.start and each.end == child.end]


def _of_person(person: Person, trait: Trait, scene: Scene, family: Family) -> list[Child]:
    known = [child for child in family.children if child.start == person.start]
    if known and not (trait.fact == _SCHOOL and all(_SCHOOL in child.traits for child in known) and person.plural):
        return known
    if ranked := _of_rank(person, scene, family):
        return [ranked]
    sibling = person.kind == "tiers" and person.owner == "son" and person.noun in ("frere", "soeur")
    if not is_own(scene, person) and not (sibling and family.children):
        return []
    if person.plural and not person.count and not _several_classes(trait, scene):
        return []
    number = 1 if _several_classes(trait, scene) and trait.fact == _SCHOOL else person.count or 1
    return [_new(family, person.start) for _ in range(number)] if number <= 12 else []


_OLDEST = StoryPattern(r"<l_aine>")
_YOUNGEST = StoryPattern(r"<le_dernier>")


def _of_rank(person: Person, scene: Scene, family: Family) -> Child | None:
    """Return the eldest or the youngest child told of by its age, for « mes fils ont 13 et 15 ans, le grand... »."""
    aged = [(child.span, child) for child in family.children if child.span and child.end <= person.start]
    if not person.rank or person.plural or len(aged) < 2:
        return None
    aged.sort(key=lambda each: each[0])
    if _OLDEST.of(scene.known).fullmatch(person.noun):
        return aged[-1][1]
    return aged[0][1] if _YOUNGEST.of(scene.known).fullmatch(person.noun) else None


def _several_classes(trait: Trait, scene: Scene) -> bool:
    """Tell whether « mes fils sont en CE1 et en CM2 » goes on with a class for another."""
    near = scene.text[max(0, trait.start - 25) : trait.end + 25]
    return len(_A_CLASS.of(scene.known).findall(near)) > 1


def _new(family: Family, start: int) -> Child:
    child = Child(start, start + 1)
    family.children.append(child)
    return child
