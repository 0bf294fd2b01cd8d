"""The full-text tables in memory: SQLite FTS5, BM25 with weighted fields. It gives candidates; ranking is elsewhere.

Words are folded and stemmed before they come in, so SQLite only splits at spaces. Queries are built from such
words alone, each between quotes: nothing typed is ever read as FTS or SQL syntax.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from threading import Lock

from knowledge.search_entries import ALIAS, ASKED, FOREIGN, NEED, SUMMARY, TEXT, Found

_COLUMNS = ("nom", "mots", "langues", "resume", "texte")
_WEIGHTS = "10.0, 6.0, 6.0, 3.0, 1.0"
TOKENS = "unicode61 remove_diacritics 0 categories 'L* N* Co M*'"


class Table:
    """One full-text table; reading is thread-safe."""

    def __init__(self, rows: Sequence[Found]) -> None:
        self._base = sqlite3.connect(":memory:", check_same_thread=False)
        self._lock = Lock()
        columns = ", ".join(_COLUMNS)
        self._base.execute(
            f"CREATE VIRTUAL TABLE entries USING fts5({columns}, content='', tokenize=\"{TOKENS}\", prefix='2 3 4')"
        )
        marks = ", ".join("?" * (len(_COLUMNS) + 1))
        self._base.executemany(
            f"INSERT INTO entries (rowid, {columns}) VALUES ({marks})",  # noqa: S608 - our own column names
            ((number, *_texts(row)) for number, row in enumerate(rows)),
        )
        self._base.execute("INSERT INTO entries (entries) VALUES ('optimize')")
        self._base.commit()

    def best(self, tokens: Iterable[str], starts: Iterable[str], limit: int) -> list[tuple[int, float]]:
        """Return (row number, BM25, higher is better) of rows that hold a token or a word with one of the starts."""
        parts = [f'"{token}"' for token in sorted(tokens)] + [f'"{start}"*' for start in starts]
        if not parts:
            return []
        with self._lock:
            found = self._base.execute(
                f"SELECT rowid, -bm25(entries, {_WEIGHTS}) FROM entries WHERE entries MATCH ?"  # noqa: S608
                " ORDER BY 2 DESC, rowid LIMIT ?",
                (" OR ".join(parts), limit),
            )
            return [(int(number), float(score)) for number, score in found]


def _texts(row: Found) -> tuple[str, ...]:
    groups = (range(ALIAS), (ALIAS, NEED, ASKED), (FOREIGN,), range(SUMMARY, SUMMARY + 2), (TEXT,))
    return tuple(" ".join(word for number in group for word in row.columns[number]) for group in groups)
