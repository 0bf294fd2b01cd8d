"""Words by one slip of the keyboard, in two arrays: left-out letters as a dict of texts weigh twenty times as much."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from zlib import crc32

from rapidfuzz.distance import OSA

from knowledge.danger_text import deletions

_CODE = "I"


class Slips:
    """Shortlists of words by each letter left out of them; a list holds others too, which are then compared in full.

    Args:
        words: the words, each once.
        begin: list -> where it begins in ``found``; one more at the end, a power of two and one in all.
        found: places in ``words``.
    """

    __slots__ = ("begin", "found", "words")

    def __init__(self, words: Sequence[str], begin: array[int], found: array[int]) -> None:
        self.words, self.begin, self.found = words, begin, found

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Slips):
            return NotImplemented
        return (self.begin, self.found) == (other.begin, other.found) and list(self.words) == list(other.words)

    __hash__ = None  # type: ignore[assignment]

    def near(self, token: str) -> Iterator[str]:
        """Yield each word that one letter left out, added, changed or two turned round make of ``token``."""
        mask = len(self.begin) - 2
        seen: set[str] = set()
        for shorter in deletions(token):
            number = _number(shorter) & mask
            for place in self.found[self.begin[number] : self.begin[number + 1]]:
                word = self.words[place]
                if word in seen or OSA.distance(word, token, score_cutoff=1) > 1:
                    continue
                if shorter in deletions(word):  # not in this list by chance: words come in the order of the lists
                    seen.add(word)
                    yield word


def slips_of(words: Sequence[str], shortest: int) -> Slips:
    """Return the slips of the words of at least ``shortest`` letters; ``words`` is sorted."""
    pairs = [
        (_number(shorter), place)
        for place, word in enumerate(words)
        if len(word) >= shortest
        for shorter in deletions(word)
    ]
    mask = (1 << len(pairs).bit_length()) - 1
    lists: list[list[int]] = [[] for _ in range(mask + 1)]
    for number, place in pairs:
        lists[number & mask].append(place)
    begin, found = array(_CODE, [0]), array(_CODE)
    for each in lists:
        found.extend(each)
        begin.append(len(found))
    return Slips(words, begin, found)


def _number(text: str) -> int:
    return crc32(text.encode("utf-8", "surrogatepass"))
