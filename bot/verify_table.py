"""The table of what editors look at again: on a screen, as CSV, as JSON; read from the content files."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Literal, TypeAlias

from bot.spreadsheet import csv_text
from knowledge.check import KeepingReading
from knowledge.upkeep import REASONS, Dead, Task, upkeep

Format: TypeAlias = Literal["texte", "csv", "json"]
_SHOWN = 25
_COLUMNS = (
    "motifs", "echeance", "genre", "id", "nom", "fichier", "verifie_le", "methode", "confiance", "details",
)  # fmt: skip
_VERIFIED = ("droit", "service", "numero", "lieu", "jalon", "calendrier")
"""Kinds that « passerelle verify » marks as checked; amounts are changed with their value."""


def tasks_of(root: Path, on: date, dead: Dead | None = None) -> tuple[Task, ...]:
    """Return what is to be looked at again in the content below a folder; nothing when it cannot be read.

    Args:
        root: the folder that holds ``knowledge/``.
        on: the day that decides what is overdue.
        dead: addresses found dead, with what came back.
    """
    reading = KeepingReading(root / "knowledge")
    knowledge = reading.knowledge()
    return upkeep(knowledge, reading.parameter_files, on, dead) if knowledge else ()


def table(tasks: Sequence[Task], form: Format) -> str:
    """Return the table: the most pressing lines as text, all of them as CSV (for a spreadsheet) or JSON."""
    if form == "csv":
        return csv_text(_COLUMNS, map(_row, tasks))
    if form == "json":
        return json.dumps([_row(task) for task in tasks], ensure_ascii=False, indent=1)
    return "\n".join(_text(tasks))


def _text(tasks: Sequence[Task]) -> list[str]:
    counts = Counter(reason for task in tasks for reason in task.reasons)
    lines = ["", f"À revoir : {len(tasks)} élément(s)"]
    lines += [f"  {counts[reason]:>5}  {what}" for reason, what in REASONS.items() if counts[reason]]
    if not tasks:
        return lines
    lines += ["", "Les plus pressés :"]
    for task in tasks[:_SHOWN]:
        due = task.due.isoformat() if task.due else " " * 10
        where = task.file if task.kind in _VERIFIED else f"{task.file}, {task.id}"
        lines.append(f"  {due}  {where} : {', '.join(REASONS[reason] for reason in task.reasons)}")
        lines += [f"              {detail}" for detail in task.details]
    if len(tasks) > _SHOWN:
        lines.append(f"  ... et {len(tasks) - _SHOWN} autre(s) : « passerelle check --tableau csv » les donne tous.")
    named = next((task.id for task in tasks if task.kind in _VERIFIED), None)
    if named:
        lines += [
            "",
            f"Une fois relu à la source : passerelle verify {named} --methode appel (ou site, courriel, visite)",
        ]
    return lines


def _row(task: Task) -> dict[str, str | list[str] | None]:
    fresh = task.fresh
    return {
        "motifs": list(task.reasons),
        "echeance": task.due.isoformat() if task.due else None,
        "genre": task.kind,
        "id": task.id,
        "nom": task.name,
        "fichier": f"knowledge/{task.file}",
        "verifie_le": fresh.checked_on.isoformat() if fresh else None,
        "methode": fresh.method if fresh else None,
        "confiance": fresh.confidence if fresh else None,
        "details": list(task.details),
    }
