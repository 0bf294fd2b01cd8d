"""The settings: what is accepted, and what an operator reads when one is wrong."""

import base64
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import load_settings

ROOT = Path(__file__).parents[2]
TOKEN = "123456789:AAH-zPq3vT8wXyZ0123456789abcdefghij"
KEY = base64.b64encode(bytes(range(32))).decode()


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch):
    """No setting of the machine that runs the tests gets in."""
    for name in list(os.environ):
        if name.upper().startswith("PASSERELLE_"):
            monkeypatch.delenv(name)


def test_without_any_setting_the_service_stays_on_this_machine():
    """A first start needs no setting: local address, port 8080, no Telegram."""
    settings = load_settings()

    assert (settings.hote, settings.port, settings.donnees) == ("127.0.0.1", 8080, Path("donnees"))
    assert settings.telegram_api == "https://api.telegram.org"
    assert settings.telegram_token is settings.cle is settings.url_publique is settings.groupe is None


def test_every_setting_is_read(monkeypatch, tmp_path):
    """Each PASSERELLE_* variable reaches the service, addresses without their last slash."""
    values = {
        "TELEGRAM_TOKEN": TOKEN,
        "TELEGRAM_API": "http://127.0.0.1:9000/",
        "HOTE": "0.0.0.0",
        "PORT": "9090",
        "DONNEES": str(tmp_path),
        "CLE": KEY,
        "URL_PUBLIQUE": "https://passerelle.example.fr/",
        "GROUPE": "-1001234567890",
    }
    for name, value in values.items():
        monkeypatch.setenv("PASSERELLE_" + name, value)

    settings = load_settings()

    assert settings.telegram_token.get_secret_value() == TOKEN
    assert settings.cle.get_secret_value() == KEY
    assert (settings.hote, settings.port, settings.donnees) == ("0.0.0.0", 9090, tmp_path)
    assert settings.telegram_api == "http://127.0.0.1:9000"
    assert (settings.url_publique, settings.groupe) == ("https://passerelle.example.fr", "-1001234567890")


def test_an_empty_variable_is_an_absent_one(monkeypatch):
    """A line left empty in a service file changes nothing."""
    monkeypatch.setenv("PASSERELLE_TELEGRAM_TOKEN", "")
    monkeypatch.setenv("PASSERELLE_PORT", "")

    settings = load_settings()

    assert settings.telegram_token is None
    assert settings.port == 8080


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("PORT", "quatre-vingts", "« quatre-vingts » n'est pas un numéro de port\n    -> écrivez un nombre"),
        ("PORT", "65536", "« 65536 » n'est pas un numéro de port\n    -> écrivez un nombre de 0 à 65535"),
        ("PORT", "-1", "« -1 » n'est pas un numéro de port"),
        ("HOTE", "http://127.0.0.1", "« http://127.0.0.1 » n'est pas un nom de machine\n    -> écrivez"),
        ("DONNEES", __file__, "n'est pas un dossier\n    -> écrivez le chemin d'un dossier"),
        ("URL_PUBLIQUE", "passerelle.fr", "« passerelle.fr » n'est pas l'adresse publique"),
        ("GROUPE", "relais", "« relais » n'est pas un groupe Telegram\n    -> écrivez le numéro du groupe"),
        ("TELEGRAM_API", "api.telegram.org", "la valeur donnée n'est pas l'adresse d'un serveur Telegram"),
        ("TELEGRAM_API", "https://api.telegram.org/bot", "écrivez la racine du serveur, sans /bot"),
        ("TELEGRAM_TOKEN", "mon robot", "la valeur donnée n'est pas un jeton de robot Telegram"),
        ("CLE", "c2Vjcmt0", "la valeur donnée n'est pas une clé de 32 octets en base64"),
    ],
)
def test_a_bad_value_is_named_with_what_to_write(monkeypatch, name, value, says):
    """The variable, its value and what to write are all in the message."""
    monkeypatch.setenv("PASSERELLE_" + name, value)

    with pytest.raises(SettingsError) as caught:
        load_settings()

    assert str(caught.value).startswith(f"PASSERELLE_{name} : ")
    assert says in str(caught.value)


def test_all_problems_come_at_once(monkeypatch):
    """Nobody has to start the service three times to find three mistakes."""
    monkeypatch.setenv("PASSERELLE_PORT", "x")
    monkeypatch.setenv("PASSERELLE_HOTE", "a b")
    monkeypatch.setenv("PASSERELLE_COULEUR", "bleu")

    with pytest.raises(SettingsError) as caught:
        load_settings()

    starts = [line.split(" : ")[0] for line in str(caught.value).splitlines() if " : " in line[:30]]
    assert starts == ["PASSERELLE_COULEUR", "PASSERELLE_HOTE", "PASSERELLE_PORT"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("PASSERELLE_TELEGRAM_TOKENS", "PASSERELLE_TELEGRAM_TOKEN"),
        ("PASSERELLE_HOST", "PASSERELLE_HOTE"),
        ("PASSERELLE_DONNES", "PASSERELLE_DONNEES"),
    ],
)
def test_a_misspelt_setting_is_recognised(monkeypatch, written, meant):
    """A setting that does not exist stops the start and names the one that was meant."""
    monkeypatch.setenv(written, "x")

    with pytest.raises(SettingsError) as caught:
        load_settings()

    assert f"{written} : ce réglage n'existe pas\n    -> vouliez-vous dire {meant} ?" in str(caught.value)


@pytest.mark.parametrize(
    ("name", "secret"),
    [
        ("TELEGRAM_TOKEN", TOKEN.replace(":", "/")),
        ("TELEGRAM_API", f"https://api.telegram.org/bot{TOKEN}"),
        ("CLE", KEY[:-4]),
        ("URL_PUBLIQUE", "https://admin:motdepasse@passerelle.fr"),
        ("PORT", TOKEN),
        ("HOTE", KEY),
    ],
)
def test_a_refused_secret_is_not_shown_again(monkeypatch, name, secret):
    """A key or a token, even in the wrong variable, never reaches the screen or a journal."""
    monkeypatch.setenv("PASSERELLE_" + name, secret)

    with pytest.raises(SettingsError) as caught:
        load_settings()

    assert "la valeur donnée" in str(caught.value)
    assert secret[:12].removeprefix("https://") not in str(caught.value).replace("api.telegram.org", "")


def test_settings_can_be_printed_safely(monkeypatch):
    """Neither the token nor the key shows when settings end up in a text."""
    monkeypatch.setenv("PASSERELLE_TELEGRAM_TOKEN", TOKEN)
    monkeypatch.setenv("PASSERELLE_CLE", KEY)

    text = repr(load_settings()) + str(load_settings())

    assert TOKEN not in text
    assert KEY not in text


def test_a_start_with_a_bad_setting_ends_with_code_2_and_no_traceback():
    """A service manager sees code 2, and its journal the useful lines only."""
    environment = {**os.environ, "PASSERELLE_PORT": "x", "PASSERELLE_TELEGRAM_TOKEN": "secret pas à montrer"}
    code = "from bot.settings import settings_or_exit; settings_or_exit()"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)

    assert done.returncode == 2
    assert done.stdout == ""
    assert "PASSERELLE_PORT : « x » n'est pas un numéro de port" in done.stderr
    assert "Traceback" not in done.stderr
    assert "secret pas" not in done.stderr
