"""Finds which trees and cards a sentence is about, by the words of the lexicon.

Trees are ordered by evidence: how many different phrases of theirs the text holds, and the facts it states. A
card
counts when its name or acronym is written. Full-text search over cards is elsewhere; this is for plain
naming.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import snowballstemmer  # type: ignore[import-untyped]  # ships no stubs
from rapidfuzz.fuzz import ratio

from dialogs.lexicon import Lexicon
from dialogs.phrase_patterns import bare
from dialogs.phrases_load import phrases

MOST_TREES = 3
MOST_CARDS = 5
_WEAKEST = 0.34
"""A tree with less than this share of the best one's evidence is not what the text is about."""

_NEAR_WORD = 84.0
_SHORTEST_NEAR = 6
_TREES_OF_FACTS: tuple[tuple[str, frozenset[str], str], ...] = (
    ("separation", frozenset({"en_cours", "recente", "ancienne"}), "separation"),
    ("pension", frozenset({"non_fixee", "impayee", "partielle", "versee"}), "separation"),
    ("emploi", frozenset({"demandeur_emploi"}), "garde-insertion"),
)


def trees_about(lexicon: Lexicon, said: str, facts: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the trees a text is about, most evidence first, at most three.

    Args:
        lexicon: the words of the trees.
        said: the text, words only (see :func:`dialogs.phrases_load.bare`).
        facts: the facts it states, in plain form: « mon ex » speaks of a separation.
    """
    stems = {_stem(word, lexicon.language): place for place, word in reversed(list(enumerate(said.split())))}
    evidence: dict[str, tuple[int, int, int]] = {}
    for tree, listed in _tree_stems(lexicon).items():
        held = [phrase for phrase in listed if phrase <= stems.keys()]
        told = _facts_for(tree, facts)
        if held or told:
            first = min((stems[stem] for phrase in held for stem in phrase), default=len(stems))
            evidence[tree] = (_apart(held) + told, told, first)
    best = max((score for score, _, _ in evidence.values()), default=0)
    ranked = sorted(evidence.items(), key=lambda each: (-each[1][0], each[1][2]))
    return tuple(tree for tree, (score, told, _) in ranked if told or score >= best * _WEAKEST)[:MOST_TREES]


def _apart(held: list[frozenset[str]]) -> int:
    """Return how many of the phrases held share no word: « cherche du travail » and « travail » are one."""
    seen: set[str] = set()
    count = 0
    for phrase in sorted(held, key=lambda each: (-len(each), sorted(each))):
        count += seen.isdisjoint(phrase)
        seen |= phrase
    return count


def _facts_for(tree: str, facts: Mapping[str, Any]) -> int:
    count = 0
    for fact, values, about in _TREES_OF_FACTS:
        told = facts.get(fact)
        count += about == tree and told is not None and values.issuperset(told if isinstance(told, list) else [told])
    return count


def trees_near(lexicon: Lexicon, said: str) -> tuple[str, ...]:
    """Return the trees that have a word spelled almost like one of the text, nearest first, at most three."""
    words = [word for word in said.split()[:60] if len(word) >= _SHORTEST_NEAR]
    scores = {
        tree: max((ratio(word, single) for word in words for single in singles), default=0.0)
        for tree, singles in _tree_words(lexicon).items()
    }
    near = sorted((tree for tree, score in scores.items() if score >= _NEAR_WORD), key=lambda tree: -scores[tree])
    return tuple(near[:MOST_TREES])


def cards_named(lexicon: Lexicon, text: str, said: str) -> tuple[str, ...]:
    """Return the cards whose name, alias or acronym is written in a text, longest name first, at most five.

    A name of one common word (« crèche ») counts only in a short text; an acronym anywhere.
    """
    padded = f" {said} "
    short = len([word for word in said.split() if word not in phrases().lists["vides"]]) <= 3
    shouted = text.upper() == text
    found: dict[str, int] = {}
    for name, (acronym, cards) in _card_names(lexicon).items():
        if f" {name} " not in padded:
            continue
        plain_word = (
            name in phrases().lists["sigles_et_mots"]
            and said != name
            and (shouted or not re.search(rf"\b{name.upper()}\b", text))
        )
        if plain_word or not (acronym or " " in name or short):
            continue
        for card in cards:
            found[card] = max(found.get(card, 0), len(name) + (100 if acronym else 0))
    return tuple(sorted(found, key=lambda card: -found[card])[:MOST_CARDS])


@lru_cache(maxsize=20_000)
def _stem(word: str, language: str) -> str:
    stemmer = _STEMMERS["en" if language == "en" and word not in phrases().lists["vides"] else "fr"]
    return str(stemmer.stemWord(word))


_STEMMERS = {"fr": snowballstemmer.stemmer("french"), "en": snowballstemmer.stemmer("english")}


@lru_cache(maxsize=64)
def _tree_stems(lexicon: Lexicon) -> dict[str, tuple[frozenset[str], ...]]:
    return {
        tree: tuple({stems for each in words if (stems := _stems_of(each, lexicon.language))})
        for tree, words in lexicon.trees.items()
    }


def _stems_of(phrase: str, language: str) -> frozenset[str]:
    return frozenset(_stem(word, language) for word in bare(phrase).split() if word not in phrases().lists["vides"])


@lru_cache(maxsize=64)
def _tree_words(lexicon: Lexicon) -> dict[str, tuple[str, ...]]:
    return {
        tree: tuple({word for each in words if " " not in (word := bare(each)) and len(word) >= _SHORTEST_NEAR})
        for tree, words in lexicon.trees.items()
    }


@lru_cache(maxsize=64)
def _card_names(lexicon: Lexicon) -> dict[str, tuple[bool, tuple[str, ...]]]:
    """Return name -> (it is an acronym, the cards it names)."""
    names: dict[str, tuple[bool, tuple[str, ...]]] = {}
    for card, words in lexicon.cards.items():
        for word in words:
            name = bare(word)
            if len(name) < 2:
                continue
            acronym, cards = names.get(name, (False, ()))
            is_acronym = " " not in name and word.isupper()
            names[name] = (acronym or is_acronym, tuple(dict.fromkeys((*cards, card))))
    return names
