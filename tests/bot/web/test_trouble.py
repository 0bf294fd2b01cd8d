"""Nonsense, failures and floods: always a kind page, never a traceback, nothing of the person in logs."""

import asyncio
import logging

import httpx
import pytest
import structlog

from bot.web.forms import MOST_BYTES
from tests.bot.web.conftest import listening
from tests.bot.web.person import read

FORM = {"content-type": "application/x-www-form-urlencoded"}
VITAL = {"tel:17", "sms:114", "tel:3919"}


def numbers(response):
    """Return what the numbers of a page dial."""
    return {each.attrs["href"] for each in read(response.text).all("a", **{"class": "tel seul"})}


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nulle-part", 404),
        ("GET", "/l/", 404),
        ("GET", "/static/../app.py", 404),
        ("GET", "/static/absent.css", 404),
        ("DELETE", "/", 405),
        ("PUT", "/confidentialite", 405),
        ("POST", "/l/1AB", 404),
    ],
)
async def test_unknown_addresses_and_methods_get_a_kind_page(person, method, path, status):
    """In French, with a way back, a way out and the numbers of danger."""
    response = await person.client.request(method, path)

    assert response.status_code == status
    assert "Cette page n'existe pas" in read(response.text).text
    assert numbers(response) == VITAL


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"", FORM, 403),
        (b"\xff\xfe\x00&&==%zz", FORM, 403),
        (b"&".join(b"a%d=1" % n for n in range(100)), FORM, 400),
        (b"{}", {"content-type": "application/json"}, 415),
        (b"x", {}, 415),
        (b"--x\r\n", {"content-type": "multipart/form-data; boundary=x"}, 415),
    ],
)
async def test_nonsense_bodies_get_a_kind_page(person, talk, body, headers, status):
    """Nothing that is not one of our forms is a turn."""
    response = await person.client.post("/", content=body, headers=headers)

    assert response.status_code == status
    assert numbers(response) == VITAL
    assert talk.turns == []


@pytest.mark.parametrize("size", [MOST_BYTES + 1, 100 * 1024])
async def test_a_body_that_is_too_long_gets_a_kind_page(person, talk, size):
    """A novel is refused politely, and nothing of it is read."""
    response = await person.client.post("/", content=b"texte=" + b"a" * (size - 6), headers=FORM)

    assert response.status_code == 413
    assert "C'est trop long pour moi" in read(response.text).text
    assert talk.turns == []


async def test_a_long_text_is_cut_not_refused(person, talk):
    """Four thousand characters are read, as on Telegram."""
    await person.post(jeton=person.token, texte="a" * 20_000)

    assert talk.turns[0].text == "a" * 4096


@pytest.mark.parametrize("payload", ["x", "c|", "c|q|" + "é" * 300, "a|inconnue", "\x00", "l|xx"])
async def test_forged_presses_go_to_the_conversation_as_they_are(person, talk, payload):
    """It knows what to do with a button that it never made."""
    response = await person.post(jeton=person.token, payload=payload)

    assert response.status_code == 303
    assert talk.turns[0].payload == payload[:200]


async def test_a_slow_form_is_given_up(address, monkeypatch):
    """A line that never ends does not hold a place for ever."""
    monkeypatch.setattr("bot.web.forms.SECONDS", 0.01)
    reader, writer = await asyncio.open_connection("127.0.0.1", int(address.rpartition(":")[2]))
    kind = "Content-Type: application/x-www-form-urlencoded"
    writer.write(f"POST / HTTP/1.1\r\nHost: x\r\n{kind}\r\nContent-Length: 99\r\n\r\ntexte=".encode())
    answer = await reader.readuntil(b"\r\n")
    writer.close()

    assert answer == b"HTTP/1.1 408 Request Timeout\r\n"


async def test_a_failure_gets_a_kind_page_and_leaves_the_conversation_usable(person, talk):
    """No traceback, no words of the person; the next press works."""
    talk.replies = [RuntimeError("il a dit: mon secret")]
    response = await person.post(jeton=person.token, texte="mon secret")
    await person.open()
    await person.press("Oui")

    assert response.status_code == 500
    assert "Quelque chose n'a pas marché" in read(response.text).text
    assert numbers(response) == VITAL
    assert "Traceback" not in response.text
    assert "secret" not in response.text
    assert response.headers["cache-control"] == "no-store"
    assert "Tour 2" in person.text


async def test_when_even_the_kind_page_fails_there_is_a_last_one(person, app, monkeypatch):
    """Whatever breaks, the numbers of danger show."""

    def fail(*_):
        raise RuntimeError("never shown")

    monkeypatch.setattr(app.state.site, "trouble", fail)
    monkeypatch.setattr(app.state.site, "page", fail)
    response = await person.client.get("/")

    assert response.status_code == 500
    assert "tel:3919" in response.text
    assert "never shown" not in response.text


async def test_nothing_personal_reaches_the_logs(app, talk, caplog):
    """Neither words, nor presses, nor codes, nor cookies, nor addresses of visitors; whatever happens."""
    caplog.set_level(logging.DEBUG)
    with structlog.testing.capture_logs() as logs:
        async with listening(app) as address, httpx.AsyncClient(base_url=address, trust_env=False) as client:
            page = read((await client.get("/")).text)
            token = page.all("input", name="jeton")[0].attrs["value"]
            talk.replies = [RuntimeError("mon secret")]
            await client.post("/", data={"jeton": token, "texte": "mon secret"})
            await client.get("/l/1SECRETCODE")
            await client.get("/mon-secret")
            cookie = client.cookies["passerelle"]
    written = repr(logs) + "".join(
        each.getMessage() for each in caplog.records if each.name.startswith(("uvicorn", "bot"))
    )

    assert [each["event"] for each in logs] == ["web.request_failed"]
    assert logs[0]["error"] == "RuntimeError"
    for word in ("secret", "SECRET", cookie, token, "127.0.0.1:"):
        assert word not in written.replace(address, "")
