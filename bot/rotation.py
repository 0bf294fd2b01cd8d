"""Changes the key that seals what is kept. Every step can be cut: the next rotation ends what one left half done.

First the new key is in the key file, behind the others; a service started now already works, with both. Then all that
is kept is sealed again in one transaction. Old keys stay in the file: older backups need them, and people are named by
the first one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.keyfile import add_key, prepare_folder
from bot.lock import folder_lock
from bot.store import open_store


@dataclass(frozen=True, slots=True)
class Rotation:
    """What a rotation did. ``added``: a new key was made; ``resealed``: how many rows; ``key``: what seals now."""

    added: bool
    resealed: int
    key: str


async def rotate(folder: Path, given: str | None, on: date) -> Rotation:
    """Finish a rotation that was cut; else add a key, unless keys are given by the operator, and seal again.

    Args:
        folder: the data folder; the service is stopped.
        given: the value of PASSERELLE_CLE, whose last key seals; nothing is written for it.
        on: today, noted beside the new key.

    Raises:
        OperatorError: the service runs, or the folder, the keys or the database cannot be used.
    """
    prepare_folder(folder)
    with folder_lock(folder):
        resealed, key = await _reseal(folder, given)
        if resealed or given is not None:
            return Rotation(False, resealed, key)
        add_key(folder, on)
        resealed, key = await _reseal(folder, given)
        return Rotation(True, resealed, key)


async def _reseal(folder: Path, given: str | None) -> tuple[int, str]:
    store = await open_store(folder, given)
    try:
        return await store.reseal(), store.vault.sealing_key.hex()
    finally:
        await store.close()
