"""What a check finds, before it is put at a line: a file, the keys that lead to the place, what to do.

Checks work on loaded content, which no longer knows its lines; :func:`locate` finds them again in the files.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from knowledge.content import AnyEntry
from knowledge.milestone import Milestone
from knowledge.reader import Block, ContentError, Problem, Where, line_of, read

FOLDER_OF = {"droit": "droits", "service": "services", "numero": "numeros", "lieu": "lieux", "jalon": "jalons"}
Steps = tuple[int | str, ...]


class Fault(NamedTuple):
    """One thing to fix; ``file`` is relative to the content folder, ``steps`` are YAML keys and positions."""

    file: str
    steps: Steps
    what: str
    hint: str = ""
    warning: bool = False


def file_of(entry: AnyEntry | Milestone) -> str:
    """Return the file of an entry, relative to the content folder."""
    return f"{FOLDER_OF[entry.kind]}/{entry.id}.yaml"


def locate(faults: Iterable[Fault], folder: Path, blocks: Mapping[str, Block] | None = None) -> list[Problem]:
    """Return faults as problems with their lines, sorted, each once.

    Args:
        faults: what was found.
        folder: the content folder; problems name files from its own name on.
        blocks: files already read, by the name shown; the others are read when needed.
    """
    known = dict(blocks or {})
    return sorted({_problem(fault, folder, known) for fault in faults})


def _problem(fault: Fault, folder: Path, known: dict[str, Block]) -> Problem:
    shown = f"{folder.name}/{fault.file}"
    if shown not in known:
        try:
            known[shown] = read(folder / fault.file, shown)
        except ContentError:
            known[shown] = Block()
    block = known[shown]
    line = line_of(block, iter(fault.steps)) if block else 0
    return Problem(Where(shown, line), fault.what, fault.hint, fault.warning)
