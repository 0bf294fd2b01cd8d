"""Reads the facts people give of themselves in thirteen languages, by the rules of dialogs/dits/.

It adds to ``volunteered``, which reads French and English clause by clause: here a rule speaks for its whole
sentence, and one word for somebody else silences the sentence. Children may come without an age, and with
something said of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from dialogs.languages import spoken
from dialogs.phrases_load import phrases
from dialogs.plain_text import plain, shortened
from dialogs.told_kin import kin_in
from dialogs.told_load import Rule, Tongue, tongues
from dialogs.told_near import about_another, in_doubt, is_the_question, undone
from dialogs.told_subject import Subjects
from dialogs.told_traits import Trait
from dialogs.told_value import value_of
from dialogs.told_words import said_words
from knowledge.ages import MAX_AGE

_SENTENCE = re.compile(r"[^.!?;]*(?:[.!?;]|$)")
_HALF = re.compile(
    r"^ ?(?:et|and a|and|a|y|e|si|с|з|و)? ?"
    r"(?:demie?|half|medio|media|meio|meia|jumatate|половиной|половиною|ونصف|半|bucuk)"
)
_NUMBER = re.compile(r"(?<!\S)\d+(?=e?(?:\s|$))")
_LISTED = re.compile(r"(?:(?<!\S)\d+ (?:(?:vv|ans|an|et|and|y|e|si|и|й|і|та|و|ve|和|o|ou)? ?)+)+$")
_MOST_CHILDREN = 12
_SLAVIC = frozenset({"ru", "uk"})
"""A short sentence of one is easily taken for the other: both are read."""


@dataclass(slots=True)
class Told:
    """What a text says: facts of the family, ages of children as spans of months, how many, what is true of them.

    ``since``: the year since when something is so. ``french``: the plain words of a text in French, whose children are
    read from them (``told_children``), with ``traits``, what is said of one child at a place of these words.
    """

    facts: dict[str, Any] = field(default_factory=dict)
    ages: list[tuple[int, int]] = field(default_factory=list)
    count: int | None = None
    of_child: dict[str, Any] = field(default_factory=dict)
    of_all: dict[str, Any] = field(default_factory=dict)
    since: dict[str, int] = field(default_factory=dict)
    places: dict[str, set[Any]] = field(default_factory=dict)
    traits: list[Trait] = field(default_factory=list)
    french: str = ""


def told(text: str) -> Told:
    """Return what a text states in any of the languages it mixes; nothing for what it leaves in doubt."""
    found = Told()
    text = shortened(text)
    heard = spoken(text)
    known = tongues()
    mixed = heard.mixed & known.keys() or ({heard.language} & known.keys()) or {"fr"}
    if mixed & _SLAVIC:
        mixed |= _SLAVIC
    latin = plain(text) if mixed & {"fr", "en"} else ""
    for language in sorted(mixed, key=lambda each: (each != heard.language, each)):
        read_before, found.ages = found.ages, []
        tongue = known[str(language)]
        words = (
            latin.replace(" ,", " vv")
            if language in ("fr", "en")
            else said_words(text, tongue.language, tongue.numbers)
        )
        if tongue.kin:
            words = tongue.kin.rewritten(words)
        if language == "fr":
            if phrases().find("professionnel", f"{latin} "):
                continue
            found.french = words
        for sentence in _SENTENCE.finditer(words):
            if said := sentence[0].strip(" .!?;"):
                _read(f"{said} ", tongue, found, words.index(said, sentence.start()), sentence[0].endswith("?"))
        found.ages = max(read_before, found.ages, key=len)
    if found.facts.get("deces") == "conjoint" and not found.french and (found.ages or found.count):
        found.facts.setdefault("autre_parent", "decede")
    _without_comma_words(found)
    return found


def _without_comma_words(found: Told) -> None:
    """Write commas as commas again in the French words, and move the places of what is said of a child with them."""
    for number, trait in enumerate(found.traits):
        start, end = (place - found.french.count(" vv", 0, place) for place in (trait.start, trait.end))
        found.traits[number] = Trait(trait.fact, trait.value, start, end)
    found.french = found.french.replace(" vv", " ,")


def _read(sentence: str, tongue: Tongue, found: Told, place: int, asked: bool) -> None:
    others = about_another(sentence, tongue)
    doubt = tongue.doubt.search(sentence) if tongue.doubt else None
    subjects = Subjects(sentence) if tongue.language == "fr" else None
    taken = [] if others else _kin(sentence, tongue, found, asked, doubt)
    for rule in tongue.rules:
        if others and not rule.despite:
            continue
        if rule.alongside and not rule.alongside.search(found.french or sentence):
            continue
        for match in rule.pattern.finditer(sentence):
            doubted = doubt is not None and not rule.anyone and in_doubt(sentence, match, tongue, doubt)
            if doubted or undone(rule, match, sentence, tongue):
                continue
            if asked and is_the_question(rule, match, sentence):
                continue
            if subjects and not rule.despite and subjects.another(match.start(), match.end(), rule.anyone):
                continue
            if rule.reading == "trait":
                found.traits.append(Trait(rule.fact, rule.value, place + match.start(), place + match.end()))
            else:
                _take(rule, match, sentence, found, taken)


def _kin(sentence: str, tongue: Tongue, found: Told, asked: bool, doubt: re.Match[str] | None) -> list[tuple[int, int]]:
    """Note the ages that ``told_kin`` reads, and return the places of numbers it judged."""
    if not tongue.kin:
        return []
    kin = kin_in(sentence, tongue.kin, asked, doubt.start() if doubt else None)
    found.ages += kin.children
    if kin.writer is not None:
        found.facts.setdefault("age_parent", kin.writer)
    return kin.judged


def _take(rule: Rule, match: re.Match[str], sentence: str, found: Told, taken: list[tuple[int, int]]) -> None:
    numbers = [int(each) for each in _NUMBER.findall(match[0])]
    if rule.reading in ("ans", "mois_enfant"):
        _take_age(rule, match, sentence, found, taken)
    elif rule.reading == "ages":
        free = [each.span() for each in _NUMBER.finditer(sentence, *match.span()) if _is_free(each.span(), taken)]
        taken += free
        _add_ages(found, [int(sentence[start:end]) for start, end in free], years=True, half=0)
    elif rule.reading == "combien":
        number = int(rule.value) if rule.value else numbers[-1] if numbers else 0
        if 1 <= number <= _MOST_CHILDREN:
            found.count = max(number, found.count or 0)
    elif rule.reading == "depuis":
        found.since[rule.fact] = numbers[-1]
    elif rule.reading in ("enfant", "enfants"):
        (found.of_child if rule.reading == "enfant" else found.of_all).setdefault(rule.fact, rule.value)
    else:
        value = value_of(rule, numbers)
        if value is not None and _is_sole(rule, value, found):
            found.facts.setdefault(rule.fact, value)


def _is_sole(rule: Rule, value: Any, found: Told) -> bool:
    """Tell whether no other arrondissement was read by the same rule: « dans le 10e et le 11e » is no home."""
    if rule.reading != "arrondissement":
        return True
    home = "habite" in rule.pattern.pattern
    before = found.places.setdefault("home" if home else "near", set())
    before.add(value)
    if len(before) > 1 and (home or "home" not in found.places):
        found.facts.pop(rule.fact, None)
    return len(before) == 1


def _take_age(rule: Rule, match: re.Match[str], sentence: str, found: Told, taken: list[tuple[int, int]]) -> None:
    """Note the age that a match ends with, and those listed before it, unless another rule noted it already."""
    spans = [each.span() for each in _NUMBER.finditer(match[0])]
    place = (match.start() + spans[-1][0], match.start() + spans[-1][1]) if spans else match.span()
    if not _is_free(place, taken):
        return
    taken.append(place)
    half = 6 if _HALF.search(sentence[match.end() :]) else 0
    earlier = _LISTED.search(sentence[: place[0]])
    listed = [
        each[0]
        for each in (_NUMBER.finditer(sentence, earlier.start(), earlier.end()) if earlier else ())
        if _is_free(each.span(), taken)
    ]
    said = [int(rule.value)] if rule.value else [int(each) for each in (*listed, sentence[slice(*place)])]
    _add_ages(found, said, rule.reading == "ans", half)


def _is_free(place: tuple[int, int], taken: list[tuple[int, int]]) -> bool:
    return all(place[1] <= start or end <= place[0] for start, end in taken)


def _add_ages(found: Told, numbers: list[int], years: bool, half: int) -> None:
    for number in numbers:
        low = number * 12 + half if years else number
        if low <= MAX_AGE - 100:
            found.ages.append((low, low + (2 if half else 11) if years else low))
