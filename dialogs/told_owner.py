"""Tells whose an age or a school class is, by the words between it and the people a French text names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from dialogs.phrases_load import Phrases
from dialogs.phrases_story import StoryPattern
from dialogs.told_people import Person

GAP = StoryPattern(
    r"(?: (?:,|\(|:|-|<entre_enfant_et_age>))*? ?|(?: [a-z]{2,12})? (?:(?:<lie_un_age>|,|\(|, qui a) )+"
    r"| (?:de|d) (?!un|une|plus|moins|pres)[a-z]{3,12} (?:(?:a|de|d|,|\() )*"
)
"""What may stand between a child and its age; one unknown word may be a first name."""

_TAKES_CARE = StoryPattern(r"\b(?:<prend_en_charge>|garde (?!de|alternee))\b")
_LIVES_WITH = StoryPattern(r"\b<vit_avec> ")
_AT_OURS = StoryPattern(r"\b<chez_soi>\b")
_NOT_HERE = StoryPattern(r"\b<enfant_absent> $")
_GOVERNED = StoryPattern(
    r"(?:(?:^|[,.;:!?()/+&-] |\b\d{5} |\b(?:<annonce_un_enfant>|cherche .{0,20}pour)(?: <suite_d_annonce>)? )"
    r"(?:de |d |avec )?)$"
)
_NEVER = StoryPattern(r"\b<enfant_d_ailleurs>(?: (?:qu |que )?)?$")
_FIRST_PERSON = StoryPattern(r"\b<premiere_personne>\b")
_WITH_SOMEBODY = StoryPattern(r"\b<complement> (?:la |le |l |un |une |mon |ma |mes )?$")
_ASKS_AFTER = StoryPattern(r"\b<question_sur_tous>\b")
_OURSELVES = re.compile(r"\b(?:suis|sommes|est|chui) $")
_SOME_PARENTS = StoryPattern(
    r"\b(?:une|un|la|le|cette|les|des|son|sa|leur) (?:\w+ )?<un_adulte> (?:\w+ )?(?:de|d|avec|a) $"
)
_WRITER_IS = re.compile(r"\b(?:suis|chui|sommes|est|c est|moi) (?:une|un|la|le|les|des) ")
_VERY_GENERAL = frozenset({"enfant", "enfants"})


@dataclass(frozen=True)
class Scene:
    """A plain French text ending with a space, the people it names, and the word lists."""

    text: str
    people: tuple[Person, ...]
    known: Phrases

    @cached_property
    def cares(self) -> bool:
        """Tell whether the writer says that a relative's child is brought up by her."""
        care = _TAKES_CARE.of(self.known).search(self.text)
        if care is None or not _LIVES_WITH.of(self.known).match(care[0] + " "):
            return care is not None
        return _AT_OURS.of(self.known).search(self.text) is not None

    def sentence(self, place: int) -> tuple[int, int]:
        """Return where the sentence around a place begins and ends."""
        start = max(self.text.rfind(mark, 0, place) for mark in ".!?;") + 1
        ends = [end for mark in ".!?;" if (end := self.text.find(mark, place)) >= 0]
        return start, min(ends, default=len(self.text) - 1) + 1

    def before(self, place: int) -> str:
        """Return what the sentence says before a place."""
        return self.text[self.sentence(place)[0] : place].lstrip(" ")

    def last_person(self, place: int, one: bool = False) -> Person | None:
        """Return the last person named before a place; with ``one``, several people at once do not count."""
        named = (each for each in reversed(self.people) if each.end <= place and not (one and each.plural))
        return next(named, None)

    def bound(self, place: int) -> Person | None:
        """Return the person whose age begins at a place: only words that link the two stand between them."""
        person = self.last_person(place)
        gap = self.text[person.end : place] if person else ""
        if person and person.plural and re.search(r"\b(?:il|elle|el) (?:a|vient|en a) ", gap):
            return None  # « il tape ses copines, il a 4 ans »
        return person if person and GAP.of(self.known).fullmatch(gap) else None


def asks_in_general(scene: Scene, place: int) -> bool:
    """Tell whether a place stands in a question about anybody, or in a supposition."""
    start, end = scene.sentence(place)
    before = scene.text[start:place]
    if scene.known.find("hypothese", f"{before} "):
        return True
    rest = re.split(" [,:]", scene.text[place:end])
    asks = (len(rest) == 1 and rest[0].rstrip().endswith("?")) or _ASKS_AFTER.of(scene.known).search(rest[0])
    asked = asks or scene.known.find("question", re.split("[,:]", before)[-1] + " ")
    return bool(asked) and not _FIRST_PERSON.of(scene.known).search(scene.text[:end])


def is_own(scene: Scene, person: Person, linked: bool = False) -> bool:
    """Tell whether a child named in a text is the writer's own.

    Args:
        scene: the text.
        person: the mention.
        linked: it goes on from another child of the writer (« ... et une fille de 3 ans »).
    """
    before = scene.before(person.start)
    if person.kind == "confie":
        return person.owner in ("mien", "") and scene.cares
    if person.kind != "enfant" or person.owner == "son" or _NOT_HERE.of(scene.known).search(before):
        return False
    if person.owner == "mien":
        return not re.search(r"\bsi $", before)
    if asks_in_general(scene, person.start) or _somebodys(scene, person):
        return False
    if person.owner == "le":
        return linked or _known_one(scene, person)
    if linked or _is_one_of(scene, person):
        return True
    if _SOME_PARENTS.of(scene.known).search(before) and not _WRITER_IS.search(before):
        return False
    return _GOVERNED.of(scene.known).search(before) is not None and not _NEVER.of(scene.known).search(before)


def _is_one_of(scene: Scene, person: Person) -> bool:
    """Tell whether a child stands right after children counted: « 2 gosses, un de 2 ans, l'autre 4 »."""
    place = scene.people.index(person)
    if not place or not person.one or person.start - scene.people[place - 1].end > len(" , "):
        return False
    return bool(scene.people[place - 1].count) and is_own(scene, scene.people[place - 1])


def _somebodys(scene: Scene, person: Person) -> bool:
    """Tell whether somebody else is the subject of the sentence before a child named without « my »."""
    start = scene.sentence(person.start)[0]
    return any(
        each.kind == "tiers"
        and (
            (each.parent and not _OURSELVES.search(scene.before(each.start)))
            or not _WITH_SOMEBODY.of(scene.known).search(scene.before(each.start))
        )
        for each in scene.people
        if start <= each.start < person.start
    )


def _known_one(scene: Scene, person: Person) -> bool:
    """Tell whether « la grande », « les petits » are the writer's: nobody else was named, no age of all children."""
    start = scene.sentence(person.start)[0]
    if any(each.kind in ("tiers", "moi") and start <= each.start < person.start for each in scene.people):
        return _FIRST_PERSON.of(scene.known).search(scene.text[:start]) is not None and not any(
            each.kind == "tiers" and start <= each.start < person.start for each in scene.people
        )
    after = scene.text[person.end :]
    if person.plural:
        return re.match(r" de \d+ (?:ans|mois|- )", after) is None
    return person.noun not in _VERY_GENERAL
