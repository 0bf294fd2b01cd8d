"""Reads the facts that people give of themselves in any sentence; what is not stated plainly is left out.

Rules are words in dialogs/phrases/; here is only when a rule may speak. Nothing is guessed: a denied, past,
imagined or asked clause, or somebody else's story, gives no fact.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from dialogs.phrases_load import Phrases, Rule, phrases
from dialogs.plain_text import plain
from dialogs.told_place import is_where_one_goes
from dialogs.volunteered_children import Children, children_in
from dialogs.volunteered_clauses import Clause, Reading, read_clauses
from dialogs.volunteered_place import Home, home_of_clause
from dialogs.volunteered_time import pregnancy_month, separation_since
from knowledge.vocabulary import CHILDREN, DISTRICT

_NARROWEST_FIRST = ("separation", "pension", "emploi", "minima", "logement", "foyer")
_AGES_OF_PARENTS = range(12, 100)


def volunteered(text: str, on: date) -> dict[str, Any]:
    """Return the facts a text states about the person who writes, in plain form, {} when it states none.

    Args:
        text: anything typed, of any length.
        on: the day, for ages and durations.
    """
    return facts_of(plain(text), on)


def facts_of(text: str, on: date, asked: bool = False) -> dict[str, Any]:
    """Return the facts of a text already in plain form (see :func:`dialogs.plain_text.plain`).

    ``asked``: it answers a question, so that « enceinte » alone speaks of the one who writes.
    """
    known = phrases()
    reading = read_clauses(text, known)
    if known.find("professionnel", reading.text):
        return {}
    said = _rules_said(reading, on, known)
    facts = {name: value for name, values in said.items() if (value := _settled(name, values)) is not None}
    children = children_in(reading, on, known)
    if children.births:
        facts[CHILDREN] = children.plain(children.complete)
        if children.twins:
            facts["naissance_multiple"] = "oui"
    home = _home(reading, said, children, known)
    if home is not None:
        facts[DISTRICT] = home
    facts = _coherent(facts, reading, known)
    return facts if asked or _tells_of_self(facts, reading, known) else {}


def _rules_said(reading: Reading, on: date, known: Phrases) -> dict[str, list[Any]]:
    """Return every value said of each fact, in the order of the text."""
    said: dict[str, list[Any]] = {}
    for clause in reading.clauses:
        for rule in known.rules:
            match = rule.pattern.search(clause.text)
            if (
                match
                and _may_speak(rule, match, clause, reading)
                and not (rule.unless and rule.unless.search(clause.text))
            ):
                value = _value(rule, match, clause, on, known)
                if value is not None:
                    said.setdefault(rule.fact, []).append(value)
    return said


_SAYS_I = re.compile(r"(?:je|j|on|nous|i|we|mon|ma|my|notre|our)\b")


def _may_speak(rule: Rule, match: re.Match[str], clause: Clause, reading: Reading) -> bool:
    speaker = reading.speaker_at(clause.start + match.start())
    if speaker == "tiers" or (speaker == "proche" and not (rule.of_other or _SAYS_I.match(match[0]))):
        return False
    if rule.presupposed:
        return True
    place = match.start()
    if clause.denied and not rule.denied:
        return False
    if clause.past or (clause.imagined_from is not None and clause.imagined_from <= place):
        return False
    if clause.asked_from is not None and clause.asked_from <= place:
        return False
    # after « quelles aides... », a clause without « je » goes on with the question
    return not (clause.asked_before and not _SAYS_I.match(match[0]))


def _value(rule: Rule, match: re.Match[str], clause: Clause, on: date, known: Phrases) -> Any:
    if rule.kind == "separation":
        since = separation_since(clause.text, on, known)
        return since if since is not None else list(rule.value)
    if rule.kind == "grossesse":
        return pregnancy_month(clause.text[match.start() :])
    if rule.kind == "age":
        age = int(re.findall(r"\d+", match[0])[0])
        return age if age in _AGES_OF_PARENTS else None
    if rule.kind == "sans_enfant":
        return {"liste": [], "complet": "oui"}
    return (
        int(rule.value)
        if rule.fact == "grossesse_mois"
        else list(rule.value)
        if isinstance(rule.value, list)
        else rule.value
    )


def _settled(name: str, values: list[Any]) -> Any:
    """Return the one value of a fact said several times: what all leave possible, None when they disagree."""
    if name not in _NARROWEST_FIRST:
        return min(values, key=lambda value: isinstance(value, list))
    possible = [list(each) if isinstance(each, list) else [each] for each in values]
    common = [word for word in possible[0] if all(word in each for each in possible)]
    if not common and name == "separation":
        common = list(dict.fromkeys(word for each in possible if len(each) < 3 for word in each))
    if not common:
        return None
    return common[0] if len(common) == 1 else common


_AN_AGE = re.compile(r"\b(?:ans?|mois|old|aged)\b")


def _home(reading: Reading, said: Mapping[str, list[Any]], children: Children, known: Phrases) -> Home | None:
    """Return the home stated in the text, None when none or several are."""
    homes: list[Home] = []
    whole = len(reading.clauses) == 1
    speaks = known.find("premiere", reading.text) or said or children.births
    for clause in reading.clauses:
        if clause.past or clause.imagined_from is not None or clause.asked_from is not None or clause.asked_before:
            continue
        if clause.denied and "pas a paris" not in clause.text and "not in paris" not in clause.text:
            continue
        about_self = bool(_states_something(clause, known) or (children.births and _AN_AGE.search(clause.text)))
        found = home_of_clause(clause.text, known, about_self)
        if found and is_where_one_goes(reading.text[: clause.start + found[0]], known):
            continue  # « à l'école de la rue Keller, 11e »
        if (
            found
            and (speaks or whole)
            and reading.speaker_at(clause.start + found[0]) == "moi"
            and found[1] not in homes
        ):
            homes.append(found[1])
    return homes[0] if len(homes) == 1 else None


def _states_something(clause: Clause, known: Phrases) -> bool:
    return any(rule.pattern.search(clause.text) for rule in known.rules if not (rule.denied or rule.of_other))


_A_DETAIL = re.compile(r"\d|\bdepuis\b|\bsince\b")


def _tells_of_self(facts: Mapping[str, Any], reading: Reading, known: Phrases) -> bool:
    """Tell whether a text speaks of the one who writes: « étudiante » alone may be what someone looks up."""
    mine = known.find("premiere", reading.text) or re.search(rf"\b{known.families['mien']} ", reading.text)
    return bool(mine or len(facts) > 1 or {DISTRICT, "pension"} & facts.keys() or _A_DETAIL.search(reading.text))


def _coherent(facts: dict[str, Any], reading: Reading, known: Phrases) -> dict[str, Any]:
    """Return the facts without those that the rest of the text makes doubtful."""
    apart = re.search(rf"\b{known.cues['separes'].pattern}", reading.text) or known.find("separes", reading.text)
    partner = re.search(rf"\b{known.families['mon_compagnon']} ", reading.text)
    if facts.get("foyer") == "seul" and (known.find("journee", reading.text) or (partner and not apart)):
        del facts["foyer"]
    if facts.get("grossesse_mois") == 0 and re.search(r"\bplus enceinte\b|\bencore enceinte\b", reading.text):
        del facts["grossesse_mois"]
    return facts
