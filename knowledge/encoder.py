"""What an encoder makes of a whole sentence: what the rules about danger and subjects ask of it, whoever runs it.

Pure: the network itself runs in ``bot.encoder``, where its libraries are installed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from knowledge.danger_ear import Opinion
from knowledge.danger_hear import Case
from knowledge.danger_text import WINDOW


@dataclass(frozen=True, slots=True)
class Impression:
    """What a text says as a whole.

    ``cry`` is in thousandths of log-odds that somebody is in danger, about -9000 to 9000; ``case`` is which danger it
    would be; ``topics`` holds for each topic the log-odds that it is asked about, about -9 to 9, {} without words.
    """

    cry: int
    case: Case
    topics: Mapping[str, float]


_EAR = 0.7
"""What the ear's score adds to the encoder's: each errs on other sentences, together they hear more than either."""


@dataclass(frozen=True, slots=True)
class Said:
    """What the ear and the encoder make of the same text."""

    opinion: Opinion
    read: Impression

    @property
    def cry(self) -> int:
        """How much it sounds like a cry to both; the scores of an encoder are on this scale."""
        return round(self.read.cry + _EAR * self.opinion.score)


_CLAUSE = re.compile(r"(?<=[.!?…\n؟।。,;:،؛、，])\s*")
_WORDS, _SIGNS = 4, 8  # a shorter clause goes with the next; signs where words have no space between them
_WINDOW, _STEP = 10, 5  # words; a longer clause, or one without marks, is cut into windows that overlap


def clauses_of(text: str) -> list[str]:
    """Return the clauses of a text, or windows of its words, some hundreds at most; [] where it is one short clause.

    Of a text over 4,096 signs the first and the last half of them are cut.
    """
    if len(text) > 2 * WINDOW:
        text = f"{text[:WINDOW]} {text[-WINDOW:]}"
    clauses = [""]
    for part in _CLAUSE.split(text):
        clauses[-1] += f" {part}"
        words = clauses[-1].split()
        if len(words) >= _WORDS or (max(map(len, words), default=0) >= _SIGNS and not part.isascii()):
            clauses.append("")
    found = [window for clause in clauses if clause.strip() for window in _windows(clause.split())]
    return found if len(found) > 1 else []


def _windows(words: list[str]) -> Iterator[str]:
    for start in range(0, max(1, len(words) - _WINDOW + _STEP), _STEP):
        yield " ".join(words[start : start + _WINDOW])


class Encoder(Protocol):
    """A trained network that reads sentences of every language; the same answer each time, nothing kept."""

    @property
    def alarm(self) -> int:
        """From this cry of :class:`Said` on, a text that the lexicons find nothing in brings the gentle line."""
        ...

    @property
    def calm(self) -> int:
        """Below this cry, a gentle line of the lexicons is not shown."""
        ...

    @property
    def doubt(self) -> int:
        """Below this cry, an emergency card of the lexicons becomes the gentle line."""
        ...

    def read(self, text: str) -> Impression:
        """Return the impression of a text of any length, in a bounded time (2 ms for a sentence)."""
        ...
