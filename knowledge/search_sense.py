"""What a whole query means, beside its words: « frère 16 ans ni école ni stage » holds no word of the card it asks for.

Pure: the trained network that reads the query runs elsewhere (``bot.encoder``); without one the words go on alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import log10
from typing import Protocol

from knowledge.search_rank import Match

FIELD = "sens"
_WEIGHT = 0.6
"""What a card that surely answers by its sense gets, as a share of the best score by words."""
_DECADES = 3
"""A card less likely than one in a thousand gets nothing; each tenfold more likely a third more."""
_POOREST = 0.5
"""A best score by words below this one counts as this one: such words say less than the sense."""


class Sense(Protocol):
    """A trained network that knows which cards short texts of a desk ask for."""

    def answers(self, text: str) -> Mapping[str, float]:
        """Return card id -> how likely (0 to 1, of sum 1) it is what a text asks for; {} without words."""
        ...


def drawn(likely: Mapping[str, float]) -> dict[str, float]:
    """Return card id -> 0 to 1: likelihoods on a scale on which second answers count too."""
    marks = {name: 1 + log10(share) / _DECADES for name, share in likely.items() if share > 0}
    return {name: mark for name, mark in marks.items() if mark > 0}


def joined(scores: Mapping[str, float], senses: Mapping[str, float]) -> dict[str, float]:
    """Return the scores by words with those by sense added."""
    worth = _WEIGHT * max(_POOREST, max(scores.values(), default=0.0))
    return dict(scores) | {name: scores.get(name, 0.0) + worth * mark for name, mark in senses.items()}


def by_sense() -> Match:
    """Return the reason of a hit that no word explains."""
    return Match("", "", FIELD, trust=0.0)
