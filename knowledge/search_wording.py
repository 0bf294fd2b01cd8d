"""How recherche.yaml and besoins.yaml write wordings in short: families of words, one wording for a span of ages."""

from __future__ import annotations

import re
from collections.abc import Iterable

from knowledge.folding import fold, root

_SURE_ROOT = 4  # letters: the root of « papa » is that of PAP
_AGES = re.compile(r"\b(\d{1,2})-(\d{1,2})(?= ans)")


def families(listed: Iterable[tuple[str, ...]]) -> dict[str, str]:
    """Return word or root of a word -> first word of its family; each word is written as people do."""
    found: dict[str, str] = {}
    for each in listed:
        first = fold(each[0])
        for word in map(fold, each):
            found[word] = first
            if len(root(word)) >= _SURE_ROOT:
                found[root(word)] = first
    return found


def of_each_age(text: str) -> tuple[str, ...]:
    """Return « maman à 15 ans » and « maman à 16 ans » for « maman à 15-16 ans »."""
    span = _AGES.search(text)
    ages = range(int(span[1]), int(span[2]) + 1) if span else ()
    return tuple(_AGES.sub(str(age), text) for age in ages) or (text,)
