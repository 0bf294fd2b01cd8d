"""What a file of public data is made of: records, each with the line it starts at, and lines that are no record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO, TypeAlias

from bot.errors import OperatorError, reason

Tick: TypeAlias = Callable[[int], None]
"""Told how many bytes of the file were read so far."""

_TEST = 1 << 16
_ARCHIVES = {b"PK": "une archive ou un classeur", b"\x1f\x8b": "un fichier compressé", b"%PDF": "un PDF"}


class BrokenFile(OperatorError):
    """A file that cannot be imported as a whole; what was imported before stays in place."""


@dataclass(frozen=True, slots=True)
class Row:
    """One record: its first line (from 1), its values by column, and the record as it came when that differs."""

    line: int
    values: dict[str, Any]
    raw: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Refusal:
    """One record that cannot be taken: its line and why, in French."""

    line: int
    reason: str


Item: TypeAlias = Row | Refusal


@contextmanager
def opened(path: Path) -> Iterator[TextIO]:
    """Give a file as text: UTF-8 with or without BOM, UTF-16 with BOM, else Windows-1252.

    Raises:
        BrokenFile: it cannot be read, is empty, or is no text.
    """
    try:
        encoding = _encoding(path)
        with path.open(encoding=encoding, errors="replace", newline="") as file:
            yield file
    except OSError as error:
        raise BrokenFile(f"Le fichier {path} ne se lit pas : {reason(error)}.", "vérifiez son chemin") from None


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        start = file.read(4)
        for magic, what in _ARCHIVES.items():
            if start.startswith(magic):
                raise BrokenFile(
                    f"Le fichier {path} est {what}.", "décompressez-le, ou enregistrez-le en CSV ou en JSON"
                )
        if not start:
            raise BrokenFile(f"Le fichier {path} est vide.", "téléchargez-le de nouveau")
        if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return "utf-16"
        return "utf-8-sig" if _is_utf8(path) else "cp1252"


def _is_utf8(path: Path) -> bool:
    try:
        with path.open(encoding="utf-8") as file:
            while file.read(_TEST):
                pass
    except UnicodeDecodeError:
        return False
    return True


def lines(file: TextIO, tick: Tick) -> Iterator[str]:
    """Yield the lines of a text, telling how far it was read about every 500 lines."""
    for number, line in enumerate(file):
        if number % 500 == 0:
            tick(place_in(file))
        yield line


def place_in(file: TextIO) -> int:
    """Return how many bytes were read from the disk so far."""
    return int(file.buffer.tell()) if hasattr(file, "buffer") else 0
