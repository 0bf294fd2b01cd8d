"""Lambert 93 metres, the projection of most French public data, to degrees. Pure.

The projection is written out (20 lines, exact to the centimetre) rather than taken from pyproj, whose wheel and
grids weigh more than the whole product.
"""

from __future__ import annotations

from math import asin, atan, degrees, exp, log, pi, sin, sqrt, tanh

# Lambert 93 (EPSG:2154): constants of IGN's note NT/G 71, table 3.3, and GRS80's first eccentricity.
_N, _C, _XS, _YS = 0.7256077650532670, 11754255.4260960, 700000.0, 12655612.0498760
_LON0, _E = 3.0, 0.0818191910428158


def degrees_of(x: float, y: float) -> tuple[float, float]:
    """Return latitude and longitude of a Lambert 93 point in metres (algorithm 4 of IGN's note NT/G 71)."""
    east, south = x - _XS, _YS - y
    isometric = -log(sqrt(east * east + south * south) / _C) / _N
    latitude = 2 * atan(exp(isometric)) - pi / 2
    for _ in range(8):  # converges to 1e-11 rad in five turns at these latitudes
        latitude = asin(tanh(isometric + _E * _atanh(_E * sin(latitude))))
    return round(degrees(latitude), 6), round(_LON0 + degrees(atan(east / south)) / _N, 6)


def _atanh(value: float) -> float:
    return 0.5 * log((1 + value) / (1 - value))
