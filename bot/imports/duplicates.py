"""Tells when two records are one place: same card, same arrondissement, then two signs that agree. Pure.

Precision first: a place shown twice is a nuisance, a place hidden wrongly is a closed door. The thresholds below
are documented in ``docs/imports.md``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import cos, hypot, radians
from typing import NamedTuple

from rapidfuzz.fuzz import token_set_ratio, token_sort_ratio

from knowledge.addresses import address_key
from knowledge.folding import fold, words
from knowledge.model import Place, Service

SAME_ADDRESS_NAME = 70.0
"""At one address, or with one telephone nearby: names at least so alike (rapidfuzz, 0 to 100), or nameless."""

NEAR_NAME = 92.0
"""Without a common address or telephone: names at least so alike."""

PHONE_METRES, NEAR_METRES = 150.0, 100.0
"""How far two points may lie apart for a common telephone, for a common name."""

_GENERIC = frozenset(
    {"paris", "arrondissement", "site", "antenne", "espace", "de", "du", "des", "la", "le", "les", "l", "d"}
)
_LEVELS = frozenset({"maternelle", "elementaire", "polyvalente", "primaire", "college", "lycee"})
_LETTERS = frozenset("abc")


@dataclass(frozen=True, slots=True)
class Known:
    """What is compared of one place."""

    id: str
    group: str
    """The data set, whose places are never compared among themselves; "" for places kept by people."""
    rank: int
    service: str
    district: int
    name: tuple[str, ...]
    address: str
    phone: str
    point: tuple[float, float] | None


class Twin(NamedTuple):
    """A place that another one, kept by people or of a better source, stands for."""

    id: str
    of: str
    by_people: bool
    why: str


def known_of(place: Place) -> Known:
    """Return a place kept by people as it is compared."""
    point = None if place.latitude is None or place.longitude is None else (place.latitude, place.longitude)
    name, address = words(fold(place.name)), address_key(place.address)
    return Known(place.id, "", 0, place.service, place.district, name, address, digits(place.phone), point)


def digits(phone: str | None) -> str:
    """Return a number to compare, "" for none and for short ones, which many places share (3949, 3646)."""
    found = "".join(filter(str.isdecimal, phone or ""))
    return found if len(found) >= 10 else ""


def twins(places: Iterable[Known], services: Mapping[str, Service]) -> Iterator[Twin]:
    """Yield the places that double another: one kept by people first, then one of a source that ranks before."""
    blocks: dict[tuple[str, int], list[Known]] = defaultdict(list)
    for place in sorted(places, key=lambda each: (each.rank, each.group, each.id)):
        blocks[place.service, place.district].append(place)
    for (service, _), block in blocks.items():
        shared = _shared(services.get(service))
        kept: list[Known] = []
        for place in block:
            met = ((other, same(other, place, shared)) for other in kept if other.group != place.group)
            found = next(((other, why) for other, why in met if why), None)
            if found:
                yield Twin(place.id, found[0].id, not found[0].group, found[1])
            else:
                kept.append(place)


def same(one: Known, other: Known, shared: frozenset[str] = frozenset()) -> str:
    """Return why two records of one card and arrondissement are one place, "" when that is not sure.

    Args:
        one: the place that would stand for both.
        other: the place that would be hidden.
        shared: words that all places of this card may bear, which tell nothing.
    """
    if _differ(one.name, other.name):
        return ""
    names = [" ".join(word for word in each.name if word not in shared) for each in (one, other)]
    nameless = not all(names)
    alike = nameless or token_set_ratio(*names) >= SAME_ADDRESS_NAME
    if one.address and one.address == other.address and alike:
        return "même adresse, nom proche"
    apart = _metres(one, other)
    if one.phone and one.phone == other.phone and alike and apart <= PHONE_METRES:
        return "même téléphone, à moins de 150 m"
    if not nameless and apart <= NEAR_METRES and token_sort_ratio(*names) >= NEAR_NAME:
        return "même nom, à moins de 100 m"
    return ""


def _shared(service: Service | None) -> frozenset[str]:
    said = f"{service.name} {service.acronym or ''}" if service else ""
    return _GENERIC | frozenset(words(fold(said)))


def _differ(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Tell whether names say two schools of one address: another level, another letter (A, B)."""
    for marks in (_LEVELS, _LETTERS):
        first, second = marks.intersection(one), marks.intersection(other)
        if (marks is _LEVELS and first and second and not first & second) or (marks is _LETTERS and first != second):
            return True
    return False


def _metres(one: Known, other: Known) -> float:
    if one.point is None or other.point is None:
        return float("inf")
    (a, b), (c, d) = one.point, other.point
    return hypot(a - c, (b - d) * cos(radians(a))) * 111_200
