"""What the process writes about itself: enough for an operator, and nothing of anybody."""

import asyncio
import io
import json
import logging
import os
import subprocess
import sys

import httpx
import pytest
import structlog

from bot import logs
from bot.errors import SettingsError
from bot.settings import load_settings
from tests.bot.web.person import Person as Browser
from tests.conftest import ROOT
from tests.fake_botapi import TOKEN, FakeBotApi

NUMBER = 987654321
MARKED = ("zorglub", "ZORGLUB", str(NUMBER), "Prénom", TOKEN, TOKEN.split(":")[1])


@pytest.fixture
async def service(tmp_path):
    """The real command, with Telegram on loopback, telling all it can in its log."""
    async with FakeBotApi() as api:
        settings = {
            "PASSERELLE_DONNEES": str(tmp_path), "PASSERELLE_PORT": "0", "PASSERELLE_JOURNAL": "debug",
            "PASSERELLE_TELEGRAM_TOKEN": api.token, "PASSERELLE_TELEGRAM_API": api.url,
        }  # fmt: skip
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "serve",
            cwd=ROOT, env={**os.environ, **settings}, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        address = (await process.stdout.readline()).decode().split()[-1]
        yield api, address, process
        if process.returncode is None:
            process.kill()
            await process.wait()


async def ended(process):
    """Stop the service; return the lines of its log."""
    process.terminate()
    out, errors = await process.communicate()
    assert out == b""
    return errors.decode().splitlines()


async def test_a_whole_conversation_leaves_no_word_in_the_log(service):
    """Telegram and web, answers, danger words, refusals, failures: each line is JSON and names nobody."""
    api, address, process = service
    api.refuse("sendMessage", 400, 'Bad Request: can\'t parse entities: tag "zorglub"')
    api.refuse("sendMessage", 500, "zorglub")
    api.cut("sendMessage", "before")
    parent = api.person(number=NUMBER)
    for text in (
        "/start",
        "/start",
        "/start",
        "je suis séparée, zorglub, 2 enfants de 2 et 7 ans",
        "zorglub il me frappe",
    ):
        parent.writes(text)
    await parent.sees_text("3919")
    parent.presses_payload("t|violences", parent.bubbles[-1])
    parent.presses_payload("c|zorglub|zorglub", parent.bubbles[-1])
    parent.writes("/effacer")
    await parent.sees_text("effac")
    browser = Browser(address)
    await browser.open()
    await browser.write("zorglub il me frappe dans le 19e")
    await browser.open("/l/1ZORGLUB")
    await browser.client.get("/zorglub?zorglub=zorglub", headers={"user-agent": "zorglub", "referer": "zorglub"})
    await browser.client.post("/", data={"jeton": "zorglub", "texte": "zorglub"})
    await browser.client.post("/", content=b"zorglub", headers={"content-type": "zorglub"})
    cookie = browser.cookie
    await browser.client.aclose()
    lines = await ended(process)

    entries = [json.loads(line) for line in lines]
    assert {"telegram.call_refused", "telegram.started"} <= {entry["event"] for entry in entries}
    assert all({"event", "level", "timestamp"} <= entry.keys() for entry in entries)
    for line in lines:
        for word in (*MARKED, cookie, "127.0.0.1"):
            assert word not in line


FAILING = """
import logging, sys, threading, warnings
from bot import logs
logs.configure()
logs.catch_unhandled()
warnings.warn("zorglub")
logging.getLogger("bibliotheque").error("zorglub %s", "zorglub")
logging.getLogger("httpx").info("zorglub")
try:
    int("zorglub")
except ValueError:
    logging.getLogger("bibliotheque").exception("zorglub")
class Broken:
    def __del__(self):
        raise RuntimeError("zorglub")
Broken()
thread = threading.Thread(target=lambda: int("zorglub"), name="fil")
thread.start()
thread.join()
from bot.keys import KeyRing
KeyRing.parse("zorglub")
"""


def test_what_nobody_handles_is_told_by_its_class_and_place():
    """Exceptions, threads, warnings and libraries: who and where, never the words, which may quote a person."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", FAILING], env=environment, capture_output=True, text=True, check=False)
    entries = [json.loads(line) for line in done.stderr.splitlines()]

    assert done.returncode == 1
    assert "zorglub" not in done.stderr + done.stdout
    told = [(entry["event"], entry.get("logger"), entry.get("kind"), entry["level"]) for entry in entries]
    assert told[:3] == [
        ("library", "py.warnings", None, "warning"),
        ("library", "bibliotheque", None, "error"),
        ("library", "bibliotheque", "ValueError", "error"),
    ]
    assert sorted(told[3:], key=str) == [
        ("unhandled", None, "RuntimeError", "critical"),
        ("unhandled", None, "ValueError", "critical"),
        ("unhandled", None, "ValueError", "critical"),
    ]
    assert [entry["where"] for entry in entries if entry["event"] == "unhandled"][-1].startswith("bot/keys.py:")


@pytest.fixture
def configured():
    """Return a function that configures the log on a stream; the log of the tests comes back after."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level

    def configure(wanted, stream):
        logs.configure(wanted, stream)
        return stream

    yield configure
    structlog.reset_defaults()
    logging.captureWarnings(False)
    root.handlers[:] = handlers
    root.setLevel(level)


def test_the_setting_says_how_much_is_written(configured):
    """Below the level nothing is written, ours or of a library."""
    stream = configured("error", io.StringIO())
    structlog.get_logger().warning("peu")
    structlog.get_logger().error("beaucoup")
    logging.getLogger("bibliotheque").warning("peu")

    assert [json.loads(line)["event"] for line in stream.getvalue().splitlines()] == ["beaucoup"]


def test_an_exception_given_to_the_log_is_reduced_to_its_place(configured):
    """Even where a developer writes log.exception, the words of the error stay out."""
    stream = configured("info", io.StringIO())
    try:
        int("zorglub")
    except ValueError as error:
        structlog.get_logger().exception("panne")
        structlog.get_logger().error("panne", exc_info=error)

    entries = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [(entry["kind"], entry["where"].split(":")[0]) for entry in entries] == [
        ("ValueError", "tests/bot/test_logs.py")
    ] * 2
    assert "zorglub" not in stream.getvalue()


def test_in_a_terminal_the_lines_are_for_eyes(configured):
    """Someone who starts the service by hand reads words, not JSON."""

    class Terminal(io.StringIO):
        def isatty(self):
            return True

    stream = configured("info", Terminal())
    structlog.get_logger().info("content.reloaded", version="abc")

    assert "content.reloaded" in stream.getvalue() and not stream.getvalue().startswith("{")


def test_a_log_that_cannot_be_written_ends_nothing(configured):
    """A full disk under the log, or a reader that went away, costs a line and no answer."""

    class Gone(io.StringIO):
        def write(self, text):
            raise OSError(28, "No space left on device")

    stream = configured("info", Gone())
    structlog.get_logger().error("panne")
    logging.getLogger("bibliotheque").error("panne")

    assert stream.getvalue() == ""


def test_a_wrong_level_is_refused_with_those_that_exist(monkeypatch):
    """The operator reads what to write."""
    monkeypatch.setenv("PASSERELLE_JOURNAL", "bavard")

    with pytest.raises(SettingsError, match=r"PASSERELLE_JOURNAL : « bavard » .*\n.*debug, info, warning ou error"):
        load_settings()


async def test_a_second_service_on_the_same_folder_leaves_with_code_2(service, tmp_path):
    """It says which folder is taken, by which process, and what to do; the first one goes on."""
    _, address, process = service
    environment = {**os.environ, "PASSERELLE_DONNEES": str(tmp_path), "PASSERELLE_PORT": "0"}
    second = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "serve", cwd=ROOT, env=environment,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, errors = await second.communicate()
    async with httpx.AsyncClient(trust_env=False) as client:
        health = await client.get(f"{address}/sante")

    assert (second.returncode, out) == (2, b"")
    said = errors.decode()
    assert f"Passerelle travaille déjà dans le dossier {tmp_path} (processus {process.pid})" in said
    assert "PASSERELLE_DONNEES" in said and "Traceback" not in said
    assert health.json()["etat"] == "ok"
