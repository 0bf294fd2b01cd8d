"""The published numbers of a month as tables and sentences in French: the same for the page, the files, the terminal.

Pure. Everything here is drawn from the published lines, so that nothing else can show.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.observatory.publication import DISTRICTS, OTHERS, Line
from bot.observatory.visit import (
    ASKED,
    CARD_OPENED,
    CARD_SHOWN,
    HELPED,
    MISREAD,
    NO_CAMPAIGN,
    OPENED,
    SHOWN,
    UNKNOWN,
    UNMET,
    Axis,
)
from knowledge.content import Knowledge
from knowledge.vocabulary import OUTSIDE

HIDDEN = "masqué"
TABLES = ("sujet", "arrondissement", "langue", "campagne", "suite", "fiche", "incompris", "aide")
"""Their ids, in order."""
_OF_TABLE = {
    "sujet": (ASKED, SHOWN, OPENED), "fiche": (CARD_SHOWN, CARD_OPENED), "incompris": (MISREAD,), "aide": (HELPED,),
}  # fmt: skip
COLUMNS = ("mois", "quoi", "sujet", "nom", "par", "valeur", "nombre", "de", "a")
KINDS = {
    ASKED: "demandé", SHOWN: "résultats vus", OPENED: "fiche ouverte", UNMET: "sans réponse proche",
    MISREAD: "pas compris", HELPED: "cela a aidé", CARD_SHOWN: "fiche montrée", CARD_OPENED: "fiche ouverte en entier",
}  # fmt: skip
_FAR = (SHOWN, OPENED, UNMET)
_AXES = {"arrondissement": "arrondissement", "langue": "langue", "campagne": "lien reçu"}
_ANSWERS = {"oui": "Oui", "peu": "Un peu", "non": "Non"}
_VALUES = {
    UNKNOWN: "non dit", OUTSIDE: "hors de Paris", NO_CAMPAIGN: "aucun", OTHERS: "autres liens",
    "fr": "français", "fr@facile": "français facile", "fr@tu": "français, tu", "en": "anglais", "ar": "arabe",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its id (``--par``), its title, its columns, its rows of words."""

    id: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def tables(lines: Sequence[Line], knowledge: Knowledge) -> tuple[Table, ...]:
    """Return the tables of a month, empty ones left out."""
    made = (
        _subjects(lines, knowledge),
        _crossed(lines, knowledge, "arrondissement", "Ce qui est demandé, par arrondissement", DISTRICTS),
        _crossed(lines, knowledge, "langue", "Ce qui est demandé, par langue", ()),
        _crossed(lines, knowledge, "campagne", "Ce qui est demandé, par lien reçu", ()),
        _far(lines, knowledge),
        _cards(lines, knowledge),
        _alone(lines, "incompris", "Phrases pas comprises, par langue", MISREAD),
        _alone(lines, "aide", "Est-ce que cela vous a aidé ?", HELPED),
    )
    return tuple(table for table in made if table.rows)


def lines_of(table: str, lines: Iterable[Line]) -> tuple[Line, ...]:
    """Return the lines that a table is made of, all of them for no table."""
    if table in _OF_TABLE:
        is_sum = table == "sujet"
        return tuple(line for line in lines if line.kind in _OF_TABLE[table] and not (is_sum and line.axis))
    if table == "suite":
        return tuple(line for line in lines if line.axis and line.kind in _FAR)
    return tuple(line for line in lines if not table or (line.axis == table and line.kind == ASKED))


def records(month: str, lines: Iterable[Line], knowledge: Knowledge) -> Iterator[dict[str, object]]:
    """Yield every line with the keys of ``COLUMNS``: one object for each published number."""
    for line in lines:
        values = (
            month, line.kind, line.subject, name_of(line.subject, knowledge), line.axis, line.value, line.count,
            line.low, line.high,
        )  # fmt: skip
        yield dict(zip(COLUMNS, values, strict=True))


def name_of(subject: str, knowledge: Knowledge) -> str:
    """Return the name of a subject or a card; its id when it is there no more."""
    entry = knowledge.topic_by_id.get(subject) or knowledge.by_id.get(subject)
    return entry.name if entry else _ANSWERS.get(subject, subject)


def place(value: str) -> str:
    """Return a value of an axis in words: « 18e », « non dit », « arabe »."""
    if value.isdecimal():
        return "1er" if value == "1" else f"{value}e"
    return _VALUES.get(value, value)


def _subjects(lines: Sequence[Line], knowledge: Knowledge) -> Table:
    found = {(line.kind, line.subject): line for line in lines if not line.axis}
    asked = sorted((line for line in found.values() if line.kind == ASKED), key=lambda line: -(line.count or 0))
    rows = tuple(
        (
            name_of(line.subject, knowledge),
            str(line.count),
            *(_span(found.get((kind, line.subject))) for kind in (SHOWN, OPENED)),
        )
        for line in asked
    )
    return Table("sujet", "Ce qui est demandé", ("Sujet", "Conversations", KINDS[SHOWN], KINDS[OPENED]), rows)


def _far(lines: Sequence[Line], knowledge: Knowledge) -> Table:
    """Return one row for each cell of which it is known how far at least those in it went."""
    found = {(line.subject, line.axis, line.value, line.kind): line for line in lines if line.axis}
    cells = dict.fromkeys((line.subject, line.axis, line.value) for line in lines if line.axis and line.kind in _FAR)
    rows = tuple(
        (
            name_of(subject, knowledge),
            f"{_AXES[axis]} : {place(value)}",
            _count(found.get((subject, axis, value, ASKED))),
            *(_least(found.get((subject, axis, value, kind))) for kind in _FAR),
        )
        for subject, axis, value in sorted(cells, key=lambda cell: (name_of(cell[0], knowledge), *cell[1:]))
    )
    columns = ("Sujet", "Pour", "Conversations", *(KINDS[kind] for kind in _FAR))
    return Table("suite", "Jusqu'où vont ces conversations, au moins", columns, rows)


def _crossed(lines: Sequence[Line], knowledge: Knowledge, axis: Axis, title: str, order: Sequence[str]) -> Table:
    cells = {(line.subject, line.value): line for line in lines if line.kind == ASKED and line.axis == axis}
    used = dict.fromkeys(value for _, value in cells)
    # Where one reads from left to right: the numbered arrondissements first, what is unknown last.
    values = [*(each for each in (order or used) if each.isdecimal())]
    values += [each for each in used if each not in values]
    subjects = sorted({subject for subject, _ in cells}, key=lambda each: name_of(each, knowledge))
    rows = tuple(
        (name_of(subject, knowledge), *(_count(cells.get((subject, value))) for value in values))
        for subject in subjects
        if any(line.count is not None for (name, _), line in cells.items() if name == subject)
    )
    return Table(axis, title, ("Sujet", *map(place, values)), rows)


def _cards(lines: Sequence[Line], knowledge: Knowledge) -> Table:
    found = {(line.kind, line.subject): line for line in lines if line.kind in (CARD_SHOWN, CARD_OPENED)}
    names = sorted({name for _, name in found}, key=lambda name: (-_most(found, name), name_of(name, knowledge)))
    rows = tuple(
        (name_of(name, knowledge), *(_span(found.get((kind, name))) for kind in (CARD_SHOWN, CARD_OPENED)))
        for name in names
    )
    return Table("fiche", "Les fiches montrées et ouvertes", ("Fiche", "Montrée", "Ouverte"), rows)


def _most(found: Mapping[tuple[str, str], Line], name: str) -> int:
    line = found.get((CARD_SHOWN, name))
    return line.low or 0 if line else 0


def _alone(lines: Sequence[Line], name: str, title: str, kind: str) -> Table:
    rows = tuple(
        (_ANSWERS.get(line.subject) or (place(line.value) if line.axis else "Toutes"), _count(line))
        for line in sorted(lines, key=lambda line: [*_ANSWERS, line.subject].index(line.subject))
        if line.kind == kind
    )
    return Table(name, title, ("Langue" if kind == MISREAD else "Réponse", "Conversations"), rows)


def _count(line: Line | None) -> str:
    return HIDDEN if line is None or line.count is None else str(line.count)


def _least(line: Line | None) -> str:
    return "non publié" if line is None else f"au moins {line.low}"


def _span(line: Line | None) -> str:
    if line is None or line.high is None or (line.low or 0) == 0:
        return "moins de 10" if line is None or (line.high or 0) < 10 else f"{line.high} au plus"
    return f"{line.low} à {line.high}"
