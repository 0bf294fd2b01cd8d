"""Tells whether words near a match take back what a rule read: the past, a denial, an exception, somebody else."""

from __future__ import annotations

import re

from dialogs.phrases_load import phrases
from dialogs.phrases_story import StoryPattern
from dialogs.told_load import Rule, Tongue
from dialogs.told_people import people_in
from dialogs.told_place import is_elsewhere, is_where_one_goes

OF_CHILDREN = frozenset({"ans", "mois_enfant", "combien", "enfant", "enfants", "ages", "trait"})
_BEFORE, _AFTER = 25, 12
"""Signs before and after a rule's words where another word may undo it."""


def about_another(sentence: str, tongue: Tongue) -> bool:
    """Tell whether a sentence speaks of somebody else.

    Neither those at whose home the family lives nor a relative's child whom the writer brings up make it so.
    """
    raised = [rule for rule in tongue.rules if rule.fact == "recueilli" and rule.pattern.search(sentence)]
    if any(not (rule.unless and rule.unless.search(sentence)) for rule in raised):
        return False
    for match in tongue.others.finditer(sentence) if tongue.others else ():
        around = tongue.hosts.finditer(sentence) if tongue.hosts else ()
        if not any(each.start() <= match.start() <= each.end() or each.start() == match.end() for each in around):
            return True
    return False


def undone(rule: Rule, match: re.Match[str], sentence: str, tongue: Tongue) -> bool:
    """Tell whether words near a match take it back: the past, or what the rule itself names."""
    free = rule.reading in OF_CHILDREN or rule.anyone
    if not free and _is_past(_just_before(sentence, match), tongue):
        return True
    if rule.unless_before and rule.unless_before.search(_clause_before(sentence, match)):
        return True
    if rule.reading == "arrondissement" and _is_elsewhere(match, sentence, tongue):
        return True
    general = rule.reading != "arrondissement" and tongue.language == "fr" and _asks_of_anybody(sentence)
    if general or (tongue.language == "fr" and _is_another_age(rule, match, sentence)):
        return True
    if tongue.language == "fr" and not rule.denies and _DENIED.search(_just_before(sentence, match)):
        return True
    return rule.unless is not None and rule.unless.search(_around(sentence, match, rule)) is not None


def is_the_question(rule: Rule, match: re.Match[str], sentence: str) -> bool:
    """Tell whether a sentence that ends with « ? » asks the very thing a rule says: « pregnant? »."""
    return bool(rule.value) and rule.reading in ("valeur", "mois") and match[0].strip() == sentence.strip()


_ONCE = StoryPattern(r"\b<a_un_autre_age> $")
_ASKS = StoryPattern(r"(?:<ouvre_une_question>) ")
_OF_ONESELF = StoryPattern(r"\b<premiere_personne>\b")


def _is_past(before: str, tongue: Tongue) -> bool:
    """Tell whether a word for the past colours the end of some words: « now » ends it, a comma too but in French."""
    *_, last = (0, *(each.end() for each in (tongue.past.finditer(before) if tongue.past else ())))
    if not last or (tongue.now and tongue.now.search(before, last)):
        return False
    return tongue.language == "fr" or " vv " not in before[last - 1 :]


_FIRST_NUMBER = re.compile(r"\d+")


def _is_elsewhere(match: re.Match[str], sentence: str, tongue: Tongue) -> bool:
    """Tell whether an arrondissement is that of a place one goes to."""
    number = _FIRST_NUMBER.search(sentence, match.start())
    before = sentence[: number.start()] if number else ""
    return is_where_one_goes(before, phrases()) if tongue.language == "fr" else is_elsewhere(before, tongue)


def _is_another_age(rule: Rule, match: re.Match[str], sentence: str) -> bool:
    """Tell whether a French age is of another time, or of another: « depuis que j'ai 15 ans », « mon père, 82 ans »."""
    if rule.fact != "age_parent":
        return False
    once = _ONCE.of(phrases()).search(sentence, 0, match.start())
    return once is not None or any(each.kind in ("tiers", "proche") for each in people_in(match[0], phrases()))


def _asks_of_anybody(sentence: str) -> bool:
    """Tell whether a French question is about anybody: « est-ce qu'une maman seule a droit à... »."""
    known = phrases()
    return _ASKS.of(known).match(sentence) is not None and not _OF_ONESELF.of(known).search(sentence)


_DENIED = re.compile(r"\b(?:n est|n ai|n a|ne \w+|n \w+|est|suis|sommes) (?:pas|jamais)\b")


_CUTS = (" vv ", " : ", " mais ", " et je ", " et moi ", " et on ")


def _clause_before(sentence: str, match: re.Match[str]) -> str:
    """Return the clause that holds a match, up to its end."""
    return sentence[max(sentence.rfind(cut, 0, match.start()) + 1 for cut in _CUTS) : match.end()]


def in_doubt(sentence: str, match: re.Match[str], tongue: Tongue, doubt: re.Match[str]) -> bool:
    """Tell whether words of doubt stand before a match; a wish colours its own clause only, in French."""
    if tongue.language != "fr" or doubt[0].startswith("si "):
        return doubt.start() <= match.start()
    return tongue.doubt is not None and tongue.doubt.search(_clause_before(sentence, match)) is not None


def _just_before(sentence: str, match: re.Match[str]) -> str:
    start = sentence.rfind(" ", 0, max(0, match.start() - _BEFORE)) + 1
    return sentence[start : match.end()]


def _around(sentence: str, match: re.Match[str], rule: Rule) -> str:
    """Return the match with a few words before and after, whole words only: what undoes a rule stands close.

    An arrondissement is undone by what follows only: « 14 mois dans le 11e » has both an age and a place.
    """
    before = 0 if rule.reading == "arrondissement" else _BEFORE
    start = sentence.rfind(" ", 0, max(0, match.start() - before)) + 1
    end = sentence.find(" ", match.end() + _AFTER)
    if rule.reading == "arrondissement":
        return sentence[start : match.end()] + " ".join([*sentence[match.end() :].split()[:3], ""])
    return sentence[start : end + 1 if end >= 0 else len(sentence)]
