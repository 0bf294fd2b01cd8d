"""Writes CSV that French spreadsheets open with their accents by a double click, and that they do not run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

_BOM = "\ufeff"


def csv_text(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    """Return rows as CSV with semicolons, a mark for UTF-8 first; None is empty, lists are joined by « | »."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({key: _cell(row.get(key)) for key in columns} for row in rows)
    return _BOM + out.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, list | tuple):
        value = " | ".join(map(str, value))
    text = "" if value is None else str(value)
    # A cell that starts like a formula would be run.
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t") else text
