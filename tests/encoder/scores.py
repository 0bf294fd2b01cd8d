"""Chooses the scores from which the ear and the encoder count together, on what authors left out of the training wrote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from knowledge.danger import PLAIN, detect
from knowledge.danger_ear import Opinion, passages
from knowledge.danger_load import load_danger
from knowledge.danger_text import split
from knowledge.encoder import Impression, Said
from tests.ear.learning import BUCKETS, Trained, matrix, of_texts, passages_of
from tests.ear.sentences import ROOT, Sentence

BALANCED = frozenset({"danger-fin-4", "danger-fin-5", "danger-fin-6"})
"""The sets left out whose harmless sentences are like those of families, not only twins of cries."""
ALARM_MAX = 0.015
"""Of their harmless sentences in which the lexicons hear nothing, how many may bring the gentle line: those in which the
lexicons do hear something bring about as many lines again, and 3 % is what is allowed of all."""
CALM_MAX = 0.025
"""Of the cries that the lexicons hear gently, how many may be taken back."""
SURE_MAX = 0.01
"""Of those that they hear surely, where no words around what was heard keep them."""
_STEP = 500  # thousandths of log-odds: finer would only fit the set
_MARGIN = _STEP  # how far below the faintest cry the first layers may still leave a doubt
_SAFE = 2 * _STEP  # how far below them a card is shown gently still: nothing costs more than this silence
_NOTHING, _ALONE, _GENTLE, _SURE = range(4)
"""What the lexicons hear: nothing, something in one to three words (it stays), gently, surely."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What the lexicons hear of a sentence, and the words around it."""

    level: int
    around: list[str]


@dataclass(frozen=True, slots=True)
class Scored:
    """How much each sentence sounds like a cry to both, in thousandths of log-odds.

    ``early`` by the first layers, ``whole`` by all, ``gravest`` by all of the passage around what was heard that does
    most, very low where there is none.
    """

    early: np.ndarray
    whole: np.ndarray
    gravest: np.ndarray


@dataclass
class _Asked:
    """An encoder that notes what it is asked to read, and makes nothing of it."""

    texts: list[str] = field(default_factory=list)
    doubt: int = -99_999
    alarm: int = 99_999
    calm: int = 99_999
    silence: int = -99_999

    def begin(self, text: str) -> None:
        """It has nothing to read ahead."""

    def read(self, text: str) -> Impression:
        self.texts.append(text)
        return Impression(-99_999, "violence", {})

    reread = read


def by_phrases(texts: Sequence[str]) -> list[Heard]:
    """Return what the lexicons hear of each text, and the passages that are weighed then."""
    lexicon = load_danger(ROOT / "knowledge" / "urgences")
    found = []
    for text in texts:
        encoder = _Asked()
        detect(replace(lexicon, encoder=encoder), text)
        alarm, around = detect(replace(lexicon, ear=None), text), [each for each in encoder.texts if each != text]
        level = _NOTHING if alarm is None else _SURE if alarm.level == "sur" else _GENTLE
        found.append(Heard(level if around or not alarm else _ALONE, around))
    return found


def by_the_ear(known: Sequence[Sentence], texts: Sequence[str]) -> np.ndarray:
    """Return the scores of an ear that learned only ``known``."""
    found, owner = passages_of([row.text for row in known], [False] * len(known))
    whole = np.flatnonzero(np.r_[True, owner[1:] != owner[:-1]])
    rows = matrix([found[at] for at in whole], BUCKETS)
    trained = Trained(rows, np.array([known[at].cry for at in owner[whole]]))
    found, owner = passages_of(texts, [False] * len(texts))
    return of_texts(trained.scores(matrix(found, BUCKETS)), owner, len(texts))


def chosen(rows: Sequence[Sentence], heard: Sequence[Heard], scored: Scored) -> dict[str, int]:
    """Return the four scores, and print what is heard with them, author by author.

    Nearly so: a gentle phrase that fills its clause is taken back a little less often (``knowledge.danger``).

    Args:
        rows: sentences that neither the ear nor the encoder learned.
        heard: what the lexicons hear of them.
        scored: how much they sound like a cry.
    """
    cry, level = np.array([row.cry for row in rows]), np.array([each.level for each in heard])
    like_families = np.array([row.author in BALANCED for row in rows])
    alarm = _above(scored.whole[like_families & ~cry & (level == _NOTHING)], ALARM_MAX)
    calm = _below(scored.whole[like_families & cry & (level == _GENTLE)], CALM_MAX)
    kept = np.where(scored.gravest >= PLAIN, np.iinfo(int).max, scored.whole)  # by the words around what was heard
    silence = _below(kept[cry & (level == _SURE)], SURE_MAX) - _SAFE
    doubt = _below(scored.early[cry & (level == _NOTHING) & (scored.whole >= alarm)], 0.0) - _MARGIN
    scores = {"alerte": alarm, "calme": calm, "silence": min(calm, silence), "doute": doubt}
    print(f"  {scores}")
    plainly = (scored.whole >= calm) | (scored.gravest >= PLAIN)
    nothing = (scored.early >= doubt) & (scored.whole >= alarm)
    sure = plainly | (scored.whole >= silence)
    alarms = np.select([level == _NOTHING, level == _GENTLE, level == _SURE], [nothing, plainly, sure], True)
    for author in sorted({row.author for row in rows}):
        own = np.array([row.author == author for row in rows])
        print(f"  {author:<26}" + "".join(_share(alarms[own & each]) for each in (cry, ~cry)))
    return scores


def together(texts: Sequence[str], encoder: np.ndarray, ear: np.ndarray) -> np.ndarray:
    """Return how much each text sounds like a cry to both, in thousandths, of the log-odds by each."""
    return np.array([_said(*each) for each in zip(texts, encoder, ear, strict=True)])


def _said(text: str, encoder: float, ear: float) -> int:
    heard = max(1, len(list(passages(split(text), by_clause=False))))
    opinion = Opinion(round(1000 * ear), heard)
    return Said(opinion, Impression(round(1000 * encoder), "violence", {})).cry


def _above(scores: np.ndarray, share: float) -> int:
    """Return the lowest step that at most ``share`` of scores reach."""
    return next(step for step in range(-10_000, 10_000, _STEP) if (scores >= step).mean() <= share)


def _below(scores: np.ndarray, share: float) -> int:
    """Return the highest step that at most ``share`` of scores lie below."""
    return next(step for step in range(10_000, -10_000, -_STEP) if (scores < step).mean() <= share)


def _share(alarms: np.ndarray) -> str:
    return f"{int(alarms.sum()):>6} sur {len(alarms):<5}" if len(alarms) else f"{'':>15}"
