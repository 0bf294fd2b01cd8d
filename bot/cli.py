"""The ``passerelle`` command. Each command says what it needs in French and never shows a traceback for bad input."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, NoReturn
from zoneinfo import ZoneInfo

import typer
from rich.console import Console

from bot import (
    cli_campaign,
    cli_content,
    cli_imports,
    cli_operate,
    cli_outreach,
    cli_relay,
    cli_staff,
    cli_stats,
    cli_upkeep,
    logs,
)
from bot.content import Library, load_library
from bot.conversation import Conversation
from bot.crypto import Vault
from bot.dates_json import milestones_line
from bot.errors import OperatorError
from bot.jsonl import Json, each_line, match_line, understand_line
from bot.keys import KeyRing
from bot.settings import settings_or_exit
from bot.store import MemoryStore
from bot.terminal import Talk, chat, found_table, json_lines, opened
from knowledge.reader import ContentError
from knowledge.search import search_line

PARIS = ZoneInfo("Europe/Paris")

app = typer.Typer(
    help="Passerelle : les droits et les lieux utiles aux familles de Paris.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.registered_commands += cli_content.commands.registered_commands
app.registered_commands += cli_upkeep.commands.registered_commands
app.registered_commands += cli_operate.commands.registered_commands
app.registered_commands += cli_imports.commands.registered_commands
app.registered_commands += cli_outreach.commands.registered_commands
app.add_typer(cli_content.translations, name="i18n")
app.add_typer(cli_operate.keys, name="key")
app.add_typer(cli_relay.commands, name="relay")
app.add_typer(cli_stats.stats, name="stats")
app.add_typer(cli_staff.commands, name="staff")
app.add_typer(cli_campaign.commands, name="campaign")


def main() -> None:
    """Run the command line; errors that someone can mend are shown without a traceback."""
    logs.configure()
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a byte or half a sign that is no text spoils one line, not the command
            stream.reconfigure(errors="backslashreplace")
    try:
        app()
    except (OperatorError, ContentError) as error:
        _fail(str(error))
    except BrokenPipeError:  # « passerelle match ... | head » closes the pipe early
        sys.stderr.close()


def _fail(text: str) -> NoReturn:
    print(text, file=sys.stderr)  # noqa: T201 - the command line's own output
    raise SystemExit(2)


def _today() -> date:
    return datetime.now(PARIS).date()


def _library() -> Library:
    try:
        return load_library()
    except ContentError as error:
        _fail(f"Le contenu ne peut pas être lu :\n{error}")


@contextmanager
def _lines(source: str) -> Iterator[Iterator[str]]:
    """Give the lines of a file, or of standard input for « - »."""
    if source == "-":
        yield iter(sys.stdin)
        return
    try:
        with Path(source).open(encoding="utf-8") as file:
            yield iter(file)
    except (OSError, UnicodeDecodeError) as error:
        _fail(f"Le fichier {source} ne se lit pas : {error}")


def _print_each(source: str, answer: Callable[[Json], Json]) -> None:
    with _lines(source) as lines:
        for line in each_line(lines, answer):
            print(line, flush=True)  # noqa: T201


@app.command()
def serve() -> None:
    """Lancer le service : les pages web, et Telegram si un jeton est donné."""
    from bot.service import serve as run  # web and Telegram libraries: only this command waits for them

    settings = settings_or_exit()
    logs.configure(settings.journal)
    logs.catch_unhandled()
    asyncio.run(run(settings, lambda address: print(f"Passerelle répond sur {address}", flush=True)))  # noqa: T201


@app.command("chat")
def chat_command(
    tree: Annotated[str | None, typer.Argument(help="Sujet par lequel commencer, par exemple separation.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Un événement par ligne, une réponse par ligne.")] = False,
    lang: Annotated[str, typer.Option("--lang", help="Langue : fr, fr@facile, en.")] = "fr",
    link: Annotated[str | None, typer.Option("--link", help="Code de lien à ouvrir.")] = None,
) -> None:
    """Parler avec l'assistant dans le terminal ; rien n'est enregistré."""
    library = _library().with_imports(settings_or_exit().donnees)
    offered = [language.id for language in library.catalogs.languages]
    if lang not in offered:
        _fail(f"langue « {lang} » inconnue\n    -> langues : {', '.join(offered)}")
    if tree and tree not in library.content.dialogs.trees:
        _fail(f"sujet « {tree} » inconnu\n    -> sujets : {', '.join(library.content.dialogs.trees)}")
    conversation = Conversation(lambda: library, MemoryStore(), Vault(KeyRing.new()))
    talk = Talk(conversation, library, lambda: datetime.now(PARIS), lang)
    with asyncio.Runner() as run:
        first = run.run(opened(talk, tree, link))
        if as_json:
            for line in json_lines(talk, sys.stdin, run):
                print(line, flush=True)  # noqa: T201
            return
        console = Console()
        console.print("[dim]Un numéro presse un bouton (#3 si la question attend un nombre) ; ou écrivez.[/dim]\n")
        run.run(chat(talk, console, first, _read_line))


def _read_line() -> str | None:
    try:
        return input("vous> ")
    except (EOFError, KeyboardInterrupt):
        return None


@app.command("match")
def match_command(
    source: Annotated[str, typer.Argument(help="Fichier, ou - pour l'entrée standard.")] = "-",
    as_json: Annotated[bool, typer.Option("--json", help="Seule forme proposée : un objet par ligne.")] = True,
) -> None:
    """Une famille par ligne (JSON) -> le verdict de chaque fiche, avec ses raisons et ce qui manque."""
    library, today = _library(), _today()
    _print_each(source, lambda request: match_line(library, request, today))


@app.command("milestones")
def milestones_command(
    source: Annotated[str, typer.Argument(help="Fichier, ou - pour l'entrée standard.")] = "-",
    as_json: Annotated[bool, typer.Option("--json", help="Seule forme proposée : un objet par ligne.")] = True,
) -> None:
    """Une famille par ligne (JSON) -> les dates qui viennent pour elle, la plus proche d'abord."""
    library, today = _library(), _today()
    _print_each(source, lambda request: milestones_line(library, request, today))


@app.command("search")
def search_command(
    text: Annotated[str, typer.Argument(help="Ce que l'on cherche, ou - pour une recherche par ligne.")],
    as_json: Annotated[bool, typer.Option("--json", help="Un objet par ligne.")] = False,
    limit: Annotated[int, typer.Option("--limit", min=1, max=100, help="Nombre de résultats.")] = 10,
    lang: Annotated[str, typer.Option("--lang", help="Langue des noms affichés.")] = "fr",
) -> None:
    """Chercher une fiche, un lieu, un thème ou un numéro, avec ses fautes et ses anciens noms."""
    library, today = _library().with_imports(settings_or_exit().donnees), _today()
    knowledge = library.content.knowledge
    for line in sys.stdin if text == "-" else [text]:
        if not line.strip():
            continue
        if as_json:
            found = search_line(library.full_search, knowledge, line.strip(), limit)
            print(json.dumps(found, ensure_ascii=False), flush=True)  # noqa: T201
        else:
            Console().print(found_table(library, line.strip(), limit, library.speaker(lang, today)))


@app.command("understand")
def understand_command(
    text: Annotated[str, typer.Argument(help="Une phrase, ou - pour une phrase par ligne.")],
    as_json: Annotated[bool, typer.Option("--json", help="Seule forme proposée : un objet par ligne.")] = True,
    lang: Annotated[str, typer.Option("--lang")] = "fr",
) -> None:
    """Ce qui est compris dans une phrase : danger, sujets, fiches, faits."""
    library, today = _library(), _today()
    for line in sys.stdin if text == "-" else [text]:
        if line.strip():
            found = understand_line(library, line.rstrip("\n"), lang, today)
            print(json.dumps(found, ensure_ascii=False), flush=True)  # noqa: T201


@app.command()
def erase(
    conversation: Annotated[str, typer.Argument(help="Numéro de la conversation Telegram à effacer.")],
    channel: Annotated[str, typer.Option("--canal", help="Canal : telegram.")] = "telegram",
) -> None:
    """Effacer tout ce qui est gardé d'une personne, sa place dans l'équipe aussi (le service doit être arrêté)."""
    from bot.service import opened_store

    settings = settings_or_exit()

    async def run() -> None:
        async with opened_store(settings) as store:
            await store.erase(store.vault.person(channel, conversation), datetime.now(PARIS), gone=True)

    asyncio.run(run())
    print("C'est effacé.")  # noqa: T201
