"""The second ear: a linear classifier that hears a cry in words that no phrase of the lexicons holds.

Pure: integers trained beforehand (``tests/ear``), no disk, no clock, nothing kept of the text, the same answer each
time. It is never sure: what it hears alone raises the gentle level.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from math import sqrt

from knowledge.danger_hear import Case
from knowledge.word_hashes import features, parts_of

NOTHING = -9_999  # the score of a text without words
_SENTENCE_ENDS = frozenset(".!?…\n؟।。")
_CLAUSE_ENDS = _SENTENCE_ENDS | frozenset(",;:،؛、")
_SENTENCE_MIN = 4  # pieces; a shorter sentence goes with the next
_WINDOW, _STEP = 32, 16  # pieces; a longer sentence is cut into windows that overlap
_TOLD = 2  # typical words that tell a language


@dataclass(frozen=True, slots=True)
class Opinion:
    """How much a text sounds like a cry to the ear, in thousandths of log-odds, about -9000 to 9000.

    ``score`` is that of the gravest of ``passages``: the whole and its sentences.
    """

    score: int
    passages: int = 1


@dataclass(frozen=True, slots=True)
class Ear:
    """The trained weights, and the scores from which they count; see ``knowledge.danger_ear_load``.

    ``weights`` and each of ``cases`` hold one signed byte per bucket (a power of two of them).
    """

    weights: array[int]
    unit: float
    bias: float
    cases: Mapping[Case, array[int]]
    case_bias: Mapping[Case, int]
    typical: Mapping[str, frozenset[str]]
    alarm: int
    """From this score on a text that the lexicons find nothing in brings the gentle line."""
    calm: int
    """Below this score a gentle line of the lexicons is not shown."""

    def listen(self, pieces: Sequence[str], *, by_clause: bool = False) -> Opinion:
        """Return the opinion on a text, split into folded pieces (``danger_text.split``).

        Takes a time in proportion to the pieces, of which a text of any length has a few thousand at most.

        Args:
            pieces: words and punctuation marks.
            by_clause: whether each clause may decide, not each sentence alone: what is harmless has no clause that
                is not, where three questions about benefits would drown the fear told between two commas.
        """
        scores = [score for score, _ in self._heard(pieces, by_clause=by_clause)]
        return Opinion(round(1000 * max(scores)), len(scores)) if scores else Opinion(NOTHING)

    def case(self, pieces: Sequence[str]) -> Case:
        """Return the danger that a text sounds most like, by its gravest passage."""
        _, gravest = max(self._heard(pieces), key=lambda each: each[0], default=(0.0, set[int]()))
        return max(self.cases, key=lambda case: self._sounds_like(case, gravest))

    def language(self, pieces: Iterable[str]) -> str:
        """Return the language that folded words are typical of, "" where none or several are."""
        words = set(pieces)
        counts = {language: len(words & typical) for language, typical in self.typical.items()}
        most = max(counts.values(), default=0)
        best = [language for language, count in counts.items() if count == most]
        return best[0] if most >= _TOLD and len(best) == 1 else ""

    def _heard(self, pieces: Sequence[str], *, by_clause: bool = False) -> list[tuple[float, set[int]]]:
        """Return the score and the features of each passage; [] for a text without words."""
        parts = parts_of({piece for piece in pieces if piece[0].isalnum()})
        heard = (features(some, parts) for some in passages(pieces, by_clause=by_clause) if parts)
        return [(self._score(found), found) for found in heard]

    def _score(self, found: Set[int]) -> float:
        weights, last = self.weights, len(self.weights) - 1
        return self.bias + self.unit * sum([weights[each & last] for each in found]) / sqrt(len(found))

    def _sounds_like(self, case: Case, found: Set[int]) -> float:
        weights = self.cases[case]
        last = len(weights) - 1
        return sum([weights[each & last] for each in found]) / sqrt(len(found) or 1) + self.case_bias[case]


def passages(pieces: Sequence[str], *, by_clause: bool = False) -> Iterator[Sequence[str]]:
    """Yield the whole text, then, when it has several sentences (or clauses) or a long one, each passage of it."""
    ends = _CLAUSE_ENDS if by_clause else _SENTENCE_ENDS
    yield pieces
    sentences: list[list[str]] = [[]]
    for piece in pieces:
        sentences[-1].append(piece)
        if piece in ends and len(sentences[-1]) > _SENTENCE_MIN:
            sentences.append([])
    for sentence in sentences:
        if len(sentence) > _WINDOW or len(sentences) > 1:
            for start in range(0, max(1, len(sentence) - _WINDOW + _STEP), _STEP):
                if any(piece[0].isalnum() for piece in sentence[start : start + _WINDOW]):
                    yield sentence[start : start + _WINDOW]


def clauses(pieces: Iterable[str]) -> Iterator[list[str]]:
    """Yield the words of each clause, however short: between two marks somebody may say all of it."""
    words: list[str] = []
    for piece in pieces:
        if piece[0].isalnum():
            words.append(piece)
        elif piece in _CLAUSE_ENDS and words:
            yield words
            words = []
    if words:
        yield words
