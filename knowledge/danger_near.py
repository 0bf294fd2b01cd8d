"""Guesses which known words a misspelled one may stand for; it knows spelling, not danger."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from knowledge.danger_slips import Slips, slips_of
from knowledge.danger_text import Words, skeleton, sound

SOUND_COST, TYPO_COST = 1, 2
STEM = "~"  # « избива~ » stands for every word that begins so
_STEM_START = 2  # letters looked at first: most words begin like no stem
_SOUND_MIN, _TYPO_MIN = 4, 5  # letters; shorter words look like too many others
_SKELETON_MIN = 3  # consonants
_WORD_MAX = 24  # a longer run of letters is no word
_ARABIC_AND = "و"
_ARABIC_PREFIXES = ("وال", "فال", "بال", "لل", "ال", "و", "ف", "ب", "ل", "ك")


@dataclass(frozen=True, slots=True)
class NearWords:
    """The known words, and ways to reach them; see :func:`near_words`."""

    vocabulary: frozenset[str]
    usual: frozenset[str]
    sounds: Mapping[str, tuple[str, ...]]
    slips: Slips
    skeletons: Mapping[str, tuple[str, ...]]
    stems: frozenset[str] = frozenset()
    stem_sizes: tuple[int, ...] = ()
    stem_starts: frozenset[str] = frozenset()
    initials: frozenset[str] = frozenset()
    """First letters of all known words, no digits: a text with none of them is in another script."""

    def readings(self, token: str) -> Iterator[tuple[str, int]]:
        """Yield the known words that ``token`` may stand for, with what each guess costs (0 = as written)."""
        begun = self._begun(token) if self.stems and token not in self.usual else ()
        yield from begun
        if token in self.vocabulary:
            yield token, 0
            if token[0] == _ARABIC_AND and token[1:] in self.vocabulary:
                yield token[1:], 0
        elif begun or token in self.usual or len(token) > _WORD_MAX or token.isdigit():
            return
        elif token[0] >= "\u0600":
            yield from self._arabic(token)
        elif len(token) < _SOUND_MIN:
            return
        elif not (self.sounds or self.skeletons):
            yield from self._typos(token)
        elif bones := self.skeletons.get(skeleton(token)):
            yield from ((word, SOUND_COST) for word in bones)
            yield from ((word, SOUND_COST) for word in self.sounds.get(sound(token), ()) if word not in bones)
        elif alike := self.sounds.get(sound(token)):
            yield from ((word, SOUND_COST) for word in alike)
        else:
            yield from self._typos(token)

    def as_written(self, token: str) -> Iterator[tuple[str, int]]:
        """Yield the known words that ``token`` is, guessing nothing."""
        if self.stems and token not in self.usual:
            yield from self._begun(token)
        if token in self.vocabulary:
            yield token, 0

    def knows(self, token: str) -> bool:
        """Tell whether ``token`` is a known word, as written or with an ending."""
        return token in self.vocabulary or bool(self._begun(token))

    def _begun(self, token: str) -> list[tuple[str, int]]:
        """Return the stems that ``token`` begins with."""
        stems = self.stems
        return [
            (f"{token[:size]}{STEM}", 0) for size in self.stem_sizes if token[:size] in stems and len(token) >= size
        ]

    def separate(self, words: Words, whole: Set[str] = frozenset()) -> Words:
        """Return ``words``, known ones typed in one go taken apart (« jeveux », « nullepart ») but for ``whole``."""
        if not self.sounds:
            return words
        tokens: list[str] = []
        breaks: set[int] = set()
        sentences: set[int] = set()
        halves = {token: (token,) if token in whole else self._halves(token) for token in set(words.tokens)}
        for position, token in enumerate(words.tokens):
            if position in words.breaks:
                breaks.add(len(tokens))
            if position in words.sentences:
                sentences.add(len(tokens))
            tokens.extend(halves[token])
        return Words(tuple(tokens), frozenset(breaks), frozenset(sentences))

    def _halves(self, token: str) -> tuple[str, ...]:
        known = self.vocabulary
        if token not in known and token not in self.usual and 4 <= len(token) <= _WORD_MAX:
            for cut in range(2, len(token) - 1):
                if token[:cut] in known and token[cut:] in known and not any(self.readings(token)):
                    return token[:cut], token[cut:]
        return (token,)

    def _arabic(self, token: str) -> Iterator[tuple[str, int]]:
        for prefix in _ARABIC_PREFIXES:
            if token.startswith(prefix) and token[len(prefix) :] in self.vocabulary:
                yield token[len(prefix) :], 0
                return
        yield from self._typos(token)

    def _typos(self, token: str) -> Iterator[tuple[str, int]]:
        if len(token) >= _TYPO_MIN:
            yield from ((word, TYPO_COST) for word in self.slips.near(token))


def near_words(
    vocabulary: Iterable[str], usual: Iterable[str], arabic: Iterable[str] = (), *, by_sound: bool = True
) -> NearWords:
    """Return the near words of a vocabulary.

    Only words of four letters (by sound) or five (by one slip of the keyboard) are guessed: shorter ones
    look like too many others. A shortlist by left-out letter keeps a guess at a few microseconds.

    Args:
        vocabulary: folded words to recognise, and beginnings of words, marked with ``STEM``.
        usual: folded words never taken for the misspelling of another.
        arabic: words of the vocabulary that are Arabic in Latin letters, where vowels have no fixed spelling.
        by_sound: whether words that sound alike in French are guessed, and words typed in one go taken apart.
    """
    skeletons: dict[str, tuple[str, ...]] = {}
    for word in sorted(set(arabic)):
        if len(key := skeleton(word)) >= _SKELETON_MIN:
            skeletons[key] = (*skeletons.get(key, ()), word)
    given = frozenset(vocabulary)
    known = sorted(word for word in given if not word.endswith(STEM))
    sounds: dict[str, tuple[str, ...]] = {}
    for word in known if by_sound else ():
        if len(word) >= _SOUND_MIN and word.isascii() and len(key := sound(word)) >= 3:
            sounds[key] = (*sounds.get(key, ()), word)
    stems = [word[: -len(STEM)] for word in given if word.endswith(STEM)]
    return assembled(slips_of(known, _TYPO_MIN), stems, usual, sounds, skeletons)


def assembled(
    slips: Slips,
    stems: Collection[str],
    usual: Iterable[str],
    sounds: Mapping[str, tuple[str, ...]],
    skeletons: Mapping[str, tuple[str, ...]],
) -> NearWords:
    """Return the near words of the words of ``slips``; see :func:`near_words`."""
    known: Sequence[str] = slips.words
    # Other scripts borrow a few Latin words (« gps »), which are no sign of their language.
    borrowed = sum(word.isascii() for word in known) < len(known) / 2
    initials = {word[0] for word in (*known, *stems) if not word[0].isdigit() and not (borrowed and word[0].isascii())}
    return NearWords(
        vocabulary=frozenset(known),
        usual=frozenset(usual),
        sounds=sounds,
        slips=slips,
        skeletons=skeletons,
        stems=frozenset(stems),
        stem_sizes=tuple(sorted({len(stem) for stem in stems}, reverse=True)),
        stem_starts=frozenset(stem[:_STEM_START] for stem in stems),
        initials=frozenset(initials),
    )
