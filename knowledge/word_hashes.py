"""What the trained classifiers look at in folded words: hashes of words, of their pieces and of their pairs. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

SHORTEST, LONGEST = 2, 5  # letters of a piece of a word
_WORD_MAX = 24  # letters read of one word
_SIGN = "\u3400"  # from here a piece of one sign is a word of Chinese
_LONG = 8  # lengths are counted by fours of words, up to this


def features(pieces: Sequence[str], parts: Mapping[str, tuple[int, ...]]) -> set[int]:
    """Return the hashes of what is looked at in a passage.

    Words and their pieces, pairs of words, runs of three Chinese signs; punctuation marks, the last one, how long
    it is (who asks for a place in a nursery asks a question; who cries often does not).
    """
    words = [piece for piece in pieces if piece in parts]
    found: set[int] = set()
    for word in set(words):
        found.update(parts[word])
    edged = ("^", *words, "$")
    found.update(hashed(f"b{one} {two}" for one, two in pairwise(edged)))
    if any(len(word) == 1 and word >= _SIGN for word in words):
        found.update(hashed(f"t{''.join(edged[at : at + 3])}" for at in range(len(edged) - 2)))
    marks = {piece for piece in pieces if piece not in parts}
    found.update(hashed([f"l{pieces[-1] in marks and pieces[-1]}", f"n{min(_LONG, len(words) // 4)}"]))
    found.update(hashed(f"p{mark}" for mark in marks))
    return found


def hashed(texts: Iterable[str]) -> Iterator[int]:
    """Yield the hash of each text, the same on every machine."""
    return (crc32(text.encode()) for text in texts)


def parts_of(words: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """Return word -> the hashes of the word and of its pieces."""
    return {word: _hashes(word[:_WORD_MAX]) for word in set(words)}


@lru_cache(maxsize=4_000)  # words apart from each other: the usual ones come back in every text
def _hashes(word: str) -> tuple[int, ...]:
    return tuple(hashed(_parts(word)))


def _parts(word: str) -> Iterator[str]:
    yield f"w{word}"
    if len(word) > 1:
        edged = f"<{word}>"
        for size in range(SHORTEST, LONGEST + 1):
            for start in range(len(edged) - size + 1):
                yield edged[start : start + size]
