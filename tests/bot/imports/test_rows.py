"""Files as people have them: separators, encodings, a broken line, a cut download, a size that must not matter."""

import json
import tracemalloc

import pytest

from bot.imports.csv_rows import csv_rows
from bot.imports.json_rows import json_rows
from bot.imports.rows import BrokenFile, Refusal, Row

TABLE = "nom{0}adresse\nPMI Léon{0}3 rue Léon\n"


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_any_usual_table_is_read(tmp_path, separator, encoding):
    """Excel writes a BOM, Windows its own letters."""
    file = tmp_path / "lieux.csv"
    file.write_text(TABLE.format(separator), encoding=encoding)

    assert list(csv_rows(file)) == [Row(2, {"nom": "PMI Léon", "adresse": "3 rue Léon"})]


def test_a_bad_line_of_a_table_is_named_and_the_rest_goes_on(tmp_path):
    """Lines are counted in the file, those inside quotes too."""
    file = tmp_path / "lieux.csv"
    file.write_text('nom;adresse\n"un\ndeux";ici\na;b;c\n"x"y;z\n\nbon;là\n', encoding="utf-8")
    found = list(csv_rows(file))

    assert found[0] == Row(2, {"nom": "un\ndeux", "adresse": "ici"})
    assert found[1] == Refusal(4, "3 colonne(s) au lieu de 2")
    assert isinstance(found[2], Refusal) and found[2].line == 5
    assert found[3] == Row(7, {"nom": "bon", "adresse": "là"})


def test_a_bad_line_of_json_lines_is_named_and_the_rest_goes_on(tmp_path):
    """One object a line."""
    file = tmp_path / "lieux.jsonl"
    file.write_text('\ufeff{"nom": "a"}\n{"nom": \n\n[1]\n{"nom": "b"}\n', encoding="utf-8")
    found = list(json_rows(file))

    assert [item.line for item in found] == [1, 2, 4, 5]
    assert [isinstance(item, Refusal) for item in found] == [False, True, True, False]


def test_records_of_a_list_keep_their_line(tmp_path):
    """So does each feature of a GeoJSON file."""
    file = tmp_path / "lieux.json"
    text = '{"type": "FeatureCollection",\n "features": [\n  {"type": "Feature",\n   "properties": {"nom": "a"},\n'
    file.write_text(f'{text}   "geometry": null}},\n  {{"nom": "b"}}\n]}}\n', encoding="utf-8")
    found = list(json_rows(file))

    assert [(item.line, item.values["nom"]) for item in found] == [(3, "a"), (6, "b")]


@pytest.mark.parametrize(
    "text", ['[{"a": 1}, {"a": ', '[{"a": 1}] fin', "[1 2]", "bonjour", '{"features": [}', "[" * 9000]
)
def test_broken_json_is_refused_with_its_line(tmp_path, text):
    """A cut download is no list of places."""
    file = tmp_path / "lieux.json"
    file.write_text(f"\n{text}", encoding="utf-8")

    with pytest.raises(BrokenFile, match=rf"{file}:\d+: ce fichier JSON est cassé"):
        list(json_rows(file))


@pytest.mark.parametrize("start", [b"", b"PK\x03\x04", b"\x1f\x8b\x08", b"%PDF-1.7"])
def test_what_is_no_text_says_so(tmp_path, start):
    """An archive is to be unpacked first."""
    file = tmp_path / "lieux.csv"
    file.write_bytes(start)

    with pytest.raises(BrokenFile, match="-> "):
        list(csv_rows(file))


def test_a_large_file_takes_the_memory_of_one_record(tmp_path):
    """Twenty megabytes of JSON are read within one."""
    file = tmp_path / "lieux.json"
    record = json.dumps({"nom": "x" * 2000})
    file.write_text("[" + ",\n".join([record] * 10_000) + "]", encoding="utf-8")
    told = []
    tracemalloc.start()
    count = sum(1 for _ in json_rows(file, told.append))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert count == 10_000 and peak < 2_000_000
    assert told[-1] == file.stat().st_size
