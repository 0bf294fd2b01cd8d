"""Finds the words of the index that a typed word may stand for: the end of a word, another spelling, two words.

Only spelling is looked at, never meaning. The shortlist by sound and by shared letters keeps it short whatever
the number of words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from heapq import nsmallest
from math import ceil, log
from typing import NamedTuple

from rapidfuzz.distance import OSA, JaroWinkler

from knowledge.danger_text import sound
from knowledge.search_entries import STEM

_DOUBLED = re.compile(r"([a-z])\1+")
_SOFT_T = re.compile(r"ti(?=on|el|al|eu|en)")
_SHORTLIST = 40
_MOST = 3
_FAR_MORE = 4
_OWN_SHARE = 0.6  # of the letters typed: the rest is an ending
_SLIP = 0.78  # one letter in eight or more
_SHORTEST = 4  # shorter words have too many neighbours one letter away; they may still sound alike


class Spelling(NamedTuple):
    """A word of the index, and how surely (0 to 1) it is the one meant."""

    word: str
    trust: float


class Vocabulary:
    """The words of the index with the number of entries that hold them; reading it is thread-safe.

    Args:
        counts: word or marked stem -> number of entries.
        empty: words that say nothing.
        called: words that some entry is called by, which are one word for who types them.
    """

    def __init__(self, counts: Mapping[str, int], empty: Iterable[str], called: Collection[str] = ()) -> None:
        self.counts = dict(counts)
        self._called = called
        self.sorted = sorted(word for word in self.counts if not word.startswith(STEM))
        self._unfit = frozenset(empty)
        self.targets = [word for word in self.sorted if len(word) > 2 and word.isalpha() and word not in self._unfit]
        self._letters = [sorted(word) for word in self.targets]
        self._by_sound: dict[str, list[str]] = defaultdict(list)
        self._by_letters: dict[str, list[int]] = defaultdict(list)
        for number, word in enumerate(self.targets):
            self._by_sound[_heard(word)].append(word)
            for three in set(_threes(word)):
                self._by_letters[three].append(number)
        self.spellings = lru_cache(maxsize=5_000)(self._spellings)
        self.completions = lru_cache(maxsize=2_000)(self._completions)

    def _completions(self, start: str, most: int = 48) -> tuple[str, ...]:
        """Return words that begin with ``start`` and go on, the most common first."""
        first = bisect_left(self.sorted, start)
        last = bisect_left(self.sorted, start + "\U0010ffff")
        longer = [word for word in self.sorted[first:last] if word != start]
        return tuple(sorted(longer, key=lambda word: -self.counts[word])[:most])

    def _spellings(self, word: str) -> tuple[Spelling, ...]:
        """Return the words of the index that ``word`` may be another spelling of, likeliest first, at most three."""
        if not word.isalpha():
            return ()
        found: dict[str, float] = {}
        heard = _heard(word)
        for like in self._by_sound[heard] if len(heard) > 1 and heard in self._by_sound else ():
            found[like] = 0.9 * max(0.7, JaroWinkler.similarity(word, like))
        if len(word) >= _SHORTEST:
            for like in self._shortlist(word):
                likeness = self._likeness(word, like)
                if likeness:
                    found[like] = max(found.get(like, 0.0), likeness)
        found.pop(word, None)
        ranked = sorted(found, key=lambda like: (-found[like] - 0.01 * log(1 + self.counts[like]), like))
        best = found[ranked[0]] if ranked else 0.0
        return tuple(Spelling(like, found[like]) for like in ranked[:_MOST] if found[like] >= best - 0.12)

    def _shortlist(self, word: str) -> Iterator[str]:
        shared: Counter[int] = Counter()
        for three in set(_threes(word)):
            shared.update(self._by_letters.get(three, ()))
        letters = sorted(word)

        def far(at: int) -> tuple[int, bool, int]:
            """Of words that share as much, those with the same letters come first: two may have changed places."""
            return -shared[at], self._letters[at] != letters, at

        nearest = nsmallest(_SHORTLIST, shared, far)
        return (self.targets[number] for number in nearest)

    def beginning(self, word: str) -> str | None:
        """Return the longest known word that ``word`` goes on from, None without one: « kiramı » is « kira ».

        Endings that no stemmer here knows carry the grammar of Turkish, Ukrainian or Bengali.
        """
        shortest = max(_SHORTEST, ceil(len(word) * _OWN_SHARE))
        longer = (word[:end] for end in range(len(word) - 1, shortest - 1, -1))
        return None if any(map(str.isdigit, word)) else next((each for each in longer if self._common(each)), None)

    @staticmethod
    def _likeness(word: str, like: str) -> float:
        """Return 0 for words too far apart: one slip in four letters, or one more sound when they look alike."""
        slips, longest = OSA.distance(word, like), max(len(word), len(like))
        if slips <= len(word) // 4:
            return 0.9 * (1 - slips / longest)
        sounds = OSA.distance(_heard(word), _heard(like)) if len(word) > 4 else slips
        return 0.8 * (1 - slips / longest) if sounds <= 1 and JaroWinkler.similarity(word, like) > 0.8 else 0.0

    def _common(self, word: str) -> int:
        return 0 if word in self._unfit else self.counts.get(word, 0)

    def halves(self, word: str) -> tuple[str, str] | None:
        """Return the two known words that « poleemploi » is made of, None when it is not.

        A word that is known itself is parted only when no entry is called so and both halves are far more
        common: « francetravail » stands in the addresses of a few cards, « homework » is a word. A word one slip
        away from a known one is that word: « moisisure » is not « moisi » and « sure ».
        """
        slip = word not in self.counts and any(like.trust >= _SLIP for like in self.spellings(word))
        if word in self._called or slip:
            return None
        rarest = _FAR_MORE * self.counts.get(word, 0)
        pairs = [(word[:cut], word[cut:]) for cut in range(_SHORTEST, len(word) - _SHORTEST + 1)]
        known = [pair for pair in pairs if all(self._common(part) > rarest for part in pair)]
        return max(known, key=lambda pair: min(len(part) for part in pair), default=None)


@lru_cache(maxsize=20_000)
def _heard(word: str) -> str:
    """Return how a folded word sounds in French."""
    return sound(_DOUBLED.sub(r"\1", _SOFT_T.sub("si", word))).replace("z", "s")


def _threes(word: str) -> Iterator[str]:
    padded = f" {word} "
    return (padded[at : at + 3] for at in range(len(padded) - 2))
