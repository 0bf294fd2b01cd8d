"""What of a backup comes back at a restore, and what the database being replaced knows better.

What was sent may not be sent twice, what was erased may not come back, and who ended something since the backup is not
asked again.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from bot.aside import sync_file
from bot.observatory.month import month_of

# Answers, messages and codes of a person: what was sent may not be sent twice, what was erased may not come back.
# Who ended their reminders or the news after the backup must not be written to again.
# A relay may have ended after it too: only its topic comes back, to be deleted.
# An invitation that was used since may not open again.
_NEVER = (
    "outbox",
    "pending",
    "reminders",
    "relays",
    "relay_queue",
    "staff_invites",
    "news",
    "campaign_people",
)
_PRESENT = {
    "reminders": "person, state, day, rev, body",
    "news": "person, state, body, expires_at",
    "staff": "person, body, expires_at",
}
"""What is taken from the database being replaced instead: it knows who ended theirs, and who left the team."""
_TOPICS = "relay, person, due_at, body, expires_at"
"""Of both: a topic opened since the backup holds a family's words, and has to be deleted in its time."""
_SESSIONS = ("sessions", "offers")
_TEAM = ("staff",)
# A campaign that was to be sent may have been since: only a person may send it, again approved.
_NOT_AGAIN = "UPDATE campaigns SET state = 'arrete' WHERE state IN ('accord', 'programme', 'envoi', 'pause')"
_LEFT_OUT = (
    # Words that their author could still take back when the backup was made: they may have been since.
    "DELETE FROM suggestions WHERE day >= (SELECT max(day) FROM suggestions) - 1",
    # A month is published once: what was counted in one that is over may be published already.
    "DELETE FROM counts WHERE month < ?1 OR month IN (SELECT month FROM published)",
)


def tables_left_out(*, sessions: bool, team: bool) -> tuple[str, ...]:
    """Return the tables of a backup that do not come back; see ``bot.backup.restore`` for the two wishes."""
    return (*_NEVER, *(() if sessions else _SESSIONS), *(() if team else _TEAM))


def leave_out(connection: sqlite3.Connection, tables: tuple[str, ...], now: datetime) -> None:
    """Take out of a copied backup what may not come back at this moment."""
    for table in tables:
        connection.execute(f"DELETE FROM {table}")  # noqa: S608
    connection.execute(_LEFT_OUT[0])
    connection.execute(_LEFT_OUT[1], (month_of(now),))
    connection.execute(_NOT_AGAIN)


def keep_present(present: Path, making: Path, left_out: tuple[str, ...]) -> None:
    """Take over from the database being replaced what it knows better; nothing if it cannot be read."""
    for table in [each for each in _PRESENT if each in left_out]:
        _keep_table(table, present, making)
    _keep_topics(present, making)


def _keep_table(table: str, present: Path, making: Path) -> None:
    """Take a table of the database being replaced, which knows who ended theirs; nothing if it cannot be read."""
    columns = _PRESENT[table]
    with closing(sqlite3.connect(making)) as connection:
        rows = _of_present(f"SELECT {columns} FROM {table}", present, connection)  # noqa: S608
        _put(connection, table, columns, rows)
    sync_file(making)


def _keep_topics(present: Path, making: Path) -> None:
    """Add the topics of the database being replaced, and count relays on from there: a number is never used again."""
    with closing(sqlite3.connect(making)) as connection:
        topics = _of_present(f"SELECT {_TOPICS} FROM relay_topics", present, connection)  # noqa: S608
        counted = _of_present("SELECT seq FROM sqlite_sequence WHERE name = 'relays'", present, connection)
        _put(connection, "relay_topics", _TOPICS, topics)
        ours = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'relays'").fetchall()
        if highest := max([*counted, *ours], default=None):
            with connection:
                connection.execute("DELETE FROM sqlite_sequence WHERE name = 'relays'")
                connection.execute("INSERT INTO sqlite_sequence VALUES ('relays', ?)", highest)
    sync_file(making)


def _of_present(query: str, present: Path, making: sqlite3.Connection) -> list[tuple[Any, ...]]:
    """Return rows of the database being replaced; none if it cannot be read, or names people otherwise.

    Its journal is in the file by now; it is only read, as it lies.
    """
    name = "SELECT value FROM notes WHERE name = 'naming_key'"
    with (
        suppress(sqlite3.Error),
        closing(sqlite3.connect(f"file:{quote(str(present))}?mode=ro&immutable=1", uri=True)) as read,
    ):
        if read.execute(name).fetchone() == making.execute(name).fetchone():
            return read.execute(query).fetchall()
    return []


def _put(connection: sqlite3.Connection, table: str, columns: str, rows: list[tuple[Any, ...]]) -> None:
    marks = ", ".join("?" * len(columns.split(",")))
    with connection:
        connection.executemany(f"INSERT OR REPLACE INTO {table} ({columns}) VALUES ({marks})", rows)  # noqa: S608
