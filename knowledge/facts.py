"""What is known of one family, as plain data: checked on the way in, prepared for the criteria on the way out.

Plain form (sessions, links, examples, ``match --json``): choices are words, numbers a number or a band
``[from, up to but not including]`` (None: no bound), a choice may be a list of the values still possible,
children ``{"liste": [...], "complet": "oui" | "non"}``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeAlias

from knowledge.ages import MAX_AGE, age_span, birth_of, birth_span, months, this_month
from knowledge.base import Span
from knowledge.household import settle
from knowledge.vocabulary import AGE, CHILDREN, Fact, Vocabulary

Facts: TypeAlias = Mapping[str, Any]
"""Fact id -> plain value, only what is known."""


class FactError(ValueError):
    """A value that the vocabulary does not allow; the message is in French and names the fact."""


def parse_facts(raw: Mapping[str, Any], vocabulary: Vocabulary, on: date) -> dict[str, Any]:
    """Return facts in plain form from what an editor or another program writes.

    Children may be a list with ``enfants_complet`` beside it, and have ``age: 2 ans`` or ``age_mois: 24``
    instead of ``naissance``.

    Raises:
        FactError: an unknown fact or a value it cannot take.
    """
    facts: dict[str, Any] = {}
    complete = raw.get("enfants_complet", "non")
    for name, value in raw.items():
        if name == "enfants_complet":
            continue
        fact = vocabulary.get(name)
        if fact is None or fact.scope != "famille":
            raise FactError(f"fait '{name}' inconnu")
        facts[name] = _children(value, complete, vocabulary, on) if name == CHILDREN else plain(fact, value)
    if "enfants_complet" in raw and CHILDREN not in raw:
        facts[CHILDREN] = _children([], complete, vocabulary, on)
    return facts


def plain(fact: Fact, value: Any) -> Any:
    """Return one value of a fact in plain form.

    Raises:
        FactError: the value does not fit the fact.
    """
    if fact.possible:
        return _choice(fact, value)
    if fact.kind == "mois":
        if not isinstance(value, str | list) or birth_span(value) is None:
            raise FactError(f"'{fact.id}' vaut '{value}' : écrivez un mois comme 2024-11")
        return value
    return _number(fact, value)


def _choice(fact: Fact, value: Any) -> Any:
    words = [str(each) for each in value] if isinstance(value, list | tuple) else [str(value)]
    wrong = [word for word in words if word not in fact.possible]
    if wrong or not words:
        raise FactError(
            f"fait '{fact.id}' n'a pas de valeur '{', '.join(wrong)}' ; valeurs : {', '.join(fact.possible)}"
        )
    return words if len(words) > 1 else words[0]


def _number(fact: Fact, value: Any) -> Any:
    if not isinstance(value, list | tuple):
        return _whole(_amount(fact, value))
    ends = [None if end in (None, "", "null") else _amount(fact, end) for end in value]
    low = ends[0] if ends else None
    if len(ends) != 2 or low is None or (ends[1] is not None and ends[1] <= low):
        raise FactError(f"'{fact.id}' : la fourchette {value} est vide ou incomplète")
    return [_whole(end) if end is not None else None for end in ends]


def _amount(fact: Fact, value: Any) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError):
        raise FactError(f"'{fact.id}' vaut '{value}' : un nombre ou une fourchette [de, à moins de] attendu") from None
    except OverflowError:
        number = _MOST
    if not 0 <= number < _MOST:
        raise FactError(f"'{fact.id}' vaut '{value}' : hors limites")
    return number


_MOST = 1e9
"""No number told of a family reaches this, whatever its unit."""


def _whole(number: float) -> int | float:
    return int(number) if number == int(number) else number


def _children(value: Any, complete: Any, vocabulary: Vocabulary, on: date) -> dict[str, Any]:
    if isinstance(value, Mapping):
        complete, value = value.get("complet", complete), value.get("liste", [])
    if not isinstance(value, list | tuple) or complete not in ("oui", "non"):
        raise FactError("'enfants' est une liste d'enfants ; 'enfants_complet' vaut oui ou non")
    if len(value) > 15:
        raise FactError("'enfants' : 15 enfants au plus")
    return {"liste": [_child(child, vocabulary, on) for child in value], "complet": complete}


def _child(child: Any, vocabulary: Vocabulary, on: date) -> dict[str, Any]:
    if not isinstance(child, Mapping):
        raise FactError("un enfant s'écrit {age: 2 ans} ou {naissance: 2024-11}")
    facts: dict[str, Any] = {}
    for name, value in child.items():
        if name in (AGE, "age_mois"):
            facts["naissance"] = _birth(name, value, on)
            continue
        fact = vocabulary.get(name)
        if fact is None or fact.scope != "enfant":
            raise FactError(f"fait d'enfant '{name}' inconnu")
        facts[name] = plain(fact, value)
    return facts


def _birth(name: str, value: Any, on: date) -> str | list[str]:
    text = str(value).strip()
    known = months(text) if name == AGE else int(text) if text.isdecimal() and len(text) < 6 else None
    if known is None or known > MAX_AGE:
        raise FactError(f"'{name}' vaut '{value}' : écrivez par exemple « 2 ans » ou « 30 mois »")
    whole_years = name == AGE and "mois" not in text
    return birth_of(known, known + 11 if whole_years else known, on)


def prepare(facts: Facts, vocabulary: Vocabulary, on: date) -> dict[str, Any]:
    """Return facts ready for the criteria: choices as frozensets, numbers as :class:`Span`, children with ages.

    Values that do not fit the vocabulary are left out (unknown), so that an old session never breaks a match.
    """
    ready: dict[str, Any] = {}
    for name, value in facts.items():
        fact = vocabulary.get(name)
        if name == CHILDREN:
            ready[name] = _ready_children(value, vocabulary, on)
        elif fact is not None and fact.scope == "famille":
            ready |= _ready(fact, value, on)
    return settle(ready, this_month(on))


def _ready_children(value: Any, vocabulary: Vocabulary, on: date) -> tuple[list[dict[str, Any]], bool]:
    listed = []
    value = value if isinstance(value, Mapping) else {}
    for child in value.get("liste", []):
        known: dict[str, Any] = {}
        for name, each in child.items():
            fact = vocabulary.get(name)
            if fact is not None:
                known |= _ready(fact, each, on)
        listed.append(known)
    return listed, value.get("complet") == "oui"


def _ready(fact: Fact, value: Any, on: date) -> dict[str, Any]:
    if fact.possible:
        words = frozenset(map(str, value) if isinstance(value, list) else (str(value),)) & frozenset(fact.possible)
        return {fact.id: words} if words else {}
    if fact.kind == "mois":
        born, age = birth_span(value), age_span(value, on)
        return {fact.id: born, AGE: age} if born and age else {}
    if isinstance(value, int | float):
        return {fact.id: Span(value, value)}
    match value:
        case [int() | float() as low, int() | float() | None as high]:
            # Ages, months and euros are whole: "up to but not including 1601" means 1600 at most.
            return {fact.id: Span(low, None if high is None else high - 1)}
    return {}
