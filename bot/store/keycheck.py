"""Refuses to work on data with the wrong keys: people would silently become strangers to the service."""

import sqlite3

from bot.crypto import Vault
from bot.errors import KeyringError
from bot.store.reseal import keys_in_use


def check_keys(connection: sqlite3.Connection, vault: Vault) -> None:
    """Note at the first opening which key names people; later, check that all keys in use are there.

    Raises:
        KeyringError: it names the id of the missing key, never a key.
    """
    connection.execute("INSERT OR IGNORE INTO notes VALUES ('naming_key', ?)", (vault.naming_key,))
    named_by = connection.execute("SELECT value FROM notes WHERE name = 'naming_key'").fetchone()[0]
    if named_by != vault.naming_key:
        raise _missing(named_by)
    for key_id in keys_in_use(connection) - vault.key_ids:
        raise _missing(key_id.hex())


def _missing(key_id: str) -> KeyringError:
    return KeyringError(
        f"Les données ont été chiffrées avec une autre clé (clé {key_id}).",
        "remettez le fichier de clé ou la valeur de PASSERELLE_CLE d'avant ; après un changement de clé,"
        " gardez l'ancienne en premier et la nouvelle en dernier",
    )
