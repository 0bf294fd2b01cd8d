"""What an import did, for a machine (JSON) and for a person (a few lines): nothing is dropped without being counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

SHOWN = 10
MOST_LISTED = 1_000
"""Refused lines, and places that left the source, listed one by one at most; all are counted."""


@dataclass(slots=True)
class Report:
    """The counts of one import; places are counted once each, records as they were read."""

    source: str
    title: str
    page: str
    licence: str
    file: str
    day: str
    read: int = 0
    outside: int = 0
    left: int = 0
    repeated: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    back: int = 0
    gone: int = 0
    gone_names: list[str] = field(default_factory=list)
    no_card: int = 0
    by_people: int = 0
    by_imports: int = 0
    refused: list[dict[str, Any]] = field(default_factory=list)
    refused_count: int = 0
    unreadable: int = 0
    """Those among the refused that are no record at all: cut lines, wrong numbers of columns."""
    lost: Counter[str] = field(default_factory=Counter)
    mended: Counter[str] = field(default_factory=Counter)
    ignored: dict[str, str] = field(default_factory=dict)
    written: bool = False

    @property
    def kept(self) -> int:
        """How many places of the source the file holds, shown or not."""
        return self.new + self.changed + self.same + self.back

    def refuse(self, line: int, reason: str) -> None:
        """Count one refused record."""
        self.refused_count += 1
        if len(self.refused) < MOST_LISTED:
            self.refused.append({"ligne": line, "raison": reason})

    def as_json(self) -> dict[str, Any]:
        """Return the report in its documented form (docs/imports.md)."""
        return {
            "source": self.source, "titre": self.title, "page": self.page, "licence": self.licence,
            "fichier": self.file, "le": self.day, "change": self.written,
            "lus": self.read, "gardes": self.kept, "nouveaux": self.new, "modifies": self.changed,
            "inchanges": self.same, "revenus": self.back, "disparus": self.gone, "noms_disparus": self.gone_names,
            "doublons_de_fiches": self.by_people, "doublons_d_imports": self.by_imports, "repetes": self.repeated,
            "sans_fiche": self.no_card, "hors_paris": self.outside, "ecartes": self.left,
            "refuses": self.refused_count, "lignes_refusees": self.refused,
            "champs_perdus": dict(self.lost.most_common()), "corrections": dict(self.mended.most_common()),
            "champs_ignores": self.ignored,
        }  # fmt: skip

    def lines(self) -> list[str]:
        """Return the summary that a person reads, in French."""
        shown = self.kept - self.no_card - self.by_people - self.by_imports
        done = "Le fichier des lieux importés est à jour." if self.written else "Rien n'a changé : le fichier reste."
        found = [
            f"{self.title} : {self.read} enregistrement(s) lu(s), {self.kept} gardé(s).",
            f"  {self.new} nouveau(x), {self.changed} modifié(s), {self.same} inchangé(s), {self.back} revenu(s), "
            f"{self.gone} disparu(s) de la source (gardés, plus montrés).",
            f"  {shown} montré(s), « importé, non vérifié » ; {self.no_card} sans fiche de service ; "
            f"{self.by_people} déjà tenu(s) par une fiche ; {self.by_imports} déjà dans un autre import.",
            f"  {self.outside} hors de Paris, {self.left} écarté(s) par les règles de la source, "
            f"{self.repeated} répété(s), {self.refused_count} refusé(s).",
        ]
        found += [f"  {self.file}:{each['ligne']}: {each['raison']}" for each in self.refused[:SHOWN]]
        if self.refused_count > SHOWN:
            found.append(f"  ... et {self.refused_count - SHOWN} autre(s) : voir le rapport")
        found += [f"  corrigé {count} fois : {what}" for what, count in self.mended.most_common(SHOWN)]
        if self.lost:
            lost = ", ".join(f"{name} ({count})" for name, count in self.lost.most_common(SHOWN))
            found.append(f"  champs non repris (gardés dans l'enregistrement d'origine) : {lost}")
        return [*found, f"  licence : {self.licence} ; {self.page}", done]
