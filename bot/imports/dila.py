"""Reads the directory of the administration (DILA): its own export, and the form that a public copy gives it. Pure.

Structured fields may come as JSON texts; only the address of type « Adresse » is a place to go to.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.imports.json_rows import json_rows
from bot.imports.rows import Item, Row, Tick

_DAYS = {
    "lundi": "Mo",
    "mardi": "Tu",
    "mercredi": "We",
    "jeudi": "Th",
    "vendredi": "Fr",
    "samedi": "Sa",
    "dimanche": "Su",
}
_STRUCTURED = ("pivot", "adresse", "telephone", "site_internet", "adresse_courriel", "plage_ouverture")
_KINDS = {"COURRIEL": "adresse_courriel", "TELEPHONE": "telephone", "SITE_INTERNET": "site_internet"}
_DERIVED = "donnees_annuaire_local"

Record = dict[str, Any]


def dila_rows(path: Path, tick: Tick = lambda _: None) -> Iterator[Item]:
    """Yield the records of a DILA file as flat columns; fields that are not flattened stay, so that losses show."""
    for item in json_rows(path, tick):
        yield Row(item.line, flat(item.values), item.raw or item.values) if isinstance(item, Row) else item


def flat(record: Record) -> Record:
    """Return one record as flat columns: id, nom, type_service_local, adresse, telephone, horaires..."""
    raw = _own_form(record) if _DERIVED in record else record
    raw = {key: _decoded(value) if key in _STRUCTURED else value for key, value in raw.items()}
    address = next((each for each in _dicts(raw, "adresse") if each.get("type_adresse") == "Adresse"), {})
    pivots = _dicts(raw, "pivot")
    slots = _dicts(raw, "plage_ouverture")
    hours = _hours(slots, raw.get("commentaire_plage_ouverture"))
    found = {
        "type_service_local": [each.get("type_service_local") for each in pivots],
        "adresse": address.get("numero_voie"),
        "complement": address.get("complement1"),
        "code_postal": address.get("code_postal"),
        "code_insee_commune": raw.get("code_insee_commune") or _commune(pivots),
        "latitude": address.get("latitude"),
        "longitude": address.get("longitude"),
        "telephone": next((each.get("valeur") for each in _dicts(raw, "telephone")), None),
        "adresse_courriel": next(iter(_list(raw, "adresse_courriel")), None),
        "site_internet": next((each.get("valeur") for each in _dicts(raw, "site_internet")), None),
        "horaires": hours,
        "plage_ouverture": "" if hours or not slots else "plages avec commentaire",
    }
    return {key: value for key, value in raw.items() if key != "pivot"} | found


def _own_form(record: Record) -> Record:
    """Return a record of the derived form in the form of DILA's own export."""
    local = record.get(_DERIVED)
    local = local if isinstance(local, dict) else {}
    names, days = record.get("identifiants"), local.get("dates_source")
    raw: Record = {key: value for key, value in local.items() if key != "dates_source"}
    raw["id"] = names.get("dila_local_id") if isinstance(names, dict) else None
    raw["nom"] = record.get("nom_officiel")
    raw["date_modification"] = days.get("modification") if isinstance(days, dict) else None
    for each in _dicts(record, "coordonnees"):
        kind = str(each.get("type"))
        if kind == "ADRESSE":
            raw.setdefault("adresse", []).append(each)
        elif kind == "COURRIEL":
            raw.setdefault("adresse_courriel", []).append(each.get("valeur"))
        else:
            raw.setdefault(_KINDS.get(kind, kind.lower()), []).append(each)
    return raw


def _decoded(value: Any) -> Any:
    if isinstance(value, str) and value[:1] in "[{":
        try:
            return json.loads(value)
        except (ValueError, RecursionError):
            return value
    return value


def _list(raw: Record, key: str) -> list[Any]:
    value = raw.get(key)
    return value if isinstance(value, list) else [] if value in (None, "") else [value]


def _dicts(raw: Record, key: str) -> list[Record]:
    return [each for each in _list(raw, key) if isinstance(each, dict)]


def _commune(pivots: list[Record]) -> str | None:
    codes = [str(code) for each in pivots for code in _list(each, "code_insee_commune")]
    return codes[0] if len(codes) == 1 else None  # a service of several communes does not stand in the first


def _hours(slots: list[Record], comment: Any) -> str:
    """Return opening hours in OSM's syntax, "" when a comment says more than the hours (« 2e et 4e samedis »)."""
    if not slots or comment or any(each.get("commentaire") for each in slots):
        return ""
    rules = [_rule(each) for each in slots]
    return "; ".join(rules) if all(rules) else ""


def _rule(slot: Record) -> str:
    first, last = (_DAYS.get(str(slot.get(f"nom_jour_{end}")).lower(), "") for end in ("debut", "fin"))
    spans = [(slot.get(f"valeur_heure_debut_{n}"), slot.get(f"valeur_heure_fin_{n}")) for n in (1, 2)]
    times = [f"{str(start)[:5]}-{str(end)[:5]}" for start, end in spans if start and end]
    if not (first and last and times):
        return ""
    return f"{first if first == last else f'{first}-{last}'} {','.join(times)}"
