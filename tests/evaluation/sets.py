"""Reads the evaluation files; ``dev`` is for tuning, ``fin`` is only measured."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent
HALVES = ("dev", "fin")
SECOND, THIRD = "fin 2", "fin 3"
_LATER = {SECOND: "paroles-fin-2", THIRD: "paroles-fin-3"}
"""Later blind sets of what families write, each by another author; what was wrong in the earlier ones was read since."""
LATER = tuple(_LATER)
_SHORT = 90  # signs
Row = dict[str, Any]


def sentences(half: str) -> list[Row]:
    """Return what families write, of one half or of a later blind set."""
    return _rows(_LATER[half], "paroles") if half in _LATER else _half("paroles", "paroles", half)


TOLD = {
    "dev 2 (fr, en)": "faits-dev-2",
    "dev 3 (fr, tuned on)": "faits-dev-3",
    "dev 4 (all, tuned on)": "faits-dev-4",
    "dev 5 (not fr, tuned on)": "faits-dev-5",
    "dev 6 (all, tuned on)": "faits-dev-6",
}
"""Label -> file of the sets of sentences that state facts; each was written before the rules that come of it."""


def told(label: str) -> list[Row]:
    """Return the sentences that state facts of one of :data:`TOLD`, for tuning only."""
    return _rows(TOLD[label], "paroles")


BLIND_BEFORE = (
    "fin 18",
    "fin 16",
    "fin 15",
    "fin 14",
    "fin 13",
    "fin 12",
    "fin 11",
    "fin 10",
    "fin 9",
    "fin 8",
    "fin 7",
)
"""Older blind sets of danger, each of another author."""


def alarms(half: str) -> list[Row]:
    """Return cries of alarm and sentences without danger: ``fin`` is the newest blind set, :data:`BLIND_BEFORE` those
    before, which nothing was tuned on either; ``dev`` an older one, learned since."""
    names = {"fin": "danger-fin-17", "dev": "danger-fin-3"}
    return _rows(names.get(half) or f"danger-{half.replace(' ', '-')}", "phrases")


def short_cries() -> list[str]:
    """Return short French cries without a question, of the sets on which the scores of the encoder are chosen."""
    rows = [row for at in (4, 5, 6) for row in _rows(f"danger-fin-{at}", "phrases")]
    cries = [row["texte"] for row in rows if row["urgence"] and row["langue"] == "fr"]
    return [text for text in cries if len(text) < _SHORT and "?" not in text]


def desk(half: str) -> dict[str, dict[str, int]]:
    """Return query -> grade of each answer (3 exactly, 2 good, 1 acceptable), of one half."""
    return {row["requete"]: row["attendus"] for row in _half("guichet", "requetes", half)}


def blind_desk() -> dict[str, dict[str, int]]:
    """Return the second blind search set in the same form, by another author."""
    return {row["requete"]: row["attendus"] for row in _rows("guichet-fin-2", "requetes")}


def last_desk() -> dict[str, dict[str, int]]:
    """Return the closed half of the third search set in the same form, by one more author."""
    return {row["requete"]: row["attendus"] for row in _rows("guichet-fin-3", "requetes")}


def newest_desk() -> dict[str, dict[str, int]]:
    """Return the fourth blind search set in the same form, by a fourth author, closed as a whole."""
    return {row["requete"]: row["attendus"] for row in _rows("guichet-fin-4", "requetes")}


def fourth_desk() -> dict[str, dict[str, int]]:
    """Return the other half of that third author's queries; the search is tuned on it since it was measured."""
    return {row["requete"]: row["attendus"] for row in _rows("guichet-dev-4", "requetes")}


def third_desk() -> dict[str, dict[str, int]]:
    """Return the other half of that author's queries; the search is tuned on it since it was measured."""
    return {row["requete"]: row["attendus"] for row in _rows("guichet-dev-3", "requetes")}


def second_desk() -> dict[str, dict[str, int]]:
    """Return the second search set in the same form; the search is tuned on all of it."""
    return {row["requete"]: row["attendus"] for row in _rows("guichet-dev-2", "requetes")}


def first_desk(name: str) -> dict[str, dict[str, int]]:
    """Return the first search set (``dev`` or ``held``) in the same form; its grade 2 is the answer looked for."""
    return {row["texte"]: row["attendu"] for row in _rows(f"search-{name}", "requetes")}


def _half(name: str, key: str, half: str) -> list[Row]:
    return [row for row in _rows(name, key) if row["moitie"] == half]


def _rows(name: str, key: str) -> list[Row]:
    rows: list[Row] = yaml.load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)[key]
    return rows
