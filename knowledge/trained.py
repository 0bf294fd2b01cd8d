"""What the files of trained classifiers have in common: weights as text, and the hashes of the sentences learned."""

from __future__ import annotations

import json
import zlib
from array import array
from base64 import b64decode
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from knowledge.reader import ContentError, Problem, Where

Made = TypeVar("Made")


def read_model(path: Path, shown: str, make: Callable[[dict[str, Any]], Made]) -> Made | None:
    """Return what ``make`` makes of a model's file, None where there is none.

    Args:
        path: the file.
        shown: how it is named in a message.
        make: makes the classifier; may raise ValueError, KeyError or TypeError.

    Raises:
        ContentError: the file is there and cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    try:
        return make(json.loads(text))
    except (ValueError, KeyError, TypeError, AttributeError, zlib.error) as error:
        raise ContentError(
            [Problem(Where(shown), f"le modèle ne se lit pas ({type(error).__name__})", "lancez « make ear »")]
        ) from error


def unpacked(text: str) -> array[int]:
    """Return the weights of a model, one signed byte per bucket.

    Raises:
        ValueError: what is written is not that, or the number of buckets is no power of two.
    """
    weights = array("b", zlib.decompress(b64decode(text, validate=True)))
    if not weights or len(weights) & (len(weights) - 1):
        raise ValueError("a number of buckets is no power of two")
    return weights


def model_problems(root: Path, folder: str, names: tuple[str, str], load: Callable[[Path], object]) -> list[Problem]:
    """Return what is wrong with a model below a project's root: unreadable, or older than its sentences.

    Args:
        root: the project.
        folder: where the model lies, from the root.
        names: its file and the folder of its sentences, in that folder.
        load: reads the model of a folder; raises ContentError when it cannot.
    """
    where = root / folder
    try:
        load(where)
    except ContentError as error:
        return error.problems
    return list(stale(root, where / names[0], where / names[1]))


def stale(root: Path, model: Path, *folders: Path) -> Iterator[Problem]:
    """Yield a warning for each file of sentences that changed since a model was trained on it.

    Where the sentences are not there (an installed service has the model alone) nothing is compared.

    Args:
        root: the project.
        model: its file, readable; nothing is compared without it.
        folders: where its sentences lie.
    """
    try:
        trained = json.loads(model.read_text(encoding="utf-8"))["phrases"]
    except FileNotFoundError:
        return
    listed = {path.relative_to(root).as_posix() for folder in folders for path in folder.glob("*.tsv")}
    for path in sorted({*listed, *trained}):
        if (root / path).exists() and hash_of(root / path) != trained.get(path):
            what = "ces phrases ont changé depuis qu'un modèle a été entraîné sur elles"
            yield Problem(Where(path), what, "lancez « make ear », qui l'entraîne de nouveau", warning=True)


def hash_of(path: Path) -> str:
    """Return the hash under which a file of sentences is known to a model."""
    return sha256(path.read_bytes()).hexdigest()
