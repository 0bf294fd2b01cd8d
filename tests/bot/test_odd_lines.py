"""Odd lines on the command line: each is answered in its place, and the next one as if nothing had happened."""

import json
from datetime import date
from io import StringIO

import pytest
from rich.console import Console

from bot.jsonl import each_line, match_line
from bot.terminal import found_table
from tests.bot.test_cli import objects, passerelle

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    "line",
    [
        '{"faits": {"revenus_mois": ' + "9" * 5000 + "}}",
        '{"le": "1990-01-01"}',
        '{"faits": {"revenus_mois": [0, 1e999]}}',
        '{"faits": {"enfants": [{"naissance": []}]}}',
    ],
    ids=["thousands of digits", "before any ceiling", "infinity", "no month"],
)
def test_a_line_that_cannot_be_answered_spoils_only_itself(library, line):
    """An error in its place, then the verdicts of the next family."""
    lines = [line, '{"faits": {}}']
    refused, answered = map(json.loads, each_line(lines, lambda request: match_line(library, request, TODAY)))

    assert refused["erreur"]
    assert answered["fiches"]


def test_half_a_sign_is_written_back_as_it_came():
    """Half a surrogate pair, which no terminal can show, does not end the command."""
    done = passerelle("match", lines='{"faits": {"\\ud83d": 1}}\n{"faits": {}}\n')
    refused, answered = objects(done)

    assert "\ud83d" in refused["erreur"] and answered["fiches"]


def test_brackets_in_a_search_are_text(library):
    """« [/b] » is no markup: it is shown as typed."""
    console = Console(width=120, record=True, file=StringIO())
    console.print(found_table(library, "[/b] pension", 3, library.speaker("fr", TODAY)))

    assert "[/b] pension" in console.export_text()


@pytest.mark.parametrize("key", ["choix", "action"])
def test_a_cry_is_heard_where_an_id_is_expected(key):
    """Words of danger are answered with the numbers before anything is refused."""
    (reply,) = objects(passerelle("chat", "separation", "--json", lines=f'{{"{key}": "mon mari me frappe"}}\n'))

    assert "3919" in reply["numeros"]
