"""Where in a text a danger was found: the clauses that tell it, and whether it is a small part of what is said.

Pure: it counts words.
"""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.danger_ear import clauses
from knowledge.danger_hear import Danger
from knowledge.danger_text import split
from knowledge.encoder import clauses_of

_MOST, _FEW = 0.5, 7  # a phrase that holds half of the words says what the text says; few words explain nothing away
_READ = 24  # passages: each takes the encoder a millisecond or two


def told_in(text: str, dangers: Sequence[Danger]) -> list[str]:
    """Return the clauses of a text that hold most words of a danger, all where none does, 24 at most; [] of one clause.

    Three questions on benefits drown no fear told between two commas, nor at the end of a long letter.
    """
    cut = clauses_of(text)
    words = [frozenset(split(clause)) for clause in cut]
    holding = [
        clause
        for clause, said in zip(cut, words, strict=True)
        if any(2 * len(said & danger.words) > len(danger.words) for danger in dangers)
    ]
    kept = holding or cut
    return kept if len(kept) <= _READ else [*kept[: _READ // 2], *kept[-_READ // 2 :]]


def is_small(dangers: list[Danger], pieces: tuple[str, ...]) -> bool:
    """Return whether what was found is a small part of the text, which the rest may explain away.

    It is not where it fills a clause of its own: « je veux disparaître. Ma fille est née en mai » says it whole.
    """
    words = {piece for piece in pieces if piece[0].isalnum()}
    if len(words) <= _FEW or max(len(danger.words) for danger in dangers) >= _MOST * len(words):
        return False
    return not any(
        len(danger.words.intersection(clause)) >= _MOST * len(set(clause))
        for clause in clauses(pieces)
        for danger in dangers
    )
