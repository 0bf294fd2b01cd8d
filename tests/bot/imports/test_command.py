"""« passerelle import » as an operator types it."""

import json
import os
import subprocess
import sys

from tests.bot.imports.ways import SAMPLES
from tests.conftest import ROOT


def passerelle(folder, *arguments):
    """Run the real command on a data folder."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *map(str, arguments)], cwd=ROOT, capture_output=True, text=True, timeout=60,
        env=os.environ | {"PASSERELLE_DONNEES": str(folder)},
    )  # fmt: skip


def test_an_import_tells_what_it_did_and_keeps_its_report(tmp_path):
    """Five lines of another department: none is kept, none is lost from the count."""
    done = passerelle(tmp_path, "import", "education", SAMPLES / "annuaire-education/annuaire_education_5_lignes.csv")

    assert done.returncode == 0 and "5 hors de Paris" in done.stdout
    report = json.loads((tmp_path / "imports/education.json").read_text(encoding="utf-8"))
    assert (report["lus"], report["gardes"], report["hors_paris"]) == (5, 0, 5)


def test_the_whole_report_is_json_when_asked(tmp_path):
    """A machine reads the same counts."""
    done = passerelle(tmp_path, "import", "paris-colleges", SAMPLES / "opendata-paris/colleges_3_lignes.csv", "--json")

    report = json.loads(done.stdout)
    assert (report["nouveaux"], report["doublons_de_fiches"], report["change"]) == (3, 3, True)


def test_a_wrong_file_or_source_is_said_without_a_traceback(tmp_path):
    """What is wrong, then what to do."""
    missing = passerelle(tmp_path, "import", "dila", tmp_path / "absent.json")
    unknown = passerelle(tmp_path, "import", "dilaa", tmp_path / "absent.json")

    assert missing.returncode == 2 and "absent.json" in missing.stderr and "Traceback" not in missing.stderr
    assert unknown.returncode == 2 and "sources : " in unknown.stderr
