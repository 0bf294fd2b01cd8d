"""A schematic of the twenty arrondissements, those of the addresses coloured; no map service is asked.

Contours: Ville de Paris, « Arrondissements », opendata.paris.fr, ODbL 1.0, simplified.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("arrondissements.json")
_EMPTY, _FULL, _EDGE, _INK, _ON_FULL = "#ffffff", "#0a5a66", "#7d8894", "#1c2530", "#ffffff"


@cache
def _contours() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return found


def map_svg(marked: Collection[int]) -> str:
    """Return the schematic as SVG, the given arrondissements in a full colour."""
    return shaded_svg(dict.fromkeys(marked, (_FULL, _ON_FULL)))


def shaded_svg(colours: Mapping[int, tuple[str, str]]) -> str:
    """Return the schematic as SVG; ``colours``: arrondissement -> (its colour, that of its number)."""
    known = _contours()
    width, height = known["largeur"], known["hauteur"]
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-4 -4 {width + 8} {height + 8}" role="img">']
    numbers = []  # drawn last, so that no neighbour covers one
    for each in known["arrondissements"]:
        fill, ink = colours.get(each["numero"], (_EMPTY, _INK))
        points = " ".join(f"{x},{y}" for x, y in each["contour"])
        parts.append(f'<polygon points="{points}" fill="{fill}" stroke="{_EDGE}" stroke-width="2"/>')
        numbers.append(
            f'<text x="{each["x"]}" y="{each["y"] + 8}" font-size="24" font-family="sans-serif" '
            f'text-anchor="middle" fill="{ink}">{each["numero"]}</text>'
        )
    return "".join((*parts, *numbers, "</svg>"))
