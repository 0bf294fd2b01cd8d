"""The manual is true: every command and every setting stands in the README, and nothing else does."""

import re

import typer.main

from bot.cli import app
from bot.settings import Settings
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def commands():
    """Return every command, sub-commands as « i18n merge »."""
    top = typer.main.get_command(app)
    found = []
    for name, command in top.commands.items():
        found += [f"{name} {sub}" for sub in getattr(command, "commands", ())]
        if getattr(command, "invoke_without_command", True):
            found.append(name)
    return found


def test_every_command_is_in_the_manual():
    """A command that nobody can find is not there."""
    table = README.split("## Commands")[1].split("##")[0]

    assert [name for name in commands() if f"`{name}" not in table] == []


def test_the_manual_names_no_command_that_is_not_there():
    """A command that was removed leaves the manual too."""
    table = README.split("## Commands")[1].split("##")[0]
    named = {
        cell
        for row in re.findall(r"^\| (`.*?) \|", table, re.M)
        for cell in re.findall(r"`([a-z0-9]+(?:-[a-z]+)*(?: [a-z]+)?)", row)
    }

    assert {name for name in named if name not in commands() and name.split()[0] not in commands()} == set()


def test_every_setting_is_in_the_manual():
    """An operator finds each PASSERELLE_ variable with its default."""
    table = README.split("## Settings")[1].split("##")[0]
    missing = [name for name in Settings.model_fields if not re.search(rf"`(PASSERELLE)?_{name.upper()}`", table)]

    assert missing == []


def test_every_make_target_named_in_the_manual_exists():
    """« make run » in the README is « make run » in the Makefile."""
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))

    assert set(re.findall(r"(?m)(?:^|`)make ([a-z]+)\b", README)) <= targets
