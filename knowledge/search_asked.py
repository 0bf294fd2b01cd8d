"""What desks ask for and which entries answer: ``demandes/*.tsv``, one query a line with its graded answers.

The search learns words from it (a card is also called by what was asked for it), and so does the encoder.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from knowledge.content import Knowledge
from knowledge.load import FOLDER
from knowledge.model import Place
from knowledge.reader import ContentError, Problem, Where

EXACTLY = 3
"""The grade of what was asked for itself; 2 is good to see as well, 1 acceptable."""
_ANSWER = re.compile(r"([a-z0-9-]+):([123])")
_FORM = "écrivez « demande », une tabulation, puis « fiche:note fiche:note », une note allant de 1 à 3"


def tables(folder: Path = FOLDER) -> list[Path]:
    """Return the files of queries, in a fixed order."""
    return sorted((folder / "demandes").glob("*.tsv"))


def asked(path: Path) -> dict[str, Mapping[str, int]]:
    """Return query -> entry id -> grade (1 to 3) of one file, in its order.

    Raises:
        ContentError: with every line that is not of that form, and every query written twice.
    """
    found: dict[str, Mapping[str, int]] = {}
    problems = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        text, _, answers = line.partition("\t")
        grades = [_ANSWER.fullmatch(each) for each in answers.split()]
        where = Where(f"knowledge/demandes/{path.name}", number)
        if not text.strip() or not grades or not all(grades):
            problems.append(Problem(where, "cette ligne ne se lit pas", _FORM))
        elif text in found:
            problems.append(Problem(where, f"« {text} » est écrit deux fois", "gardez une seule ligne"))
        else:
            found[text] = {grade[1]: int(grade[2]) for grade in grades if grade}
    if problems:
        raise ContentError(problems)
    return found


def by_entry(folder: Path = FOLDER) -> dict[str, tuple[str, ...]]:
    """Return entry id -> the queries that it answers exactly.

    Raises:
        ContentError: as :func:`asked` does.
    """
    found: dict[str, list[str]] = {}
    for text, name in (each for path in tables(folder) for each in _exact(asked(path))):
        found.setdefault(name, []).append(text)
    return {name: tuple(texts) for name, texts in found.items()}


def by_card(knowledge: Knowledge, asked_for: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Return the same by card: who asks for a place asks for its service."""
    found: dict[str, tuple[str, ...]] = {}
    for name, texts in asked_for.items():
        entry = knowledge.by_id.get(name)
        card = entry.service if isinstance(entry, Place) else name
        found[card] = (*found.get(card, ()), *texts)
    return found


def _exact(queries: Mapping[str, Mapping[str, int]]) -> Iterator[tuple[str, str]]:
    return ((text, name) for text, grades in queries.items() for name, grade in grades.items() if grade == EXACTLY)
