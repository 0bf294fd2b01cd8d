"""Our own forms: everything as JSON, services and places as a flat CSV for a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.spreadsheet import csv_text
from knowledge.base import Model
from knowledge.content import Knowledge
from knowledge.model import Place, Service

COLUMNS = (
    "genre", "id", "nom", "service", "resume", "pour_qui", "organisme", "cout", "rendez_vous", "adresse", "code_postal",
    "arrondissement", "lat", "lon", "telephone", "courriel", "site", "horaires", "horaires_vacances", "verifie_le",
    "confiance", "sources", "licences",
)  # fmt: skip


def everything(knowledge: Knowledge) -> dict[str, list[dict[str, Any]]]:
    """Return every entry with the keys that editors write."""
    groups: dict[str, Sequence[Model]] = {
        "droits": knowledge.rights,
        "services": knowledge.services,
        "numeros": knowledge.helplines,
        "lieux": knowledge.places,
        "jalons": knowledge.milestones,
        "parametres": knowledge.parameter_files,
    }
    return {
        name: [each.model_dump(mode="json", by_alias=True, exclude_defaults=True) for each in group]
        for name, group in groups.items()
    }


def table(knowledge: Knowledge) -> str:
    """Return services and places, one a line, as CSV with semicolons, each line with its licences."""
    listed: tuple[Service | Place, ...] = (*knowledge.services, *knowledge.places)
    return csv_text(COLUMNS, map(_row, listed))


def _row(each: Service | Place) -> dict[str, Any]:
    made = each.model_dump(mode="json", by_alias=True)
    row: dict[str, Any] = {key: made.get(key) for key in COLUMNS}
    row["genre"] = each.kind
    row["verifie_le"], row["confiance"] = each.freshness.checked_on.isoformat(), each.freshness.confidence
    row["sources"] = " | ".join(source.title for source in each.sources)
    row["licences"] = " | ".join(dict.fromkeys(source.licence or "non dite" for source in each.sources))
    return row
