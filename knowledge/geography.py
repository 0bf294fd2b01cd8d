"""Where a card counts and what is near: Paris Centre is 1 to 4; neighbours are the arrondissements that touch.

An unknown home is *inconnu*, never "everywhere".
"""

from __future__ import annotations

from collections.abc import Iterable
from math import cos, hypot, radians
from typing import Protocol, TypeVar

from knowledge.base import Label
from knowledge.criteria import INCONNU, NON, OUI, Env, Verdict
from knowledge.model import Zone
from knowledge.vocabulary import DISTRICT, OUTSIDE

PARIS = frozenset(range(1, 21))
CENTRE = frozenset((1, 2, 3, 4))

# Arrondissements less than 40 m apart, computed from the 20 polygons of the Ville de Paris (open data, ODbL).
NEIGHBOURS: dict[int, tuple[int, ...]] = {
    1: (2, 3, 4, 5, 6, 7, 8, 9),
    2: (1, 3, 9, 10),
    3: (1, 2, 4, 10, 11),
    4: (1, 3, 5, 6, 11, 12),
    5: (1, 4, 6, 12, 13, 14),
    6: (1, 4, 5, 7, 14, 15),
    7: (1, 6, 8, 15, 16),
    8: (1, 7, 9, 16, 17, 18),
    9: (1, 2, 8, 10, 17, 18),
    10: (2, 3, 9, 11, 18, 19, 20),
    11: (3, 4, 10, 12, 19, 20),
    12: (4, 5, 11, 13, 20),
    13: (5, 12, 14),
    14: (5, 6, 13, 15),
    15: (6, 7, 14, 16),
    16: (7, 8, 15, 17),
    17: (8, 9, 16, 18),
    18: (8, 9, 10, 17, 19),
    19: (10, 11, 18, 20),
    20: (10, 11, 12, 19),
}

ZONE_FITS = Label("zone.paris.dit", "Vous habitez Paris.")
ZONE_EXCLUDES = Label("zone.paris.sinon", "Cette aide est réservée aux personnes qui vivent à Paris.")
SECTOR_FITS = Label("zone.secteur.dit", "Vous habitez dans le secteur de ce service.")
SECTOR_EXCLUDES = Label("zone.secteur.sinon", "Ce service est réservé aux habitants de son secteur.")


def districts_of(zone: Zone) -> frozenset[int]:
    """Return the arrondissements a zone covers, all twenty for those that are larger than Paris."""
    if isinstance(zone, tuple):
        return frozenset(zone)
    return CENTRE if zone == "paris-centre" else PARIS


def in_zone(zone: Zone, env: Env) -> Verdict:
    """Tell whether a family lives where a card counts."""
    if zone in ("france", "a-distance"):
        return OUI
    home = env.get(DISTRICT)
    if home is None:
        return INCONNU
    covered = {str(district) for district in districts_of(zone)}
    if home <= covered:
        return OUI
    if zone == "ile-de-france" and OUTSIDE in home:
        return INCONNU  # living outside Paris does not say which region
    return NON if home.isdisjoint(covered) else INCONNU


def zone_label(zone: Zone, verdict: Verdict) -> Label | None:
    """Return the sentence that says why a zone fits or not, None where it plays no part."""
    if zone in ("france", "a-distance", "ile-de-france"):
        return None
    fits, excludes = (SECTOR_FITS, SECTOR_EXCLUDES) if zone != "paris" else (ZONE_FITS, ZONE_EXCLUDES)
    return {OUI: fits, NON: excludes}.get(verdict)


class Located(Protocol):
    """What can be near: a place kept by people or an imported one."""

    @property
    def id(self) -> str:
        """Return its id, which settles equal distances."""

    @property
    def district(self) -> int:
        """Return its arrondissement."""

    @property
    def latitude(self) -> float | None:
        """Return its latitude, None when unknown."""

    @property
    def longitude(self) -> float | None:
        """Return its longitude, None when unknown."""


P = TypeVar("P", bound=Located)


def nearest(places: Iterable[P], district: int | None, limit: int = 3) -> list[P]:
    """Return places by nearness: the same arrondissement, then its neighbours, then by distance.

    Without a known arrondissement the order is that of the arrondissements.
    """
    listed = list(places)
    if district is None:
        return sorted(listed, key=lambda place: (place.district, place.id))[:limit]
    here = {1: CENTRE, 2: CENTRE, 3: CENTRE, 4: CENTRE}.get(district, frozenset((district,)))
    around = set(NEIGHBOURS[district])

    def rank(place: Located) -> tuple[int, float, str]:
        ring = 0 if place.district == district else 1 if place.district in here | around else 2
        return ring, distance_km(district, place), place.id

    return sorted(listed, key=rank)[:limit]


# Centres of the arrondissements (latitude, longitude), centroids of the polygons named above, to three decimals.
CENTRES: dict[int, tuple[float, float]] = {
    1: (48.863, 2.336), 2: (48.868, 2.343), 3: (48.863, 2.360), 4: (48.854, 2.358), 5: (48.844, 2.351),
    6: (48.849, 2.333), 7: (48.856, 2.312), 8: (48.873, 2.313), 9: (48.877, 2.337), 10: (48.876, 2.361),
    11: (48.859, 2.380), 12: (48.835, 2.421), 13: (48.828, 2.362), 14: (48.829, 2.327), 15: (48.840, 2.293),
    16: (48.860, 2.262), 17: (48.887, 2.307), 18: (48.893, 2.348), 19: (48.887, 2.385), 20: (48.863, 2.401),
}  # fmt: skip


def distance_km(district: int, place: Located) -> float:
    """Return the distance in kilometres from the centre of an arrondissement to a place (flat earth: fine at 10 km)."""
    latitude, longitude = CENTRES[district]
    if place.latitude is None or place.longitude is None:
        other = CENTRES[place.district]
    else:
        other = (place.latitude, place.longitude)
    return hypot((other[0] - latitude) * 111.2, (other[1] - longitude) * 111.2 * cos(radians(latitude)))
