"""Reads the trained ear (``knowledge/urgences/oreille.json``), and tells when its sentences changed since."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from knowledge.danger_ear import Ear
from knowledge.danger_hear import CASES
from knowledge.reader import Problem
from knowledge.trained import model_problems, read_model, unpacked

FILE, SENTENCES = "oreille.json", "oreille"


def load_ear(folder: Path) -> Ear | None:
    """Return the ear of ``folder`` (``knowledge/urgences``), None where there is no model: the lexicons hear alone.

    Raises:
        ContentError: the file is there and cannot be read.
    """
    return read_model(folder / FILE, f"knowledge/urgences/{FILE}", _ear)


def _ear(model: dict[str, Any]) -> Ear:
    return Ear(
        weights=unpacked(model["poids"]),
        unit=float(model["unite"]),
        bias=float(model["biais"]),
        cases={case: unpacked(model["cas"][case]["poids"]) for case in CASES},
        case_bias={case: int(model["cas"][case]["biais"]) for case in CASES},
        typical={language: frozenset(words) for language, words in model["mots"].items()},
        alarm=int(model["seuils"]["alerte"]),
        calm=int(model["seuils"]["calme"]),
    )


def ear_problems(root: Path) -> list[Problem]:
    """Return what is wrong with the ear below a project's root: unreadable, or older than its sentences."""
    return model_problems(root, "knowledge/urgences", (FILE, SENTENCES), load_ear)
