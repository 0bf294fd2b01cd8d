"""Commands for the coordination: who is in the team. They work while the service runs, and while it does not."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Annotated, TypeVar
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.table import Table

from bot.outreach.codes import grouped, telegram_address
from bot.settings import settings_or_exit
from bot.staff.model import INVITATION, LONGEST_INVITATION, SOON, Role
from bot.staff.office import Office, Revoked
from bot.staff.words import ROLES
from bot.store import DATABASE
from bot.store.beside import store_beside

T = TypeVar("T")
commands = typer.Typer(help="L'équipe : inviter, voir, prolonger, retirer.", no_args_is_help=True)

_PARIS = ZoneInfo("Europe/Paris")
_Name = Annotated[str, typer.Argument(help="Nom dans l'équipe, comme dans « passerelle staff list ».")]


def _now() -> datetime:
    return datetime.now(UTC)


def _say(*lines: str) -> None:
    for line in lines:
        print(line)  # noqa: T201 - the command line's own output


def _in_office(work: Callable[[Office], Awaitable[T]]) -> T:
    """Return what ``work`` does with the team of the data folder."""
    settings = settings_or_exit()
    given = settings.cle.get_secret_value() if settings.cle else None
    if not (settings.donnees / DATABASE).exists():
        # Without its settings, a command would invite into a team of its own, which no service knows.
        sys.stderr.write(f"Dossier de données nouveau : {settings.donnees.absolute()}. Est-ce celui du service ?\n")

    async def run() -> T:
        async with store_beside(settings.donnees, given) as store:
            return await work(Office(store, _now))

    return asyncio.run(run())


@commands.command()
def invite(
    role: Annotated[Role, typer.Argument(help="Rôle de la personne invitée.")],
    nom: Annotated[str, typer.Option("--nom", help="Son nom dans l'équipe : un pseudonyme, vu par l'équipe.")] = "",
    jours: Annotated[
        int, typer.Option("--jours", help=f"Durée de l'invitation, de 1 à {LONGEST_INVITATION.days} jours.")
    ] = INVITATION.days,
) -> None:
    """Inviter une personne : un code qui sert une seule fois, à lui envoyer à elle seule."""
    code, made = _in_office(lambda office: office.invite(role, nom, jours))
    settings = settings_or_exit()
    if settings.telegram_nom:
        _say(telegram_address(settings.telegram_nom, code))
    _say(
        f"Code : {code} (à lire : {grouped(code)})",
        f"Pour {made.name_for_staff}, rôle {ROLES[made.role].text}, jusqu'au {_moment(made.until)}, une seule fois.",
        "Envoyez-le à cette personne seule. Il n'est gardé nulle part : notez-le maintenant.",
    )
    if not settings.telegram_nom:
        _say("Elle l'écrit au robot. Pour avoir un lien à toucher : PASSERELLE_TELEGRAM_NOM.")


@commands.command("list")
def list_team() -> None:
    """Voir l'équipe : noms, rôles, fin de chaque place, invitations en attente."""
    team = _in_office(lambda office: office.team())
    if not team.members and not team.invitations:
        _say("L'équipe est vide. Pour inviter : passerelle staff invite promeneur")
        return
    table = Table("Nom", "Rôle", "Jusqu'au", "")
    for member in team.members:
        ends_soon = member.until is not None and member.until - _now() < SOON
        remark = "à prolonger : passerelle staff renew" if ends_soon else ""
        table.add_row(member.name_for_staff, ROLES[member.role].text, _day(member.until), remark)
    for each in team.invitations:
        table.add_row(each.name_for_staff, ROLES[each.role].text, _day(each.until), "invitation en attente")
    Console().print(table)


@commands.command()
def renew(name: _Name) -> None:
    """Prolonger d'un an la place d'une personne, à partir d'aujourd'hui."""
    member = _in_office(lambda office: office.renew(name))
    _say(f"{member.name_for_staff} est dans l'équipe jusqu'au {_day(member.until)}.")


@commands.command()
def revoke(name: _Name) -> None:
    """Retirer une personne de l'équipe, ou son invitation : cela compte dès son prochain geste."""
    what = _in_office(lambda office: office.revoke(name))
    if what is Revoked.MEMBER:
        _say(f"{name} n'est plus dans l'équipe.")
    else:
        _say(f"L'invitation de {name} est retirée : son code ne sert plus.")


@commands.command()
def journal() -> None:
    """Lire ce que l'équipe a fait : qui (nom dans l'équipe), quoi, quand ; six mois, sans donnée de famille."""
    for line in _in_office(lambda office: office.journal()):
        at = line.at.astimezone(_PARIS)
        detail = f" : {line.detail}" if line.detail else ""
        _say(f"{at:%Y-%m-%d %H:%M}  {line.who}  {line.action}{detail}")


def _day(moment: datetime | None) -> str:
    return f"{moment.astimezone(_PARIS):%d/%m/%Y}" if moment else ""


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(_PARIS):%d/%m/%Y à %H:%M}"
