"""Commands on campaigns, for operators: they work while the service runs, which acts on them within a minute."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.campaigns.campaign import Body, Campaign, Step, paused, resumed, stopped
from bot.campaigns.check import DUTY
from bot.campaigns.file import MODEL, letter_of
from bot.campaigns.staff_screens import STATES, audience_text, moment, title
from bot.campaigns.table import CampaignTable
from bot.content import load_library
from bot.errors import OperatorError
from bot.settings import settings_or_exit
from bot.staff.model import Role
from bot.staff.staff import Staff
from bot.store.beside import store_beside
from bot.store.sqlite import SqliteStore

commands = typer.Typer(help="Les nouvelles envoyées aux familles qui ont dit oui.", no_args_is_help=True)
Number = Annotated[int, typer.Argument(help="Numéro de la campagne.")]


def _now() -> datetime:
    return datetime.now(UTC)


def _say(*lines: str) -> None:
    for line in lines:
        print(line)  # noqa: T201 - the command line's own output


def _with_store(work: Callable[[SqliteStore], Awaitable[None]]) -> None:
    settings = settings_or_exit()
    given = settings.cle.get_secret_value() if settings.cle else None

    async def run() -> None:
        async with store_beside(settings.donnees, given) as store:
            await work(store)

    asyncio.run(run())


async def _one(store: SqliteStore, number: int) -> Campaign:
    campaign = await CampaignTable(store.database, store.vault).get(number)
    if campaign is None:
        raise OperatorError(f"Il n'y a pas de campagne {number}.", "voyez « passerelle campaign list »")
    return campaign


@commands.command("list")
def list_campaigns() -> None:
    """Les campagnes, la plus récente d'abord : leur numéro, leur état, leur titre."""

    async def work(store: SqliteStore) -> None:
        found = await CampaignTable(store.database, store.vault).all()
        for each in found:
            _say(f"{each.id}  {STATES[each.state]}  {title(each)}")
        if not found:
            _say("Aucune campagne.")

    _with_store(work)


@commands.command()
def new(
    file: Annotated[Path | None, typer.Argument(help="Fichier YAML ; --modele en montre un.")] = None,
    by: Annotated[
        str, typer.Option("--de", help="Nom dans l'équipe de qui l'a écrite ; l'accord viendra de quelqu'un d'autre.")
    ] = "",
    model: Annotated[bool, typer.Option("--modele", help="Montrer un fichier à recopier.")] = False,
) -> None:
    """Faire un brouillon à partir d'un fichier, vérifié ligne par ligne ; la suite se fait dans /campagne."""
    if model or file is None:
        _say(MODEL.rstrip())
        return
    library = load_library()
    letter = letter_of(file, library)

    async def work(store: SqliteStore) -> None:
        writers = await Staff(store.database, store.vault, _now).people(Role.REDACTEUR, Role.COORDINATION)
        author = next((each for each in writers if each.name_for_staff.casefold() == by.strip().casefold()), None)
        if author is None:
            names = ", ".join(each.name_for_staff for each in writers) or "personne encore"
            raise OperatorError(f"« {by} » n'écrit pas de campagnes.", f"--de suivi d'un nom de l'équipe : {names}")
        number = await CampaignTable(store.database, store.vault).new(Body(letter, (author.person,)), _now())
        staff = Staff(store.database, store.vault, _now)
        await staff.note(author.person, "a déposé un brouillon", _now(), f"campagne {number}")
        _say(f"Brouillon n° {number} : {audience_text(letter.audience, library)}.", DUTY)

    _with_store(work)


@commands.command()
def pause(number: Number) -> None:
    """Retenir un envoi ; rien ne part plus dans la seconde qui suit."""
    _take(number, paused, "a mis une campagne en pause", "En pause.")


@commands.command()
def resume(number: Number) -> None:
    """Reprendre un envoi où il était."""
    _take(number, resumed, "a repris une campagne", "L'envoi reprend dans la minute.")


@commands.command()
def stop(number: Number) -> None:
    """Arrêter un envoi pour de bon ; la liste des familles est oubliée."""
    _take(number, stopped, "a arrêté une campagne", "Arrêtée.")


@commands.command()
def result(number: Number) -> None:
    """Le résultat d'une campagne : des nombres exacts, à ne pas publier sous dix familles."""

    async def work(store: SqliteStore) -> None:
        campaign = await _one(store, number)
        _say(f"{title(campaign)} : {STATES[campaign.state]}, {moment(datetime.fromtimestamp(campaign.changed, UTC))}")
        counts = campaign.counts
        if counts.total < 0:
            _say("Rien n'est parti.")
            return
        query = "SELECT count(*) FROM campaign_people WHERE campaign = ?"
        waiting = await store.database.read(lambda c: int(c.execute(query, (number,)).fetchone()[0]))
        lines = {
            "familles": counts.total, "envoyés": counts.sent, "partis de Telegram": counts.gone,
            "incertains": counts.uncertain, "laissés de côté": counts.skipped(waiting), "en attente": waiting,
        }  # fmt: skip
        _say(*(f"{name} : {value}" for name, value in lines.items()))

    _with_store(work)


def _take(number: int, step: Step, line: str, said: str) -> None:
    async def work(store: SqliteStore) -> None:
        before = await _one(store, number)
        after = await CampaignTable(store.database, store.vault).take(number, step, _now())
        if after is None:
            raise OperatorError(f"La campagne {number} est dans l'état « {STATES[before.state]} ».", "rien n'a changé")
        await Staff(store.database, store.vault, _now).note("", line, _now(), f"campagne {number}")
        _say(said)

    _with_store(work)
