"""One process at a time in a data folder; the system frees the lock however the process ends."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bot.errors import FolderBusy, reason

LOCK_FILE = "passerelle.verrou"


@contextmanager
def folder_lock(folder: Path, name: str = LOCK_FILE) -> Iterator[None]:
    """Hold the data folder while the block runs; another ``name`` holds a part of it only.

    Raises:
        FolderBusy: another process holds it; the text names the folder and, if known, the
            process. Also when the lock file cannot be made.
    """
    handle = _open(folder, name)
    try:
        _take(handle, folder)
        os.ftruncate(handle, 0)
        os.pwrite(handle, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(handle)  # frees the lock; the file stays, since removing it could free someone else's


def _open(folder: Path, name: str) -> int:
    try:
        return os.open(folder / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        what = f"Le dossier {folder} ne peut pas être réservé : {reason(error)}."
        raise FolderBusy(what, "vérifiez la place et les droits du dossier de données") from None


def _take(handle: int, folder: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        owner = ""
        with suppress(ValueError):
            owner = f" (processus {int(os.pread(handle, 20, 0))})"
        raise FolderBusy(
            f"Passerelle travaille déjà dans le dossier {folder}{owner}.",
            "arrêtez l'autre, ou donnez un autre dossier à celui-ci avec PASSERELLE_DONNEES",
        ) from None
