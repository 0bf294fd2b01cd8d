"""Whatever a file holds, an import ends with a report or a refusal, and what was imported before is there."""

import json
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.imports.rows import BrokenFile
from knowledge.imported import IMPORTED_FILE, ImportedPlaces
from tests.bot.imports.ways import bring

SOURCES = ["dila", "finess", "education", "paris-colleges", "paris-ilots-de-fraicheur", "paris-que-faire"]
ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.floats(allow_nan=True)
    | st.text(max_size=20)
    | st.sampled_from(["75018", "18", "2.35"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
COLUMNS = st.sampled_from([
    "id", "nom", "adresse", "telephone", "pivot", "plage_ouverture", "arrondissement", "geo_point_2d", "type",
    "address_name", "address_street", "address_zipcode", "group", "geometry", "donnees_annuaire_local", "categorie",
])  # fmt: skip
RECORDS = st.lists(st.dictionaries(COLUMNS, ANYTHING, max_size=10), max_size=5)


def survives(knowledge, source, content):
    """Import some bytes after a good file; return whether the good file's places can still be read."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bring(knowledge, folder, "paris-colleges", "opendata-paris/colleges_3_lignes.csv")
        file = folder / "bizarre"
        file.write_bytes(content)
        with suppress(BrokenFile):
            report = bring(knowledge, folder, source, file)
            assert report.read == report.kept + report.outside + report.left + report.repeated + report.refused_count
        return bool(ImportedPlaces(folder / IMPORTED_FILE).lots())


@pytest.mark.parametrize("source", SOURCES)
@given(content=st.binary(max_size=200))
@settings(max_examples=25)
def test_any_bytes(knowledge, source, content):
    """Noise is refused."""
    assert survives(knowledge, source, content)


@pytest.mark.parametrize("source", ["dila", "paris-ilots-de-fraicheur", "paris-que-faire"])
@given(records=RECORDS)
@settings(max_examples=40)
def test_any_records(knowledge, source, records):
    """Right columns with wrong values: each record is counted once, whatever it holds."""
    assert survives(knowledge, source, json.dumps(records).encode())
