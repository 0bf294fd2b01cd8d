"""Runs the trained network on a text: its first half always (``phrases.onnx``), the other on demand (``fond.onnx``)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from math import exp, log
from time import sleep
from typing import Any, NamedTuple, TypeVar

from bot.encoder.text import Pieces, passages
from knowledge.danger_ear import NOTHING
from knowledge.danger_hear import Case
from knowledge.encoder import Impression

T = TypeVar("T")

_REMEMBERED = 16  # texts, one message and its clauses: of 3 MB each at the very most, of 25 kB mostly
_LEAST = 1e-4  # no topic is less likely than that: log-odds of about -9
_MAY_BE = 0.15  # the share from which a danger may be meant besides the likeliest one
_AWAY = 1e-5  # seconds in which the other thread takes its turn; then it needs none of ours


class _Whole(NamedTuple):
    """What all layers make of a text; ``cards`` holds the scores of the cards by the first passage, [] if none."""

    impression: Impression
    cards: Sequence[float]


class _Begun(NamedTuple):
    """What the first half makes of a text: the impression, and of each passage what the other half goes on from."""

    impression: Impression
    hidden: list[Any]


def _one_thread() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1, "encoder")


@dataclass(frozen=True, slots=True)
class OnnxEncoder:
    """An encoder on onnxruntime; what is begun is read on a thread of its own, while words are looked up on another.

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
    _begun: dict[int, Future[_Begun]] = field(default_factory=dict)
    """What is made of the last texts, under hashes of this process: danger, then subjects, ask for the same ones."""
    _ended: dict[int, Future[_Whole]] = field(default_factory=dict)
    _thread: ThreadPoolExecutor = field(default_factory=_one_thread)

    def begin(self, text: str) -> None:
        """Set out to read a text by all layers, and return at once."""
        key = hash(text)
        if key not in self._begun:
            begun = self._thread.submit(self._first, text)
            _keep(self._begun, key, begun)
            _keep(
                self._ended, key, self._thread.submit(lambda: self._go_on(begun.result()))
            )  # done by then: it came first
            sleep(_AWAY)

    def read(self, text: str) -> Impression:
        """Return the impression of a text: the gravest of its passages, the mean of what they are about."""
        return self._known(self._begun, text, self._first).impression

    def reread(self, text: str) -> Impression:
        """Return the same by all layers, in as much time again."""
        return self._known(self._ended, text, self._whole).impression

    def answers(self, text: str) -> Mapping[str, float]:
        """Return card id -> how likely it is what a desk asks for, by the first passage; {} without words."""
        scores = self._known(self._ended, text, self._whole).cards
        return dict(zip(self.cards, _shares(scores), strict=bool(scores)))

    def _known(self, known: dict[int, Future[T]], text: str, make: Callable[[str], T]) -> T:
        found = known.pop(hash(text), None)
        if found is None:
            found = Future()
            found.set_result(make(text))
        _keep(known, hash(text), found)
        return found.result()

    def _first(self, text: str) -> _Begun:
        made = [self._run(ids) for ids in passages(self.pieces, text)]
        return _Begun(self._impression([scores for scores, _ in made]), [hidden for _, hidden in made])

    def _whole(self, text: str) -> _Whole:
        return self._go_on(self._known(self._begun, text, self._first))

    def _go_on(self, begun: _Begun) -> _Whole:
        made = [self._deep(hidden) for hidden in begun.hidden]
        cards = made[0][1 + len(self.cases) + len(self.topics) :] if made else []
        return _Whole(self._impression(made), cards)

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
        last = first + len(self.topics)
        likely = sorted(zip(_shares(gravest[1:first]), self.cases, strict=True), key=lambda each: -each[0])
        about = zip(*(_odds(scores[first:last]) for scores in made), strict=True)
        return Impression(
            cry=round(1000 * gravest[0]),
            case=likely[0][1],
            topics={topic: sum(each) / len(made) for topic, each in zip(self.topics, about, strict=True)},
            others=tuple(case for share, case in likely[1:2] if share >= _MAY_BE),
        )


def _keep(known: dict[int, Future[T]], key: int, found: Future[T]) -> None:
    """Keep what was asked for last; what nobody asked for longest goes. Other threads may do the same meanwhile."""
    known[key] = found
    while len(known) > _REMEMBERED:
        oldest, *_ = known  # in one go: nobody else changes it between
        known.pop(oldest, None)


def _shares(scores: Sequence[float]) -> list[float]:
    """Return each score's share among all (softmax)."""
    most = max(scores, default=0.0)
    shares = [exp(score - most) for score in scores]
    return [share / sum(shares) for share in shares]


def _odds(scores: Sequence[float]) -> list[float]:
    """Return the log-odds of each score's share."""
    likely = [min(1 - _LEAST, max(_LEAST, share)) for share in _shares(scores)]
    return [log(share / (1 - share)) for share in likely]
