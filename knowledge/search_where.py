"""Weighs a hit by where and for what age: the arrondissement meant, its neighbours, the ages an entry is for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from knowledge.geography import CENTRE, NEIGHBOURS, nearest
from knowledge.model import Place
from knowledge.search_entries import ADDRESS, NAME, Found
from knowledge.search_load import Ages

_MOST_HERE, _MOST_AROUND = 6, 3


def nearness(place: int, homes: tuple[int, ...]) -> float:
    """Return 1 in the first arrondissement meant, less in the others meant, in its neighbours, elsewhere."""
    if place == homes[0] or (place in CENTRE and homes[0] in CENTRE):
        return 1.0
    if place in homes:
        return 0.9
    return 0.75 if place in NEIGHBOURS[homes[0]] else 0.5


class Addresses:
    """Places by the words of their own names and addresses."""

    def __init__(self, rows: Iterable[Found]) -> None:
        self._places: dict[str, set[str]] = defaultdict(set)
        for row in rows:
            for word, number in row.levels.items():
                if number in (NAME, ADDRESS):
                    self._places[word].add(row.id)

    def bearing(self, area: tuple[str, ...]) -> frozenset[str]:
        """Return the ids of the places that hold every word of a neighbourhood's name, none for no word."""
        held = [self._places.get(word, set()) for word in area]
        return frozenset(set.intersection(*held)) if held else frozenset()


def places_to_show(places: tuple[Place, ...], homes: tuple[int, ...]) -> tuple[Place, ...]:
    """Return the places of a service in the arrondissement meant, three when they are many, else the nearest three.

    Without an arrondissement: all of them when they are few, none when any choice would be arbitrary.
    """
    if not homes:
        return places if len(places) <= _MOST_AROUND else ()
    near = nearest(places, homes[0], _MOST_HERE + 1)
    here = [place for place in near if nearness(place.district, homes) == 1]
    return tuple(here if 0 < len(here) <= _MOST_HERE else near[:_MOST_AROUND])


def where_factor(found: Found, homes: tuple[int, ...]) -> float:
    """Return 1, or less for a place elsewhere and for a card whose zone leaves the arrondissement out."""
    if not homes:
        return 1.0
    if found.district:
        return 0.6 + 0.4 * nearness(found.district, homes)
    return 1.0 if found.zone.intersection(homes) else 0.8


def age_factor(found: Found, age: Ages | None, topic_ages: Mapping[str, Ages]) -> float:
    """Return more than 1 for an entry made for an age, less than 1 for one that leaves it out."""
    if not age:
        return 1.0
    if age[0] // 12 in found.years and age[1] - age[0] == 12:
        return 1.1
    if found.ages:
        return 1.1 if _meet(found.ages, age) else 0.7
    spans = [topic_ages[topic] for topic in found.topics if topic in topic_ages]
    return 1.1 if any(_meet(span, age) for span in spans) else 0.95 if spans else 1.0


def _meet(one: Ages, other: Ages) -> bool:
    return one[0] < other[1] and other[0] < one[1]
