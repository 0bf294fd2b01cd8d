"""Commands that keep the content true: verify, diff, export; and the table at the end of check."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from bot.content import ROOT, load_library
from bot.errors import OperatorError, reason
from bot.exports.run import Form, Part, export
from bot.settings import settings_or_exit
from bot.verify import Method, check_of, mark, target
from bot.verify_diff import families, other_content, other_knowledge, report
from bot.verify_links import CACHE_FILE, check_links
from bot.verify_table import Format, table, tasks_of
from knowledge.check_references import entries
from knowledge.content import Knowledge
from knowledge.load import load_knowledge
from knowledge.upkeep import Dead, addresses

commands = typer.Typer()


def _today() -> date:
    return datetime.now(ZoneInfo("Europe/Paris")).date()


def _say(*lines: object) -> None:
    for line in lines:
        print(line)  # noqa: T201 - the command line's own output


def to_review(root: Path, on: date, form: Format, *, online: bool) -> str:
    """Return the table of what is to be looked at again; ``online`` opens web addresses first."""
    dead, note = _opened(load_knowledge(root / "knowledge")) if online else ({}, "")
    text = table(tasks_of(root, on, dead), form)
    return f"{text}\n{note}" if note and form == "texte" else text


def _opened(knowledge: Knowledge) -> tuple[Dead, str]:
    urls = {url for entry in (*entries(knowledge), *knowledge.milestones) for url in addresses(entry)}
    found = check_links(urls, _today(), settings_or_exit().donnees / CACHE_FILE)
    said = f"{found.answered} répondent, {len(found.dead)} sont mortes, {found.unknown} n'ont pas pu être vérifiées"
    return found.dead, f"Adresses web : {said}."


@commands.command()
def verify(
    card: Annotated[
        str, typer.Argument(help="Identifiant d'une fiche, d'un lieu, d'un numéro, d'un jalon, ou calendrier.")
    ],
    methode: Annotated[Method, typer.Option("--methode", help="Comment : appel, site, courriel ou visite.")],
    note: Annotated[str | None, typer.Option("--note", help="Ce qu'il faut savoir pour la prochaine fois.")] = None,
    le: Annotated[datetime | None, typer.Option("--le", formats=["%Y-%m-%d"], help="Le jour, s'il est passé.")] = None,
) -> None:
    """Marquer une fiche comme vérifiée : seules les dates et la méthode changent dans son fichier."""
    today = _today()
    found = target(load_knowledge(ROOT / "knowledge"), card)
    check = check_of(found, le.date() if le else today, methode, note, today)
    path = ROOT / "knowledge" / found.file
    difference = mark(path, check)
    _say(f"knowledge/{found.file}", difference or "(rien à changer)", f"À relire avant le {check.until}.")


@commands.command()
def diff(
    avec: Annotated[str, typer.Option("--avec", help="Un dossier, ou une révision git : HEAD, main, v1.2...")] = "HEAD",
) -> None:
    """Quelles familles de référence reçoivent une autre réponse qu'avec une autre version du contenu."""
    listed = families(ROOT / "tests" / "familles")
    if not listed:
        raise OperatorError("il n'y a pas de familles de référence dans tests/familles", "lancez ceci depuis le dépôt")
    now = load_knowledge(ROOT / "knowledge")
    with other_content(ROOT, avec) as folder:
        _say(*report(other_knowledge(folder), now, listed))


@commands.command("export")
def export_command(
    form: Annotated[Form, typer.Argument(help="data-inclusion, csv ou json.")],
    vers: Annotated[Path | None, typer.Option("--vers", help="Fichier à écrire ; sinon la sortie standard.")] = None,
    jeu: Annotated[Part, typer.Option("--jeu", help="data-inclusion : services, structures ou tout.")] = "tout",
) -> None:
    """Donner le contenu à d'autres, avec ses licences ; ce qui se perd est dit sur la sortie d'erreur."""
    made = export(load_library(), form, _today(), jeu)
    if vers is None:
        sys.stdout.write(made.text)
    else:
        try:
            vers.write_text(made.text, encoding="utf-8", newline="")
        except OSError as error:
            what = f"{vers} ne peut pas être écrit : {reason(error)}"
            raise OperatorError(what, "choisissez un autre fichier") from error
    sys.stderr.write("\n".join(made.report) + "\n")
