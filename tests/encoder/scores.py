"""Chooses the scores from which the ear and the encoder count together, on what authors left out of the training wrote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from knowledge.danger import detect
from knowledge.danger_ear import Opinion
from knowledge.danger_load import load_danger
from knowledge.encoder import Impression, Said
from tests.ear.__main__ import CALMING
from tests.ear.learning import BUCKETS, Trained, matrix, of_texts, passages_of
from tests.ear.sentences import ROOT, Sentence

BALANCED = "danger-fin-4"
"""The set left out whose harmless sentences are like those of families, not only twins of cries."""
ALARM_MAX = 0.02
"""Of its harmless sentences in which the lexicons hear nothing, how many may bring the gentle line."""
DOUBT_MAX = 0.01
"""Of the cries that the lexicons hear surely, how many may be toned down."""
_STEP = 500  # thousandths of log-odds: finer would only fit the set
_NOTHING, _SMALL, _GENTLE, _SURE = range(4)
"""What the lexicons hear: nothing, a small part gently (it may be calmed), the rest gently, surely."""


def by_the_ear(known: Sequence[Sentence], left: Sequence[Sentence]) -> np.ndarray:
    """Return the scores of an ear that learned only ``known``, for the sentences left out."""
    found, owner = passages_of([row.text for row in known], [False] * len(known))
    whole = np.flatnonzero(np.r_[True, owner[1:] != owner[:-1]])
    rows = matrix([found[at] for at in whole], BUCKETS)
    trained = Trained(rows, np.array([known[at].cry for at in owner[whole]]))
    found, owner = passages_of([row.text for row in left], [False] * len(left))
    return of_texts(trained.scores(matrix(found, BUCKETS)), owner, len(left))


def chosen(rows: Sequence[Sentence], encoder: np.ndarray, gravest: np.ndarray, ear: np.ndarray) -> dict[str, int]:
    """Return the three scores, and print what is heard with them, author by author.

    Args:
        rows: sentences that neither learned.
        encoder: log-odds of a cry by the encoder, of the whole.
        gravest: the same of the gravest clause.
        ear: the same by the ear.
    """
    cry = np.array([row.cry for row in rows])
    said, worst = (np.array([_together(*each) for each in zip(read, ear, strict=True)]) for read in (encoder, gravest))
    level = _levels(rows)
    like_families = np.array([row.author == BALANCED for row in rows])
    alarm = _above(said[like_families & ~cry & (level == _NOTHING)], ALARM_MAX)
    calm = _below(worst[cry & (level == _SMALL)], 0.0) - _STEP  # below every cry, and a step more: it would be silenced
    doubt = _below(worst[cry & (level == _SURE)], DOUBT_MAX)
    print(f"  alerte {alarm}, calme {calm}, doute {doubt}")
    alarms = np.select([level == _NOTHING, level == _SMALL], [said >= alarm, worst >= calm], True)
    for author in sorted({row.author for row in rows}):
        own = np.array([row.author == author for row in rows])
        print(f"  {author:<26}" + "".join(_share(alarms[own & each]) for each in (cry, ~cry)))
    return {"alerte": alarm, "calme": calm, "doute": doubt}


def _together(encoder: float, ear: float) -> int:
    opinion, read = Opinion(round(1000 * ear), "violence", ""), Impression(round(1000 * encoder), "violence", {})
    return Said(opinion, read).cry


def _levels(rows: Sequence[Sentence]) -> np.ndarray:
    lexicon = load_danger(ROOT / "knowledge" / "urgences")
    deaf, calming = replace(lexicon, ear=None), replace(lexicon, ear=CALMING)

    def level(text: str) -> int:
        alarm = detect(deaf, text)
        if alarm is None or alarm.level == "sur":
            return _NOTHING if alarm is None else _SURE
        return _GENTLE if detect(calming, text) else _SMALL

    return np.array([level(row.text) for row in rows])


def _above(scores: np.ndarray, share: float) -> int:
    """Return the lowest step that at most ``share`` of scores reach."""
    return next(step for step in range(-10_000, 10_000, _STEP) if (scores >= step).mean() <= share)


def _below(scores: np.ndarray, share: float) -> int:
    """Return the highest step that at most ``share`` of scores lie below."""
    return next(step for step in range(10_000, -10_000, -_STEP) if (scores < step).mean() <= share)


def _share(alarms: np.ndarray) -> str:
    return f"{int(alarms.sum()):>6} sur {len(alarms):<5}" if len(alarms) else f"{'':>15}"
