"""Where in a text a danger was found: the words around it, and whether it is a small part of what is said.

Pure: it counts words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from knowledge.danger_ear import clauses
from knowledge.danger_hear import Danger
from knowledge.danger_text import WINDOW, split

_MOST, _FEW = 0.5, 7  # a phrase that holds half of the words says what the text says; few words explain nothing away
_UNIT = re.compile(r"[\u3400-\u9fff]|[^\s\u3400-\u9fff]+")  # a word with its marks; where no space parts words, a sign
_ENDS, _FULL = tuple(".!?;:,…؟؛،।。！？；：，、"), tuple(".!?…؟।。！？")  # of a clause, of a sentence
_BESIDE, _SPAN = 3, 40  # units read on each side of a danger, within its clause; units that a danger may hold
_READ = 24  # passages: each takes the encoder a millisecond or two


class Passage(NamedTuple):
    """Words around a danger: whether they are all of a clause, or of a sentence."""

    text: str
    clause: bool
    sentence: bool


def around(text: str, dangers: Sequence[Danger]) -> list[Passage]:
    """Return each place of a text where a danger is told, with three words on each side within its clause.

    « Mon mari me frappe je cherche une », of a request for a nursery; « mon mari a battu mon frère aux échecs ». Each
    passage once, 24 at most, of the first and the last; [] where no word of a danger is found as it is written.
    """
    if len(text) > 2 * WINDOW:
        text = f"{text[:WINDOW]} {text[-WINDOW:]}"
    units = [(found.start(), found.end(), frozenset(split(found[0]))) for found in _UNIT.finditer(text)]
    spans = sorted({span for words in {danger.words for danger in dangers} for span in _shortest(units, words)})
    kept = list(dict.fromkeys(_with_neighbours(text, units, *span) for span in spans))
    return kept if len(kept) <= _READ else [*kept[: _READ // 2], *kept[-_READ // 2 :]]


_Unit = tuple[int, int, frozenset[str]]


def _shortest(units: Sequence[_Unit], words: frozenset[str]) -> list[tuple[int, int]]:
    """Return the first and last unit of each shortest run that holds the words, those that are written at all."""
    wanted = words & frozenset[str]().union(*(said for _, _, said in units))
    runs = [
        (first, last)
        for first, (_, _, said) in enumerate(units)
        if said & wanted and (last := _end(units, first, wanted)) is not None
    ]
    least = min((last - first for first, last in runs), default=0)
    return [(first, last) for first, last in runs if last - first == least]


def _end(units: Sequence[_Unit], first: int, wanted: frozenset[str]) -> int | None:
    missing = set(wanted)
    for last in range(first, min(len(units), first + _SPAN)):
        missing -= units[last][2]
        if not missing:
            return last
    return None


def _with_neighbours(text: str, units: Sequence[_Unit], first: int, last: int) -> Passage:
    def ends(at: int, marks: tuple[str, ...] = _ENDS) -> bool:
        return not 0 <= at < len(units) - 1 or text[units[at][0] : units[at][1]].endswith(marks)

    start = first
    while first - start < _BESIDE and not ends(start - 1):
        start -= 1
    end = last
    while end - last < _BESIDE and not ends(end):
        end += 1
    own, full = (ends(start - 1, marks) and ends(end, marks) for marks in (_ENDS, _FULL))
    return Passage(text[units[start][0] : units[end][1]], own, full)


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
