"""The store of a data folder for a command that may be given while the service works in it."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager, closing
from pathlib import Path
from urllib.parse import quote

from sqlite_utils import Database

from bot.crypto import Vault
from bot.errors import FolderBusy, StoreUnavailable
from bot.keyfile import open_keys, prepare_folder
from bot.lock import folder_lock
from bot.store import DATABASE, open_store
from bot.store.migrations import MIGRATIONS
from bot.store.sqlite import SqliteStore


@asynccontextmanager
async def store_beside(folder: Path, given: str | None) -> AsyncIterator[SqliteStore]:
    """Give the store, shared with the service when it works in the folder, held when it does not.

    SQLite lets two programs write in turn; what one wrote, the other reads at its next question. For short work.

    Args:
        folder: the data folder.
        given: the value of PASSERELLE_CLE, if keys are given so.

    Raises:
        OperatorError: the folder, the key or the database cannot be used, or the service is of an earlier version.
    """
    prepare_folder(folder)
    with ExitStack() as held:
        try:
            held.enter_context(folder_lock(folder))
        except FolderBusy:
            if not (folder / DATABASE).is_file():
                raise
            opening = _shared(folder, given)
        else:
            opening = open_store(folder, given)
        store = await opening
        try:
            yield store
        finally:
            await store.close()


async def _shared(folder: Path, given: str | None) -> SqliteStore:
    """Open the file beside the service, which never finds its tables changed under it."""
    path = folder / DATABASE
    with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True)) as connection:
        if MIGRATIONS.pending(Database(connection, execute_plugins=False)):
            what = "Le service qui travaille dans ce dossier est d'une version plus ancienne que cette commande."
            raise StoreUnavailable(what, "relancez le service, puis refaites la commande")
    return await SqliteStore.open(path, Vault(open_keys(folder, given, path)))
