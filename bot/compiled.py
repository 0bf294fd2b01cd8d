"""What a start made of the content files, so that the next one does not make it again.

One file of the data folder, one JSON line each: YAML files as they were read, by hash of each file, and the compiled
words of danger, by hash of their files and of the code. What did not change since the last content that loaded whole
is taken from there, when its own hash is right; anything else is made again. A line is read when it is asked for, and
let go: a thousand files at once would be memory that a process does not give back. Lines of the YAML are not kept,
since kept files had no problem: who meets one reads again without this.
"""

from __future__ import annotations

import json
import os
from hashlib import sha256
from io import BufferedReader
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
_HEADER = json.dumps({"lu_par": _READER, "lignes": "clé, somme, valeur"}, ensure_ascii=False)
_HASH = 64
_START = 2 * (_HASH + 1)  # a line: its key, the hash of its value, its value
log = structlog.get_logger(__name__)


class Compiled:
    """Gives what was made before, from one file of lines; ``save`` keeps what was used this time, and nothing else."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file, self._before = _opened(path)
        self._used: set[str] = set()
        self._made: dict[str, str] = {}

    def read(self, path: Path, shown_as: str) -> Block:
        """Return the mapping of a file; without lines when it was read before.

        Raises:
            ContentError: the file cannot be read or is not YAML.
        """
        key = _hash_of(path)
        if key and isinstance(kept := self.kept(key), dict):
            return _block(kept, shown_as)
        found = reader.read(path, shown_as)
        if key and _hash_of(path) == key:  # it may have changed between the two
            self.keep(key, found)
        return found

    def kept(self, key: str) -> Any | None:
        """Return the value kept under a key; None when there is none, or it is not as it was written."""
        if not (line := self._line(key)):
            return None
        text = line[_START:].rstrip(b"\n")
        if line[:_START].decode("latin-1") != f"{key} {sha256(text).hexdigest()} ":
            log.warning("content.kept_damaged")
            return None
        self._used.add(key)
        return json.loads(text)

    def keep(self, key: str, value: Any) -> None:
        """Have a value kept under the hash of what it was made from (64 characters)."""
        self._made[key] = json.dumps(value, ensure_ascii=False)

    def save(self) -> None:
        """Keep what was used, when it is not what was kept; a disk that refuses only makes the next start slower."""
        if not self._made and self._used == self._before.keys():
            return
        before = (f"{self._line(key).decode().rstrip()}\n" for key in self._used - self._made.keys())
        made = (f"{key} {sha256(text.encode()).hexdigest()} {text}\n" for key, text in self._made.items())
        try:
            write_aside(self._path, "".join((_HEADER, "\n", *before, *made)))
        except OSError as error:
            log.warning("content.not_kept", kind=type(error).__name__)

    def close(self) -> None:
        """Let the file go."""
        if self._file:
            self._file.close()

    def _line(self, key: str) -> bytes:
        """Return a line of the file of before, which stays as it was even where another has taken its place."""
        begin, size = self._before.get(key, (0, 0))
        return os.pread(self._file.fileno(), size, begin) if self._file and size else b""


def _hash_of(path: Path) -> str:
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""  # the reader says why


def _block(kept: dict[str, Any], shown_as: str) -> Block:
    block = Block(kept)
    block.where, block.lines = Where(shown_as), dict.fromkeys(kept, 0)
    return block


def _opened(path: Path) -> tuple[BufferedReader | None, dict[str, tuple[int, int]]]:
    """Return the file, and where the line of each key is; nothing when it is absent or made by another reader."""
    try:
        file = path.open("rb")
    except OSError:
        return None, {}
    places: dict[str, tuple[int, int]] = {}
    begin = len(_HEADER.encode()) + 1
    if file.readline() == f"{_HEADER}\n".encode():
        for line in file:
            places[line[:_HASH].decode("latin-1")] = begin, len(line)
            begin += len(line)
    return file, places
