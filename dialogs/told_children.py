"""Reads the writer's own children in French text: each age, school class or trouble goes to the child it is said of.

Every number that may be an age (``told_ages``) is given to somebody (``told_people``) by what stands between the
two; what cannot be given to a child of the writer is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from dialogs.phrases_load import phrases
from dialogs.phrases_story import StoryPattern
from dialogs.told_ages import Aged, ages_in, births_in
from dialogs.told_alone import is_childs, is_writers
from dialogs.told_counts import bare_numbers, declared
from dialogs.told_family import Family, add, goes_on
from dialogs.told_owner import Scene, asks_in_general, is_own
from dialogs.told_people import Person, people_in
from dialogs.told_pronoun import pronoun_of
from dialogs.told_traits import Trait, give_traits

_YOUNGEST_WRITER = 12


def family_in(text: str, traits: Iterable[Trait], on: date) -> Family:
    """Return the writer's own family as a plain French text tells it.

    Args:
        text: see :func:`dialogs.plain_text.plain`.
        traits: what is said of a child, by its place in the text.
        on: the day ages and dates of birth are counted from.
    """
    known = phrases()
    text = f"{text} "
    scene = Scene(text, tuple(people_in(text, known)), known)
    family = Family()
    aged = sorted([*ages_in(text, known), *births_in(text, on, known)], key=lambda each: each.start)
    for number, each in enumerate(aged):
        _place(each, aged[number + 1 :], scene, family)
    bare_numbers(scene, family)
    give_traits(traits, scene, family)
    family.declared = declared(scene, family)
    family.age_parent = family.age_parent or _age_since_then(text)
    return family


_AGE_SINCE_THEN = re.compile(r"\ba \d{1,2} ans\b.*\bj en ai (?P<age>\d{2})(?= (?:maintenant|et|[,.;!?])| $)")


def _age_since_then(text: str) -> int | None:
    """Return the age of « placée à 12 ans, j'en ai 21 »: what somebody has 12 of or more is years."""
    said = _AGE_SINCE_THEN.search(text)
    return int(said["age"]) if said and int(said["age"]) >= _YOUNGEST_WRITER else None


_ONCE_OF_A_CHILD = StoryPattern(r"\b<a_un_autre_age_enfant> $")
_SURELY_AGED = re.compile(r" (?:de|d|qui a|agee?s?(?: de)?) $")


def _place(each: Aged, later: Sequence[Aged], scene: Scene, family: Family) -> None:
    """Give an age to the child, or the writer, it is said of; to nobody when that is not plain."""
    person = scene.bound(each.start)
    if person and person.plural and scene.text[person.end : each.start] == " a ":
        person = None  # « je vis chez mes parents à 21 ans »
    if each.loose and not (person and _SURELY_AGED.search(scene.text[person.end : each.start])):
        return
    if _ONCE_OF_A_CHILD.of(scene.known).search(scene.before(each.start)):
        return  # « depuis qu'il a 12 ans »
    linked = goes_on(scene, family, each.start)
    if person and not (each.born and person.kind != "enfant"):
        _give_to(person, each, linked, scene, family)
    elif each.born:
        if not re.search(r"\b(?:je suis|moi|j suis|suis) $|\bsi ", scene.before(each.start)):
            add(family, each)
    elif _says_i(scene, each):
        _give_to_writer(each, bool(later) or linked, scene, family)
    elif linked:
        add(family, each)
    elif is_childs(scene, each):
        add(family, each, _spoken_of(scene, family, each))
    elif is_writers(scene, each):
        _give_to_writer(each, False, scene, family)


def _spoken_of(scene: Scene, family: Family, each: Aged) -> Person | None:
    """Return the child named nearest to an age without a noun, when it has no age of its own yet."""
    start, end = scene.sentence(each.start)
    named = [person for person in scene.people if is_own(scene, person) and not person.plural and person.start < end]
    before = [person for person in named if person.end <= each.start]
    nearest = before[-1] if before else next((person for person in named if person.start >= start), None)
    taken = nearest is not None and any(child.start == nearest.start for child in family.children)
    return None if taken else nearest


_GRANDPARENT = StoryPattern(r"\b<grand_parent>$")
_PARENT_OF = re.compile(r" (?:de|d) (?!un|une|plus|moins|pres|presque)[a-z]{3,12} (?:, |\( |a |de )?$")


def _give_to(person: Person, each: Aged, linked: bool, scene: Scene, family: Family) -> None:
    gap = scene.text[person.end : each.start]
    if person.kind == "moi":
        if _PARENT_OF.match(gap):
            _give_to_named(person, each, scene, family)
        elif "," not in gap or not linked:
            _give_to_writer(each, False, scene, family)
        return
    governed = re.search(r"\b(?:de|du|d|eu|fait) $", scene.before(person.start))
    if governed and re.match(r" (?:a|ont|en a) ", gap) and person.kind == "enfant" and not linked:
        return  # « le père de ma fille a 40 ans »
    sibling = person.kind == "tiers" and person.owner == "son" and person.noun in ("frere", "soeur")
    if (sibling and family.children) or is_own(scene, person, linked or goes_on(scene, family, person.start)):
        add(family, each, person)
    elif person.kind == "proche" and pronoun_of(scene, each.start) and " a " in gap and "," in gap:
        add(family, each)


def _give_to_named(person: Person, each: Aged, scene: Scene, family: Family) -> None:
    """Add the child of « la maman d'Inès, 6 ans »; « le grand-père de Naël » has one only if he brings it up."""
    grandparent = _GRANDPARENT.of(scene.known).search(scene.text, person.start, person.end) is not None
    if grandparent and not scene.cares:
        return
    add(family, each)
    if grandparent and family.children:
        family.children[-1].traits["recueilli"] = "oui"


def _give_to_writer(each: Aged, one_of_several: bool, scene: Scene, family: Family) -> None:
    if len(each.spans) == 1 and each.years and each.first >= _YOUNGEST_WRITER:
        family.age_parent = family.age_parent or each.first
    elif one_of_several and not asks_in_general(scene, each.start):
        add(family, each)  # « j'ai 3 ans, 5 ans et un de 2 mois, enfin mes enfants »


_WRITER_HAS = re.compile(
    r"\b(?:j ai|jai|g|ai|je viens d avoir|viens d avoir|j ai eu|je fais|moi :?|moi , ?|je suis agee? de)"
    r" (?:(?:deja|tout juste|a peine|seulement|que|eu|bientot|maintenant|juste|fete|fetes|mes) )*$|\bmoi (?:: |, )?$"
)


_ONCE = StoryPattern(r"\b<a_un_autre_age> $")


def _says_i(scene: Scene, each: Aged) -> bool:
    said = _WRITER_HAS.search(scene.before(each.start))
    return said is not None and not _ONCE.of(scene.known).search(scene.before(each.start)[: said.start()])
