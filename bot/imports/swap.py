"""Gives the file of imported places to change: a copy beside, swapped in one step; a failure leaves the last one."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.aside import sweep, sync_folder
from bot.errors import OperatorError, reason
from bot.imports.base import Imports
from bot.lock import folder_lock
from knowledge.imported import FORMAT, IMPORTED_FILE
from knowledge.search_table import TOKENS

LOCK = "import.verrou"

_SCHEMA = f"""
CREATE TABLE lot (id TEXT PRIMARY KEY, title TEXT, url TEXT, licence TEXT, priority INTEGER, file TEXT, read_on TEXT);
CREATE TABLE place (
  id INTEGER PRIMARY KEY, public_id TEXT UNIQUE, lot TEXT REFERENCES lot, key TEXT, service TEXT, name TEXT,
  address TEXT, postcode TEXT, district INTEGER, latitude REAL, longitude REAL, phone TEXT, email TEXT, website TEXT,
  hours TEXT, dated TEXT, attribution TEXT, digest TEXT, first_on TEXT, changed_on TEXT, gone_on TEXT,
  duplicate_of TEXT, twin_of TEXT, why TEXT, UNIQUE (lot, key));
CREATE TABLE raw (place INTEGER PRIMARY KEY REFERENCES place, record BLOB);
CREATE INDEX near ON place (service, district);
CREATE VIRTUAL TABLE words USING fts5(text, content='', tokenize="{TOKENS}", prefix='2 3');
PRAGMA user_version = {FORMAT};
"""


@contextmanager
def replacing(folder: Path) -> Iterator[Imports]:
    """Give a copy of the imported places to change; at the end it takes the place of the file, if anything changed.

    Raises:
        OperatorError: the file or its folder cannot be used.
    """
    target = folder / IMPORTED_FILE
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise _refused(folder, error) from None
    with folder_lock(folder, LOCK), _copy(target) as imports:
        yield imports


@contextmanager
def _copy(target: Path) -> Iterator[Imports]:
    making = target.with_name(f".{target.name}.en-cours-{os.getpid()}")
    base = None
    try:
        sweep(target)
        if target.exists():
            shutil.copyfile(target, making)
        base = _opened(making, target)
        with base:
            imports = Imports(base)
            yield imports
        base.execute("PRAGMA optimize")
        base.close()
        if imports.touched:
            _swap(making, target)
    except sqlite3.Error as error:
        raise OperatorError(
            f"Le fichier des lieux importés ne peut pas être écrit ({error}).", "vérifiez la place sur le disque"
        ) from None
    except OSError as error:
        raise _refused(target.parent, error) from None
    finally:
        if base is not None:
            base.close()
        making.unlink(missing_ok=True)


def _refused(folder: Path, error: OSError) -> OperatorError:
    return OperatorError(f"Le dossier {folder} refuse l'import : {reason(error)}.", "vérifiez la place et les droits")


def _opened(making: Path, target: Path) -> sqlite3.Connection:
    fresh = not making.exists()
    base = sqlite3.connect(making)
    try:
        base.execute("PRAGMA journal_mode = MEMORY")  # a copy: after a crash the file itself is as it was
        if fresh:
            base.executescript(_SCHEMA)
        if base.execute("PRAGMA user_version").fetchone() == (FORMAT,):
            return base
    except sqlite3.DatabaseError:
        pass
    base.close()
    hint = "déplacez-le ailleurs, puis relancez chaque import"
    raise OperatorError(f"Le fichier {target} n'est pas un fichier de lieux importés de cette version.", hint)


def _swap(making: Path, target: Path) -> None:
    making.chmod(0o600)
    handle = os.open(making, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    making.replace(target)
    sync_folder(target.parent)
