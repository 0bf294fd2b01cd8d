"""``passerelle stats``: the published numbers, the needs without an answer, what families suggest; it only reads."""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from typing import Annotated
from urllib.parse import quote

import typer
from rich.console import Console
from rich.table import Table as Drawn

from bot.content import load_library
from bot.crypto import Vault
from bot.errors import OperatorError
from bot.keyfile import existing_keys
from bot.observatory import needs, report
from bot.observatory.month import in_words, is_month
from bot.observatory.publication import Line
from bot.observatory.table import published
from bot.settings import Settings, settings_or_exit
from bot.spreadsheet import csv_text
from bot.store import DATABASE
from bot.store.writer import unavailable
from bot.voice.table import suggestions

stats = typer.Typer(
    help="Ce que les familles demandent, en nombres publiés ; aucun n'est plus petit que 10.",
    invoke_without_command=True,
    subcommand_metavar="[besoins|suggestions]",
)

Month = Annotated[str, typer.Option("--mois", help="Mois, par exemple 2026-11 ; sinon le dernier publié.")]
AsCsv = Annotated[bool, typer.Option("--csv", help="Pour un tableur.")]
AsJson = Annotated[bool, typer.Option("--json", help="Un objet par ligne.")]
_DOT = "·"


@stats.callback()
def show(
    context: typer.Context,
    month: Month = "",
    by: Annotated[str, typer.Option("--par", help=f"Tableau : {', '.join(report.TABLES)}.")] = "",
    as_csv: AsCsv = False,
    as_json: AsJson = False,
) -> None:
    """Les nombres d'un mois : demandé, montré, ouvert, sans réponse."""
    if context.invoked_subcommand:
        return
    if by and by not in report.TABLES:
        raise OperatorError(f"« {by} » : ce tableau n'existe pas", f"tableaux : {', '.join(report.TABLES)}")
    settings, knowledge = settings_or_exit(), load_library().content.knowledge
    chosen, lines = _month(settings, month)
    if as_csv or as_json:
        _export(report.COLUMNS, report.records(chosen, report.lines_of(by, lines), knowledge), as_csv=as_csv)
        return
    _draw(chosen, [table for table in report.tables(lines, knowledge) if table.id == (by or "sujet")])


@stats.command()
def besoins(month: Month = "", as_csv: AsCsv = False, as_json: AsJson = False) -> None:
    """Les besoins sans réponse proche, pour le comité de pilotage."""
    settings, knowledge = settings_or_exit(), load_library().content.knowledge
    chosen, lines = _month(settings, month)
    found = needs.needs(lines, knowledge)
    if as_csv or as_json:
        _export(needs.COLUMNS, needs.records(chosen, found), as_csv=as_csv)
        return
    _say(f"Besoins sans réponse proche, {in_words(chosen)}", "")
    _say(
        *(need.sentence for need in found) if found else ("Aucun qui compte assez de conversations pour être publié.",)
    )


@stats.command("suggestions")
def words(as_csv: AsCsv = False, as_json: AsJson = False) -> None:
    """Les mots laissés par les familles : le jour, la langue, le texte ; effacés après 180 jours."""
    settings = settings_or_exit()
    given = settings.cle.get_secret_value() if settings.cle else None
    ring = existing_keys(settings.donnees, given)
    if ring is None:
        raise _none_yet()
    with _reading(settings) as connection:
        found = tuple(suggestions(connection, Vault(ring), datetime.now(UTC)))
    rows = [{"jour": each.day.isoformat(), "langue": each.language, "texte": each.text} for each in found]
    if as_csv or as_json:
        _export(("jour", "langue", "texte"), rows, as_csv=as_csv)
        return
    _say(
        *(f"{row['jour']} ({row['langue']})  {row['texte']}" for row in rows)
        if rows
        else ("Aucun mot pour l'instant.",)
    )


def _month(settings: Settings, wanted: str) -> tuple[str, tuple[Line, ...]]:
    if wanted and not is_month(wanted):
        raise OperatorError(f"« {wanted} » n'est pas un mois", "écrivez-le comme 2026-11")
    with _reading(settings) as connection:
        months = published(connection)
    if not months:
        raise _not_yet()
    chosen = wanted or next(iter(months))
    if chosen not in months:
        raise OperatorError(f"{in_words(chosen)} n'est pas publié", f"mois publiés : {', '.join(months)}")
    return chosen, months[chosen]


@contextmanager
def _reading(settings: Settings) -> Iterator[sqlite3.Connection]:
    """Give the database, in use or not, for reading alone."""
    path = settings.donnees / DATABASE
    if not path.is_file():
        raise OperatorError(
            f"Il n'y a pas de base de données dans {settings.donnees}.\n    -> vérifiez PASSERELLE_DONNEES"
        )
    try:
        with closing(
            sqlite3.connect(f"file:{quote(str(path.absolute()))}?mode=ro", uri=True, timeout=10)
        ) as connection:
            yield connection
    except sqlite3.OperationalError as error:
        if "no such table" in str(error):
            raise _not_yet() from None
        raise unavailable(error) from None


def _not_yet() -> OperatorError:
    hint = "un mois l'est quand il est fini, dans les minutes qui suivent ; lancez le service"
    return OperatorError("Aucun mois n'est encore publié.", hint)


def _none_yet() -> OperatorError:
    return OperatorError("Il n'y a encore rien de gardé ici.", "lancez le service, ou vérifiez PASSERELLE_DONNEES")


def _draw(month: str, tables: Sequence[report.Table]) -> None:
    console = Console()
    _say(
        f"{in_words(month).capitalize()}. « {report.HIDDEN} » : moins de 10 conversations, ou caché pour en protéger. "
        "« au moins » : une conversation sur cinq, tirée au sort, n'y est pas comptée.",
        "",
    )
    for table in tables:
        drawn = Drawn(title=table.title, title_justify="left")
        for at, column in enumerate(table.columns):
            drawn.add_column(column, justify="right" if at else "left")
        for row in table.rows:
            drawn.add_row(*(_DOT if cell == report.HIDDEN else cell for cell in row))
        console.print(drawn)


def _export(columns: Sequence[str], rows: Iterable[Mapping[str, object]], *, as_csv: bool) -> None:
    if as_csv:
        sys.stdout.write(csv_text(columns, rows))
        return
    _say(*(json.dumps(row, ensure_ascii=False) for row in rows))


def _say(*lines: str) -> None:
    for line in lines:
        print(line)  # noqa: T201 - the command line's own output
