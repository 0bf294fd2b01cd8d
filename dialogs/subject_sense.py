"""How likely a text is about each topic, by the sentences that were read and named beforehand: a linear classifier.

Its weights come from ``dialogs/sujets/sens.json`` (``tests/ear/subjects.py``, ``make ear``). It completes the words of
``dialogs/sujets/*.yaml``, which decide alone where it is not there: a word says what is spoken of, the whole sentence
says what is asked. The same answer each time; nothing is kept of the text.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import sqrt
from pathlib import Path
from typing import Any

from knowledge.danger_text import split
from knowledge.reader import Problem
from knowledge.trained import model_problems, read_model, unpacked
from knowledge.word_hashes import features, parts_of

FOLDER = Path(__file__).parent / "sujets"
FILE, SENTENCES = "sens.json", "phrases"
_MOST_PIECES = 200


@dataclass(frozen=True, slots=True)
class Sense:
    """The trained weights: for each bucket (a power of two of them) one signed byte per topic, in their order."""

    weights: array[int]
    topics: tuple[str, ...]
    biases: Mapping[str, float]
    unit: float

    def odds(self, text: str) -> dict[str, float]:
        """Return topic -> log-odds that it is the one that is asked about, mostly between -5 and 3; {} without words.

        Args:
            text: anything; its first words are read.
        """
        pieces = split(text)[:_MOST_PIECES]
        known = parts_of({piece for piece in pieces if piece[0].isalnum()})
        if not known:
            return {}
        found = features(pieces, known)
        scale, width = self.unit / sqrt(len(found)), len(self.topics)
        last = len(self.weights) // width - 1
        rows = [self.weights[width * (each & last) : width * (each & last) + width] for each in found]
        sums = map(sum, zip(*rows, strict=True))
        return {topic: self.biases[topic] + scale * total for topic, total in zip(self.topics, sums, strict=True)}


@cache
def sense() -> Sense | None:
    """Return the trained sense, None where there is no model; the file is read at the first call only.

    Raises:
        knowledge.reader.ContentError: the file cannot be read.
    """
    return load_sense(FOLDER)


def load_sense(folder: Path) -> Sense | None:
    """Return the sense of a folder (``dialogs/sujets``), None where there is no model.

    Raises:
        knowledge.reader.ContentError: the file is there and cannot be read.
    """
    return read_model(folder / FILE, f"dialogs/sujets/{FILE}", _sense)


def _sense(model: dict[str, Any]) -> Sense:
    topics = {topic: unpacked(each["poids"]) for topic, each in model["themes"].items()}
    weights = array("b", bytes(sum(map(len, topics.values()))))
    for place, each in enumerate(topics.values()):
        weights[place :: len(topics)] = each
    biases = {topic: float(each["biais"]) for topic, each in model["themes"].items()}
    return Sense(weights, tuple(topics), biases, float(model["unite"]))


def sense_problems(root: Path) -> list[Problem]:
    """Return what is wrong with the sense below a project's root: unreadable, or older than its sentences."""
    return model_problems(root, "dialogs/sujets", (FILE, SENTENCES), load_sense)
