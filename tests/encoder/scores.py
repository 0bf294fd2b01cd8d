"""Chooses the scores from which the ear and the encoder count together, on what authors left out of the training wrote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from knowledge import danger_alarm
from knowledge.danger import beside, is_typed
from knowledge.danger_alarm import DangerLexicon
from knowledge.danger_ear import Opinion, passages
from knowledge.danger_load import load_danger
from knowledge.danger_text import split
from knowledge.encoder import Impression, Said
from tests.ear.learning import BUCKETS, Trained, matrix, of_texts, passages_of
from tests.ear.sentences import ROOT, Sentence

BALANCED = frozenset({"danger-fin-4", "danger-fin-5", "danger-fin-6"})
"""The sets left out whose harmless sentences are like those of families, not only twins of cries."""
CHOSEN_ON = BALANCED | {"danger-choix-1", "danger-choix-2", "danger-choix-3"}
"""The same, and three of near misses above all."""
ALARM_MAX = 0.0125
"""Of harmless sentences in which the lexicons hear nothing, half of them near misses, how many may bring the gentle line."""
CALM_MAX = 0.025
"""Of the cries that the lexicons hear gently, how many may be taken back."""
SURE_MAX = 0.01
"""Of those that they hear surely, before what is below."""
_STEP = 500  # thousandths of log-odds: finer would only fit the set
_SAFE = 2 * _STEP  # how far below a card is shown gently still: nothing costs more than this silence
_MARGIN = _STEP  # how far below the faintest cry the first layers may still leave a doubt
_NOTHING, _ALONE, _GENTLE, _SURE = range(4)
"""What the lexicons hear: nothing, something in one to three words (it stays), gently, surely."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What the lexicons hear of a sentence, and the words around it: none where it is in words not as they are written."""

    level: int
    around: list[tuple[str, int]]
    """Each passage, and the cry from which on it plainly is one."""


@dataclass(frozen=True, slots=True)
class Scored:
    """How much each sentence sounds like a cry to both, in thousandths of log-odds.

    ``early`` by the first layers, ``whole`` by all; ``plain`` is whether a passage around what was heard plainly is one.
    """

    early: np.ndarray
    whole: np.ndarray
    plain: np.ndarray


def by_phrases(texts: Sequence[str]) -> list[Heard]:
    """Return what the lexicons hear of each text, and the passages that are weighed then."""
    lexicon = load_danger(ROOT / "knowledge" / "urgences")
    return [_heard(lexicon, text) for text in texts]


def _heard(lexicon: DangerLexicon, text: str) -> Heard:
    pieces = split(text)
    found = danger_alarm.by_phrases(lexicon, pieces)
    if found.alarm is None:
        return Heard(_NOTHING, [])
    level = _ALONE if is_typed(pieces) else _SURE if found.alarm.level == "sur" else _GENTLE
    return Heard(level, beside(found, pieces, text))


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

    Args:
        rows: sentences that neither the ear nor the encoder learned.
        heard: what the lexicons hear of them.
        scored: how much they sound like a cry.
    """
    cry, level = np.array([row.cry for row in rows]), np.array([each.level for each in heard])
    decides = np.array([row.author in CHOSEN_ON for row in rows])
    plain = scored.plain  # no request silences it
    kept = np.where(plain, np.iinfo(int).max, scored.whole)
    alarm = _above(scored.whole[decides & ~cry & (level == _NOTHING)], ALARM_MAX)
    # a phrase that is heard asks for no more than none
    calm = min(alarm, _below(kept[decides & cry & (level == _GENTLE)], CALM_MAX))
    silence = min(calm, _below(kept[decides & cry & (level == _SURE)], SURE_MAX) - _SAFE)
    doubt = _below(scored.early[cry & (level == _NOTHING) & (scored.whole >= alarm)], 0.0) - _MARGIN
    scores = {"alerte": alarm, "calme": calm, "silence": silence, "doute": doubt}
    print(f"  {scores}")
    nothing = (scored.early >= doubt) & (scored.whole >= alarm)
    unwritten = np.array([not each.around for each in heard])
    gentle = plain | (scored.whole >= np.where(unwritten, silence, calm))
    sure = plain | (scored.whole >= silence)
    alarms = np.select([level == _NOTHING, level == _GENTLE, level == _SURE], [nothing, gentle, sure], True)
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
