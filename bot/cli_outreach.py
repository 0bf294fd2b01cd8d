"""Commands for those who go towards families: links and squares to scan."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, NoReturn
from zoneinfo import ZoneInfo

import typer

from bot.content import load_library
from bot.links import LinkError, normal, parse_link
from bot.outreach.codes import grouped, telegram_address, web_address
from bot.outreach.wish import Wish, WishError, code_of
from bot.settings import Settings, settings_or_exit
from bot.square import Kind, square
from knowledge.content import Knowledge

commands = typer.Typer()


def _today() -> date:
    return datetime.now(ZoneInfo("Europe/Paris")).date()


def _fail(text: str) -> NoReturn:
    print(text, file=sys.stderr)  # noqa: T201 - the command line's own output
    raise SystemExit(2)


def _code(wish: Wish, knowledge: Knowledge) -> str:
    try:
        return code_of(wish, knowledge, _today())
    except WishError as error:
        _fail(str(error))


@commands.command()
def link(
    target: Annotated[str, typer.Argument(help="Thème ou fiche, par exemple separation ou asf.")],
    district: Annotated[str, typer.Option("--arrondissement")] = "",
    birth: Annotated[
        list[str] | None, typer.Option("--naissance", help="Mois de naissance, par exemple 2024-11.")
    ] = None,
    lang: Annotated[str, typer.Option("--lang")] = "",
    campaign: Annotated[str, typer.Option("--campagne", help="1 à 8 lettres ou chiffres.")] = "",
) -> None:
    """Composer le code d'un lien à partager : il ne porte aucun fait sensible."""
    settings, knowledge = settings_or_exit(), load_library().content.knowledge
    code = _code(Wish(target, district, tuple(birth or ()), lang, campaign), knowledge)
    # The code stands alone on standard output, so that another command can take it.
    print(code)  # noqa: T201
    print(f"à lire : {grouped(code)}", *addresses(settings, code), sep="\n", file=sys.stderr)  # noqa: T201


@commands.command()
def qr(
    what: Annotated[str, typer.Argument(help="Code d'un lien, ou thème ou fiche.", metavar="CODE_OU_CIBLE")],
    to: Annotated[Path, typer.Option("--vers", help="Fichier .svg ou .png à écrire.")],
    telegram: Annotated[bool, typer.Option("--telegram", help="Ouvre Telegram au lieu du web.")] = False,
) -> None:
    """Dessiner le carré à scanner d'un lien, en SVG ou en PNG."""
    settings, knowledge = settings_or_exit(), load_library().content.knowledge
    kind = _kind(to)
    code = _read_code(what, knowledge)
    found = _on_telegram(settings, code) if telegram else _on_the_web(settings, code)
    try:
        to.write_bytes(square(found, kind))
    except OSError as error:
        _fail(f"{to} ne peut pas être écrit : {error.strerror}")
    print(f"{to} ouvre {found}")  # noqa: T201


def addresses(settings: Settings, code: str) -> list[str]:
    """Return the addresses of a code that these settings know of, one a line."""
    web = [web_address(settings.url_publique, code)] if settings.url_publique else []
    return web + ([telegram_address(settings.telegram_nom, code)] if settings.telegram_nom else [])


def _kind(to: Path) -> Kind:
    match to.suffix.lower():
        case ".svg":
            return "svg"
        case ".png":
            return "png"
    _fail(f"« {to.name} » : ce format n'existe pas ici\n    -> écrivez un nom en .svg ou .png")


def _read_code(what: str, knowledge: Knowledge) -> str:
    if what in knowledge.codes:
        return _code(Wish(what), knowledge)
    try:
        parse_link(what)
    except LinkError as error:
        _fail(f"« {what} » n'est ni un thème, ni une fiche, ni un code : {error}")
    return normal(what)


def _on_the_web(settings: Settings, code: str) -> str:
    if not settings.url_publique:
        _fail("PASSERELLE_URL_PUBLIQUE : aucune adresse\n    -> écrivez l'adresse que les familles ouvrent")
    return web_address(settings.url_publique, code)


def _on_telegram(settings: Settings, code: str) -> str:
    if not settings.telegram_nom:
        _fail("PASSERELLE_TELEGRAM_NOM : aucun nom\n    -> écrivez le nom du robot, par exemple passerelle_bot")
    return telegram_address(settings.telegram_nom, code)
