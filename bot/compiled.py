"""YAML files as they were read last time, so that a start does not read a thousand of them again.

One JSON file of the data folder, by hash of each file: what did not change since the last content that loaded whole
is not read twice. Lines are not kept, since kept files had no problem: who meets one reads again without this.
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
from knowledge.reader import Block, Value, Where

COMPILED_FILE = "contenu.json"
# Changes when the reader, or the YAML library under it, does; read with the code, which a later update may replace.
_READER = sha256(Path(reader.__file__).read_bytes() + yaml.__version__.encode()).hexdigest()[:16]
log = structlog.get_logger(__name__)


class Compiled:
    """Reads YAML files, most of them from one JSON file; ``save`` keeps what was read this time."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._made_by = _READER
        self._before = _kept(path, self._made_by)
        self._now: dict[str, Value] = {}

    def read(self, path: Path, shown_as: str) -> Block:
        """Return the mapping of a file; without lines when it was read before.

        Raises:
            ContentError: the file cannot be read or is not YAML.
        """
        try:
            digest = sha256(path.read_bytes()).hexdigest()
        except OSError:
            return reader.read(path, shown_as)  # says why
        kept = self._before.get(digest)
        found = _block(kept, shown_as) if isinstance(kept, dict) else reader.read(path, shown_as)
        self._now[digest] = found
        return found

    def save(self) -> None:
        """Keep what was read, when it is not what was kept; a disk that refuses only makes the next start slower."""
        if self._now.keys() == self._before.keys():
            return
        text = json.dumps({"lu_par": self._made_by, "fichiers": self._now}, ensure_ascii=False)
        try:
            write_aside(self._path, text)
        except OSError as error:
            log.warning("content.not_kept", kind=type(error).__name__)


def _block(kept: dict[str, Any], shown_as: str) -> Block:
    block = Block(kept)
    block.where, block.lines = Where(shown_as), dict.fromkeys(kept, 0)
    return block


def _kept(path: Path, made_by: str) -> dict[str, Any]:
    """Return file hash -> mapping; nothing when the file is absent, damaged or of another reader."""
    try:
        found = json.loads(path.read_bytes())
        files = found["fichiers"] if found["lu_par"] == made_by else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return files if isinstance(files, dict) else {}
