"""Chooses the scores from which the ear counts, beside what the lexicons hear, and counts what is heard."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from tests.ear.sentences import Sentence

NOTHING, NEAR, KEPT = 0, 1, 2
"""What the lexicons make of a sentence; the ear may calm what is ``NEAR``."""
FALSE_MAX = 0.155
"""Of harmless sentences, how many may bring the gentle line, the lexicons' own included. A third of them were written to
look like cries; of what families ask every day it is a few in a hundred, and a cry missed costs more than a line."""
CALMED_MAX = 0.02
"""Of cries in which the lexicons hear only a small part gently, how many the ear may take back."""
_STEP = 50  # thousandths of log-odds


@dataclass(frozen=True)
class Thresholds:
    """From which score the ear alarms, below which it calms; in thousandths of log-odds."""

    alarm: int
    calm: int


@dataclass(frozen=True)
class Heard:
    """Sentences, what the lexicons make of them, and the ear's scores by a training that never saw them."""

    rows: Sequence[Sentence]
    level: np.ndarray
    scores: np.ndarray

    def some(self, kept: np.ndarray) -> Heard:
        """Return the same of some sentences."""
        at = np.flatnonzero(kept)
        return Heard([self.rows[each] for each in at], self.level[at], self.scores[at])

    def alarms(self, thresholds: Thresholds) -> np.ndarray:
        """Tell which sentences alarm."""
        score = np.rint(1000 * self.scores)
        return np.asarray(
            (self.level == KEPT)
            | ((self.level == NEAR) & (score >= thresholds.calm))
            | ((self.level == NOTHING) & (score >= thresholds.alarm))
        )


def best(heard: Heard, fresh: np.ndarray) -> Thresholds:
    """Return the highest score below which hardly a cry is taken back, and the lowest that alarms seldom enough.

    Args:
        heard: every sentence.
        fresh: which of them the lexicons never met; false alarms are counted on these.
    """
    cry = np.array([row.cry for row in heard.rows])
    near = heard.scores[cry & (heard.level == NEAR)]
    calm = int(np.floor(np.quantile(near, CALMED_MAX) * 1000 / _STEP)) * _STEP
    harmless = heard.some(fresh & ~cry)
    choices = (Thresholds(alarm, calm) for alarm in range(0, 9_000, _STEP))
    return next(each for each in choices if harmless.alarms(each).mean() <= FALSE_MAX)


def table(heard: Heard, thresholds: Thresholds) -> str:
    """Return lines of language, cries heard and false alarms, by the lexicons alone and with the ear."""
    return "\n".join(_lines(heard, thresholds))


def _lines(heard: Heard, thresholds: Thresholds) -> Iterator[str]:
    cry = np.array([row.cry for row in heard.rows])
    languages = np.array([row.language for row in heard.rows])
    alone, together = heard.level != NOTHING, heard.alarms(thresholds)
    yield "langue    cris   entendus : lexiques, oreille   sans danger   fausses : lexiques, oreille"
    for language in [*sorted(set(languages.tolist())), ""]:
        here = (languages == language) | (not language)
        cries, harmless = here & cry, here & ~cry
        if cries.any() and harmless.any():
            yield (
                f"{language or 'toutes':<8} {cries.sum():>5}   {alone[cries].mean():>18.1%}  {together[cries].mean():>7.1%}"
                f"   {harmless.sum():>11}   {alone[harmless].mean():>17.1%}  {together[harmless].mean():>7.1%}"
            )
