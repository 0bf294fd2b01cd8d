"""The SQL of the store, one function for each thing asked; bodies are already sealed, times are seconds.

Each runs inside a transaction that its caller holds, or is a single reading.
"""

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.errors import AlreadyProcessed
from bot.store.protocol import LATEST, LIVES, PROCESSED_LIFE, seconds, until

Row = Any  # a tuple whose columns the caller named in the query
OutboxRow = tuple[str, str, bytes, int]
_ERASE = (
    "DELETE FROM sessions WHERE person = ?",
    "DELETE FROM pending WHERE person = ?",
    "DELETE FROM offers WHERE person = ?",
    "DELETE FROM outbox WHERE person = ? AND state = 'queued'",
    # A message on its way keeps its row, without its words, so that its reference can still be noted.
    "UPDATE outbox SET state = 'erased', body = x'' WHERE person = ?",
    # A relay ends at once; its topic, which has no link to the person any more, is deleted soon after.
    "DELETE FROM relays WHERE person = ?",
    "DELETE FROM relay_queue WHERE person = ?",
    "DELETE FROM campaign_people WHERE person = ?",
)
_FORGET = ("DELETE FROM reminders WHERE person = ?", "DELETE FROM news WHERE person = ?")
_LEAVE = (
    # The phone may be in somebody else's hands: nothing is sent until the person asks for it again.
    "UPDATE reminders SET state = 'pause', rev = rev + 1 WHERE person = ?",
    "UPDATE news SET state = 'pause' WHERE person = ? AND state IN ('oui', 'encore')",
)
_GONE = ("DELETE FROM staff WHERE person = ?",)
_PURGE = (
    "DELETE FROM sessions WHERE expires_at <= ?",
    "DELETE FROM pending WHERE expires_at <= ?",
    "DELETE FROM processed WHERE expires_at <= ?",
    "DELETE FROM messages WHERE expires_at <= ?",
    "DELETE FROM offers WHERE expires_at <= ?",
    "DELETE FROM outbox WHERE expires_at <= ?",
    # The relay ends its own rows before; these are for those it could not, and for groups that are there no more.
    "DELETE FROM relays WHERE expires_at <= ?",
    "DELETE FROM relay_queue WHERE expires_at <= ?",
    "DELETE FROM relay_topics WHERE expires_at <= ?",
    "DELETE FROM staff WHERE expires_at <= ?",
    "DELETE FROM staff_invites WHERE expires_at <= ?",
    "DELETE FROM staff_log WHERE expires_at <= ?",
    "DELETE FROM campaign_people WHERE expires_at <= ?",
    # Two years after its end, the words and the counts of a campaign go too.
    "DELETE FROM campaigns WHERE state IN ('fini', 'arrete') AND changed_at + 63072000 <= ?",
    "DELETE FROM suggestions WHERE expires_at <= ?",
)


def session(connection: sqlite3.Connection, person: str, now: int) -> Row | None:
    """Return the language and body of a living session, or None."""
    query = "SELECT language, body FROM sessions WHERE person = ? AND expires_at > ?"
    return connection.execute(query, (person, now)).fetchone()


def save_session(connection: sqlite3.Connection, row: tuple[str, str, bytes, int]) -> None:
    """Put a session (person, language, body, end) in the place of the one before."""
    connection.execute("INSERT OR REPLACE INTO sessions VALUES (?, ?, ?, ?)", row)


def forget_session(connection: sqlite3.Connection, person: str) -> None:
    """Delete a session, if there is one."""
    connection.execute("DELETE FROM sessions WHERE person = ?", (person,))


def receive(connection: sqlite3.Connection, row: tuple[int, str, bytes, int]) -> bool:
    """Keep an update (id, person, body, end); False when its id is known."""
    if _is_processed(connection, row[0]):
        return False
    return connection.execute("INSERT OR IGNORE INTO pending VALUES (?, ?, ?, ?)", row).rowcount == 1


def pending(connection: sqlite3.Connection, now: int) -> list[Row]:
    """Return (id, person, body) of living updates, by id."""
    query = "SELECT update_id, person, body FROM pending WHERE expires_at > ? ORDER BY update_id"
    return connection.execute(query, (now,)).fetchall()


def claim(connection: sqlite3.Connection, update_id: int | None, now: datetime) -> None:
    """Mark an update as processed; AlreadyProcessed if it was."""
    if update_id is None:
        return
    if _is_processed(connection, update_id):
        raise AlreadyProcessed
    row = (update_id, until(now, PROCESSED_LIFE))
    connection.execute("INSERT INTO processed VALUES (?, ?)", row)
    connection.execute("DELETE FROM pending WHERE update_id = ?", (update_id,))


def queue(connection: sqlite3.Connection, rows: Sequence[OutboxRow]) -> list[int]:
    """Add messages (person, kind, body, end) to the outbox; return their ids, in order."""
    query = "INSERT INTO outbox (person, kind, state, body, expires_at) VALUES (?, ?, 'queued', ?, ?)"
    return [connection.execute(query, row).lastrowid or 0 for row in rows]


def sending(connection: sqlite3.Connection, outbox_id: int, now: int) -> bool:
    """Mark a living message as being sent; False when there is none."""
    query = "UPDATE outbox SET state = 'sending' WHERE id = ? AND state <> 'erased' AND expires_at > ?"
    return connection.execute(query, (outbox_id, now)).rowcount == 1


def leave(connection: sqlite3.Connection, outbox_id: int) -> str | None:
    """Delete a message from the outbox; return whose it was, None when it is not there."""
    query = "DELETE FROM outbox WHERE id = ? RETURNING person"
    rows = connection.execute(query, (outbox_id,)).fetchall()
    return str(rows[0][0]) if rows else None


def due(connection: sqlite3.Connection, now: int) -> list[Row]:
    """Return (id, person, kind, state, body) of living messages, oldest first."""
    query = "SELECT id, person, kind, state, body FROM outbox WHERE state <> 'erased' AND expires_at > ? ORDER BY id"
    return connection.execute(query, (now,)).fetchall()


def remember(connection: sqlite3.Connection, row: tuple[str, bytes, int]) -> None:
    """Keep the reference of a message (person, body, end)."""
    connection.execute("INSERT INTO messages (person, body, expires_at) VALUES (?, ?, ?)", row)


def messages(connection: sqlite3.Connection, person: str, now: int) -> list[Row]:
    """Return (id, person, body) of living references, oldest first."""
    query = "SELECT id, person, body FROM messages WHERE person = ? AND expires_at > ? ORDER BY id"
    return connection.execute(query, (person, now)).fetchall()


def forget_messages(connection: sqlite3.Connection, ids: Sequence[int]) -> None:
    """Delete references by id."""
    connection.executemany("DELETE FROM messages WHERE id = ?", [(row_id,) for row_id in ids])


def offer(connection: sqlite3.Connection, row: tuple[str, str, bytes, int]) -> None:
    """Keep an offer (code name, person, body, end)."""
    connection.execute("INSERT INTO offers VALUES (?, ?, ?, ?)", row)


def take(connection: sqlite3.Connection, code: str, now: int) -> list[Row]:
    """Delete an offer; return its (person, body) if it was alive, else nothing."""
    query = "DELETE FROM offers WHERE code = ? RETURNING person, body, expires_at > ?"
    rows = connection.execute(query, (code, now)).fetchall()
    return [(person, body) for person, body, alive in rows if alive]


def erase(
    connection: sqlite3.Connection, person: str, now: datetime, *, fast: bool = False, gone: bool = False
) -> bool:
    """Delete all of a person but message references; its pending updates count as processed.

    ``fast`` pauses reminders and news instead of deleting them; ``gone`` deletes a place in the team too.
    Return whether there is a place left.
    """
    query = "INSERT OR IGNORE INTO processed SELECT update_id, ? FROM pending WHERE person = ?"
    connection.execute(query, (until(now, PROCESSED_LIFE), person))
    for statement in (*_ERASE, *(_LEAVE if fast else _FORGET), *(_GONE if gone else ())):
        connection.execute(statement, (person,))
    query = "SELECT 1 FROM staff WHERE person = ? AND expires_at > ?"
    return connection.execute(query, (person, seconds(now))).fetchone() is not None


def purge(connection: sqlite3.Connection, now: int) -> int:
    """Delete every row past its time; return how many.

    Rows kept by a clock that was ahead would live longer by as much: they get their life from now on, no more.
    """
    for table, life in LIVES.items():
        end = now + int(life.total_seconds())
        connection.execute(f"UPDATE {table} SET expires_at = ? WHERE expires_at > ?", (end, end))  # noqa: S608
    for table, time in LATEST.items():
        due = now + int(time.total_seconds())
        connection.execute(f"UPDATE {table} SET due_at = ? WHERE due_at > ?", (due, due))  # noqa: S608
    return sum(connection.execute(statement, (now,)).rowcount for statement in _PURGE)


def _is_processed(connection: sqlite3.Connection, update_id: int) -> bool:
    query = "SELECT 1 FROM processed WHERE update_id = ?"
    return connection.execute(query, (update_id,)).fetchone() is not None
