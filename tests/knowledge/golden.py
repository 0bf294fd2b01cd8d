"""Reads the golden families of ``tests/familles``."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from knowledge.reader import read

FOLDER = Path(__file__).parent.parent / "familles"


class Golden(NamedTuple):
    """One family: who it is, its day, card id -> expected verdict, and what it must never be told."""

    id: str
    on: date
    facts: dict[str, Any]
    expected: dict[str, str]
    never_no: frozenset[str]
    never_yes: frozenset[str]


def golden_families() -> list[Golden]:
    """Return every family, in the order of their files."""
    return [_family(path) for path in sorted(FOLDER.glob("*.yaml"))]


def _family(path: Path) -> Golden:
    told: dict[str, Any] = dict(read(path))
    expected = {card: str(word) for card, word in told["attendu"].items()}
    never = [frozenset(map(str, told.get(key, []))) for key in ("jamais_non", "jamais_oui")]
    return Golden(str(told["id"]), date.fromisoformat(str(told["le"])), told["faits"], expected, never[0], never[1])
