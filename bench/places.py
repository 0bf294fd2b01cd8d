"""Imported places by the thousand, made from the real ones: the same streets at other numbers, the same names numbered."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from bot.imports.mapping import ImportSource
from bot.imports.run import Order, run_import
from knowledge.content import Knowledge

DAY = date(2026, 11, 22)
_COLUMNS = ("id", "nom", "adresse", "code_postal", "lat", "lon", "telephone", "service")


def table(knowledge: Knowledge, path: Path, count: int = 20_000) -> None:
    """Write a CSV of ``count`` places, spread over all services and arrondissements as the real ones are."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(_COLUMNS)
        services = [service.id for service in knowledge.services if service.id not in _SECRET]
        for number in range(count):
            place = knowledge.places[number % len(knowledge.places)]
            service = services[number // len(knowledge.places) % len(services)]
            street = place.address.lstrip("0123456789 ")
            shift = (number % 97 - 48) * 1e-4
            point = (
                (place.latitude + shift, place.longitude - shift) if place.latitude and place.longitude else ("", "")
            )
            row = (number, f"{place.name} {number % 211}", f"{number % 250 + 1} {street}", place.postcode, *point)
            writer.writerow((*row, place.phone or "", service))


_SECRET = {"hebergement-violences", "centre-maternel", "enfants-exposes-violences"}


def source(knowledge: Knowledge) -> ImportSource:
    """Return the description of that table."""
    rules = [
        {"service": each.id, "quand": {"service": each.id}} for each in knowledge.services if each.id not in _SECRET
    ]
    fields = {name: name for name in ("nom", "adresse", "code_postal", "lat", "lon", "telephone")}
    return ImportSource.model_validate(
        {
            "id": "banc", "titre": "Banc d'essai", "page": "https://www.data.gouv.fr/", "licence": "essai", "format": "csv",
            "identifiant": "id", "champs": fields, "services": rules,
        }
    )  # fmt: skip


def bring(knowledge: Knowledge, folder: Path, count: int = 20_000) -> None:
    """Make the file of imported places of a data folder."""
    path = folder / "banc.csv"
    table(knowledge, path, count)
    run_import(Order(source(knowledge), path, folder, DAY), knowledge)
    path.unlink()
