"""Changes the file of imported places: new and changed records, those gone from their source, those that are one place.

Each place keeps its raw record (compressed), so that what no field takes is not gone. Nothing is deleted: what left
its source is marked.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from typing import Any, Literal

from bot.imports.duplicates import Known, Twin, digits
from bot.imports.mapping import ImportSource
from bot.imports.reading import Draft, public_id
from knowledge.addresses import address_key
from knowledge.folding import fold, stem, words
from knowledge.search_entries import STEM

Fate = Literal["new", "changed", "same", "back", "repeated"]

_FIELDS = (
    "service", "name", "address", "postcode", "district", "latitude", "longitude", "phone", "email", "website",
    "hours", "dated", "attribution",
)  # fmt: skip
_SET = ", ".join(f"{name} = ?" for name in _FIELDS)
_UPDATE = f"UPDATE place SET {_SET}, digest = ?, changed_on = ?, gone_on = NULL WHERE id = ?"  # noqa: S608 - our names
_NEW = (*_FIELDS, "digest", "changed_on", "first_on", "lot", "key", "public_id")
_INSERT = f"INSERT INTO place ({', '.join(_NEW)}) VALUES ({', '.join('?' * len(_NEW))})"  # noqa: S608


class Imports:
    """The imported places, open for a change; ``touched`` tells whether anything did change."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self._base = base
        self._seen: set[int] = set()
        self.touched = False

    def lot(self, source: ImportSource, licence: str, file: str, today: date) -> None:
        """Note the data set, its licence and the file it came in; another file of the same set counts as a change."""
        row = (source.id, source.title, source.page, licence, source.priority, file)
        before = self._base.execute(
            "SELECT id, title, url, licence, priority, file FROM lot WHERE id = ?", (source.id,)
        ).fetchone()
        if before != row:
            self._base.execute("INSERT OR REPLACE INTO lot VALUES (?, ?, ?, ?, ?, ?, ?)", (*row, today.isoformat()))
            self.touched = True

    def take(self, lot: str, draft: Draft, today: date) -> Fate:
        """Put one place in, or leave it as it is; the first of two records with one key wins."""
        values = [_stored(getattr(draft, name)) for name in _FIELDS]
        record = json.dumps(draft.raw, ensure_ascii=False, sort_keys=True, default=str)
        digest = sha256(json.dumps([values, record]).encode()).hexdigest()[:32]
        before = self._base.execute(
            "SELECT id, digest, gone_on FROM place WHERE lot = ? AND key = ?", (lot, draft.key)
        ).fetchone()
        if before and before[0] in self._seen:
            return "repeated"
        fate: Fate = "new" if not before else "back" if before[2] else "same" if before[1] == digest else "changed"
        if fate == "same":
            self._seen.add(before[0])
            return fate
        self._write(before[0] if before else None, lot, draft.key, [*values, digest, today.isoformat()], record)
        return fate

    def _write(self, number: int | None, lot: str, key: str, values: list[Any], record: str) -> None:
        if number is None:
            names = (values[-1], lot, key, public_id(lot, key))
            number = self._base.execute(_INSERT, (*values, *names)).lastrowid
        else:
            self._base.execute(_UPDATE, (*values, number))
        assert number is not None
        packed = zlib.compress(record.encode("utf-8", "replace"))
        self._base.execute("INSERT OR REPLACE INTO raw VALUES (?, ?)", (number, packed))
        self._seen.add(number)
        self.touched = True

    def present(self, lot: str) -> int:
        """Return how many places of a data set have not left it."""
        return int(
            self._base.execute("SELECT count(*) FROM place WHERE lot = ? AND gone_on IS NULL", (lot,)).fetchone()[0]
        )

    def mark_gone(self, lot: str, today: date) -> list[str]:
        """Mark the places of a data set that this file does not have; return their names."""
        rows = self._base.execute("SELECT id, name FROM place WHERE lot = ? AND gone_on IS NULL ORDER BY name", (lot,))
        gone = [(number, name) for number, name in rows if number not in self._seen]
        self._base.executemany(
            "UPDATE place SET gone_on = ? WHERE id = ?", [(today.isoformat(), number) for number, _ in gone]
        )
        self.touched = self.touched or bool(gone)
        return [name for _, name in gone]

    def known(self) -> Iterator[Known]:
        """Yield every place that could be shown, as it is compared."""
        rows = self._base.execute(
            "SELECT p.public_id, p.lot, l.priority, p.service, p.district, p.name, p.address, p.phone, p.latitude, "
            "p.longitude FROM place p JOIN lot l ON l.id = p.lot WHERE p.service IS NOT NULL AND p.gone_on IS NULL"
        )
        for name, lot, rank, service, district, title, address, phone, latitude, longitude in rows:
            point = (latitude, longitude) if latitude is not None else None
            said = words(fold(title))
            yield Known(name, lot, rank, service, district, said, address_key(address), digits(phone), point)

    def mark_twins(self, found: list[Twin]) -> None:
        """Note which places double another one, and why."""
        wanted = {each.id: (each.of, None, each.why) if each.by_people else (None, each.of, each.why) for each in found}
        rows = self._base.execute("SELECT public_id, duplicate_of, twin_of, why FROM place").fetchall()
        now = {row[0]: row[1:] for row in rows}
        changed = [
            (*wanted.get(name, (None, None, None)), name) for name in now if wanted.get(name, (None,) * 3) != now[name]
        ]
        self._base.executemany("UPDATE place SET duplicate_of = ?, twin_of = ?, why = ? WHERE public_id = ?", changed)
        self.touched = self.touched or bool(changed)

    def index(self) -> None:
        """Make the full-text table anew; words are folded and stemmed as in the search over the cards."""
        rows = self._base.execute(
            "SELECT id, name, address, district FROM place "
            "WHERE service IS NOT NULL AND gone_on IS NULL AND twin_of IS NULL"
        ).fetchall()
        self._base.execute("INSERT INTO words (words) VALUES ('delete-all')")
        texts = ((number, _indexed(f"{name} {address}", district)) for number, name, address, district in rows)
        self._base.executemany("INSERT INTO words (rowid, text) VALUES (?, ?)", texts)
        self._base.execute("INSERT INTO words (words) VALUES ('optimize')")

    def counts(self, lot: str) -> tuple[int, int, int]:
        """Return how many present places of a data set have no card, double a kept place, double another import."""
        row = self._base.execute(
            "SELECT sum(service IS NULL), sum(duplicate_of IS NOT NULL), sum(twin_of IS NOT NULL) "
            "FROM place WHERE lot = ? AND gone_on IS NULL",
            (lot,),
        ).fetchone()
        return int(row[0] or 0), int(row[1] or 0), int(row[2] or 0)


def _stored(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _indexed(text: str, district: int) -> str:
    said = words(fold(text))
    return " ".join([*said, *(STEM + stem(word) for word in said), f"d{district}"])
