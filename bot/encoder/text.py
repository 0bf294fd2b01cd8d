"""How a text becomes the numbers of its word pieces, alike when the encoder is trained and when it reads."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Protocol

BEGIN, END = 0, 2  # <s>, </s>
MOST_PIECES = 128  # of one passage, its begin and end included
_STEP = 96  # pieces from the begin of one passage to that of the next
_MOST_PASSAGES = 16  # of a longer text the first half of them and the last are read
_MOST_SIGNS = 4_096
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_CONTROL = re.compile("[\x00-\x1f\x7f]")
_DRAWN = re.compile(r"([^\W\d_])\1{3,}")  # « heeeelp »; a finger left on a key is no word and no cry


class Pieces(Protocol):
    """What cuts a text into numbered word pieces: ``sentencepiece.SentencePieceProcessor``."""

    def encode(self, text: str) -> list[int]:
        """Return the numbers of the pieces of a text."""
        ...


def normalized(text: str) -> str:
    """Return a text as the pieces spell it: compatible forms as one (NFKC), small letters, no sign that is not seen.

    Of a letter that comes four times in a row or more, three are kept.
    """
    seen = unicodedata.normalize("NFKC", _CONTROL.sub(" ", _UNSEEN.sub("", text))).lower()
    return _DRAWN.sub(r"\1\1\1", seen)


def numbered(pieces: Pieces, text: str) -> list[int]:
    """Return the numbers of a text's pieces between its begin and its end."""
    return [BEGIN, *pieces.encode(normalized(text)), END]


def passages(pieces: Pieces, text: str) -> Iterator[list[int]]:
    """Yield the passages of a text that are read, as piece numbers: mostly one, sixteen at most, none of ``""``.

    Of a text over 4,096 signs the first and the last half of them are read.
    """
    if len(text) > _MOST_SIGNS:
        text = f"{text[: _MOST_SIGNS // 2]} {text[-_MOST_SIGNS // 2 :]}"
    inner = numbered(pieces, text)[1:-1]
    most = MOST_PIECES - 2
    starts = [0] if 0 < len(inner) <= most else list(range(0, len(inner) - most + _STEP, _STEP)) if inner else []
    half = _MOST_PASSAGES // 2
    for start in starts if len(starts) <= _MOST_PASSAGES else [*starts[:half], *starts[-half:]]:
        yield [BEGIN, *inner[start : start + most], END]
