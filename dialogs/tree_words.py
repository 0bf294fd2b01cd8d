"""The words of each tree in one language, as stems, as phrases and one by one: what typed words are compared with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Set
from functools import lru_cache

import snowballstemmer  # type: ignore[import-untyped]  # ships no stubs

from dialogs.lexicon import Lexicon
from dialogs.phrase_patterns import bare
from dialogs.phrases_load import phrases

SHORTEST_NEAR = 6  # letters of a word that is met by a near spelling


@lru_cache(maxsize=64)
def tree_phrases(lexicon: Lexicon) -> frozenset[str]:
    """Return every phrase of every tree, words only."""
    return frozenset(bare(word) for words in lexicon.trees.values() for word in words)


@lru_cache(maxsize=20_000)
def stem(word: str, language: str) -> str:
    """Return the stem of a folded word: the French one, or the English one for who speaks English."""
    stemmer = _STEMMERS["en" if language == "en" and word not in phrases().lists["vides"] else "fr"]
    return str(stemmer.stemWord(word))


_STEMMERS = {"fr": snowballstemmer.stemmer("french"), "en": snowballstemmer.stemmer("english")}


@lru_cache(maxsize=64)
def _by_stem(lexicon: Lexicon) -> dict[str, list[tuple[str, frozenset[str]]]]:
    """Return the phrases of all trees, as stems, each under one of its stems."""
    found: dict[str, list[tuple[str, frozenset[str]]]] = defaultdict(list)
    for tree, words in lexicon.trees.items():
        for stems in sorted({_stems_of(each, lexicon.language) for each in words} - {frozenset()}, key=sorted):
            found[max(stems, key=lambda stem: (len(stem), stem))].append((tree, stems))
    return dict(found)


def phrases_held(lexicon: Lexicon, stems: Set[str]) -> dict[str, list[frozenset[str]]]:
    """Return tree -> those of its phrases, as stems, of which a text holds every stem; only trees that have any."""
    held: dict[str, list[frozenset[str]]] = defaultdict(list)
    known = _by_stem(lexicon)
    for stem in stems & known.keys():
        for tree, phrase in known[stem]:
            if phrase <= stems:
                held[tree].append(phrase)
    return held


def _stems_of(phrase: str, language: str) -> frozenset[str]:
    return frozenset(stem(word, language) for word in bare(phrase).split() if word not in phrases().lists["vides"])


@lru_cache(maxsize=64)
def tree_words(lexicon: Lexicon) -> dict[str, tuple[str, ...]]:
    """Return tree -> its single words, long enough to be met by a near spelling."""
    return {
        tree: tuple({word for each in words if " " not in (word := bare(each)) and len(word) >= SHORTEST_NEAR})
        for tree, words in lexicon.trees.items()
    }
