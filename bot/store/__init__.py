"""The memory of the service: sessions, updates, messages to send; little, sealed, and not for long."""

from pathlib import Path

from bot.crypto import Vault
from bot.errors import AlreadyProcessed, StoreUnavailable
from bot.keyfile import open_keys, prepare_folder
from bot.store.memory import MemoryStore
from bot.store.protocol import (
    Delivery,
    Erased,
    Json,
    Keep,
    Kind,
    Outgoing,
    Pending,
    Saved,
    Store,
    Unreadable,
)
from bot.store.sqlite import SqliteStore

DATABASE = "passerelle.db"

__all__ = [
    "DATABASE",
    "AlreadyProcessed",
    "Delivery",
    "Erased",
    "Json",
    "Keep",
    "Kind",
    "MemoryStore",
    "Outgoing",
    "Pending",
    "Saved",
    "SqliteStore",
    "Store",
    "StoreUnavailable",
    "Unreadable",
    "open_store",
]


async def open_store(folder: Path, key: str | None = None) -> SqliteStore:
    """Return the store of a data folder, made at the first run; its ``vault`` names people.

    Args:
        folder: the data folder; the service holds ``folder_lock`` on it first.
        key: the value of PASSERELLE_CLE; without it, the key file of the folder.

    Raises:
        OperatorError: the folder, the key or the database cannot be used; its text says what to do.
    """
    prepare_folder(folder)
    path = folder / DATABASE
    return await SqliteStore.open(path, Vault(open_keys(folder, key, path)))
