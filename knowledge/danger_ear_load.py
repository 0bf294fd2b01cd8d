"""Reads the trained ear (``knowledge/urgences/oreille.json``), and tells when its sentences changed since."""

from __future__ import annotations

import json
import zlib
from array import array
from base64 import b64decode
from hashlib import sha256
from pathlib import Path
from typing import Any

from knowledge.danger_ear import Ear
from knowledge.danger_hear import CASES
from knowledge.reader import ContentError, Problem, Where

FILE, SENTENCES = "oreille.json", "oreille"
_SHOWN = f"knowledge/urgences/{FILE}"


def load_ear(folder: Path) -> Ear | None:
    """Return the ear of ``folder`` (``knowledge/urgences``), None where there is no model: the lexicons hear alone.

    Raises:
        ContentError: the file is there and cannot be read.
    """
    try:
        text = (folder / FILE).read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    try:
        return _ear(json.loads(text))
    except (ValueError, KeyError, TypeError, zlib.error) as error:
        raise ContentError(
            [Problem(Where(_SHOWN), f"le modèle ne se lit pas ({type(error).__name__})", "lancez « make ear »")]
        ) from error


def _ear(model: dict[str, Any]) -> Ear:
    cases = {case: _bytes(model["cas"][case]["poids"]) for case in CASES}
    weights = _bytes(model["poids"])
    if any(len(each) & (len(each) - 1) or not each for each in (weights, *cases.values())):
        raise ValueError("a number of buckets is no power of two")
    return Ear(
        weights=weights,
        unit=float(model["unite"]),
        bias=float(model["biais"]),
        cases=cases,
        case_bias={case: int(model["cas"][case]["biais"]) for case in CASES},
        typical={language: frozenset(words) for language, words in model["mots"].items()},
        alarm=int(model["seuils"]["alerte"]),
        calm=int(model["seuils"]["calme"]),
    )


def _bytes(packed: str) -> array[int]:
    return array("b", zlib.decompress(b64decode(packed, validate=True)))


def ear_problems(root: Path) -> list[Problem]:
    """Return what is wrong with the ear below a project's root: unreadable, or older than its sentences.

    Where the sentences are not there (an installed service has the model alone) nothing is compared.
    """
    folder = root / "knowledge" / "urgences"
    try:
        load_ear(folder)
    except ContentError as error:
        return error.problems
    try:
        trained = json.loads((folder / FILE).read_text(encoding="utf-8"))["phrases"]
    except FileNotFoundError:
        return []
    listed = {path.relative_to(root).as_posix() for path in (folder / SENTENCES).glob("*.tsv")}
    return [
        Problem(
            Where(path),
            "ces phrases ont changé depuis que l'oreille a été entraînée",
            "lancez « make ear », qui l'entraîne de nouveau",
            warning=True,
        )
        for path in sorted({*listed, *trained})
        if (root / path).exists() and hash_of(root / path) != trained.get(path)
    ]


def hash_of(path: Path) -> str:
    """Return the hash under which a file of sentences is known to the model."""
    return sha256(path.read_bytes()).hexdigest()
