"""Commands for operators: keys, backup, restore."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.errors import OperatorError
from bot.keyfile import KEY_FILE, existing_keys
from bot.settings import Settings, settings_or_exit

commands = typer.Typer()
keys = typer.Typer(help="Les clés de chiffrement.", no_args_is_help=True)

_SHORTEST_CODE = 8
_GIVEN = """La clé est donnée par PASSERELLE_CLE : aucun fichier n'est écrit. Pour en changer :
  1. arrêtez le service ;
  2. ajoutez à la fin de PASSERELLE_CLE une virgule, puis le résultat de : openssl rand -base64 32
     (gardez les clés d'avant : la première nomme les personnes, les autres ouvrent les anciennes sauvegardes) ;
  3. relancez « passerelle key rotate » : ce qui est gardé sera scellé avec la nouvelle ;
  4. gardez une copie de PASSERELLE_CLE ailleurs, puis relancez le service."""


def _say(*lines: str) -> None:
    for line in lines:
        print(line)  # noqa: T201 - the command line's own output


def _given(settings: Settings) -> str | None:
    return settings.cle.get_secret_value() if settings.cle else None


@keys.command("list")
def list_keys() -> None:
    """Les clés, la plus ancienne d'abord : leur numéro et leur date, jamais leur valeur."""
    settings = settings_or_exit()
    ring = existing_keys(settings.donnees, _given(settings))
    if ring is None:
        _say(f"Aucune clé dans {settings.donnees} : elle sera faite au premier lancement.")
        return
    for key in ring.keys:
        made = f"faite le {key.made}" if key.made else "date inconnue"
        roles = [text for who, text in ((ring.oldest, "nomme les personnes"), (ring.newest, "scelle")) if who == key]
        _say("  ".join((key.id.hex(), made, ", ".join(roles) or "ouvre seulement")))


@keys.command("rotate")
def rotate_key() -> None:
    """Changer de clé (le service doit être arrêté) ; une rotation interrompue est d'abord terminée."""
    from bot.rotation import rotate

    settings = settings_or_exit()
    done = asyncio.run(rotate(settings.donnees, _given(settings), datetime.now(UTC).date()))
    if done.added:
        _say(
            f"Nouvelle clé {done.key} : {done.resealed} élément(s) scellé(s) de nouveau.",
            f"Copiez {settings.donnees / KEY_FILE} ailleurs que vos sauvegardes, puis relancez le service.",
        )
    elif done.resealed:
        _say(
            f"{done.resealed} élément(s) scellé(s) de nouveau avec la clé {done.key} ; aucune autre clé n'a été faite."
        )
    else:
        _say(f"Tout ce qui est gardé est scellé avec la clé {done.key}.", _GIVEN)


@commands.command()
def backup(
    file: Annotated[Path, typer.Argument(help="Fichier à écrire ; il ne doit pas exister.")],
) -> None:
    """Copier la base de données, même pendant que le service tourne ; la clé n'est pas dans la copie."""
    from bot.backup import backup as copy

    settings = settings_or_exit()
    size = copy(settings.donnees, file)
    key = "la valeur de PASSERELLE_CLE" if settings.cle else str(settings.donnees / KEY_FILE)
    _say(
        f"{file} : {size} octets, lisible par vous seul.",
        f"La clé n'est pas dedans : gardez aussi une copie de {key}, ailleurs que cette sauvegarde.",
    )


@commands.command()
def restore(
    file: Annotated[Path, typer.Argument(help="Fichier écrit par « passerelle backup ».")],
    sessions: Annotated[
        bool,
        typer.Option(
            "--avec-sessions/--sans-sessions",
            help="Remettre aussi les conversations de moins de 24 h, y compris celles effacées depuis la sauvegarde.",
        ),
    ] = False,
    team: Annotated[
        bool,
        typer.Option(
            "--avec-equipe/--sans-equipe",
            help="Prendre l'équipe de la sauvegarde, y compris les personnes parties ou retirées depuis.",
        ),
    ] = False,
) -> None:
    """Remettre une sauvegarde (le service doit être arrêté) ; la base présente est gardée à côté pendant 48 h."""
    from bot.backup import restore as put_back

    settings = settings_or_exit()
    done = put_back(settings.donnees, _given(settings), file, datetime.now(UTC), sessions=sessions, team=team)
    _say(f"La sauvegarde {file} est en place ({done.sessions} conversation(s)).")
    if team:
        _say("L'équipe est celle de la sauvegarde : relisez-la avec « passerelle staff list ».")
    if done.beside:
        _say(f"La base d'avant est dans {done.beside} ; le service l'effacera dans 48 heures.")


@commands.command("desk-code")
def desk_code() -> None:
    """Choisir le code que l'équipe tape pour ouvrir /guichet ; donne la ligne à écrire dans les réglages."""
    from bot.web.desk.access import hash_code

    code = typer.prompt("Code de l'équipe", hide_input=True, confirmation_prompt="Le même, encore une fois").strip()
    if len(code) < _SHORTEST_CODE:
        raise OperatorError(f"ce code est trop court\n    -> choisissez au moins {_SHORTEST_CODE} signes")
    _say(f"PASSERELLE_GUICHET_CODE={hash_code(code)}")
