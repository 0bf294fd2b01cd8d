"""Turns one record of a source into a place, or says why it is none. Pure: no file, no clock.

What a record says and a place has no field for is counted, so that a report tells what was lost.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any, TypeAlias

from bot.imports.mapping import ImportSource, Keep, Rule
from bot.imports.points import Position, pair_of, point_in
from bot.imports.rows import Refusal, Row
from bot.imports.values import (
    clean,
    day_of,
    district_of,
    email_of,
    folded,
    hours_of,
    is_paris,
    phone_of,
    spoken_case,
    street_of,
    website_of,
)

LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Draft:
    """A place as a source gives it; ``service``: None when no card shows it."""

    key: str
    service: str | None
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
    attribution: str | None
    raw: dict[str, Any]
    line: int
    lost: tuple[str, ...] = ()
    """Fields whose value could not be read, columns that no field takes."""
    mended: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Aside:
    """A record left out on purpose: ``hors_paris``, or ``ecarte`` by a rule of the source."""

    line: int
    why: str


Outcome: TypeAlias = Draft | Aside | Refusal


@dataclass(slots=True)
class _Notes:
    lost: list[str] = field(default_factory=list)
    mended: list[str] = field(default_factory=list)


class RowReader:
    """Reads the rows of one source on one day; ``latest``: the last value of the column ``plus_recent``."""

    def __init__(self, source: ImportSource, today: date, latest: str = "") -> None:
        self.source, self.today, self.latest = source, today, latest
        self._known = source.columns() | {column.split(".")[0] for column in source.columns()}

    def read(self, row: Row) -> Outcome:
        """Return what a record is: a place, something left out on purpose, or a refusal with its reason."""
        values = row.values
        if not all(self._keeps(keep, values) for keep in self.source.kept):
            return Aside(row.line, "ecarte")
        if self.source.latest and clean(pick(values, self.source.latest)) != self.latest:
            return Aside(row.line, "ecarte")
        codes = self._first(values, "postcode"), self._first(values, "commune")
        said = self._first(values, "district")
        if not any(map(is_paris, codes)) and district_of(said) is None:
            return Aside(row.line, "hors_paris")
        if any(code and not is_paris(code) for code in codes):
            return Aside(row.line, "hors_paris")
        name, address = self._joined(values, "name"), street_of(self._joined(values, "address"))
        districts = {found for text in (*codes, said) if (found := district_of(text)) is not None}
        problem = _problem(name, address, districts, codes[0])
        return Refusal(row.line, problem) if problem else self._draft(row, name, address, districts.pop())

    def _draft(self, row: Row, name: str, address: str, district: int) -> Draft:
        notes, values = _Notes(), row.values
        point = self._point(values, district, notes)
        rule = next((rule for rule in self.source.rules if self._fits(rule, values, name)), None)
        shown = rule.title.format_map({"nom": spoken_case(name), "adresse": address}) if rule else spoken_case(name)
        given = self._first(values, "postcode")
        postcode = given if district_of(given) == district and given[:3] != "751" else f"75{district:03d}"
        raw = _without(row.raw or values, self.source.never)
        return Draft(
            key=self._key(values, name, address, district),
            service=rule.service if rule else None,
            name=clean(shown, LONGEST_NAME),
            address=address,
            postcode="75116" if given == "75116" else postcode,
            district=district,
            latitude=point.latitude if point else None,
            longitude=point.longitude if point else None,
            phone=self._value(values, "phone", phone_of, notes),
            email=self._value(values, "email", email_of, notes),
            website=self._value(values, "website", website_of, notes),
            hours=self._value(values, "hours", hours_of, notes),
            dated=self._value(values, "dated", lambda text: day_of(text, self.today), notes),
            attribution=self._first(values, "attribution") or None,
            raw=raw,
            line=row.line,
            lost=(*notes.lost, *(key for key, value in values.items() if key not in self._known and _says(value))),
            mended=tuple(notes.mended),
        )

    def _key(self, values: Mapping[str, Any], name: str, address: str, district: int) -> str:
        named = "|".join(clean(pick(values, column)) for column in self.source.identifier).strip("|")
        return named or sha256(folded(f"{name}|{address}|{district}").encode()).hexdigest()[:20]

    def _first(self, values: Mapping[str, Any], name: str) -> str:
        found = (clean(pick(values, column)) for column in getattr(self.source.fields, name))
        return next((text for text in found if text), "")

    def _joined(self, values: Mapping[str, Any], name: str) -> str:
        found = (clean(pick(values, column)) for column in getattr(self.source.fields, name))
        return " ".join(text for text in found if text)

    def _value(self, values: Mapping[str, Any], name: str, read: Any, notes: _Notes) -> Any:
        text = self._first(values, name)
        found = read(text) if text else None
        if text and found is None:
            notes.lost.append(getattr(self.source.fields, name)[0])
        return found

    def _keeps(self, keep: Keep, values: Mapping[str, Any]) -> bool:
        found = self._parts(pick(values, keep.column))
        refused = not found.isdisjoint(map(folded, keep.none_of))
        wanted = not keep.among or not found.isdisjoint(map(folded, keep.among))
        return wanted and not refused and (bool(found) or not keep.filled)

    def _fits(self, rule: Rule, values: Mapping[str, Any], name: str) -> bool:
        met = (self._parts(pick(values, column)) & set(map(folded, wanted)) for column, wanted in rule.when.items())
        return all(met) and (not rule.named or any(folded(word) in folded(name) for word in rule.named))

    def _parts(self, value: object) -> set[str]:
        """Return the values of a cell that may hold several."""
        listed = value if isinstance(value, list) else clean(value, 5000).split(self.source.separator)
        return {folded(clean(each)) for each in listed} - {""}

    def _point(self, values: Mapping[str, Any], district: int, notes: _Notes) -> Position | None:
        pairs = [
            (self._first(values, "latitude"), self._first(values, "longitude")),
            *(pair_of(pick(values, column)) for column in self.source.fields.point),
            (self._first(values, "x"), self._first(values, "y")),
        ]
        point, note = point_in(pairs, district)
        notes.mended += [note] if note else []
        return point


def pick(values: Mapping[str, Any], column: str) -> Any:
    """Return the value of a column, « a.b » looking inside « a »; None when it is absent."""
    if column in values:
        return values[column]
    found: Any = values
    for step in column.split("."):
        found = found.get(step) if isinstance(found, Mapping) else None
    return found


def public_id(source: str, key: str) -> str:
    """Return the id of an imported place: it stays the same from one import to the next."""
    return f"imp-{sha256(f'{source}:{key}'.encode()).hexdigest()[:12]}"


def _without(raw: dict[str, Any], never: Collection[str]) -> dict[str, Any]:
    """Return a record without some keys, inside GeoJSON's properties too: what is about a person is not kept."""
    kept = {key: value for key, value in raw.items() if key not in never}
    return {key: _without(value, never) if isinstance(value, dict) else value for key, value in kept.items()}


def _problem(name: str, address: str, districts: set[int], postcode: str) -> str:
    if len(name) < 2:
        return "sans nom"
    if len(address) < 4:
        return "sans adresse"
    if not districts:
        return f"arrondissement inconnu (code postal « {postcode} »)"
    if len(districts) > 1:
        return f"arrondissements contradictoires : {', '.join(map(str, sorted(districts)))}"
    return ""


def _says(value: Any) -> bool:
    return value not in (None, "", [], {}) and clean(value) not in ("nan",)
