"""Tells whether words near a match take back what a rule read: the past, a denial, an exception, somebody else."""

from __future__ import annotations

import re

from dialogs.told_load import Rule, Tongue

OF_CHILDREN = frozenset({"ans", "mois_enfant", "combien", "enfant", "enfants", "ages", "trait"})
_BEFORE, _AFTER = 25, 12
"""Signs before and after a rule's words where another word may undo it."""


def about_another(sentence: str, tongue: Tongue) -> bool:
    """Tell whether a sentence speaks of somebody else; at whose home the family lives does not make it so."""
    for match in tongue.others.finditer(sentence) if tongue.others else ():
        around = tongue.hosts.finditer(sentence) if tongue.hosts else ()
        if not any(each.end() == match.start() or each.start() == match.end() for each in around):
            return True
    return False


def undone(rule: Rule, match: re.Match[str], sentence: str, tongue: Tongue) -> bool:
    """Tell whether words near a match take it back: the past, or what the rule itself names."""
    free = rule.reading in OF_CHILDREN or rule.anyone
    if tongue.past and not free and tongue.past.search(_just_before(sentence, match)):
        return True
    if rule.unless_before and rule.unless_before.search(_clause_before(sentence, match)):
        return True
    if tongue.language == "fr" and not rule.denies and _DENIED.search(_just_before(sentence, match)):
        return True
    return rule.unless is not None and rule.unless.search(_around(sentence, match, rule)) is not None


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
