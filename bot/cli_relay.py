"""Commands for the relay to a person: check the roster, the prepared texts and the team's group."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import typer

from bot.content import load_library
from bot.relay import templates
from bot.relay.checks import relay_problems
from bot.relay.roster import ROSTER_FILE, Duty, is_there, load
from bot.settings import Settings, settings_or_exit
from knowledge.school_calendar import SchoolCalendar

commands = typer.Typer(help="Le relais vers une personne.", no_args_is_help=True)
_EXAMPLE = templates.FOLDER / "equipe.exemple.yaml"


def _say(*lines: object) -> None:
    for line in lines:
        print(line)  # noqa: T201 - the command line's own output


@commands.callback()
def relay() -> None:
    """Le relais vers une personne."""


@commands.command()
def check() -> None:
    """Vérifier l'équipe, les modèles et le groupe Telegram ; code 1 s'il manque quelque chose."""
    settings = settings_or_exit()
    ready = all([_files(settings), _group(settings)])
    raise SystemExit(0 if ready else 1)


def _files(settings: Settings) -> bool:
    """Say what is wrong with the roster and the prepared texts, else who is there now."""
    found = relay_problems(settings.donnees)
    _say(*found)
    if any(not problem.warning for problem in found):
        return False
    people = load(settings.donnees)
    if not people:
        _say(f"{settings.donnees / ROSTER_FILE} : pas d'équipe\n    -> copiez {_EXAMPLE} et remplissez-le")
        return False
    calendar = load_library().content.knowledge.calendar
    _say(*(_presence(duty, calendar) for duty in people))
    _say(f"{len(templates.templates())} modèles : {', '.join(templates.templates())}")
    return True


def _presence(duty: Duty, calendar: SchoolCalendar | None) -> str:
    there = is_there(duty, datetime.now(UTC).astimezone(ZoneInfo("Europe/Paris")), calendar)
    where = ", ".join(map(str, duty.districts)) or "tout Paris"
    languages = ", ".join(duty.languages)
    return f"{duty.pseudonym} : {'présent maintenant' if there else 'absent maintenant'} ({where} ; {languages})"


def _group(settings: Settings) -> bool:
    """Ask Telegram whether the group is ready; say what to change."""
    if settings.groupe is None or settings.telegram_token is None:
        _say("PASSERELLE_GROUPE ou PASSERELLE_TELEGRAM_TOKEN : pas donné\n    -> le relais n'est pas proposé sans eux")
        return False
    from bot.telegram.relay_check import look  # its libraries are slow to load: only this command waits for them

    found = asyncio.run(look(settings))
    _say(*(found or ["Le groupe est prêt : des sujets, et les droits qu'il faut au robot."]))
    return not found
