"""Finds names of neighbourhoods, stations and gates among the words typed, also begun or misspelt.

« menil montant », « batignoles » and « creche batigno » name Ménilmontant and the Batignolles. A word that the
entries hold is never read as another spelling: « invalide » is not the Invalides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from knowledge.search_load import SearchWords

_LONGEST = 4  # words: « place de la république »
_SHORTEST_SLIP, _SHORTEST_TWO_SLIPS, _SHORTEST_START = 7, 10, 6


class Area(NamedTuple):
    """A neighbourhood read at some position."""

    name: tuple[str, ...]
    """Its words, folded, as it is written."""
    districts: tuple[int, ...]
    """Its arrondissements, the main one first."""
    used: int
    """How many of the words typed said it."""


def area_at(said: Sequence[str], place: int, known: SearchWords, open_end: bool = False) -> Area | None:
    """Return the neighbourhood that the words from a position on say, None without one; exact names go first.

    Args:
        said: the words typed, folded.
        place: the position of the first word.
        known: the names; other spellings are looked for only when it has a vocabulary.
        open_end: the last word may be unfinished.
    """
    windows = [tuple(said[place : place + length]) for length in range(min(_LONGEST, len(said) - place), 0, -1)]
    for window in windows:
        if window in known.places:
            return Area(window, known.places[window], len(window))
    for window in windows if known.vocabulary else ():
        begun = open_end and place + len(window) == len(said)
        name = _like(window, known, begun) if _strange(window, known) else None
        if name:
            return Area(name, known.places[name], len(window))
    return None


def _strange(window: tuple[str, ...], known: SearchWords) -> bool:
    """Tell whether no entry holds the first word, nor the last: a name does not swallow its neighbours."""
    ends = (window[0], window[-1])
    return all(word.isalpha() for word in ends) and any(word not in known.vocabulary for word in ends)


def _like(window: tuple[str, ...], known: SearchWords, begun: bool) -> tuple[str, ...] | None:
    typed = "".join(window)
    if len(typed) < _SHORTEST_START or window[0] in known.empty:
        return None
    names = _joined(tuple(known.places))
    longer = [name for name in names if name.startswith(typed)] if begun else []
    if len({known.places[names[name]][0] for name in longer}) == 1:
        own = {word for name in longer for word in names[name]}
        if not any(word.startswith(window[-1]) and word not in own for word in known.vocabulary):
            return names[min(longer, key=len)]
    slips = 0 if len(typed) < _SHORTEST_SLIP else 1 if len(typed) < _SHORTEST_TWO_SLIPS else 2
    found = extractOne(typed, list(names), scorer=OSA.distance, score_cutoff=slips)
    return names[found[0]] if found and found[0][0] == typed[0] else None


@lru_cache(maxsize=4)
def _joined(names: tuple[tuple[str, ...], ...]) -> Mapping[str, tuple[str, ...]]:
    """Return names by their letters without spaces: « menil montant » is one word for who lives there."""
    return {"".join(name): name for name in names}
