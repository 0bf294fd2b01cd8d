"""The command that brings public data in: ``passerelle import SOURCE FILE``."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from bot.aside import write_aside
from bot.content import ROOT
from bot.errors import OperatorError, reason
from bot.imports.mapping import load_source
from bot.imports.rows import Tick
from bot.imports.run import Order, run_import
from bot.settings import settings_or_exit
from knowledge.load import load_knowledge

commands = typer.Typer()

REPORTS = "imports"
"""Folder of the data folder where the last report of each source is kept."""


@commands.command("import")
def import_command(
    source: Annotated[str, typer.Argument(help="dila, finess, education... ou le fichier .yaml d'une autre source.")],
    file: Annotated[Path, typer.Argument(help="Le fichier téléchargé : CSV, JSON, GeoJSON ou JSON Lines.")],
    licence: Annotated[str, typer.Option("--licence", help="La licence lue sur la page officielle du jeu.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Le rapport entier, en JSON.")] = False,
    shrink: Annotated[
        bool, typer.Option("--accepter-disparus", help="Même si plus de la moitié des lieux ont disparu.")
    ] = False,
) -> None:
    """Importer des lieux d'un jeu de données public : montrés après ceux des fiches, « importé, non vérifié »."""
    folder = settings_or_exit().donnees
    knowledge = load_knowledge(ROOT / "knowledge")
    described = load_source(source, [service.id for service in knowledge.services])
    today = datetime.now(ZoneInfo("Europe/Paris")).date()
    with _progress(file) as tick:
        report = run_import(Order(described, file, folder, today, shrink, licence.strip()), knowledge, tick)
    found = json.dumps(report.as_json(), ensure_ascii=False, indent=2)
    kept = folder / REPORTS / f"{described.id}.json"
    try:
        kept.parent.mkdir(mode=0o700, exist_ok=True)
        write_aside(kept, found + "\n")
    except OSError as error:
        what = f"L'import est fait, mais son rapport ne s'écrit pas dans {kept} : {reason(error)}."
        raise OperatorError(what, "vérifiez la place et les droits du dossier de données") from None
    print("\n".join([found] if as_json else [*report.lines(), f"Rapport : {kept}"]))  # noqa: T201


@contextmanager
def _progress(file: Path) -> Iterator[Tick]:
    """Show how far a file was read, on standard error, when a person is looking."""
    if not sys.stderr.isatty() or not file.is_file():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task("Lecture", total=file.stat().st_size)
        yield lambda done: shown.update(task, completed=done)
