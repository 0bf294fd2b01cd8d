"""``make ear``: trains the second ear, prints what it hears of sentences it did not learn from, writes the model.

The same sentences give the same file. Runs in an environment of its own (``requirements-ear.txt``), in seven minutes.
"""

from __future__ import annotations

import json
import zlib
from array import array
from base64 import b64encode
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from knowledge.danger import detect
from knowledge.danger_ear import Ear
from knowledge.danger_ear_load import FILE
from knowledge.danger_load import load_danger
from knowledge.danger_text import split
from knowledge.trained import hash_of
from tests.ear.learning import (
    BUCKETS,
    CASE_BUCKETS,
    CASES,
    Trained,
    as_bytes,
    case_weights,
    crossed,
    matrix,
    passages_of,
)
from tests.ear.sentences import FOLDER, HARMLESS, ROOT, Sentence, files, parts, sentences
from tests.ear.thresholds import KEPT, NEAR, NOTHING, Heard, Thresholds, best, table

PARTS = 8
CALMING = Ear(array("b", [0]), 1.0, 0.0, {case: array("b", [0]) for case in CASES}, dict.fromkeys(CASES, 0), {}, 1, 1)
"""An ear that alarms of nothing of its own and calms all it may."""
_TYPICAL, _TYPICAL_MIN, _TYPICAL_TIMES = 150, 4, 8  # words of a language; in so many sentences; so much more often


def main() -> None:
    """Train, measure, write."""
    rows = sentences()
    level = lexicons_alone(rows)
    found, owner = passages_of([row.text for row in rows], level == NEAR)
    whole = np.flatnonzero(np.r_[True, owner[1:] != owner[:-1]])
    is_cry = np.array([row.cry for row in rows])
    learned = matrix(found, BUCKETS)
    scores = crossed(learned, owner, is_cry, parts(rows, PARTS))
    fresh = np.array([row.author.startswith("auteur-") for row in rows])
    thresholds = best(Heard(rows, level, scores), fresh)
    print(f"seuils : {thresholds}\n\nphrases non apprises (validation croisée en {PARTS} parts)")
    print(table(Heard(rows, level, scores).some(fresh), thresholds))
    by_author(rows, learned, owner, is_cry, level, thresholds)
    trained = Trained(learned[whole], is_cry[owner[whole]])
    write(rows, trained, case_model(rows, found, whole, owner), thresholds)


def lexicons_alone(rows: Sequence[Sentence]) -> np.ndarray:
    """Return what the lexicons make of each sentence: nothing, what the ear may calm, what it may not."""
    lexicon = load_danger(ROOT / "knowledge" / "urgences")
    deaf, calming = replace(lexicon, ear=None), replace(lexicon, ear=CALMING)

    def level(text: str) -> int:
        return NOTHING if not detect(deaf, text) else KEPT if detect(calming, text) else NEAR

    return np.array([level(row.text) for row in rows])


def by_author(
    rows: Sequence[Sentence],
    learned: object,
    owner: np.ndarray,
    is_cry: np.ndarray,
    level: np.ndarray,
    thresholds: Thresholds,
) -> None:
    """Print the same for whole authors left out, where others wrote in their language."""
    for author in ("auteur-1-fr", "auteur-6-fr", "auteur-13-fr", "danger-fin-2", "danger-fin-3"):
        left = np.array([row.author == author for row in rows])
        scores = crossed(learned, owner, is_cry, np.where(left, 1, 0))
        print(f"\nsans rien apprendre de {author}")
        print(table(Heard(rows, level, scores).some(left), thresholds))


def case_model(
    rows: Sequence[Sentence], found: list[set[int]], whole: np.ndarray, owner: np.ndarray
) -> dict[str, tuple[bytes, int]]:
    """Return the weights of each case, learned from the cries."""
    cries = [at for at in whole if rows[owner[at]].cry]
    own = owner[cries]
    return case_weights(matrix([found[at] for at in cries], CASE_BUCKETS), [rows[at].case for at in own])


def typical_words(rows: Sequence[Sentence]) -> dict[str, list[str]]:
    """Return language -> the words that tell it from the others, most frequent first."""
    said: dict[str, Counter[str]] = {}
    for row in rows:
        words = {piece for piece in split(row.text) if piece[0].isalpha()}
        said.setdefault(row.language, Counter()).update(words)
    sizes = Counter(row.language for row in rows)
    found = {}
    for language, counts in sorted(said.items()):
        share = {word: count / sizes[language] for word, count in counts.items() if count >= _TYPICAL_MIN}
        others = [(other, sizes[name]) for name, other in said.items() if name != language]
        own = [
            word
            for word, much in share.items()
            if all(much > _TYPICAL_TIMES * other[word] / size for other, size in others)
        ]
        found[language] = sorted(own, key=lambda word: (-share[word], word))[:_TYPICAL]
    return found


def write(
    rows: Sequence[Sentence], trained: Trained, cases: dict[str, tuple[bytes, int]], thresholds: Thresholds
) -> None:
    """Write the model where the product reads it."""
    weights, unit = as_bytes(trained.weights)
    model = {
        "lisez": "Écrit par « make ear » à partir des phrases nommées ici : ne pas modifier à la main.",
        "phrases": {path.relative_to(ROOT).as_posix(): hash_of(path) for path in files()},
        "seuils": {"alerte": thresholds.alarm, "calme": thresholds.calm},
        "unite": unit,
        "biais": round(trained.bias, 6),
        "poids": packed(weights),
        "cas": {case: {"biais": bias, "poids": packed(each)} for case, (each, bias) in cases.items()},
        "mots": typical_words(rows),
    }
    path = FOLDER.parent / FILE
    path.write_text(json.dumps(model, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    harmless = sum(row.case == HARMLESS for row in rows)
    print(f"\n{Path(FILE).name} : {path.stat().st_size // 1000} ko, {len(rows) - harmless} cris, {harmless} autres")


def packed(weights: bytes) -> str:
    """Return bytes as text, compressed."""
    return b64encode(zlib.compress(weights, 9)).decode()


if __name__ == "__main__":
    main()
