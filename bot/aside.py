"""Writes a private file whole or not at all: beside its place first, then swapped, each step on the disk."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

_MARK = ".en-cours-"


def write_aside(path: Path, text: str, *, over: bool = True) -> None:
    """Put a text in the place of a file (mode 600), as one step; a crash leaves the old file or the new one.

    Args:
        path: the file; its folder exists.
        text: all that it will hold.
        over: False refuses to write over a file that is there.

    Raises:
        OSError: the folder or the disk refuses; the old file is as it was.
    """
    sweep(path)
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=_prefix(path))  # O_EXCL, mode 600
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if over:
            Path(beside).replace(path)
        else:
            os.link(beside, path)
    finally:
        Path(beside).unlink(missing_ok=True)
    sync_folder(path.parent)


def sweep(path: Path) -> None:
    """Remove what a crash left beside a file; the caller is the only one that writes it."""
    for left in path.parent.glob(f"{_prefix(path)}*"):
        left.unlink(missing_ok=True)


def sync_file(path: Path) -> None:
    """Wait until a file and its name are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    sync_folder(path.absolute().parent)


def sync_folder(folder: Path) -> None:
    """Wait until the names of a folder are on the disk."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _prefix(path: Path) -> str:
    return f".{path.name}{_MARK}"
