"""Gives every card, place and topic its permanent code of three characters, for buttons and links.

A code is kept for ever: printed links hold it. Ids that are gone stay in ``codes.yaml``, so that their code
never names something else. The file is one mapping, id to code, sorted by id.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from knowledge.load import FOLDERS
from knowledge.reader import Block, Value, read

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford base32: no I, L, O, U, so that a code can be read aloud and written by hand."""

LENGTH = 3
NOTHING = "000"
"""The code that links use for no target; no entry ever has it."""

FILE = "codes.yaml"
_HEADER = (
    "# Codes permanents des fiches, des lieux et des thèmes, pour les boutons et les liens imprimés.\n"
    "# Écrit par « passerelle check --fix ». Ne changez aucun code ; gardez ceux des fiches retirées.\n"
)


def is_code(text: str) -> bool:
    """Tell whether a text has the form of an entry's code."""
    return len(text) == LENGTH and text != NOTHING and set(text) <= set(ALPHABET)


def assign(root: Path) -> list[str]:
    """Give a code to every id below ``root``/knowledge that has none, and write the file whole or not at all.

    Returns:
        The ids that received a code, sorted; the file is left alone when there are none.

    Raises:
        ContentError: codes.yaml or themes.yaml cannot be read.
    """
    folder = root / "knowledge"
    path = folder / FILE
    known = {name: str(code) for name, code in read(path).items()} if path.exists() else {}
    fresh = new_codes(coded_ids(folder), known)
    if fresh:
        write_codes(path, {**known, **fresh})
    return sorted(fresh)


def coded_ids(folder: Path) -> set[str]:
    """Return every id that needs a code: cards and places (a file is named after its id), and topics."""
    names = {path.stem for sub in FOLDERS for path in (folder / sub).glob("*.yaml")}
    topics: Value = read(folder / "themes.yaml").get("themes", "")
    return names | {str(topic["id"]) for topic in topics if isinstance(topic, Block) and "id" in topic}


def new_codes(names: Iterable[str], known: Mapping[str, str]) -> dict[str, str]:
    """Return a code for each name that has none, different from all known ones.

    A code comes from a hash of the id, so two people who add cards apart seldom meet, and it tells nothing of
    its subject to whoever reads a link.
    """
    taken = {NOTHING, *known.values()}
    found: dict[str, str] = {}
    for name in sorted(set(names) - set(known)):
        number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big")
        while (code := _code(number)) in taken:
            number += 1
        found[name] = code
        taken.add(code)
    return found


def _code(number: int) -> str:
    base = len(ALPHABET)
    return "".join(ALPHABET[number // base**place % base] for place in reversed(range(LENGTH)))


def write_codes(path: Path, codes: Mapping[str, str]) -> None:
    """Write the file of codes, sorted by id: beside first, then swapped in, so never half there."""
    lines = [f'{name}: "{code}"\n' for name, code in sorted(codes.items())]
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, prefix=".codes-", delete=False) as file:
        beside = Path(file.name)
        try:
            file.write(_HEADER + "".join(lines))
            file.flush()
            os.fsync(file.fileno())
            beside.chmod(0o644)
            beside.replace(path)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
