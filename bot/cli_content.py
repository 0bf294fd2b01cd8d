"""Commands for editors and translators: check, prove, graph, new, i18n."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, NoReturn
from zoneinfo import ZoneInfo

import typer

from bot.cli_upkeep import to_review
from bot.content import ROOT, load_library
from bot.observatory import announced
from bot.relay.checks import relay_problems
from bot.settings import settings_or_exit
from bot.translations import accept_typos, extract, merge_all, stats
from bot.verify_table import Format
from dialogs.graph import mermaid
from dialogs.schema import schemas as dialog_schemas
from knowledge.codes import assign
from knowledge.reader import ContentError
from knowledge.schema import schemas as knowledge_schemas
from knowledge.template import new_card

commands = typer.Typer()
translations = typer.Typer(help="Les catalogues de traduction.", no_args_is_help=True)
_FOLDERS = {"droit": "droits", "service": "services", "lieu": "lieux", "numero": "numeros"}


def _today() -> date:
    return datetime.now(ZoneInfo("Europe/Paris")).date()


def _say(*lines: object) -> None:
    for line in lines:
        print(line)  # noqa: T201 - the command line's own output


def _fail(text: str, code: int = 2) -> NoReturn:
    print(text, file=sys.stderr)  # noqa: T201
    raise SystemExit(code)


@commands.command()
def check(
    fix: Annotated[bool, typer.Option("--fix", help="Attribue les codes qui manquent.")] = False,
    accept_typo: Annotated[
        list[str] | None,
        typer.Option("--accept-typo", help="Place d'une phrase corrigée : garde ses traductions."),
    ] = None,
    le: Annotated[str | None, typer.Option("--le", help="Date d'évaluation, par exemple 2027-04-01.")] = None,
    tableau: Annotated[
        Format | None, typer.Option("--tableau", help="Seulement ce qui est à revoir, en entier : texte, csv ou json.")
    ] = None,
    en_ligne: Annotated[
        bool, typer.Option("--en-ligne", help="Ouvre aussi les adresses web (5 minutes au plus).")
    ] = False,
) -> None:
    """Tous les problèmes du contenu, des arbres, des traductions et des dates, puis ce qui est à revoir ; code 1 s'il
    y a une erreur."""
    if fix:
        _say(*(f"code attribué : {line}" for line in assign(ROOT)))
    for place in accept_typo or ():
        _say(*accept_typos(ROOT / "i18n", place))
    try:
        on = date.fromisoformat(le) if le else _today()
    except ValueError:
        _fail(f"--le vaut « {le} »\n    -> écrivez une date comme 2027-04-01")
    try:
        from bot.checks import check_all  # Telegram's libraries too: every other command starts without them

        problems = check_all(ROOT, on)
    except ContentError as error:
        problems = list(error.problems)
    data = settings_or_exit().donnees
    problems += [*relay_problems(data), *announced.problems(data)]
    errors = [problem for problem in problems if not problem.warning]
    count = f"{_count('jalons')} jalon(s), {len(errors)} erreur(s), {len(problems) - len(errors)} avertissement(s)"
    # A table asked for stands alone on standard output, so that it can be kept in a file.
    aside = sys.stderr if tableau else sys.stdout
    print(*problems, sep="\n", file=aside)
    _say(to_review(ROOT, on, tableau or "texte", online=en_ligne))
    print(f"\n{count}", file=aside)
    raise SystemExit(1 if errors else 0)


def _count(folder: str) -> int:
    return len(list((ROOT / "knowledge" / folder).glob("*.yaml")))


@commands.command()
def prove(
    as_json: Annotated[bool, typer.Option("--json", help="Le même rapport, en JSON.")] = False,
) -> None:
    """Le rapport du prouveur : arbres, clauses, fiches, couverture, Schéma parisien ; code 1 si une preuve manque."""
    from bot.checks import prove_all

    report = prove_all(load_library(), _today())
    _say(json.dumps(report.data(), ensure_ascii=False, indent=1) if as_json else report.text())
    raise SystemExit(0 if report.ok else 1)


@commands.command()
def graph(tree: Annotated[str, typer.Argument(help="Identifiant de l'arbre.")]) -> None:
    """Le dessin d'un arbre, en texte Mermaid."""
    dialogs = load_library().content.dialogs
    if tree not in dialogs.trees:
        _fail(f"arbre « {tree} » inconnu\n    -> arbres : {', '.join(dialogs.trees)}")
    _say(mermaid(dialogs.trees[tree], dialogs))


@commands.command()
def new(
    kind: Annotated[str, typer.Argument(help="droit, service, lieu ou numero.")],
    card: Annotated[str, typer.Argument(help="Identifiant en minuscules et tirets, par exemple bourse-college.")],
) -> None:
    """Créer une fiche à compléter, avec toutes ses rubriques."""
    if kind not in _FOLDERS:
        _fail(f"genre « {kind} » inconnu\n    -> genres : {', '.join(_FOLDERS)}")
    path = ROOT / "knowledge" / _FOLDERS[kind] / f"{card}.yaml"
    try:
        text = new_card(kind, card, _today())
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        _fail(f"la fiche {path.relative_to(ROOT)} existe déjà")
    except ValueError as error:
        _fail(str(error))
    _say(f"{path.relative_to(ROOT)} est créé : complétez-le, puis lancez « passerelle check --fix ».")


@commands.command()
def schemas(
    folder: Annotated[Path, typer.Argument(help="Dossier où les écrire.")] = Path("schemas"),
) -> None:
    """Écrire les schémas JSON des fichiers YAML, pour un éditeur qui complète et souligne."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, schema in (knowledge_schemas() | dialog_schemas()).items():
        (folder / f"{name}.schema.json").write_text(
            json.dumps(schema, ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
        )
        _say(folder / f"{name}.schema.json")


@translations.command("extract")
def extract_command() -> None:
    """Lister les phrases à traduire, avec leur place."""
    _say(*(f"{context}\t{french}" for context, french in extract(load_library())))


@translations.command("merge")
def merge_command() -> None:
    """Mettre les catalogues à jour d'après le contenu : par la place, jamais par ressemblance."""
    _print_reports(merge_all(load_library(), ROOT / "i18n"))


@translations.command("stats")
def stats_command() -> None:
    """Où en est chaque langue."""
    _print_reports(stats(load_library()))


def _print_reports(lines: Iterable[str]) -> None:
    _say(*lines)
