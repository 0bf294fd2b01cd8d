"""« passerelle prove »: a text for people, the same as JSON for machines, and a code that says whether it holds."""

import json

import pytest
from typer.testing import CliRunner

from bot import cli_content
from dialogs.report import Report, Section

HELD = Report((Section("Schéma parisien", {"actions": 2}, table=("Axe 1. Informer",)),))
BROKEN = Report((Section("Schéma parisien", {"actions": 2}, ("une action ne mène à rien",)),))


@pytest.mark.parametrize(("report", "code"), [(HELD, 0), (BROKEN, 1)], ids=["held", "broken"])
@pytest.mark.parametrize("flags", [[], ["--json"]], ids=["text", "json"])
def test_the_report_is_printed_whole_and_ends_with_a_code(monkeypatch, report, code, flags):
    """In both forms; a broken proof ends with 1, so that a script stops."""
    monkeypatch.setattr(cli_content, "load_library", lambda: None)
    monkeypatch.setattr("bot.checks.prove_all", lambda library, on: report)

    done = CliRunner().invoke(cli_content.commands, ["prove", *flags])

    assert done.exit_code == code
    assert (json.loads(done.output) if flags else done.output.strip()) == (
        report.data() if flags else report.text().strip()
    )
