"""Scores every entry for one query: by the words it holds, and by what a trained network makes of the whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from knowledge.search_entries import STEM, Found, by_phrase, phrase_key
from knowledge.search_load import SearchWords
from knowledge.search_query import WINDOW, Query
from knowledge.search_rank import Unit, fit, phrases
from knowledge.search_sense import Sense, drawn, joined
from knowledge.search_table import Table
from knowledge.search_where import age_factor, where_factor

Homes: TypeAlias = tuple[int, ...]

_CANDIDATES = 60

_PHRASE, _BM25, _CARD_WEIGHT, _ASIDE, _TITLE_BEGUN = 0.5, 0.2, 0.03, 0.03, 0.25
"""What is added to the fit: called by these words; BM25; the card's weight; each place or age word; a name begun."""

_TOPIC = 0.9
"""What a topic gets of its score: it opens a conversation, where a card answers."""

_SEVERAL = 2
"""One word says all it can, known or not; what several say together may be more than each."""


class Scorer:
    """The scores of one knowledge base's entries; reading is thread-safe."""

    def __init__(self, found: Sequence[Found], known: SearchWords, sense: Sense | None) -> None:
        self.known, self._sense = known, sense
        self._by_id = {each.id: each for each in found}
        self._cards = [each for each in found if each.kind != "lieu"]
        places = [each for each in found if each.kind == "lieu"]
        # Apart, so that a hundred schools cannot crowd out the cards.
        self._shelves = [(rows, Table(rows), by_phrase(rows)) for rows in (self._cards, places)]
        self.called = frozenset(phrase for each in self._cards if each.kind != "theme" for phrase in each.phrases)
        """What cards are called by, as :func:`phrase_key` gives it."""

    def scores(self, text: str, query: Query, units: tuple[Unit, ...], homes: Homes) -> dict[str, float]:
        """Return the score of each entry that words or sense find (about 0 to 2), by its id."""
        scores = self._by_words(query, units, homes)
        if self._sense is None or self._says_itself(query, units):
            return scores
        senses = drawn(self._sense.answers(text[:WINDOW]))
        rows = [self._by_id[name] for name in senses if name in self._by_id]
        return joined(scores, {row.id: senses[row.id] * self._factor(row, query, homes) for row in rows})

    def _says_itself(self, query: Query, units: tuple[Unit, ...]) -> bool:
        """Tell whether words alone are enough: a place, an age, one word, what cards are called by."""
        few = query.only_a_place or len(units) < _SEVERAL
        return few or phrase_key(query.wanted, self.known.empty) in self.called

    def _by_words(self, query: Query, units: tuple[Unit, ...], homes: Homes) -> dict[str, float]:
        if query.age and not query.wanted:
            return self._for_age(query)
        scores: dict[str, float] = {}
        # Whatever holds a word holds its stem: asking for stems alone halves SQLite's work.
        tokens = {option.token for unit in units for option in unit.options if option.token.startswith(STEM)}
        starts = [unit.start for unit in units if unit.start]
        typed = " ".join(query.said) if query.open_end else " ".join(query.wanted) if query.districts else "\n"
        for rows, table, named in self._shelves:
            ranks = dict(table.best(tokens, starts, _CANDIDATES))
            called = phrases(query, units, self.known.empty, named)
            best = max(ranks.values(), default=0.0) or 1.0
            for number in {*ranks, *called}:
                row = rows[number]
                held = fit(row, units)
                if held > 0:
                    score = held * (1 + _PHRASE * called.get(number, 0.0)) + _BM25 * ranks.get(number, 0.0) / best
                    score += _CARD_WEIGHT * row.weight + _ASIDE * sum(word in row.levels for word in query.told)
                    score += _TITLE_BEGUN * row.title.startswith(typed)
                    scores[row.id] = score * self._factor(row, query, homes)
        return scores

    def _factor(self, row: Found, query: Query, homes: Homes) -> float:
        here = age_factor(row, query.age, self.known.topic_ages) * where_factor(row, homes)
        return _TOPIC * here if row.kind == "theme" else here

    def _for_age(self, query: Query) -> dict[str, float]:
        """Return the topics of an age, then its cards: « 2 ans » alone holds no word to look for."""
        fitting = [row for row in self._cards if age_factor(row, query.age, self.known.topic_ages) > 1]
        return {row.id: 1.0 if row.kind == "theme" else 0.4 + 0.1 * row.weight for row in fitting}
