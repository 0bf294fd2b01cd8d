"""Places imported from public data sets: one read-only SQLite file, looked up where it lies, never held as objects.

Nobody checked these places by hand: whoever shows one says so, with its source and the day of its record. The file is
made by ``passerelle import``; a new one is taken at the next look-up, an absent or damaged one means no such places.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

from knowledge.addresses import address_key
from knowledge.folding import fold
from knowledge.geography import CENTRE, NEIGHBOURS, nearest
from knowledge.model import Place

IMPORTED_FILE = "lieux-importes.sqlite"
FORMAT = 1
"""Kept in ``user_version``: a file of another format is not read."""

_COLUMNS = (
    "p.public_id, p.service, p.name, p.address, p.postcode, p.district, p.latitude, p.longitude, p.phone, p.email, "
    "p.website, p.hours, p.dated, p.changed_on, l.title, p.attribution, l.licence, l.url, p.duplicate_of"
)
# What left its source, has no card, or doubles another import is never read; what doubles a place kept by people is
# read and judged here, since people may have removed theirs meanwhile.
_SHOWN = (
    "FROM place p JOIN lot l ON l.id = p.lot WHERE p.service IS NOT NULL AND p.gone_on IS NULL AND p.twin_of IS NULL"
)
_NEAR = f"SELECT {_COLUMNS} {_SHOWN} AND p.service = ? AND p.district = ?"
_NAMED = f"SELECT {_COLUMNS} {_SHOWN} AND p.id IN (SELECT rowid FROM words WHERE words MATCH ? LIMIT ?)"  # noqa: S608
_ONE = f"SELECT {_COLUMNS} {_SHOWN} AND p.public_id = ?"


@dataclass(frozen=True, slots=True)
class ImportedPlace:
    """One place as its source gives it; ``dated``: the day of the source's record, None when it does not say."""

    id: str
    service: str
    name: str
    address: str
    postcode: str
    district: int
    latitude: float | None
    longitude: float | None
    phone: str | None
    email: str | None
    website: str | None
    hours: str | None
    dated: date | None
    imported_on: date
    source: str
    attribution: str | None
    licence: str
    url: str | None
    duplicate_of: str | None = None
    """Id of the place kept by people that it doubles."""


class Lot(NamedTuple):
    """One imported data set: its id, title, licence, official page, and how many of its places may be shown."""

    id: str
    title: str
    licence: str
    url: str | None
    places: int


Stamp = tuple[int, int, int]


class ImportedPlaces:
    """The imported places of one file; reading is thread-safe and follows the file when it is replaced.

    Args:
        path: the file, which may not exist; None: there are no such places.
        trouble: told the kind of error when the file is there but cannot be read.
    """

    def __init__(self, path: Path | None, trouble: Callable[[str], None] = lambda _: None) -> None:
        self._path, self._trouble = path, trouble
        self._lock = Lock()
        self._stamp: Stamp | None = None
        self._base: sqlite3.Connection | None = None

    @property
    def present(self) -> bool:
        """Tell whether there is a file to read."""
        with self._lock:
            return self._current() is not None

    def near(
        self, service: str, district: int, verified: Iterable[Place] = (), known: Collection[str] = (), limit: int = 3
    ) -> tuple[ImportedPlace, ...]:
        """Return imported places of a service: those of the arrondissement, else those of its neighbours.

        Args:
            service: id of the service's card.
            district: 1 to 20.
            verified: the places of that service kept by people; what they hold already is left out.
            known: ids of the places kept by people.
            limit: how many at most.
        """
        here = CENTRE if district in CENTRE else (district,)
        for ring in (here, NEIGHBOURS[district]):
            rows = [row for number in ring for row in self._read(_NEAR, (service, number))]
            found = _unheld(rows, tuple(verified), known)
            if found:
                return tuple(nearest(found, district, limit))
        return ()

    def named(self, query: str, known: Collection[str] = (), limit: int = 40) -> tuple[ImportedPlace, ...]:
        """Return places that hold the words of a full-text query, in no order; a bad query finds nothing."""
        return tuple(_unheld(self._read(_NAMED, (query, limit)), (), known))

    def get(self, name: str) -> ImportedPlace | None:
        """Return one place by its id (``imp-...``), None when there is none to show."""
        rows = self._read(_ONE, (name,))
        return _place(rows[0]) if rows else None

    def lots(self) -> tuple[Lot, ...]:
        """Return the data sets of the file, by id."""
        shown = f"(SELECT count(*) {_SHOWN} AND p.lot = lot.id)"
        rows = self._read(f"SELECT id, title, licence, url, {shown} FROM lot ORDER BY id", ())  # noqa: S608
        return tuple(Lot(*row) for row in rows)

    def _read(self, query: str, values: Sequence[Any]) -> list[Any]:
        with self._lock:
            base = self._current()
            if base is None:
                return []
            try:
                return base.execute(query, values).fetchall()
            except sqlite3.Error as error:
                self._trouble(type(error).__name__)
                return []

    def _current(self) -> sqlite3.Connection | None:
        """Return the file as it is now: it is replaced whole, never written to."""
        if self._path is None:
            return None
        try:
            found = self._path.stat()
            stamp = (found.st_ino, found.st_mtime_ns, found.st_size)
        except OSError:
            stamp = None
        if stamp != self._stamp:
            if self._base is not None:
                self._base.close()
            self._stamp, self._base = stamp, self._opened(self._path) if stamp else None
        return self._base

    def _opened(self, path: Path) -> sqlite3.Connection | None:
        base = None
        try:
            address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
            base = sqlite3.connect(address, uri=True, check_same_thread=False, isolation_level=None)
            if base.execute("PRAGMA user_version").fetchone() == (FORMAT,):
                return base
            self._trouble("FormatInconnu")
        except sqlite3.Error as error:
            self._trouble(type(error).__name__)
        if base is not None:
            base.close()
        return None


def _place(row: Sequence[Any]) -> ImportedPlace:
    values = list(row)
    values[12:14] = [date.fromisoformat(each) if each else None for each in row[12:14]]
    return ImportedPlace(*values)


def _unheld(rows: Iterable[Any], verified: tuple[Place, ...], known: Collection[str]) -> list[ImportedPlace]:
    """Return the places that people do not keep already: matched at the import, or plainly the same since."""
    held = {key for place in verified for key in _plain_keys(place)}
    places = [_place(row) for row in rows if row[-1] not in known]
    return [place for place in places if held.isdisjoint(_plain_keys(place))] if held else places


def _plain_keys(place: Place | ImportedPlace) -> tuple[tuple[int, str, str], ...]:
    where = address_key(place.address)
    if not where:
        return ()
    names = (fold(place.name), "".join(filter(str.isdecimal, place.phone or "")))
    return tuple((place.district, where, name) for name in names if name)
