"""YAML files as they were read last time, so that a start does not read a thousand of them again.

One file of the data folder, by hash of each file, one JSON line each: what did not change since the last content that
loaded whole is not read twice. A line is parsed when its file is asked for, and let go: a thousand files at once would
be memory that a process does not give back. Lines of the YAML are not kept, since kept files had no problem: who meets
one reads again without this.
"""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import structlog
import yaml

from bot.aside import write_aside
from knowledge import reader
from knowledge.reader import Block, Where

COMPILED_FILE = "contenu.jsonl"
# Changes when the reader, or the YAML library under it, does; read with the code, which a later update may replace.
_READER = sha256(Path(reader.__file__).read_bytes() + yaml.__version__.encode()).hexdigest()[:16]
_DIGEST = 64
log = structlog.get_logger(__name__)


class Compiled:
    """Reads YAML files, most of them from one file of lines; ``save`` keeps what was read this time."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._made_by = _READER
        self._before = _kept(path, self._made_by)
        self._now: dict[str, memoryview] = {}

    def read(self, path: Path, shown_as: str) -> Block:
        """Return the mapping of a file; without lines when it was read before.

        Raises:
            ContentError: the file cannot be read or is not YAML.
        """
        try:
            digest = sha256(path.read_bytes()).hexdigest()
        except OSError:
            return reader.read(path, shown_as)  # says why
        line = self._before.get(digest)
        kept = _mapping(line) if line else None
        if line and kept is not None:
            self._now[digest] = line
            return _block(kept, shown_as)
        found = reader.read(path, shown_as)
        self._now[digest] = memoryview(json.dumps(found, ensure_ascii=False).encode())
        return found

    def save(self) -> None:
        """Keep what was read, when it is not what was kept; a disk that refuses only makes the next start slower."""
        if self._now.keys() == self._before.keys():
            return
        lines = (f"{digest} {str(text, 'utf-8')}\n" for digest, text in self._now.items())
        try:
            write_aside(self._path, "".join([json.dumps({"lu_par": self._made_by}), "\n", *lines]))
        except OSError as error:
            log.warning("content.not_kept", kind=type(error).__name__)


def _block(kept: dict[str, Any], shown_as: str) -> Block:
    block = Block(kept)
    block.where, block.lines = Where(shown_as), dict.fromkeys(kept, 0)
    return block


def _mapping(line: memoryview) -> dict[str, Any] | None:
    try:
        found = json.loads(bytes(line))
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _kept(path: Path, made_by: str) -> dict[str, memoryview]:
    """Return file hash -> mapping as JSON; nothing when the file is absent, damaged or of another reader."""
    try:
        kept = path.read_bytes()
        start = kept.find(b"\n") + 1
        if json.loads(kept[:start])["lu_par"] != made_by:
            return {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    found: dict[str, memoryview] = {}
    whole = memoryview(kept)  # parts of one text, not copies of it
    while (end := kept.find(b"\n", start)) >= 0:
        found[str(whole[start : start + _DIGEST], "latin-1")] = whole[start + _DIGEST + 1 : end]
        start = end + 1
    return found
