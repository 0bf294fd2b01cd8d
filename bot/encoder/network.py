"""Runs the trained network on a text: its first half always (``phrases.onnx``), the other on demand (``fond.onnx``)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from math import exp, log
from typing import Any

from bot.encoder.text import Pieces, passages
from knowledge.danger_ear import NOTHING
from knowledge.danger_hear import Case
from knowledge.encoder import Impression

_REMEMBERED = 32  # texts: one message and its clauses
_LEAST = 1e-4  # no topic is less likely than that: log-odds of about -9


@dataclass(frozen=True, slots=True)
class OnnxEncoder:
    """An encoder on onnxruntime.

    Scores of the first half are a cry, then one for each case, then one for each topic; those of the other one go on
    with one for each card. ``words`` holds the vector of each piece as signed bytes (pieces x 384), ``scales`` what one
    of its units is worth.
    """

    session: Any
    deep: Any
    pieces: Pieces
    words: Any
    scales: Any
    cases: tuple[Case, ...]
    topics: tuple[str, ...]
    cards: tuple[str, ...]
    doubt: int
    alarm: int
    calm: int
    silence: int
    _last: dict[tuple[int, bool], Impression] = field(default_factory=dict)
    """What was made of the last texts, under hashes of this process: danger, then subjects, ask for the same ones."""
    _begun: dict[int, list[Any]] = field(default_factory=dict)
    """What the first half made of the pieces of the very last text: the other half goes on from there."""

    def read(self, text: str) -> Impression:
        """Return the impression of a text: the gravest of its passages, the mean of what they are about."""
        return self._remembered(text, self._first)

    def reread(self, text: str) -> Impression:
        """Return the same by all layers, in as much time again."""
        return self._remembered(text, self._whole)

    def answers(self, text: str) -> Mapping[str, float]:
        """Return card id -> how likely it is what a desk asks for, by the first passage; {} without words."""
        ids = next(passages(self.pieces, text), None)
        scores = self._deep(self._run(ids)[1])[1 + len(self.cases) + len(self.topics) :] if ids else []
        return dict(zip(self.cards, _shares(scores), strict=bool(scores)))

    def _remembered(self, text: str, make: Callable[[str], list[list[float]]]) -> Impression:
        key = hash(text), make == self._whole
        found = self._last.get(key)
        if found is None:
            found = self._impression(make(text))
            if len(self._last) >= _REMEMBERED:
                self._last.clear()
            self._last[key] = found
        return found

    def _first(self, text: str) -> list[list[float]]:
        made = [self._run(ids) for ids in passages(self.pieces, text)]
        self._begun.clear()
        self._begun[hash(text)] = [hidden for _, hidden in made]
        return [scores for scores, _ in made]

    def _whole(self, text: str) -> list[list[float]]:
        if hash(text) not in self._begun:
            self._first(text)
        begun = self._begun.get(hash(text))  # another thread may have begun another text since
        hidden = [self._run(ids)[1] for ids in passages(self.pieces, text)] if begun is None else begun
        return [self._deep(each) for each in hidden]

    def _run(self, ids: list[int]) -> tuple[list[float], Any]:
        vectors = self.words[ids].astype("float32") * self.scales[ids, None]
        scores, hidden = self.session.run(None, {"words": vectors})
        return scores.tolist(), hidden

    def _deep(self, hidden: Any) -> list[float]:
        found: list[float] = self.deep.run(None, {"hidden": hidden})[0].tolist()
        return found

    def _impression(self, made: Sequence[Sequence[float]]) -> Impression:
        if not made:
            return Impression(NOTHING, self.cases[0], {})
        gravest = max(made, key=lambda scores: scores[0])
        first = 1 + len(self.cases)
        cases, last = gravest[1:first], first + len(self.topics)
        about = zip(*(_odds(scores[first:last]) for scores in made), strict=True)
        return Impression(
            cry=round(1000 * gravest[0]),
            case=self.cases[cases.index(max(cases))],
            topics={topic: sum(each) / len(made) for topic, each in zip(self.topics, about, strict=True)},
        )


def _shares(scores: Sequence[float]) -> list[float]:
    """Return each score's share among all (softmax)."""
    most = max(scores, default=0.0)
    shares = [exp(score - most) for score in scores]
    return [share / sum(shares) for share in shares]


def _odds(scores: Sequence[float]) -> list[float]:
    """Return the log-odds of each score's share."""
    likely = [min(1 - _LEAST, max(_LEAST, share)) for share in _shares(scores)]
    return [log(share / (1 - share)) for share in likely]
