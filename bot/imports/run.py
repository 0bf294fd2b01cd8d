"""One import from a file to the imported places: read, match, mark, swap, report. Refuses a file that looks broken."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import file_digest
from pathlib import Path

from bot.imports.base import Imports
from bot.imports.csv_rows import csv_rows
from bot.imports.dila import dila_rows
from bot.imports.duplicates import known_of, twins
from bot.imports.finess import finess_rows
from bot.imports.json_rows import json_rows
from bot.imports.mapping import ImportSource
from bot.imports.reading import Aside, RowReader, pick
from bot.imports.report import Report
from bot.imports.rows import BrokenFile, Item, Refusal, Row, Tick
from bot.imports.swap import replacing
from bot.imports.values import clean
from knowledge.content import Knowledge

_READERS: dict[str, Callable[[Path, Tick], Iterator[Item]]] = {
    "csv": csv_rows,
    "json": json_rows,
    "dila": dila_rows,
    "finess": finess_rows,
}
_FEW = 10  # below, shares mean nothing
_MOST_REFUSED, _MOST_GONE = 0.5, 0.5


@dataclass(frozen=True, slots=True)
class Order:
    """What to import, where, on which day."""

    source: ImportSource
    file: Path
    folder: Path
    today: date
    shrink: bool = False
    """A file that lost more than half of its places is taken too."""
    licence: str = ""
    """What whoever imports read on the official page; "" leaves what the source says."""


def run_import(order: Order, knowledge: Knowledge, tick: Tick = lambda _: None) -> Report:
    """Import one file and return what it did; the file of imported places is replaced whole, or not at all.

    Args:
        order: what to import, and where.
        knowledge: the places kept by people, which no import ever changes, and the cards.
        tick: told how many bytes were read.

    Raises:
        OperatorError: the file is broken, or the folder refuses; the last imported places stay.
    """
    source, licence = order.source, order.licence or order.source.licence
    if not licence:
        hint = f'lisez {source.page}, puis relancez avec --licence "..."'
        raise BrokenFile(f"La licence de « {source.title} » n'a pas encore été lue.", hint)
    report = Report(
        source.id, source.title, source.page, licence, order.file.name, order.today.isoformat(), ignored=source.ignored
    )
    with replacing(order.folder) as imports:
        imports.lot(source, licence, _digest(order.file), order.today)
        before = imports.present(source.id)
        _read_in(order, imports, report, tick)
        _check(order, report, before)
        gone = imports.mark_gone(source.id, order.today)
        report.gone, report.gone_names = len(gone), gone[:1000]
        services = {service.id: service for service in knowledge.services}
        everyone = (*map(known_of, knowledge.places), *imports.known())
        imports.mark_twins(list(twins(everyone, services)))
        if imports.touched:
            imports.index()
        report.no_card, report.by_people, report.by_imports = imports.counts(source.id)
        report.written = imports.touched
    return report


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise BrokenFile(f"Le fichier {path} ne se lit pas : {error.strerror}.", "vérifiez son chemin") from None


def _read_in(order: Order, imports: Imports, report: Report, tick: Tick) -> None:
    source = order.source
    rows = _READERS[source.format]
    latest = _latest(rows(order.file, lambda _: None), source.latest) if source.latest else ""
    reader = RowReader(source, order.today, latest)
    for item in rows(order.file, tick):
        report.read += 1
        if report.read == 1 and isinstance(item, Row):
            _expect(source, item, order.file)
        report.unreadable += isinstance(item, Refusal)
        found = reader.read(item) if isinstance(item, Row) else item
        if isinstance(found, Refusal):
            report.refuse(found.line, found.reason)
        elif isinstance(found, Aside):
            report.outside += found.why == "hors_paris"
            report.left += found.why == "ecarte"
        else:
            fate = imports.take(source.id, found, order.today)
            setattr(report, fate, getattr(report, fate) + 1)
            if fate != "repeated":
                report.lost.update(found.lost)
                report.mended.update(found.mended)


def _latest(items: Iterator[Item], column: str) -> str:
    return max((clean(pick(item.values, column)) for item in items if isinstance(item, Row)), default="")


def _expect(source: ImportSource, row: Row, path: Path) -> None:
    """Refuse a file whose first record has none of the columns of a name: it is of another source."""
    if all(pick(row.values, column) is None for column in source.fields.name):
        wanted = ", ".join(source.fields.name)
        there = ", ".join(list(row.values)[:8])
        raise BrokenFile(
            f"{path}:{row.line}: la colonne « {wanted} » de la source « {source.id} » manque (colonnes : {there}...).",
            "vérifiez que le fichier est bien de cette source",
        )


def _check(order: Order, report: Report, before: int) -> None:
    """Refuse a file that looks cut or damaged: the last good import is worth more."""
    if not report.read:
        raise BrokenFile(f"Le fichier {order.file} n'a aucun enregistrement.", "téléchargez-le de nouveau")
    useless = report.refused_count == report.read or report.unreadable > _MOST_REFUSED * report.read
    if useless and report.read >= _FEW:
        first = report.refused[0]
        raise BrokenFile(
            f"{order.file}: presque toutes les lignes sont refusées (ligne {first['ligne']} : {first['raison']}).",
            "vérifiez la source et le fichier",
        )
    gone = before - report.same - report.changed
    if before >= _FEW and gone > _MOST_GONE * before and not order.shrink:
        raise BrokenFile(
            f"{order.file} n'a plus que {before - gone} des {before} lieux de l'import d'avant : fichier coupé ?",
            "téléchargez-le de nouveau ; s'il est bien complet, relancez avec --accepter-disparus",
        )
