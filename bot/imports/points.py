"""Where a record lies, whatever its columns hold: degrees, degrees swapped, or Lambert 93 metres. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from math import hypot
from typing import Any, NamedTuple

from bot.imports.lambert import degrees_of
from bot.imports.values import clean
from knowledge.geography import CENTRES

FAR_KM = 6.0
"""From the centre of an arrondissement no point of it is farther (the Bois de Vincennes, about 5 km)."""

# Paris, woods included, plus about 200 m (Ville de Paris, ODbL).
_SOUTH, _NORTH, _WEST, _EAST = 48.813, 48.904, 2.222, 2.472
_METRES = (1e5, 1.3e6, 6e6, 7.2e6)  # where x and y of mainland France lie


class Position(NamedTuple):
    """Latitude and longitude in degrees, six decimals; ``mended``: what was wrong with the columns, "" for nothing."""

    latitude: float
    longitude: float
    mended: str = ""


def position(first: str | None, second: str | None) -> Position | None:
    """Return a point of Paris from two columns meant as latitude and longitude (or x and y); None for no such point."""
    one, two = _number(first), _number(second)
    if one is None or two is None:
        return None
    for x, y in ((one, two), (two, one)):
        if _METRES[0] < x < _METRES[1] and _METRES[2] < y < _METRES[3]:
            latitude, longitude = degrees_of(x, y)
            return _in_paris(latitude, longitude, "coordonnées Lambert 93 converties")
    return _in_paris(one, two, "") or _in_paris(two, one, "latitude et longitude inversées")


def point_in(pairs: Iterable[tuple[str, str]], district: int) -> tuple[Position | None, str]:
    """Return the first point of several pairs that lies in Paris near its arrondissement, and what was mended."""
    given = [pair for pair in pairs if all(pair)]
    point = next((found for pair in given if (found := position(*pair)) is not None), None)
    if point is None:
        return None, "coordonnées hors de Paris, laissées" if given else ""
    latitude, longitude = CENTRES[district]
    if hypot((point.latitude - latitude) * 111.2, (point.longitude - longitude) * 73.2) > FAR_KM:
        return None, "coordonnées loin de l'arrondissement, laissées"
    return point, point.mended


def pair_of(value: Any) -> tuple[str, str]:
    """Return latitude and longitude of a cell: « 48.85, 2.35 », {lat, lon}, or a GeoJSON point."""
    if isinstance(value, str) and value.lstrip().startswith("{"):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return "", ""
    if isinstance(value, Mapping):
        inner = value.get("geometry", value)
        points = inner.get("coordinates") if isinstance(inner, Mapping) else None
        if isinstance(points, list) and len(points) >= 2:
            return clean(points[1]), clean(points[0])  # GeoJSON writes the longitude first
        return clean(value.get("lat")), clean(value.get("lon"))
    one, _, other = clean(value).partition(",")
    return one.strip(), other.strip()


def _in_paris(latitude: float, longitude: float, mended: str) -> Position | None:
    if _SOUTH <= latitude <= _NORTH and _WEST <= longitude <= _EAST:
        return Position(round(latitude, 6), round(longitude, 6), mended)
    return None


def _number(text: str | None) -> float | None:
    try:
        found = float((text or "").replace(",", ".").replace("\u202f", "").replace("\xa0", "").strip())
    except ValueError:
        return None
    return found if abs(found) < 1e8 else None  # also refuses nan and inf
