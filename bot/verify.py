"""Marks a card as checked: changes the lines of ``fraicheur`` in its file and nothing else, comments included."""

from __future__ import annotations

import difflib
import json
from calendar import monthrange
from datetime import date
from pathlib import Path
from typing import Literal, NamedTuple

import yaml
from pydantic import ValidationError

from bot.errors import OperatorError
from knowledge.content import Knowledge
from knowledge.faults import file_of
from knowledge.load import near
from knowledge.model import Helpline
from knowledge.reader import ContentError, parse
from knowledge.school_calendar import CALENDAR_FILE
from knowledge.source import Freshness

Method = Literal["appel", "site", "courriel", "visite"]
CALENDAR = "calendrier"
_MONTHS = {"droit": 6, "service": 6, "numero": 6, "lieu": 12, "jalon": 12, CALENDAR: 6}
"""How long a check counts, by kind: addresses move less than rules."""
_VITAL_MONTHS = 3
"""A number that saves lives is called every quarter."""
_NOTE_MAX = 500


class Check(NamedTuple):
    """One check made: when, how, until when it counts, and a remark for the next reader."""

    on: date
    method: Method
    until: date
    note: str | None = None


class Target(NamedTuple):
    """What is checked: its file below ``knowledge/`` and how many months a check of it counts."""

    file: str
    months: int


def target(knowledge: Knowledge, name: str) -> Target:
    """Return where an entry, a milestone or the school calendar stands.

    Raises:
        OperatorError: the id is unknown; the nearest one is named.
    """
    if name == CALENDAR:
        return Target(CALENDAR_FILE, _MONTHS[CALENDAR])
    entry = knowledge.by_id.get(name) or knowledge.milestone_by_id.get(name)
    if entry is None:
        known = (*knowledge.by_id, *knowledge.milestone_by_id, CALENDAR)
        raise OperatorError(f"« {name} » n'est pas une fiche, un lieu, un numéro ou un jalon", near(name, known))
    vital = isinstance(entry, Helpline) and entry.level == "vital"
    return Target(file_of(entry), _VITAL_MONTHS if vital else _MONTHS[entry.kind])


def check_of(found: Target, on: date, method: Method, note: str | None, today: date) -> Check:
    """Return a check with the day it counts until.

    Raises:
        OperatorError: the day has not come, or the note is too long.
    """
    if on > today:
        raise OperatorError(f"le {on} n'est pas encore venu", "écrivez le jour où quelqu'un a vérifié")
    if note and len(note) > _NOTE_MAX:
        raise OperatorError(f"la note a {len(note)} signes", f"{_NOTE_MAX} au plus")
    return Check(on, method, _after(on, found.months), note.strip() if note else None)


def _after(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def marked(text: str, check: Check) -> str:
    """Return the text of a card with its ``fraicheur`` changed; every other character is as it was.

    Raises:
        OperatorError: there is no ``fraicheur`` to change, or it would go back in time.
    """
    block = _freshness(text)
    values = {key.value: value for key, value in block.value}
    for name in ("verifie_le", "methode", "revoir_avant"):
        if name not in values:
            raise OperatorError(f"cette fiche n'a pas de « {name}: » dans « fraicheur: »", "lancez passerelle check")
    if values["verifie_le"].value > check.on.isoformat():
        raise OperatorError(f"cette fiche a déjà été vérifiée le {values['verifie_le'].value}, après le {check.on}")
    changes = [
        (_span(values["verifie_le"]), check.on.isoformat()),
        (_span(values["methode"]), check.method),
        (_span(values["revoir_avant"]), check.until.isoformat()),
    ]
    if check.note:
        changes.append(_note(block, values.get("note"), check.note))
    for (start, end), new in sorted(changes, reverse=True):
        text = text[:start] + new + text[end:]
    _sound(text)
    return text


def _freshness(text: str) -> yaml.MappingNode:
    # The plain Python loader: its marks count characters, which is what a text is cut by.
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    for key, value in root.value if isinstance(root, yaml.MappingNode) else ():
        if key.value == "fraicheur" and isinstance(value, yaml.MappingNode):
            return value
    raise OperatorError("cette fiche n'a pas de « fraicheur: »", "lancez passerelle check")


def _span(node: yaml.Node) -> tuple[int, int]:
    return node.start_mark.index, node.end_mark.index


def _note(block: yaml.MappingNode, present: yaml.Node | None, note: str) -> tuple[tuple[int, int], str]:
    written = json.dumps(note, ensure_ascii=False)  # a JSON text is a YAML text, whatever signs it holds
    if present is not None:
        return _span(present), written
    last = block.value[-1][1].end_mark.index
    if block.flow_style:
        return (last, last), f", note: {written}"
    return (last, last), f"\n{' ' * block.start_mark.column}note: {written}"


def _sound(text: str) -> None:
    try:
        Freshness.model_validate(parse(text, "fiche")["fraicheur"], by_alias=True, by_name=False)
    except (ContentError, ValidationError) as error:
        raise OperatorError(f"la fiche ne se lirait plus : rien n'est changé\n{error}") from error


def mark(path: Path, check: Check) -> str:
    """Change a file in place and return the difference, line by line; empty when it already said so.

    Raises:
        OperatorError: see :func:`marked`; the file is as it was.
    """
    before = path.read_bytes().decode("utf-8")  # bytes: the ends of lines stay as they are
    after = marked(before, check)
    path.write_bytes(after.encode("utf-8"))
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), path.name, path.name, lineterm="", n=0)
    return "\n".join(line for line in lines if not line.startswith(("---", "+++", "@@")))
