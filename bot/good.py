"""A copy of the last content that passed every check, so that a restart never serves what a reload refused.

It counts for the code that made it only: a new version of the program comes with its own content.
"""

from __future__ import annotations

import gc
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

import structlog

from bot.content import ROOT, Library, load_library, no_collection
from knowledge.reader import ContentError

CONTENT_FOLDERS = ("knowledge", "dialogs", "i18n")
CONTENT_SUFFIXES = (".yaml", ".po", ".json")
_CODE_FOLDERS = (*CONTENT_FOLDERS, "bot")
_NAME = "contenu-bon-"
_BEING_MADE = "contenu-en-cours"
_log = structlog.get_logger(__name__)


def content_files(root: Path) -> Iterator[Path]:
    """Yield the content files below a folder, in no order."""
    for folder in CONTENT_FOLDERS:
        yield from (path for path in (root / folder).rglob("*") if path.suffix in CONTENT_SUFFIXES)


def first_library(root: Path, folder: Path) -> tuple[Library, bool]:
    """Return what to serve at a start, and whether it is what the files say now.

    Files that changed since the last good content wait for their checks: the good one serves meanwhile.

    Args:
        root: where the files are.
        folder: the data folder, held by this process.

    Raises:
        ContentError: the files do not load, and there is no good copy that does.
    """
    copy = _copy(folder)  # the first thing at a start: from here on, it is known which code runs
    with no_collection():
        found = _first(root, folder, copy)
        # What was imported and read stays: no collection walks through it again, each a pause of a fifth of a second.
        gc.freeze()
    return found


def _first(root: Path, folder: Path, copy: Path | None) -> tuple[Library, bool]:
    if copy is not None and copy.name != _name(root):
        try:
            return load_library(copy, folder), False
        except ContentError as error:
            _log.warning("content.copy_unreadable", problems=len(error.problems))
    return load_library(root, folder), True


def keep_good(root: Path, folder: Path, unchanged: Callable[[], bool]) -> None:
    """Copy content that passed every check; a full disk leaves the copy before.

    ``unchanged`` tells whether the files are still those that were checked; if not, nothing is kept.
    """
    name = _name(root)
    if (folder / name).is_dir():
        return
    making = folder / _BEING_MADE
    try:
        shutil.rmtree(making, ignore_errors=True)
        for path in content_files(root):
            place = making / path.relative_to(root)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, place)
        if not unchanged():
            return
        making.rename(folder / name)
        for old in folder.glob(f"{_NAME}*"):
            if old.name != name:
                shutil.rmtree(old)
    except OSError as error:
        _log.warning("content.not_copied", kind=type(error).__name__)


def _copy(folder: Path) -> Path | None:
    """Return the newest copy that this code made."""
    made = sorted(folder.glob(f"{_NAME}{_code()}-*"), key=lambda path: path.stat().st_mtime)
    return made[-1] if made else None


def _name(root: Path) -> str:
    return f"{_NAME}{_code()}-{_digest(root, content_files(root))}"


@cache
def _code() -> str:
    """Return what this running program was read from: files may be those of the next version by now."""
    return _digest(ROOT, (path for folder in _CODE_FOLDERS for path in (ROOT / folder).rglob("*.py")))


def _digest(root: Path, paths: Iterator[Path]) -> str:
    found = sha256()
    for path in sorted(paths):
        found.update(path.relative_to(root).as_posix().encode() + b"\0" + sha256(path.read_bytes()).digest())
    return found.hexdigest()[:16]
