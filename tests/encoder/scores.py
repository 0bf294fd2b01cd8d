"""Chooses the scores from which the ear and the encoder count together, on what authors left out of the training wrote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from knowledge.danger import detect
from knowledge.danger_ear import Opinion
from knowledge.danger_load import load_danger
from knowledge.encoder import Impression, Said
from tests.ear.learning import BUCKETS, Trained, matrix, of_texts, passages_of
from tests.ear.sentences import ROOT, Sentence

BALANCED = "danger-fin-4"
"""The set left out whose harmless sentences are like those of families, not only twins of cries."""
ALARM_MAX = 0.02
"""Of its harmless sentences in which the lexicons hear nothing, how many may bring the gentle line."""
CALM_MAX, DOUBT_MAX = 0.01, 0.01
"""Of the cries that the lexicons hear gently, how many may be silenced; of those heard surely, how many toned down."""
_STEP = 500  # thousandths of log-odds: finer would only fit the set
_NOTHING, _GENTLE, _SURE = 0, 1, 2


def by_the_ear(known: Sequence[Sentence], left: Sequence[Sentence]) -> np.ndarray:
    """Return the scores of an ear that learned only ``known``, for the sentences left out."""
    found, owner = passages_of([row.text for row in known], [False] * len(known))
    whole = np.flatnonzero(np.r_[True, owner[1:] != owner[:-1]])
    rows = matrix([found[at] for at in whole], BUCKETS)
    trained = Trained(rows, np.array([known[at].cry for at in owner[whole]]))
    found, owner = passages_of([row.text for row in left], [False] * len(left))
    return of_texts(trained.scores(matrix(found, BUCKETS)), owner, len(left))


def chosen(rows: Sequence[Sentence], encoder: np.ndarray, ear: np.ndarray) -> dict[str, int]:
    """Return the three scores, and print what is heard with them, author by author.

    Args:
        rows: sentences that neither learned.
        encoder: log-odds of a cry by the encoder.
        ear: the same by the ear.
    """
    cry = np.array([row.cry for row in rows])
    said = np.array([_together(*each) for each in zip(encoder, ear, strict=True)])
    level = _levels(rows)
    like_families = np.array([row.author == BALANCED for row in rows])
    alarm = _above(said[like_families & ~cry & (level == _NOTHING)], ALARM_MAX)
    calm = _below(said[cry & (level == _GENTLE)], CALM_MAX)
    doubt = _below(said[cry & (level == _SURE)], DOUBT_MAX)
    print(f"  alerte {alarm}, calme {calm}, doute {doubt}")
    alarms = (level == _SURE) | ((level == _GENTLE) & (said >= calm)) | (said >= alarm)
    for author in sorted({row.author for row in rows}):
        own = np.array([row.author == author for row in rows])
        print(f"  {author:<26}" + "".join(_share(alarms[own & each]) for each in (cry, ~cry)))
    return {"alerte": alarm, "calme": calm, "doute": doubt}


def _together(encoder: float, ear: float) -> int:
    opinion, read = Opinion(round(1000 * ear), "violence", ""), Impression(round(1000 * encoder), "violence", {})
    return Said(opinion, read).cry


def _levels(rows: Sequence[Sentence]) -> np.ndarray:
    deaf = replace(load_danger(ROOT / "knowledge" / "urgences"), ear=None)

    def level(text: str) -> int:
        alarm = detect(deaf, text)
        return _NOTHING if alarm is None else _SURE if alarm.level == "sur" else _GENTLE

    return np.array([level(row.text) for row in rows])


def _above(scores: np.ndarray, share: float) -> int:
    """Return the lowest step that at most ``share`` of scores reach."""
    return next(step for step in range(-10_000, 10_000, _STEP) if (scores >= step).mean() <= share)


def _below(scores: np.ndarray, share: float) -> int:
    """Return the highest step that at most ``share`` of scores lie below."""
    return next(step for step in range(10_000, -10_000, -_STEP) if (scores < step).mean() <= share)


def _share(alarms: np.ndarray) -> str:
    return f"{int(alarms.sum()):>6} sur {len(alarms):<5}" if len(alarms) else f"{'':>15}"
