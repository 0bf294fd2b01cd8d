"""Refuses to work on data with the wrong keys: people would silently become strangers to the service."""

import sqlite3

from bot.crypto import Vault, key_id_of
from bot.errors import KeyringError

_HEADS = """
    SELECT substr(body, 1, 5) FROM sessions UNION SELECT substr(body, 1, 5) FROM pending
    UNION SELECT substr(body, 1, 5) FROM messages UNION SELECT substr(body, 1, 5) FROM offers
    UNION SELECT substr(body, 1, 5) FROM outbox WHERE state <> 'erased'
"""


def check_keys(connection: sqlite3.Connection, vault: Vault) -> None:
    """Note at the first opening which key names people; later, check that all keys in use are there.

    Raises:
        KeyringError: it names the id of the missing key, never a key.
    """
    connection.execute("INSERT OR IGNORE INTO notes VALUES ('naming_key', ?)", (vault.naming_key,))
    named_by = connection.execute("SELECT value FROM notes WHERE name = 'naming_key'").fetchone()[0]
    if named_by != vault.naming_key:
        raise _missing(named_by)
    for (head,) in connection.execute(_HEADS).fetchall():
        if key_id_of(head) not in vault.key_ids:
            raise _missing(key_id_of(head).hex())


def _missing(key_id: str) -> KeyringError:
    return KeyringError(
        f"Les données ont été chiffrées avec une autre clé (clé {key_id}).",
        "remettez le fichier de clé ou la valeur de PASSERELLE_CLE d'avant ; après un changement de clé,"
        " gardez l'ancienne en premier et la nouvelle en dernier",
    )
