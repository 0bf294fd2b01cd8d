"""Scores candidates: which of the words typed an entry holds, in which field, how surely, and for whom it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import log
from typing import NamedTuple

from knowledge.search_entries import FIELDS, FOREIGN, NAME, STEM, TEXT, Found
from knowledge.search_families import sense
from knowledge.search_query import Query
from knowledge.search_repair import Vocabulary

_STEM, _START, _START_OF_KNOWN, _LONGER = 0.92, 0.8, 0.55, 0.76
_RARE = 2
_WEAK = 0.6
_TOLD = 0.15  # a place or an age inside a name, as a share of the words to find: « école à 2 ans »
_SHORTEST_NUMBER = 3  # « 17 » is a telephone number, an age, an arrondissement
_SURE = 0.75
_LONGEST_PHRASE = 6


class Option(NamedTuple):
    """One way to understand a typed word: a token of the index, how surely, and the word to show."""

    token: str
    trust: float
    shown: str
    repaired: bool = False
    begun: bool = False
    """The word typed is only its beginning."""


class Unit(NamedTuple):
    """One typed word with the ways to understand it, surest first, and how telling it is."""

    typed: str
    options: tuple[Option, ...]
    start: str = ""
    value: float = 1.0
    rank: int = len(FIELDS)
    """Fields from this number on do not count."""


class Match(NamedTuple):
    """Why an entry was found: the word typed, the word it met, in which field, and whether it was repaired."""

    typed: str
    found: str
    field: str
    repaired: bool = False
    trust: float = 1.0
    """How surely (0 to 1) the word met is the one meant."""

    @property
    def sure(self) -> bool:
        """Tell whether this alone makes a hit more than a guess: not a far spelling, not a passing mention."""
        return self.trust >= _SURE and self.field != FIELDS[TEXT][0]


class Reader:
    """Turns typed words into units, with the words of one index."""

    def __init__(self, vocabulary: Vocabulary, size: int, doubtful: frozenset[str], weak: frozenset[str]) -> None:
        self.vocabulary, self.size, self._weak = vocabulary, max(2, size), weak
        self.doubtful = doubtful
        """Words that only the list of words of a topic holds: often misspellings on purpose."""

    def units(self, query: Query) -> tuple[Unit, ...]:
        """Return a unit for each word that counts; « poleemploi » gives two."""
        found: list[Unit] = []
        for place, word in enumerate(query.wanted):
            last = query.open_end and place == len(query.wanted) - 1
            halves = self.vocabulary.halves(word)
            found += [self._unit(half, False) for half in halves] if halves else [self._unit(word, last)]
        return tuple(found)

    def _unit(self, word: str, last: bool) -> Unit:
        counts = self.vocabulary.counts
        options: dict[str, Option] = {}
        if word in counts:
            options[word] = Option(word, 1.0, word)
        marked = STEM + sense(word)
        if marked in counts:
            options[marked] = Option(marked, _STEM, word)
        known = word in counts
        shortest = _SHORTEST_NUMBER if word.isdecimal() or not last else 2
        start = word if len(word) >= shortest and (last or not known) else ""
        if start:
            trust = _START_OF_KNOWN if known and word not in self.doubtful else _START
            for longer in self.vocabulary.completions(start):
                options.setdefault(longer, Option(longer, trust, longer, begun=True))
        for option in self._repairs(word, known or marked in counts, bool(start and len(options) > 0)):
            options.setdefault(option.token, option)
        ranked = tuple(sorted(options.values(), key=lambda option: -option.trust))
        return Unit(word, ranked, start, self._value(word, ranked, known), _last_field(word))

    def _repairs(self, word: str, known: bool, begun: bool) -> Iterator[Option]:
        counts = self.vocabulary.counts
        if known and word not in self.doubtful and counts.get(word, 0) > _RARE:
            return
        surest = 1.0 if not known else 0.95 if word in self.doubtful else 0.85
        for spelling in self.vocabulary.spellings(word):
            alike = spelling.trust >= (0.8 if known else 0.7 if begun else 0.0)
            if alike and (not known or counts[spelling.word] > counts.get(word, 0)):
                trust = spelling.trust * surest
                yield Option(spelling.word, trust, spelling.word, True)
                marked = STEM + sense(spelling.word)
                yield Option(marked, trust * _STEM, spelling.word, True)
        shorter = None if known else self.vocabulary.beginning(word)
        if shorter:
            yield Option(shorter, _LONGER, shorter, True)

    def _value(self, word: str, options: tuple[Option, ...], known: bool) -> float:
        """Return how telling a word is: rare words say more; unknown ones count as rare."""
        counts = self.vocabulary.counts
        count = max((counts.get(option.token, 0) for option in options[: 2 if known else 1]), default=1)
        return log(1 + self.size / (1 + count)) * (_WEAK if word in self._weak else 1.0)


def _last_field(word: str) -> int:
    """Return from which field on a word does not count: numbers in running text mean nothing by themselves."""
    if not word.isdecimal():
        return len(FIELDS)
    return NAME if len(word) < _SHORTEST_NUMBER else FOREIGN


def phrases(
    query: Query, units: tuple[Unit, ...], known: frozenset[str], names: Mapping[str, list[tuple[int, float]]]
) -> dict[int, float]:
    """Return, for entries called by a run of the words typed, the share of the query that it covers, by weight.

    Args:
        query: what was typed.
        units: its words that count; repaired ones are taken as repaired.
        known: empty words.
        names: phrase -> numbers of the entries so called, each with the weight of the field.
    """
    repaired = {unit.typed: unit.options[0].shown for unit in units if unit.options and unit.options[0].repaired}
    whole = sum(unit.value for unit in units) or 1.0
    values = dict.fromkeys(query.told, _TOLD * whole) | {unit.typed: unit.value for unit in units}
    said = [word for word in query.said if word not in known] or list(query.said)
    stems = [sense(repaired.get(word, word)) for word in said]
    found: dict[int, float] = {}
    for start in range(len(said)):
        for end in range(start + 1, min(len(said), start + _LONGEST_PHRASE) + 1):
            entries = names.get(" ".join(stems[start:end]))
            if entries:
                share = sum(values.get(word, 0.0) for word in said[start:end]) / whole
                for number, weight in entries:
                    found[number] = max(share * weight, found.get(number, 0.0))
    return found


def fit(found: Found, units: tuple[Unit, ...]) -> float:
    """Return how well an entry holds the words typed: 0 to about 1.1, telling words counting more."""
    levels, whole, held = found.levels, 0.0, 0.0
    for unit in units:
        whole += unit.value
        best = 0.0
        for option in unit.options:
            if option.trust <= best:
                break
            number = levels.get(option.token)
            if number is not None and number < unit.rank:
                best = max(best, option.trust * FIELDS[number][1])
        held += unit.value * best
    return held / whole if whole else 0.0


def reasons(found: Found, units: tuple[Unit, ...]) -> Iterator[Match]:
    """Yield, for each word typed that an entry holds, where it was met."""
    for unit in units:
        met = [option for option in unit.options if found.levels.get(option.token, unit.rank) < unit.rank]
        if met:
            option = max(met, key=lambda each: each.trust * FIELDS[found.levels[each.token]][1])
            yield Match(unit.typed, option.shown, FIELDS[found.levels[option.token]][0], option.repaired, option.trust)
