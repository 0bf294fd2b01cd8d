"""Runs the trained network (``phrases.onnx``) on a text."""

from __future__ import annotations

from collections.abc import Sequence
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
    """An encoder on onnxruntime; scores of the network are a cry, then one for each case, then one for each topic.

    ``words`` holds the vector of each piece as signed bytes (pieces x 384), ``scales`` what one of its units is worth.
    """

    session: Any
    pieces: Pieces
    words: Any
    scales: Any
    cases: tuple[Case, ...]
    topics: tuple[str, ...]
    alarm: int
    calm: int
    silence: int
    _last: dict[int, Impression] = field(default_factory=dict)
    """What was made of the last texts, under hashes of this process: danger, then subjects, ask for the same ones."""

    def read(self, text: str) -> Impression:
        """Return the impression of a text: the gravest of its passages, the mean of what they are about."""
        key = hash(text)
        found = self._last.get(key)
        if found is None:
            found = self._read(text)
            if len(self._last) >= _REMEMBERED:
                self._last.clear()
            self._last[key] = found
        return found

    def _read(self, text: str) -> Impression:
        made = [self._scores(ids) for ids in passages(self.pieces, text)]
        if not made:
            return Impression(NOTHING, self.cases[0], {})
        gravest = max(made, key=lambda scores: scores[0])
        first = 1 + len(self.cases)
        cases = gravest[1:first]
        about = zip(*(_odds(scores[first:]) for scores in made), strict=True)
        return Impression(
            cry=round(1000 * gravest[0]),
            case=self.cases[cases.index(max(cases))],
            topics={topic: sum(each) / len(made) for topic, each in zip(self.topics, about, strict=True)},
        )

    def _scores(self, ids: list[int]) -> list[float]:
        vectors = self.words[ids].astype("float32") * self.scales[ids, None]
        found: list[float] = self.session.run(None, {"words": vectors})[0].tolist()
        return found


def _odds(scores: Sequence[float]) -> list[float]:
    """Return the log-odds of each score's share among all (softmax)."""
    most = max(scores)
    shares = [exp(score - most) for score in scores]
    likely = [min(1 - _LEAST, max(_LEAST, share / sum(shares))) for share in shares]
    return [log(share / (1 - share)) for share in likely]
