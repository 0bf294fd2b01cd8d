"""Reads the FINESS extract of establishments: no header, a « finess » line, « structureet », then « geolocalisation ».

Coordinates come after all establishments, in Lambert 93: those of Paris are gathered first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.imports.csv_rows import cells
from bot.imports.rows import BrokenFile, Item, Refusal, Row, Tick, lines, opened

COLUMNS = (
    "type", "nofinesset", "nofinessej", "rs", "rslongue", "complrs", "compldistrib", "numvoie", "typvoie", "voie",
    "compvoie", "lieuditbp", "commune", "codedepartement", "departement", "ligneacheminement", "telephone",
    "telecopie", "categetab", "categetablib", "categagetab", "categagetablib", "siret", "codeape", "codemft",
    "libmft", "codesph", "libsph", "dateouv", "dateautor", "datemaj",
)  # fmt: skip
_PLACE, _POINT, _META = "structureet", "geolocalisation", ("finess", "type")
_AGAIN = {"B": "bis", "T": "ter", "Q": "quater"}  # « C » may be a letter of its own: left as it is
_NAME_OF_STREET = re.compile(r"^(?:AV(?:ENUE)?|BOULEVARD|CHEMIN|IMPASSE|PASSAGE|PLACE|QUAI|ROUTE|RUE|SQUARE|VILLA)\b")


def finess_rows(path: Path, tick: Tick = lambda _: None) -> Iterator[Item]:
    """Yield the establishments of a FINESS extract as named columns, with ``adresse``, ``code_postal``, ``x``, ``y``.

    Raises:
        BrokenFile: no line of establishments.
    """
    points = _points(path)
    found = 0
    with opened(path) as file:
        for line, row in cells(lines(file, tick), ";"):
            if isinstance(row, str):
                yield Refusal(line, row)
            elif row[0] == _PLACE:
                found += 1
                yield _row(line, row, points)
            elif row[0] not in (_POINT, *_META):
                yield Refusal(line, f"ligne de type « {row[0][:20]} » inconnue")
    if not found:
        raise BrokenFile(f"{path} n'a aucune ligne « {_PLACE} ».", "attendu : l'extraction FINESS des établissements")


def _points(path: Path) -> dict[str, tuple[str, str]]:
    """Return FINESS number -> x and y, for those of Paris (numbers begin with the department)."""
    with opened(path) as file:
        parts = (line.split(";", 4) for line in file if line.startswith(f"{_POINT};75"))
        return {part[1]: (part[2], part[3]) for part in parts if len(part) > 3}


def _row(line: int, row: list[str], points: dict[str, tuple[str, str]]) -> Item:
    if len(row) == len(COLUMNS) + 1 and not row[-1].strip():
        row = row[:-1]  # since 2026, lines end with a separator
    if len(row) != len(COLUMNS):
        return Refusal(line, f"{len(row)} colonne(s) au lieu de {len(COLUMNS)}")
    raw: dict[str, Any] = dict(zip(COLUMNS, row, strict=True))
    x, y = points.get(raw["nofinesset"], ("", ""))
    postcode = raw["ligneacheminement"][:5]
    added = {"adresse": address_of(raw), "code_postal": postcode if postcode.isdecimal() else "", "x": x, "y": y}
    return Row(line, raw | added, raw)


def address_of(raw: dict[str, Any]) -> str:
    """Return number and street of an establishment, "" without a street; a box (BP, CS) is no address to go to."""
    voice = str(raw["voie"]).strip()
    if not voice:
        return ""
    kind = "" if _NAME_OF_STREET.match(voice) else raw["typvoie"]
    again = _AGAIN.get(raw["compvoie"], raw["compvoie"])
    return " ".join(part for part in (raw["numvoie"], again, kind, voice) if part)
