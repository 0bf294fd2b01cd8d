"""The settings of the service: PASSERELLE_* environment variables, all checked before anything starts."""

import os
import re
import sys
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, StringConstraints, ValidationError, ValidationInfo
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import SettingsError
from bot.keys import KeyRing

PREFIX = "PASSERELLE_"

# What is wrong, then what to write, for each setting.
_ADVICE = {
    "telegram_token": (
        "n'est pas un jeton de robot Telegram",
        "recopiez le jeton donné par @BotFather : des chiffres, deux-points, des lettres",
    ),
    "telegram_api": (
        "n'est pas l'adresse d'un serveur Telegram",
        "écrivez la racine du serveur, sans /bot ni jeton, par exemple https://api.telegram.org",
    ),
    "telegram_nom": (
        "n'est pas le nom d'un robot Telegram",
        "écrivez son nom sans https://t.me/, par exemple passerelle_bot : il finit par « bot »",
    ),
    "hote": (
        "n'est pas un nom de machine",
        "écrivez une adresse sans http:// ni port, par exemple 127.0.0.1",
    ),
    "port": (
        "n'est pas un numéro de port",
        "écrivez un nombre de 0 à 65535, par exemple 8080 (0 : n'importe quel port libre)",
    ),
    "donnees": ("n'est pas un dossier", "écrivez le chemin d'un dossier réservé à Passerelle ; il sera créé"),
    "cle": ("n'est pas une clé de 32 octets en base64", "écrivez le résultat de : openssl rand -base64 32"),
    "url_publique": (
        "n'est pas l'adresse publique du service",
        "écrivez l'adresse que les familles ouvrent, par exemple https://passerelle.example.fr",
    ),
    "webhook_secret": (
        "ne peut pas servir de secret entre Telegram et le service",
        "écrivez 16 à 256 lettres, chiffres, - ou _ (par exemple : openssl rand -hex 32), et donnez aussi "
        "PASSERELLE_URL_PUBLIQUE en https, sur le port 443, 80, 88 ou 8443",
    ),
    "groupe": (
        "n'est pas un groupe Telegram",
        "écrivez le numéro du groupe, par exemple -1001234567890, ou son nom, par exemple @relais_paris",
    ),
    "editeur": ("est trop long", "écrivez le nom, l'adresse et un moyen de joindre l'éditeur, en 300 signes au plus"),
    "hebergeur": ("est trop long", "écrivez le nom, l'adresse et le téléphone de l'hébergeur, en 300 signes au plus"),
    "guichet_code": (
        "n'est pas l'empreinte d'un code d'équipe",
        "écrivez le résultat de : passerelle desk-code",
    ),
    "journal": ("n'est pas un niveau de journal", "écrivez debug, info, warning ou error"),
}
_SECRET = frozenset({"telegram_token", "telegram_api", "cle", "webhook_secret", "guichet_code"})
_WEBHOOK_PORTS = (443, 80, 88, 8443)  # those that Telegram calls (Bot API, #setwebhook)
# A token or a key pasted in the wrong place, a password inside an address: not to be shown again.
_LOOKS_SECRET = re.compile(r"[\w+-]{20,}|:\S*@")


def _checked_token(value: SecretStr) -> SecretStr:
    if not re.fullmatch(r"\d+:[\w-]+", value.get_secret_value(), re.ASCII):
        raise ValueError
    return value


def _checked_key(value: SecretStr) -> SecretStr:
    KeyRing.parse(value.get_secret_value())
    return value


def _checked_url(value: str) -> str:
    parts = urlsplit(value)
    extra = parts.username or parts.password or parts.query or parts.fragment
    if parts.scheme not in {"http", "https"} or not parts.hostname or extra:
        raise ValueError
    return value.rstrip("/")


def _checked_webhook(value: SecretStr, info: ValidationInfo) -> SecretStr:
    if not re.fullmatch(r"[\w-]{16,256}", value.get_secret_value(), re.ASCII):
        raise ValueError
    if "url_publique" in info.data:  # else it is wrong itself, and said to be
        parts = urlsplit(info.data["url_publique"] or "")
        if parts.scheme != "https" or (parts.port or 443) not in _WEBHOOK_PORTS:
            raise ValueError
    return value


def _checked_api(value: str) -> str:
    if "/bot" in urlsplit(value).path:
        raise ValueError
    return _checked_url(value)


def _checked_bot(value: str) -> str:
    name = value.removeprefix("@")
    if not re.fullmatch(r"[A-Za-z]\w{1,28}[Bb][Oo][Tt]", name, re.ASCII):
        raise ValueError
    return name


def _checked_folder(value: Path) -> Path:
    if value.exists() and not value.is_dir():
        raise ValueError
    return value


def _checked_code(value: SecretStr) -> SecretStr:
    if not re.fullmatch(r"scrypt:[\w=-]{24}:[\w=-]{44}", value.get_secret_value(), re.ASCII):
        raise ValueError
    return value


Host = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9.:_-]+$")]
Group = Annotated[str, StringConstraints(pattern=r"^(-?[0-9]+|@[A-Za-z][A-Za-z0-9_]{4,31})$")]


class Settings(BaseSettings):
    """All settings; an empty variable counts as absent, and the two secrets never show in a repr."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_ignore_empty=True,
        frozen=True,
        hide_input_in_errors=True,
        str_strip_whitespace=True,
    )

    telegram_token: Annotated[SecretStr, AfterValidator(_checked_token)] | None = None
    telegram_api: Annotated[str, AfterValidator(_checked_api)] = "https://api.telegram.org"
    telegram_nom: Annotated[str, AfterValidator(_checked_bot)] | None = None
    hote: Host = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8080
    donnees: Annotated[Path, AfterValidator(_checked_folder)] = Path("donnees")
    cle: Annotated[SecretStr, AfterValidator(_checked_key)] | None = None
    url_publique: Annotated[str, AfterValidator(_checked_url)] | None = None
    webhook_secret: Annotated[SecretStr, AfterValidator(_checked_webhook)] | None = None
    groupe: Group | None = None
    editeur: Annotated[str, StringConstraints(max_length=300)] | None = None
    hebergeur: Annotated[str, StringConstraints(max_length=300)] | None = None
    guichet_code: Annotated[SecretStr, AfterValidator(_checked_code)] | None = None
    journal: Literal["debug", "info", "warning", "error"] = "info"


def load_settings() -> Settings:
    """Return the settings of this environment.

    Raises:
        SettingsError: its French text lists every unusable or unknown variable, without secrets.
    """
    problems = [_unknown(name) for name in sorted(os.environ) if _is_unknown(name)]
    settings = None
    try:
        settings = Settings()
    except ValidationError as error:
        fields = dict.fromkeys(str(detail["loc"][0]) for detail in error.errors(include_input=False))
        problems += [_bad(field) for field in fields]
    if problems or settings is None:
        raise SettingsError("\n".join(problems)) from None
    return settings


def settings_or_exit() -> Settings:
    """Return the settings, or print what is wrong with them on standard error and leave with code 2."""
    try:
        return load_settings()
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)


def _is_unknown(name: str) -> bool:
    upper = name.upper()
    return upper.startswith(PREFIX) and upper.removeprefix(PREFIX).lower() not in Settings.model_fields


def _unknown(name: str) -> str:
    known = [PREFIX + field.upper() for field in Settings.model_fields]
    close = get_close_matches(name.upper(), known, n=1, cutoff=0.7)
    hint = f"vouliez-vous dire {close[0]} ?" if close else f"réglages connus : {', '.join(known)}"
    return f"{name} : ce réglage n'existe pas\n    -> {hint}"


def _bad(field: str) -> str:
    name = PREFIX + field.upper()
    value = next((value for key, value in os.environ.items() if key.upper() == name), "")
    shown = "la valeur donnée" if field in _SECRET or _LOOKS_SECRET.search(value) else f"« {value[:60]} »"
    what, hint = _ADVICE[field]
    return f"{name} : {shown} {what}\n    -> {hint}"
