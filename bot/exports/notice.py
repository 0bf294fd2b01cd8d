"""Under which terms what is exported may be used again, said inside the file itself."""

from __future__ import annotations

from datetime import date
from typing import Any

from knowledge.content import Knowledge
from knowledge.model import Entry

TEXTS = "Textes des fiches : Passerelle, licence GNU AGPL version 3 ou suivante (fichier LICENSE du projet)."
FACTS = (
    "Adresses et faits : chaque source garde sa licence. Une base faite à partir de lieux de la Ville de Paris "
    "reste sous ODbL 1.0. Citez les sources et la date."
)
SCHEMA = "Schéma : data·inclusion v1, GIP Plateforme de l'inclusion, Licence Ouverte 2.0."


def notice(knowledge: Knowledge, on: date, *, schema: bool = False) -> dict[str, Any]:
    """Return the terms, the day, and every source of services and places with its licence, each once."""
    entries: tuple[Entry, ...] = (*knowledge.services, *knowledge.places)
    listed = {
        (source.title, source.url or source.reference, source.licence) for each in entries for source in each.sources
    }
    sources = [
        {"titre": title, "ou": where, "licence": licence or "non dite"}
        for title, where, licence in sorted(listed, key=lambda each: tuple(map(str, each)))
    ]
    terms = [TEXTS, FACTS, SCHEMA] if schema else [TEXTS, FACTS]
    return {"le": on.isoformat(), "conditions": terms, "version": knowledge.version, "sources": sources}
