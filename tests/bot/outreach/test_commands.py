"""``passerelle link`` and ``passerelle qr``: what scripts read, what people read, what is refused."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
SETTINGS = {"PASSERELLE_URL_PUBLIQUE": "https://p.example.fr", "PASSERELLE_TELEGRAM_NOM": "@passerelle_bot"}


def passerelle(*arguments, **settings):
    """Run a command with these settings only."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PASSERELLE_")}
    command = [sys.executable, "-m", "bot", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, env={**kept, **settings}, capture_output=True, text=True, check=False)


def test_a_link_is_a_code_for_scripts_and_addresses_for_people():
    """The code stands alone on standard output; how to read it and where it opens stand beside."""
    done = passerelle("link", "asf", "--arrondissement", "19", **SETTINGS)

    assert done.stdout == "10G1DK7X\n"
    assert done.stderr.splitlines() == [
        "à lire : 10G1 DK7X",
        "https://p.example.fr/l/10G1DK7X",
        "https://t.me/passerelle_bot?start=10G1DK7X",
    ]


@pytest.mark.parametrize(
    ("what", "more", "opens"),
    [
        ("separation", (), "https://p.example.fr/l/1DPN5V"),
        ("1dpn-5v", (), "https://p.example.fr/l/1DPN5V"),
        ("1DPN5V", ("--telegram",), "https://t.me/passerelle_bot?start=1DPN5V"),
    ],
)
def test_a_square_is_written_for_a_subject_or_a_code(tmp_path, what, more, opens):
    """The file is there, and what it opens is told."""
    path = tmp_path / "carre.svg"
    done = passerelle("qr", what, "--vers", path, *more, **SETTINGS)

    assert done.stdout == f"{path} ouvre {opens}\n"
    assert path.read_text(encoding="utf-8").startswith("<svg")


@pytest.mark.parametrize(
    ("arguments", "settings", "words"),
    [
        (("1DPN5W", "--vers", "x.svg"), SETTINGS, "faute de frappe|erreur de frappe"),
        (("separation", "--vers", "x.pdf"), SETTINGS, ".svg ou .png"),
        (("separation", "--vers", "x.svg"), {}, "PASSERELLE_URL_PUBLIQUE"),
        (("separation", "--vers", "x.svg", "--telegram"), {}, "PASSERELLE_TELEGRAM_NOM"),
        (("separation", "--vers", "absent/x.svg"), SETTINGS, "ne peut pas être écrit"),
    ],
)
def test_what_cannot_be_drawn_is_said(arguments, settings, words):
    """Code 2, what is wrong and what to write; no file is left."""
    done = passerelle("qr", *arguments, **settings)

    assert done.returncode == 2
    assert any(each in done.stderr for each in words.split("|"))
    assert "Traceback" not in done.stderr
    assert not (ROOT / "x.svg").exists()


@pytest.mark.parametrize("name", ["passerelle", "https://t.me/x_bot", "a bot", "9bot", "x" * 40 + "bot"])
def test_a_name_that_no_bot_has_is_refused(name):
    """Telegram's rule: 5 to 32 letters, digits or _, and « bot » at the end (core.telegram.org/bots/features)."""
    done = passerelle("link", "asf", PASSERELLE_TELEGRAM_NOM=name)

    assert done.returncode == 2
    assert "PASSERELLE_TELEGRAM_NOM" in done.stderr
