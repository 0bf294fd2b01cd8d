"""The commands as a person types them: tables, exports, refusals in French."""

import csv
import io
import json
import subprocess
import sys

import pytest

from tests.conftest import ROOT


def passerelle(*arguments):
    """Run a command and return what it did."""
    command = [sys.executable, "-m", "bot", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=110)


def test_the_table_alone_goes_to_standard_output():
    """« check --tableau csv > a-revoir.csv » makes a file that a spreadsheet reads; problems go elsewhere."""
    done = passerelle("check", "--tableau", "csv", "--le", "2027-06-01")
    rows = list(csv.DictReader(io.StringIO(done.stdout.strip().removeprefix("\ufeff")), delimiter=";"))

    assert rows[0]["motifs"].startswith("en-retard")
    assert {row["id"] for row in rows} >= {"calendrier", "asf"}
    assert "erreur(s)" in done.stderr and "erreur(s)" not in done.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("verify", "asff", "--methode", "appel"),
        ("verify", "asf", "--methode", "appel", "--le", "2999-01-01"),
        ("verify", "asf", "--methode", "rumeur"),
        ("verify", "asf"),
        ("diff", "--avec", "nulle-part"),
        ("export", "xml"),
        ("export", "json", "--vers", "nulle-part/fichier.json"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_done_is_refused_without_a_traceback(arguments):
    """What is wrong, and what may be written; no file is changed."""
    before = (ROOT / "knowledge" / "droits" / "asf.yaml").read_bytes()
    done = passerelle(*arguments)

    assert done.returncode == 2
    assert done.stderr.strip() and "Traceback" not in done.stderr
    assert (ROOT / "knowledge" / "droits" / "asf.yaml").read_bytes() == before


def test_an_export_goes_to_a_file_with_its_report(tmp_path):
    """The file holds the lists; what was lost is told beside."""
    path = tmp_path / "di.json"
    done = passerelle("export", "data-inclusion", "--vers", str(path))

    assert set(json.loads(path.read_text(encoding="utf-8"))) == {"mention", "structures", "services"}
    assert done.stdout == "" and "perdent" in done.stderr
