"""Which rows are sealed, and how they are sealed again after a change of keys."""

import sqlite3

from bot.crypto import Vault, is_sealed, key_id_of
from bot.errors import SealError

SEALED = {
    "sessions": "session",
    "pending": "update",
    "messages": "message",
    "offers": "offer",
    "outbox": "outbox",
    "reminders": "reminder",
    "relays": "relay",
    "relay_queue": "relay-queue",
    "relay_topics": "relay-topic",
    "staff": "staff",
    "staff_invites": "staff-invite",
    "staff_log": "staff-log",
    "news": "news",
    "campaigns": "campaign",
    "counts": "counts",
    "suggestions": "suggestion",
}
"""Table -> what its bodies were sealed as; a table with a ``body`` that is not here would be lost at a rotation."""


def keys_in_use(connection: sqlite3.Connection) -> set[bytes]:
    """Return the ids of the keys that sealed what is kept; a damaged row, which names none, is left out."""
    queries = (f"SELECT substr(body, 1, 5) FROM {table} WHERE length(body) > 0" for table in SEALED)  # noqa: S608
    heads = {head for (head,) in connection.execute(" UNION ".join(queries))}
    return {key_id_of(head) for head in heads if is_sealed(head)}


def reseal(connection: sqlite3.Connection, vault: Vault) -> int:
    """Seal with the newest key what older ones sealed; return how many rows, all in the caller's transaction.

    A row that does not open is left as it is: nobody can read it, and the purge takes it.
    """
    return sum(_table(connection, vault, table, purpose) for table, purpose in SEALED.items())


def _table(connection: sqlite3.Connection, vault: Vault, table: str, purpose: str) -> int:
    done = 0
    rows = connection.execute(f"SELECT rowid, person, body FROM {table} WHERE length(body) > 0").fetchall()  # noqa: S608
    for rowid, person, body in rows:
        if key_id_of(body) == vault.sealing_key:
            continue
        try:
            sealed = vault.seal(purpose, person, vault.open(purpose, person, body))
        except SealError:
            continue
        connection.execute(f"UPDATE {table} SET body = ? WHERE rowid = ?", (sealed, rowid))  # noqa: S608
        done += 1
    return done
