"""The desk's search: cards, places, topics and helplines, by what people type.

Pure once built: the same text gives the same hits. It looks for words; it neither hears danger nor judges
whether a right fits a family.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TypeAlias

from rapidfuzz.fuzz import WRatio
from rapidfuzz.process import extract

from knowledge.content import Knowledge
from knowledge.search_entries import NEED, SERVICE, STEM, Found, Names, by_phrase, entries, phrase_key
from knowledge.search_hit import Hit, Searching, grouped, search_line
from knowledge.search_load import search_words
from knowledge.search_needs import either, in_turn, met, needs
from knowledge.search_query import Query, query_of
from knowledge.search_rank import Match, Reader, Unit, fit, phrases, reasons
from knowledge.search_repair import Vocabulary
from knowledge.search_table import Table
from knowledge.search_where import Addresses, age_factor, nearness, places_to_show, where_factor

__all__ = ["Hit", "Index", "Match", "Query", "Searching", "grouped", "query_of", "search_line"]

Homes: TypeAlias = tuple[int, ...]

_CANDIDATES = 60
_WEAKEST = 0.30
"""A hit with less than this share of the best score is not shown."""

_PHRASE, _BM25, _CARD_WEIGHT, _ASIDE, _TITLE_BEGUN = 0.5, 0.2, 0.03, 0.03, 0.25
"""What is added to the fit: called by these words; BM25; the card's weight; each place or age word; a name begun."""

_BEARING = 1.02
"""What a place that bears the name of the neighbourhood asked for gets of the score of its service."""

_TOPIC = 0.9
"""What a topic gets of its score: it opens a conversation, where a card answers."""

_STRONG, _NEAR_NAME, _PEOPLE, _MOST_PROPOSED = 0.6, 72.0, 5, 20


class Index:
    """The search over one knowledge base; building takes the time, reading is thread-safe.

    Args:
        knowledge: what is known.
        names: language -> entry or topic id -> its translated name.
    """

    def __init__(self, knowledge: Knowledge, names: Names | None = None) -> None:
        self.knowledge, known = knowledge, search_words()
        found = list(entries(knowledge, names or {}, known))
        self.by_id = {each.id: each for each in found}
        self.cards = [each for each in found if each.kind != "lieu"]
        places = [each for each in found if each.kind == "lieu"]
        # Apart, so that a hundred schools cannot crowd out the cards.
        self._shelves = [(rows, Table(rows), by_phrase(rows)) for rows in (self.cards, places)]
        self._called = frozenset(phrase for each in self.cards if each.kind != "theme" for phrase in each.phrases)
        counts = Counter(token for each in found for token in _own(each))
        trusted = {token for each in found if each.kind != "theme" for token in each.levels}
        called = {token for each in found for token, number in each.levels.items() if number <= NEED}
        vocabulary = Vocabulary(counts, known.empty, called)
        self.known = replace(known, vocabulary=frozenset(vocabulary.sorted))
        """The words that a query is read with: give them to :func:`query_of`."""
        self._addresses = Addresses(places)
        self._reader = Reader(vocabulary, len(self.cards), frozenset(counts) - trusted, known.weak)
        self._titles = {each.id: each.title for each in self.cards}
        asked = Counter(name for topic in knowledge.topics for name in topic.always if name in self.by_id)
        self._people = {name: 0.1 + count / 200 for name, count in asked.most_common(_PEOPLE)}

    def search(self, text: str, limit: int = 10, district: int | None = None) -> tuple[Hit, ...]:
        """Return what a text may be looking for, best first; () only for a blank text.

        Args:
            text: anything, of any length.
            limit: how many hits at most.
            district: the arrondissement of the person, used when the text names none.
        """
        hits = self._one_need(text, limit, district) if text.strip() else ()
        parts = needs(text)
        if not parts:
            return hits
        wanted = query_of(text, self.known).wanted
        if not met(hits, wanted):
            return self._each_need(parts, hits, limit, district)
        if either(text) and self._each_is_called(parts, wanted):
            return in_turn((*self._apart(parts, limit, district), hits))[:limit]
        return hits

    def _each_is_called(self, parts: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
        """Tell whether cards are called by each part, and none by the whole."""
        said = [query_of(part, self.known).wanted for part in parts]
        keys = [phrase_key(each, self.known.empty) for each in said]
        return phrase_key(wanted, self.known.empty) not in self._called and all(key in self._called for key in keys)

    def _apart(self, parts: tuple[str, ...], limit: int, district: int | None) -> list[tuple[Hit, ...]]:
        """Return the hits of each part; a place said in one counts for all."""
        whole = query_of(" ".join(parts), self.known)
        home = whole.districts[0] if whole.districts else district
        return [self._one_need(part, limit, home, whole.area) for part in parts]

    def _each_need(
        self, parts: tuple[str, ...], whole: tuple[Hit, ...], limit: int, district: int | None
    ) -> tuple[Hit, ...]:
        """Return the hits of each part in turn, or those of the whole when a part alone says nothing sure."""
        found = self._apart(parts, limit, district)
        vague = (query_of(part, self.known).only_a_place for part in parts)
        if any(vague) or any(not hits or hits[0].near for hits in found):
            return whole
        return in_turn(found)[:limit]

    def _one_need(self, text: str, limit: int, district: int | None, area: tuple[str, ...] = ()) -> tuple[Hit, ...]:
        query = query_of(text, self.known)
        homes = query.districts or ((district,) if district else ())
        units = self._reader.units(query)
        scores = self._scores(query, units, homes)
        ranked = self._ranked(scores, homes, limit, self._addresses.bearing(query.area or area))
        hits = tuple(self._hit(name, scores[name], units, homes) for name in ranked)
        if query.only_a_place or all(hit.near for hit in hits):
            seen = {hit.id for hit in hits}
            hits = (*hits, *(each for each in self._proposals(query, homes) if each.id not in seen))
        return hits[:limit]

    def _scores(self, query: Query, units: tuple[Unit, ...], homes: Homes) -> dict[str, float]:
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
        fitting = [row for row in self.cards if age_factor(row, query.age, self.known.topic_ages) > 1]
        return {row.id: 1.0 if row.kind == "theme" else 0.4 + 0.1 * row.weight for row in fitting}

    def _ranked(
        self, scores: dict[str, float], homes: Homes, limit: int, there: frozenset[str] = frozenset()
    ) -> list[str]:
        """Return ids, best first; the best services bring their nearest places, right after them."""
        top = max(scores.values(), default=0.0)
        for name in [name for name, score in scores.items() if score >= _STRONG * top]:
            places = self.knowledge.places_of.get(name, ())
            bearing = [place for place in places if place.id in there]
            for place in (*bearing, *places_to_show(places, homes)):
                share = _BEARING if place in bearing else 0.98 * nearness(place.district, homes) if homes else 0.6
                scores[place.id] = max(scores.get(place.id, 0.0), scores[name] * share)
        kept = [name for name in scores if scores[name] >= top * _WEAKEST]
        return sorted(kept, key=lambda name: (-scores[name], name))[:limit]

    def _hit(self, name: str, score: float, units: tuple[Unit, ...], homes: Homes, near: bool = False) -> Hit:
        row = self.by_id[name]
        why = tuple(reasons(row, units))
        near = near or (bool(units) and not any(match.sure for match in why))
        if row.district in homes:
            why = (*why, Match(str(row.district), str(row.district), "arrondissement"))
        return Hit(name, row.kind, round(10 * score, 2), why, near)

    def _proposals(self, query: Query, homes: Homes) -> tuple[Hit, ...]:
        """Return what is named nearly like words that nothing holds, then the people to ask."""
        said = " ".join(query.wanted)
        close = extract(said, self._titles, scorer=WRatio, score_cutoff=_NEAR_NAME, limit=3) if len(said) > 3 else []
        hits = tuple(Hit(name, self.by_id[name].kind, round(score / 20, 2), (), True) for _, score, name in close)
        people = dict(self._people)
        ranked = self._ranked(people, homes, _MOST_PROPOSED)
        return (*hits, *(self._hit(name, people[name], (), homes, near=True) for name in ranked))


def _own(row: Found) -> set[str]:
    """Return the tokens of an entry; those that a place has from its service are the service's."""
    return {token for token, number in row.levels.items() if row.kind != "lieu" or number != SERVICE}
