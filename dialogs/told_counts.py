"""Reads ages said without « ans » beside others, and how many children a French text counts."""

from __future__ import annotations

import re

from dialogs.phrases_story import StoryPattern
from dialogs.told_ages import Aged
from dialogs.told_family import Family, add, goes_on
from dialogs.told_owner import Scene, is_own
from dialogs.told_pronoun import pronoun_of

_MOST_CHILDREN = 12
_MOST_WITHOUT_NOUN = 8  # « j'en ai 19 » is an age
_OLDEST_BARE = 18
_BARE = re.compile(
    r"(?: ,| \(| :| de| d| a| ont| en a| age de| agee de| ages de| agees de| [a-z]{3,12} en a)*"
    r" (?P<ages>\d{1,2}(?: (?:, |et |/ |- |, et )?\d{1,2})*)"
    r"(?= (?:[.,;:!?)(]|et|mais|je|on|nous|dans|qui|ans|maintenant|il|elle|a(?! \d))(?!\S)| $)(?! (?:ans?|mois"
    r"|semaines?|euros?|enfants|,? rue|x |h |pieces?)\b)"
)
_NOW_HAS = re.compile(
    r"(?: [a-z0-9]+| ,){0,8} en a (?:maintenant |aujourd hui |deja )?"
    r"(?P<ages>\d{1,2})(?= (?:maintenant|aujourd|[.,;:!]|et )| $)"
)
_PRONOUN_BARE = re.compile(
    r"\b(?:lui|elle|en a|l autre|le suivant) (?:a )?(?P<ages>\d{1,2})(?= (?:[.,;:!?)]|et|mais|maintenant"
    r"|aujourd|dans)(?!\S)| $)"
)


def bare_numbers(scene: Scene, family: Family) -> None:
    """Add the ages said without a unit: « jumelles 4 ans et un grand de 9 », « deux filles, 7 et 9 »."""
    for person in scene.people:
        if person.newborn and is_own(scene, person) and not _taken(family, person.start, person.end):
            add(family, Aged(person.start, person.end, ((0, 0),), False, 0), person)
        match = _BARE.match(scene.text, person.end) or _NOW_HAS.match(scene.text, person.end)
        if person.kind != "enfant" or not match or _taken(family, match.start("ages"), match.end("ages")):
            continue
        numbers = [int(each) for each in re.findall(r"\d+", match["ages"])]
        whole = person.count == len(numbers) and len(numbers) > 1
        listed = person.plural and len(numbers) > 1 and re.search(r"\b(?:de|ont|:|\()", match[0]) is not None
        beside = len(numbers) == 1 and (bool(family.children) or " en a " in match[0])
        aside = match[0].startswith(" (") and scene.text[match.end() :].startswith(" )") and person.owner == "mien"
        if (whole or listed or beside or aside) and is_own(scene, person, beside) and max(numbers) < _OLDEST_BARE:
            add(family, _years(match, numbers, person.start), person)
    for match in _PRONOUN_BARE.finditer(scene.text):
        place = match.start("ages")
        aged = _beside(scene, family, match.start()) or ("en a" in match[0] and pronoun_of(scene, place))
        free = not _taken(family, place, match.end("ages"))
        if free and int(match["ages"]) < _OLDEST_BARE and aged:
            add(family, _years(match, [int(match["ages"])], match.start()))


def _years(match: re.Match[str], numbers: list[int], start: int) -> Aged:
    spans = tuple((number * 12, number * 12 + 11) for number in numbers)
    return Aged(start, match.end("ages"), spans, True, numbers[0])


def _taken(family: Family, start: int, end: int) -> bool:
    return any(child.start < end and start < child.end for child in family.children)


def _beside(scene: Scene, family: Family, place: int) -> bool:
    """Tell whether another child's age stands in the same sentence before a place."""
    first = scene.sentence(place)[0]
    return any(first <= child.start < place for child in family.children) or goes_on(scene, family, place)


_HAS_SOME = StoryPattern(
    r"\b(?:<compte_ses_enfants>|(?:maman|mere|papa|pere|parents?)(?: <a_seul>)? (?:de|d))"
    r" (?P<count>\d{1,2})(?= (?:[,:.!?;(]|et|mais|a|dans|dont|en|qui)(?!\S)| $)"
)
_WITH = re.compile(r"\b(?:pour les|a|mes|nos|avec les) (?P<count>[2-9])(?= (?:en|au|a la) )")


def declared(scene: Scene, family: Family) -> int:
    """Return how many children the writer says she has, 0 when she does not."""
    every, some = 0, 0
    for person in scene.people:
        number = person.count or 0
        if person.kind != "enfant" or person.owner == "son" or not 1 <= number <= _MOST_CHILDREN:
            continue
        if is_own(scene, person, goes_on(scene, family, person.start)):
            every, some = (every, some + number) if person.specific else (max(every, number), some)
    for match in _HAS_SOME.of(scene.known).finditer(scene.text):
        every = max(every, _some(scene, match))
    return max(every, some)


def _some(scene: Scene, match: re.Match[str]) -> int:
    """Return how many « j'en ai 3 » says, 0 where no child was named before it or the number is an age."""
    counted, spoken_of = int(match["count"]), re.match(r"\b(?:j en|on en|nous en)", match[0])
    named = any(each.kind == "enfant" and each.start < match.start() for each in scene.people)
    return counted if counted <= _MOST_WITHOUT_NOUN and (named or not spoken_of) else 0
