"""Hears two or three needs in one query: « pmi et crèche 18 », « css + ame ». Each is then looked for by itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, chain, zip_longest

from knowledge.search_entries import ASKED, FIELDS
from knowledge.search_hit import Hit

_BETWEEN = re.compile(r"\s+(?:et(?!\s+demie?s?\b)|ou|puis|and)\s+|\s*[+&,;/]\s*", re.IGNORECASE)
_EITHER = re.compile(r"\s+(?:ou|or)\s+|\s*[+/]\s*", re.IGNORECASE)
_LONGEST = 100  # characters: longer texts are stories, whose « et » joins anything
_MOST, _FIRST = 3, 5
_ASKED = FIELDS[ASKED][0]


def needs(text: str) -> tuple[str, ...]:
    """Return the two or three parts of a short query, () when it asks one thing."""
    parts = tuple(part for part in _BETWEEN.split(text.strip()) if part) if len(text) <= _LONGEST else ()
    return parts if 2 <= len(parts) <= _MOST else ()


def either(text: str) -> bool:
    """Tell whether a query puts its needs side by side, « crèche ou nounou »: « et » may also join one thing."""
    return bool(_EITHER.search(text.strip()))


def met(hits: tuple[Hit, ...], wanted: tuple[str, ...]) -> bool:
    """Tell whether one of the first hits, a topic aside, is surely met by all the words looked for, numbers aside.

    Words of several queries of desks do not say one thing.
    """
    said = {word for word in wanted if not word.isdecimal()}
    return any(
        hit.kind != "theme" and said <= {match.typed for match in hit.reason if match.sure and match.field != _ASKED}
        for hit in hits[:_FIRST]
    )


def in_turn(found: Sequence[Sequence[Hit]]) -> tuple[Hit, ...]:
    """Return the hits of each search in turn, the best first; none is repeated, and no score is above one before."""
    first: dict[str, Hit] = {}
    for hit in chain.from_iterable(zip_longest(*found)):
        if hit:
            first.setdefault(hit.id, hit)
    lowest = accumulate((hit.score for hit in first.values()), min)
    return tuple(replace(hit, score=score) for hit, score in zip(first.values(), lowest, strict=True))
