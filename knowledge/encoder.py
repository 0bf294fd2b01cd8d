"""What an encoder makes of a whole sentence: what the rules about danger and subjects ask of it, whoever runs it.

Pure: the network itself runs in ``bot.encoder``, where its libraries are installed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import log
from typing import Protocol

from knowledge.danger_ear import Opinion
from knowledge.danger_hear import Case


@dataclass(frozen=True, slots=True)
class Impression:
    """What a text says as a whole.

    ``cry`` is in thousandths of log-odds that somebody is in danger, about -9000 to 9000; ``case`` is which danger it
    would be, ``others`` which it may be instead, one at most; ``topics`` holds for each topic the log-odds that it
    is asked about, about -9 to 9, {} without words.
    """

    cry: int
    case: Case
    topics: Mapping[str, float]
    others: tuple[Case, ...] = ()


_EAR = 0.5
"""What the ear's score adds to the encoder's: each errs on other sentences, together they hear more than either."""
_EACH_MORE = 400
"""What is taken off for each e-fold of sentences: the gravest of many sounds graver to the ear than one alone."""


@dataclass(frozen=True, slots=True)
class Said:
    """What the ear and the encoder make of the same text."""

    opinion: Opinion
    read: Impression

    @property
    def cry(self) -> int:
        """How much it sounds like a cry to both; the scores of an encoder are on this scale."""
        return round(self.read.cry + _EAR * self.opinion.score - _EACH_MORE * log(self.opinion.passages))


class Encoder(Protocol):
    """A trained network that reads sentences of every language; the same answer each time, nothing kept."""

    @property
    def doubt(self) -> int:
        """Below this cry of :class:`Said` at the first reading, a text that the lexicons find nothing in is no cry."""
        ...

    @property
    def alarm(self) -> int:
        """From this cry on, by all layers, a text that the lexicons find nothing in brings the gentle line."""
        ...

    @property
    def calm(self) -> int:
        """From this cry on, by all layers, what the lexicons hear is said as it is."""
        ...

    @property
    def silence(self) -> int:
        """Below this one, an emergency card of the lexicons is not shown; from it on, it becomes the gentle line."""
        ...

    def begin(self, text: str) -> None:
        """Set out to read a text that will be asked for; return at once."""
        ...

    def read(self, text: str) -> Impression:
        """Return the impression of a text of any length, in a bounded time (2 ms for a sentence)."""
        ...

    def reread(self, text: str) -> Impression:
        """Return a better impression, in as much time again."""
        ...

    def answers(self, text: str) -> Mapping[str, float]:
        """Return card id -> how likely (0 to 1, of sum 1) it is what a desk asks for; {} without words."""
        ...
