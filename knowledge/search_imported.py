"""Search over the cards and over imported places, which come after places kept by people of the same arrondissement.

Imported places are looked up in their file at each search; nothing of them is held in memory. Without such a file a
search is that of the cards alone, at the same speed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from knowledge.folding import fold, stem, words
from knowledge.geography import CENTRE
from knowledge.imported import ImportedPlace, ImportedPlaces
from knowledge.search import Hit, Index
from knowledge.search_entries import STEM
from knowledge.search_query import Query, query_of
from knowledge.search_rank import Match

_SERVICES, _NEAR, _NAMED = 2, 3, 5
"""How many of the services found bring imported places, how many each, and how many are found by their name."""

_ROOM = 6  # more hits than asked for are ranked, so that none kept by people is cut off behind an imported one
_BY_NAME, _BESIDE, _ALONE = 0.9, 0.5, 0.85
"""Scores as shares of the best hit, or of the service's where people keep places nearby, or do not."""


class FullSearch:
    """The search over an index and a file of imported places, which may be absent; thread-safe."""

    def __init__(self, index: Index, places: ImportedPlaces) -> None:
        self._index, self._places = index, places
        knowledge = index.knowledge
        self._ids = frozenset(place.id for place in knowledge.places)
        said = (f"{each.name} {each.acronym or ''} {' '.join(each.words)}" for each in knowledge.services)
        self._of_services = frozenset(stem(word) for text in said for word in words(fold(text)))

    def search(self, text: str, limit: int = 10, district: int | None = None) -> tuple[Hit, ...]:
        """Return what a text may be looking for, as :meth:`Index.search` does, imported places among it."""
        if not self._places.present:
            return self._index.search(text, limit, district)
        hits = self._index.search(text, limit + _ROOM, district)
        if not hits:
            return ()
        query = query_of(text, self._index.known)
        homes = query.districts or ((district,) if district else ())
        imported = {hit.id: hit for hit in (*self._near(hits, homes), *self._named(query, homes, hits))}
        return self._merged(hits, list(imported.values()))[:limit]

    def _merged(self, hits: Sequence[Hit], imported: list[Hit]) -> tuple[Hit, ...]:
        """Return all hits in one order: the index's own, each imported one after what may not come behind it."""
        merged: list[Hit] = []
        left = sorted(imported, key=lambda hit: (-hit.score, hit.id))
        for number, hit in enumerate(hits):
            ready = [each for each in left if each.score > hit.score and not self._kept_there(each, hits[number:])]
            merged += [*ready, hit]
            left = [each for each in left if each not in ready]
        return (*merged, *left)

    def _kept_there(self, hit: Hit, hits: Sequence[Hit]) -> bool:
        """Tell whether a place kept by people, of the arrondissement of an imported one, is still to come."""
        districts = [self._index.by_id[each.id].district for each in hits if each.kind == "lieu"]
        return any(each and hit.place and _same(each, hit.place.district) for each in districts)

    def _near(self, hits: Sequence[Hit], homes: Sequence[int]) -> Iterator[Hit]:
        """Yield the nearest imported places of the best services, where an arrondissement is meant."""
        services = [hit for hit in hits if hit.kind == "service" and not hit.near][:_SERVICES] if homes else []
        for hit in services:
            verified = self._index.knowledge.places_of.get(hit.id, ())
            kept = any(_same(place.district, homes[0]) for place in verified)
            for place in self._places.near(hit.id, homes[0], verified, self._ids, _NEAR):
                why = (Match(str(place.district), str(place.district), "arrondissement"),)
                yield _hit(place, (_BESIDE if kept else _ALONE) * hit.score, why)

    def _named(self, query: Query, homes: Sequence[int], hits: Sequence[Hit]) -> Iterator[Hit]:
        """Yield imported places that hold every word looked for in their name or address.

        None for words that only name a service: any choice among its places would be arbitrary.
        """
        wanted = [word for word in query.wanted if len(word) > 1]
        if not any(stem(word) not in self._of_services and not word.isdecimal() for word in wanted):
            return
        parts = [f'"{STEM}{stem(word)}"' for word in wanted]
        if query.open_end and len(wanted[-1]) > 2:
            parts[-1] = f'({parts[-1]} OR "{wanted[-1]}"*)'
        if homes:
            parts.append(f"({' OR '.join(f'd{district}' for district in homes)})")
        known = self._index.knowledge.by_id
        found = [each for each in self._places.named(" AND ".join(parts), self._ids) if each.service in known]
        best = hits[0].score * (_BY_NAME if not hits[0].near else 1 / _BY_NAME)  # a name beats a guess
        for place in sorted(found, key=lambda each: (len(each.name), each.id))[:_NAMED]:
            yield _hit(place, best, tuple(Match(word, word, "lieu importé") for word in wanted))


def _hit(place: ImportedPlace, score: float, why: tuple[Match, ...]) -> Hit:
    return Hit(place.id, "lieu", round(score, 2), why, place=place)


def _same(one: int, other: int) -> bool:
    return one == other or (one in CENTRE and other in CENTRE)
