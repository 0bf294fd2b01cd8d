"""What the tests of imports share: the samples, the sources, an import into a folder, and what a folder then holds."""

import sqlite3
from datetime import date
from pathlib import Path

from bot.imports.mapping import load_source
from bot.imports.reading import RowReader
from bot.imports.run import _READERS, Order, run_import
from knowledge.imported import IMPORTED_FILE
from tests.conftest import ROOT

SAMPLES = ROOT / "tests/data/imports"
DAY = date(2026, 11, 22)
SERVICES = [path.stem for path in (ROOT / "knowledge/services").glob("*.yaml")]


def source_of(name):
    """Return a source by name, or by the path of its YAML file."""
    return load_source(str(name), SERVICES)


def rows_of(name, file):
    """Return the records of a sample as the reader of its source gives them."""
    return list(_READERS[source_of(name).format](SAMPLES / file, lambda _: None))


def read(name, file, latest=""):
    """Return what each record of a sample is: a place, something left out, a refusal."""
    reader = RowReader(source_of(name), DAY, latest)
    return [reader.read(row) for row in rows_of(name, file)]


def bring(knowledge, folder, name, file, today=DAY, **more):
    """Import a file (a sample's name, or a path) and return the report."""
    path = file if isinstance(file, Path) else SAMPLES / file
    return run_import(Order(source_of(name), path, folder, today, **more), knowledge)


def alone(knowledge):
    """Return the knowledge base as if people kept no place."""
    return knowledge.model_copy(update={"places": ()})


def held(folder, columns="public_id, lot, service, name, gone_on, duplicate_of, twin_of"):
    """Return the rows of the file of imported places, by name."""
    with sqlite3.connect(folder / IMPORTED_FILE) as base:
        found = base.execute(f"SELECT {columns} FROM place ORDER BY name, public_id").fetchall()
    base.close()
    return found
