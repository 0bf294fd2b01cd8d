"""The desk's search: cards, places, topics and helplines, by what people type.

Pure once built: the same text gives the same hits. It looks for words; it neither hears danger nor judges
whether a right fits a family.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from rapidfuzz.fuzz import WRatio
from rapidfuzz.process import extract

from knowledge.content import Knowledge
from knowledge.search_entries import NEED, SERVICE, Found, Names, entries, phrase_key
from knowledge.search_hit import Hit, Searching, grouped, search_line
from knowledge.search_load import search_words
from knowledge.search_needs import either, in_turn, met, needs
from knowledge.search_query import Query, query_of
from knowledge.search_rank import Match, Reader, Unit, reasons
from knowledge.search_repair import Vocabulary
from knowledge.search_score import Homes, Scorer
from knowledge.search_sense import Sense, by_sense
from knowledge.search_where import Addresses, nearness, places_to_show

__all__ = ["Hit", "Index", "Match", "Query", "Searching", "grouped", "query_of", "search_line"]

_WEAKEST = 0.30
"""A hit with less than this share of the best score is not shown."""

_BEARING = 1.02
"""What a place that bears the name of the neighbourhood asked for gets of the score of its service."""

_STRONG, _NEAR_NAME, _PEOPLE, _MOST_PROPOSED = 0.6, 72.0, 5, 20


class Index:
    """The search over one knowledge base; building takes the time, reading is thread-safe.

    Args:
        knowledge: what is known.
        names: language -> entry or topic id -> its translated name.
        sense: reads whole queries, where there is such a network.
    """

    def __init__(self, knowledge: Knowledge, names: Names | None = None, sense: Sense | None = None) -> None:
        self.knowledge, known = knowledge, search_words()
        found = list(entries(knowledge, names or {}, known))
        self.by_id = {each.id: each for each in found}
        self.cards = [each for each in found if each.kind != "lieu"]
        counts = Counter(token for each in found for token in _own(each))
        trusted = {token for each in found if each.kind != "theme" for token in each.written or each.levels}
        called = {token for each in found for token, number in each.levels.items() if number <= NEED}
        vocabulary = Vocabulary(counts, known.empty, called)
        self.known = replace(known, vocabulary=frozenset(vocabulary.sorted))
        """The words that a query is read with: give them to :func:`query_of`."""
        self._scorer = Scorer(found, self.known, sense)
        self._addresses = Addresses([each for each in found if each.kind == "lieu"])
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
        return phrase_key(wanted, self.known.empty) not in self._scorer.called and all(
            key in self._scorer.called for key in keys
        )

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
        scores = self._scorer.scores(text, query, units, homes)
        ranked = self._ranked(scores, homes, limit, self._addresses.bearing(query.area or area))
        hits = tuple(self._hit(name, scores[name], units, homes) for name in ranked)
        if query.only_a_place or all(hit.near for hit in hits):
            seen = {hit.id for hit in hits}
            hits = (*hits, *(each for each in self._proposals(query, homes) if each.id not in seen))
        return hits[:limit]

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
        why = tuple(reasons(row, units)) or ((by_sense(),) if units else ())
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
