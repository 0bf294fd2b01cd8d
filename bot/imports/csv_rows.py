"""Reads CSV records one at a time: any usual separator, quotes, and the line each record starts at."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from bot.imports.rows import BrokenFile, Item, Refusal, Row, Tick, lines, opened

SEPARATORS = ";,\t|"


def csv_rows(path: Path, tick: Tick = lambda _: None) -> Iterator[Item]:
    """Yield the records of a CSV file with a header, one at a time.

    Raises:
        BrokenFile: no header, or a text that is no table.
    """
    with opened(path) as file:
        source = lines(file, tick)
        first = next(source, "").replace("\x00", "")
        separator = separator_of(first)
        reader = cells(chain([first], source), separator)
        header = next(reader, None)
        if not header or isinstance(header[1], str) or len(header[1]) < 2:
            raise BrokenFile(f"La première ligne de {path} ne nomme pas de colonnes.", "attendu : un CSV avec en-tête")
        names = [name.strip() for name in header[1]]
        for line, found in reader:
            if isinstance(found, str):
                yield Refusal(line, found)
            elif len(found) != len(names):
                yield Refusal(line, f"{len(found)} colonne(s) au lieu de {len(names)}")
            else:
                yield Row(line, dict(zip(names, found, strict=True)))


def separator_of(header: str) -> str:
    """Return the separator that parts a header into the most columns."""
    return max(SEPARATORS, key=lambda each: len(next(csv.reader([header], delimiter=each), [])))


def cells(source: Iterable[str], separator: str) -> Iterator[tuple[int, list[str] | str]]:
    """Yield (first line, cells) of each record that is not blank; in place of cells, what is wrong with them."""
    # Strict: a stray quote is told at its line instead of swallowing the records after it.
    reader = csv.reader((line.replace("\x00", "") for line in source), delimiter=separator, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            found = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield line, f"guillemets ou colonnes illisibles ({error})"
            continue
        if any(cell.strip() for cell in found):
            yield line, found
