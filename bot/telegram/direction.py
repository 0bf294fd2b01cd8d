"""Which way lines run: phones decide it for each line from its first letter, and are told when that would be wrong."""

from collections.abc import Iterable
from unicodedata import bidirectional

RIGHT_TO_LEFT_MARK = "\N{RIGHT-TO-LEFT MARK}"
_ISOLATE, _END = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
_OPENING = {"LRI", "RLI", "FSI"}
_RIGHT = {"R", "AL"}
_SHARE = 3
"""A text runs from right to left when one letter in so many does: it quotes French names and addresses."""


def runs_right_to_left(texts: Iterable[str]) -> bool:
    """Return whether texts, taken together, are in a script that runs from right to left."""
    kinds = [bidirectional(character) for text in texts for character in text]
    right = sum(kind in _RIGHT for kind in kinds)
    return right > 0 and right * _SHARE >= right + kinds.count("L")


def from_the_right(line: str) -> str:
    """Return a line that a phone sets from right to left, whatever it begins with; an empty one unchanged.

    What is in a Latin script keeps its own order inside.
    """
    first = _first_strong(line)
    if not line or first in _RIGHT:
        return line
    return RIGHT_TO_LEFT_MARK + (f"{_ISOLATE}{line}{_END}" if first == "L" else line)


def _first_strong(line: str) -> str | None:
    """Return the kind of the first letter outside isolates (UAX 9, P2), None without one."""
    depth = 0
    for character in line:
        kind = bidirectional(character)
        if kind in _OPENING:
            depth += 1
        elif kind == "PDI":
            depth = max(0, depth - 1)
        elif not depth and kind in ("L", *_RIGHT):
            return kind
    return None
