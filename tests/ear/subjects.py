"""``make ear``: trains the sense of subjects on its sentences, prints what it names of those it did not learn from.

The same sentences give the same file. Columns of a file: language, best topics, other topics that fit, text.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from dialogs import subject_sense
from knowledge.danger_text import split
from knowledge.trained import hash_of
from knowledge.word_hashes import features, parts_of
from tests.ear.__main__ import packed
from tests.ear.learning import Trained, matrix
from tests.ear.sentences import ROOT

FILE = subject_sense.FOLDER / subject_sense.FILE
FOLDER = subject_sense.FOLDER / subject_sense.SENTENCES
BUCKETS = 1 << 16
PARTS = 6
_FREEDOM = 10.0
_BYTE = 127


@dataclass(frozen=True, slots=True)
class Named:
    """One sentence and what it is about: the best topics, and others that fit."""

    author: str
    language: str
    best: frozenset[str]
    also: frozenset[str]
    text: str


def sentences() -> list[Named]:
    """Return all sentences, each text once, in the order of the files."""
    found: dict[str, Named] = {}
    for path in files():
        for line in path.read_text(encoding="utf-8").splitlines():
            language, best, also, text = line.split("\t")
            fits = frozenset(also.split(",")) - {"-"}
            found.setdefault(text.casefold(), Named(path.stem, language, frozenset(best.split(",")), fits, text))
    return list(found.values())


def files() -> list[Path]:
    """Return the files of sentences, in a fixed order."""
    return sorted(FOLDER.glob("*.tsv"))


def main() -> None:
    """Train, measure, write."""
    rows = sentences()
    topics = sorted(frozenset().union(*(row.best for row in rows)))
    learned = matrix([_features(row.text) for row in rows], BUCKETS)
    print(f"{len(rows)} phrases, {len(topics)} sujets ; le bon sujet en premier, dans les trois premiers")
    for name, part in _cuts(rows):
        scores = np.zeros((len(rows), len(topics)))
        for left in sorted(set(part)):
            out = np.array([each == left for each in part])
            scores[out] = _scores(_trained(rows, topics, learned, ~out), learned[out])
        print(f"{name:<30}{_right(rows, topics, scores, 1):6.1%} {_right(rows, topics, scores, 3):6.1%}")
    write(topics, _trained(rows, topics, learned, np.ones(len(rows), bool)))


def _features(text: str) -> set[int]:
    pieces = split(text)
    return features(pieces, parts_of({piece for piece in pieces if piece[0].isalnum()}))


def _cuts(rows: Sequence[Named]) -> Iterator[tuple[str, list[object]]]:
    """Yield ways to leave sentences out: runs of what each author wrote, and whole authors."""
    yield f"en {PARTS} parts", [at * PARTS * 8 // len(rows) % PARTS for at in range(len(rows))]
    yield "sans rien de l'auteur", [row.author for row in rows]


def _trained(rows: Sequence[Named], topics: Sequence[str], learned: object, kept: np.ndarray) -> list[Trained]:
    """Return one classifier a topic; a sentence that it also fits says nothing for or against it."""
    made = []
    for topic in topics:
        at = np.flatnonzero(kept & np.array([topic not in row.also for row in rows]))
        is_it = np.array([topic in rows[place].best for place in at])
        made.append(Trained(learned[at], is_it, _FREEDOM))  # type: ignore[index]
    return made


def _scores(trained: Sequence[Trained], rows: object) -> np.ndarray:
    return np.stack([each.scores(rows) for each in trained], axis=1)


def _right(rows: Sequence[Named], topics: Sequence[str], scores: np.ndarray, first: int) -> float:
    """Return the share of sentences with one of their best topics among the first ones."""
    order = np.argsort(-scores, axis=1)[:, :first]
    return float(
        np.mean([bool({topics[at] for at in places} & row.best) for row, places in zip(rows, order, strict=True)])
    )


def write(topics: Sequence[str], trained: Sequence[Trained]) -> None:
    """Write the model where the product reads it."""
    unit = max(float(np.abs(each.weights).max()) for each in trained) / _BYTE
    weights = {topic: np.rint(each.weights / unit).astype(np.int8) for topic, each in zip(topics, trained, strict=True)}
    model = {
        "lisez": "Écrit par « make ear » à partir des phrases nommées ici : ne pas modifier à la main.",
        "phrases": {path.relative_to(ROOT).as_posix(): hash_of(path) for path in files()},
        "unite": unit,
        "themes": {
            topic: {"biais": round(each.bias, 6), "poids": packed(weights[topic].tobytes())}
            for topic, each in zip(topics, trained, strict=True)
        },
    }
    FILE.write_text(json.dumps(model, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{FILE.name} : {FILE.stat().st_size // 1000} ko")


if __name__ == "__main__":
    main()
