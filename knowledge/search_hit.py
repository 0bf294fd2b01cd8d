"""What a search finds: one entry with the reason, grouped by kind, and in the form of ``--json``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from knowledge.content import Knowledge
from knowledge.imported import ImportedPlace
from knowledge.model import Place, Service
from knowledge.search_entries import Kind
from knowledge.search_rank import Match


@dataclass(frozen=True, slots=True)
class Hit:
    """One entry found: how well (higher is better, about 0 to 20), why, and whether it is only near."""

    id: str
    kind: Kind
    score: float
    reason: tuple[Match, ...] = ()
    near: bool = False
    """Nothing typed was surely met: a guess, or a person to ask."""
    place: ImportedPlace | None = None
    """The place itself, when nobody checked it: imported from public data."""

    @property
    def repaired(self) -> tuple[tuple[str, str], ...]:
        """Words typed that were read as others: (typed, read)."""
        return tuple((match.typed, match.found) for match in self.reason if match.repaired)


def grouped(hits: Iterable[Hit]) -> dict[Kind, tuple[Hit, ...]]:
    """Return hits by kind, the kind of the best hit first, each in its order."""
    groups: dict[Kind, list[Hit]] = {}
    for hit in hits:
        groups.setdefault(hit.kind, []).append(hit)
    return {kind: tuple(listed) for kind, listed in groups.items()}


class Searching(Protocol):
    """What searches: an index alone, or with imported places."""

    def search(self, text: str, limit: int = 10, district: int | None = None) -> tuple[Hit, ...]:
        """Return what a text may be looking for, best first."""


def search_line(index: Searching, knowledge: Knowledge, text: str, limit: int = 10) -> dict[str, Any]:
    """Return hits in the documented form of ``passerelle search --json``."""
    return {"requete": text, "resultats": [_line(knowledge, hit) for hit in index.search(text, limit)]}


def _line(knowledge: Knowledge, hit: Hit) -> dict[str, Any]:
    entry = hit.place or (knowledge.topic_by_id[hit.id] if hit.kind == "theme" else knowledge.by_id[hit.id])
    place = entry if isinstance(entry, Place | ImportedPlace) else None
    service = knowledge.by_id.get(place.service) if place else entry
    line = {
        "id": hit.id,
        "genre": hit.kind,
        "type": (service.type or service.id) if isinstance(service, Service) else None,
        "nom": entry.name,
        "arrondissement": place.district if place else None,
        "score": hit.score,
    }
    unchecked = {"verifie": False, "source": hit.place.source} if hit.place else {}
    return line | ({"fiche": place.service} if place else {}) | unchecked
