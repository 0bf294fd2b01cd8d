"""Words of one family for the search: « mort », « meurt », « décédé » have one root, which no stemmer gives them."""

from __future__ import annotations

from functools import lru_cache

from knowledge.folding import root
from knowledge.search_load import search_words


@lru_cache(maxsize=50_000)
def sense(word: str) -> str:
    """Return the root of a folded word, or the first word of its family in ``recherche.yaml`` when it has one."""
    short, families = root(word), search_words().families
    return families.get(word) or families.get(short, short)
