"""The training itself: features as ``knowledge.danger_ear`` reads them, logistic regression of scikit-learn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from knowledge.danger_ear import passages
from knowledge.danger_text import split
from knowledge.word_hashes import features, parts_of

CASES = ("sante", "suicide", "enfant-danger", "violence", "rue", "cyber")
BUCKETS, CASE_BUCKETS = 1 << 20, 1 << 17
_FREEDOM, _CASE_FREEDOM = 40.0, 10.0  # C of the regression: more fits the sentences more closely
_SCALE = 5.0
_BYTE = 127


def passages_of(texts: Sequence[str], by_clause: Sequence[bool]) -> tuple[list[set[int]], np.ndarray]:
    """Return the features of every passage of every text, and the text of each; the first of a text is the whole."""
    found, owner = [], []
    for at, (text, finely) in enumerate(zip(texts, by_clause, strict=True)):
        pieces = split(text)
        known = parts_of({piece for piece in pieces if piece[0].isalnum()})
        for passage in passages(pieces, by_clause=finely) if known else ():
            found.append(features(passage, known))
            owner.append(at)
    return found, np.array(owner)


def matrix(found: Sequence[set[int]], buckets: int) -> Any:
    """Return one row for each passage, with the number of its features in each bucket, over the root of all."""
    places = [each & (buckets - 1) for some in found for each in sorted(some)]
    values = [1 / np.sqrt(len(some)) for some in found for _ in some]
    ends = np.cumsum([0, *map(len, found)])
    return sparse.csr_matrix((values, places, ends), shape=(len(found), buckets))


class Trained:
    """Weights for the buckets and a bias, learned from rows that are cries or not."""

    def __init__(self, rows: Any, is_cry: np.ndarray, freedom: float = _FREEDOM) -> None:
        often = np.asarray((rows > 0).sum(0)).ravel()
        rarity = np.log((rows.shape[0] + 1) / (often + 1)) / _SCALE
        model = LogisticRegression(
            C=freedom, solver="liblinear", dual=True, max_iter=2000, class_weight="balanced", random_state=0
        ).fit((rows @ sparse.diags(rarity)).tocsr(), is_cry)
        self.weights = model.coef_.ravel() * rarity * (often > 0)
        self.bias = float(model.intercept_[0])

    def scores(self, rows: Any) -> np.ndarray:
        """Return the log-odds of each row."""
        return np.asarray(rows @ self.weights).ravel() + self.bias


def of_texts(scores: np.ndarray, owner: np.ndarray, count: int) -> np.ndarray:
    """Return the highest score among the passages of each text."""
    best = np.full(count, -9.999)
    np.maximum.at(best, owner, scores)
    return best


def as_bytes(weights: np.ndarray) -> tuple[bytes, float]:
    """Return weights as signed bytes, and what one of them is worth."""
    unit = float(np.abs(weights).max()) / _BYTE
    return np.rint(weights / unit).astype(np.int8).tobytes(), unit


def case_weights(rows: Any, cases: Sequence[str]) -> dict[str, tuple[bytes, int]]:
    """Return case -> its weights as bytes and its bias, all in one unit; learned from cries alone."""
    named = np.array(cases)
    made = {case: Trained(rows, named == case, _CASE_FREEDOM) for case in CASES}
    unit = max(float(np.abs(each.weights).max()) for each in made.values()) / _BYTE
    return {
        case: (np.rint(each.weights / unit).astype(np.int8).tobytes(), round(each.bias / unit))
        for case, each in made.items()
    }


def crossed(rows: Any, owner: np.ndarray, is_cry: np.ndarray, part: Sequence[int] | np.ndarray) -> np.ndarray:
    """Return the score of each text by a training that saw nothing of its part."""
    parts, first = np.asarray(part), np.r_[True, owner[1:] != owner[:-1]]
    whole, scores = np.flatnonzero(first), np.full(len(is_cry), -9.999)
    for name in sorted(set(parts.tolist())):
        learn = whole[parts[owner[whole]] != name]
        trained = Trained(rows[learn], is_cry[owner[learn]])
        best = of_texts(trained.scores(rows), owner, len(is_cry))
        scores[parts == name] = best[parts == name]
    return scores
