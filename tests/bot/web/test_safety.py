"""What protects a family: cookies, tokens, forgetting, leaving fast, headers."""

from datetime import timedelta

import httpx
import pytest

from bot.errors import StoreUnavailable
from bot.settings import Settings
from bot.web.app import create_app
from bot.web.browsers import IDLE, MOST, TURNS, Browsers
from bot.web.cookie import Ticket
from tests.bot.web.conftest import listening, reply, until
from tests.bot.web.person import read


def _one_sign_off(signed: str) -> str:
    return signed[:-1] + ("1" if signed.endswith("0") else "0")


async def test_the_cookie_is_for_this_browser_session_only(person):
    """No end date, unreadable to scripts, not sent along with forms of other sites."""
    cookie = person.response.headers["set-cookie"]

    assert cookie.startswith("passerelle=")
    assert {part.strip().lower() for part in cookie.split(";")[1:]} == {"httponly", "path=/", "samesite=lax"}


async def test_behind_https_the_cookie_is_bound_to_the_host(talk, library, clock, tmp_path):
    """__Host- and Secure, and browsers are told to keep to https."""
    settings = Settings(donnees=tmp_path, url_publique="https://passerelle.example.fr")
    app = create_app(talk, lambda: library, settings, clock)
    async with listening(app) as address, httpx.AsyncClient(trust_env=False) as client:
        response = await client.get(address)

    assert response.headers["set-cookie"].startswith("__Host-passerelle=")
    assert "secure" in response.headers["set-cookie"].lower()
    assert response.headers["strict-transport-security"] == "max-age=31536000"


async def test_without_https_browsers_are_not_told_to_keep_to_it(person):
    """A service on one's own machine stays reachable."""
    assert "strict-transport-security" not in person.response.headers


@pytest.mark.parametrize("path", ["/", "/confidentialite", "/nulle-part", "/sante", "/static/passerelle.css"])
async def test_every_answer_carries_the_headers_that_protect(address, path):
    """No script but our own file, no frame, no other site, no guessing of kinds, no referrer."""
    async with httpx.AsyncClient(base_url=address, trust_env=False) as client:
        headers = (await client.get(path)).headers

    policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["style-src"] == policy["img-src"] == "'self'"
    assert policy["form-action"].split()[0] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["script-src"] == policy["connect-src"] == "'self'"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize("path", ["/", "/confidentialite", "/mentions-legales", "/accessibilite", "/sante", "/x"])
async def test_no_page_may_be_kept(address, path):
    """Neither by the browser nor on the way."""
    async with httpx.AsyncClient(base_url=address, trust_env=False) as client:
        assert (await client.get(path)).headers["cache-control"] == "no-store"


async def test_pages_load_nothing_from_elsewhere(person):
    """Not a font, not a picture, not a script."""
    addresses = [each.attrs["href"] for each in person.page.all("link")]
    addresses += [each.attrs["src"] for each in person.page.all("script")]

    assert all(each.startswith("/static/") for each in addresses)
    assert person.page.all("img") == person.page.all("iframe") == []
    assert all(not each.text for each in person.page.all("script"))


async def test_title_and_address_tell_nothing(person):
    """Whoever looks over a shoulder or in the history reads a neutral name."""
    await person.write("mon mari me frappe")

    assert person.page.all("title")[0].text == "Passerelle"
    assert person.response.url.path == "/"
    assert person.response.url.query == b""


@pytest.mark.parametrize("token", ["", "0", "abc.def", "x" * 5000, "é.è"])
async def test_a_form_that_was_not_given_here_is_refused_kindly(person, talk, token):
    """No turn, a way back, and the numbers of danger."""
    response = await person.post(jeton=token, payload="c|q|oui")
    page = read(response.text)

    assert response.status_code == 403
    assert talk.turns == []
    assert "Revenir à la conversation" in page.text
    assert {each.attrs["href"] for each in page.all("a", **{"class": "tel seul"})} == {
        "tel:17",
        "sms:114",
        "tel:3919",
    }


async def test_a_form_of_another_browser_is_refused(person, someone_else, talk):
    """A token is bound to the cookie it was given with."""
    response = await person.post(jeton=someone_else.token, payload="c|q|oui")

    assert response.status_code == 403
    assert talk.turns == []


async def test_a_form_without_cookie_is_refused(person, address, talk):
    """Another site that sends a form gets no cookie along, and nothing happens."""
    async with httpx.AsyncClient(base_url=address, trust_env=False) as client:
        response = await client.post("/", data={"jeton": person.token, "payload": "a|effacer"})

    assert response.status_code == 403
    assert talk.turns == []


@pytest.mark.parametrize("forge", [str.upper, _one_sign_off, lambda value: "a." + value, lambda _: "x"])
async def test_a_cookie_that_was_not_given_here_is_a_stranger(person, address, forge, talk):
    """Nobody chooses another one's name, nor a later hour."""
    forged = forge(person.cookie)
    async with httpx.AsyncClient(base_url=address, trust_env=False) as client:
        response = await client.get("/", headers={"cookie": f"passerelle={forged}"})

    assert response.headers["set-cookie"].split("=")[1].split(".")[0] != person.cookie.split(".")[0]


async def test_after_thirty_silent_minutes_everything_is_erased(person, talk, clock, app):
    """The page, the session in the store, and the name."""
    await person.write("je suis enceinte")
    before = person.cookie.split(".")[0]
    name = talk.person("web", before)
    clock.pass_(minutes=29)
    await app.state.site.browsers.sweep(clock())
    kept = await talk.store.load(name, clock())
    clock.pass_(minutes=1)
    await app.state.site.browsers.sweep(clock())

    assert kept is not None
    assert await talk.store.load(name, clock()) is None
    await person.open()
    assert "enceinte" not in person.text
    assert person.cookie.split(".")[0] != before


async def test_a_page_left_open_for_too_long_is_still_answered(person, talk, clock):
    """What is pressed or typed then begins a conversation of its own."""
    await person.write("je suis enceinte")
    clock.pass_(minutes=31)
    await person.write("mon fils a 3 ans")

    assert "mon fils a 3 ans" in person.text
    assert talk.turns[0].person != talk.turns[1].person


async def test_a_cookie_from_before_a_restart_is_too_old_after_thirty_minutes(person, talk, clock, app):
    """The hour is in the cookie, so a restart prolongs nothing."""
    await person.press("Oui")
    name = talk.turns[0].person
    app.state.site.browsers._alive.clear()
    clock.pass_(minutes=30)
    await person.open()
    await app.state.site.browsers.sweep(clock())

    assert "Bonjour" in person.text
    assert await talk.store.load(name, clock()) is None


async def test_an_erasure_that_the_store_refuses_is_tried_again(person, talk, clock, app):
    """A full disk delays forgetting, it does not prevent it."""
    await person.press("Oui")
    erase, browsers = talk.store.erase, app.state.site.browsers
    clock.pass_(minutes=30)

    async def refuse(*_, **__):
        raise StoreUnavailable("disque plein")

    talk.store.erase = refuse
    await browsers.sweep(clock())
    talk.store.erase = erase
    await browsers.sweep(clock())

    assert await talk.store.load(talk.turns[0].person, clock()) is None


async def test_only_so_many_browsers_are_remembered(talk, clock):
    """A flood of visitors does not fill the memory; who was crowded out is erased in time, or comes back."""
    browsers = Browsers(lambda name: talk.person("web", name), talk.store)
    first, second = browsers.new(clock()), browsers.new(clock())
    first.spoke = second.spoke = True
    for each in (first, second):
        await talk.store.commit(each.person, {"x": 1}, now=clock(), language="fr")
    for _ in range(MOST):
        browsers.new(clock())
    clock.pass_(minutes=20)
    back = browsers.find(Ticket(second.id, clock() - timedelta(minutes=20)), clock())
    clock.pass_(minutes=10)
    await browsers.sweep(clock())

    assert len(browsers) <= MOST
    assert back.spoke
    assert await talk.store.load(first.person, clock()) is None
    assert await talk.store.load(second.person, clock()) is not None


async def test_leaving_fast_goes_to_a_neutral_page_and_erases(person, talk, clock):
    """One press: another site, no cookie, nothing cached, nothing in the store."""
    await person.write("je suis enceinte")
    name = talk.turns[0].person
    response = await person.post(jeton=person.token, payload="a|quitter")
    await until(lambda: talk.turns[-1].payload == "a|quitter" and name not in talk.store._sessions)

    assert response.status_code == 303
    assert response.headers["location"] == "https://meteofrance.com"
    assert response.headers["clear-site-data"] == '"cache", "cookies", "storage"'
    assert person.cookie is None
    assert await talk.store.load(name, clock()) is None
    await person.open()
    assert "enceinte" not in person.text


@pytest.mark.parametrize("token", ["", "faux"])
async def test_leaving_fast_works_whatever_the_state_of_the_page(person, talk, token):
    """An old page or a refused cookie does not hold anybody back; nothing of another one is erased."""
    await person.press("Oui")
    response = await person.post(jeton=token, payload="a|quitter")

    assert response.headers["location"] == "https://meteofrance.com"
    assert [each.payload for each in talk.turns] == ["c|q|oui"]


@pytest.mark.parametrize("path", ["/", "/confidentialite", "/mentions-legales", "/accessibilite", "/nulle-part"])
async def test_leaving_fast_and_erasing_work_from_every_page(person, talk, path):
    """The button is everywhere, and erases from everywhere."""
    await person.press("Oui")
    await person.open(path)
    button = person.page.all("button", value="a|quitter")[0]
    await person.post(**person.fields(button))
    await until(lambda: talk.turns[-1].payload == "a|quitter")

    assert talk.turns[-1].person == talk.turns[0].person


async def test_leaving_fast_can_be_typed(person, talk):
    """Whoever writes it instead of pressing it leaves too."""
    talk.replies = [reply("Au revoir.", wiped="quitter")]
    response = await person.post(jeton=person.token, texte="quitter vite")

    assert response.headers["location"] == "https://meteofrance.com"
    assert person.cookie is None


async def test_leaving_fast_survives_a_store_that_fails(person, talk, clock, app):
    """The person is gone at once; what could not be erased is erased later."""
    await person.press("Oui")
    name = talk.turns[0].person
    talk.handle = _failing
    response = await person.post(jeton=person.token, payload="a|quitter")
    await until(lambda: app.state.site.browsers._to_erase)
    await app.state.site.browsers.sweep(clock())

    assert response.headers["location"] == "https://meteofrance.com"
    assert await talk.store.load(name, clock()) is None


async def _failing(incoming, now):
    raise RuntimeError("never shown")


async def test_too_many_turns_in_a_minute_are_refused_kindly(person, talk, clock):
    """A machine is slowed down; a family sees the numbers, keeps its words, and goes on a minute later."""
    for _ in range(TURNS):
        response = await person.post(jeton=person.token, payload="c|q|oui")
        assert response.status_code == 303
        await person.open()
    response = await person.post(jeton=person.token, texte="trop vite")
    taken = len(talk.turns)
    await person.open()
    kept = person.page.all("input", name="texte")[0].attrs["value"]
    clock.pass_(minutes=1)
    await person.write("et maintenant")

    assert response.status_code == 429
    assert {each.attrs["href"] for each in read(response.text).all("a", **{"class": "tel seul"})} >= {
        "tel:17",
        "sms:114",
        "tel:3919",
    }
    assert taken == TURNS
    assert kept == "trop vite"
    assert talk.turns[-1].text == "et maintenant"


async def test_leaving_fast_is_never_too_fast(person):
    """The limit of turns does not hold anybody back."""
    for _ in range(TURNS + 1):
        await person.post(jeton=person.token, payload="c|q|oui")
    response = await person.post(jeton=person.token, payload="a|quitter")

    assert response.headers["location"] == "https://meteofrance.com"


async def test_the_sweep_runs_by_itself_and_survives_a_bad_minute(talk, library, settings, clock, monkeypatch):
    """Nobody has to call for forgetting, and one failure does not end it."""
    monkeypatch.setattr("bot.web.app._SWEEP_SECONDS", 0)
    app = create_app(talk, lambda: library, settings, clock)
    calls = []

    async def sweep(now):
        calls.append(now)
        if len(calls) == 1:
            raise RuntimeError("never shown")

    app.state.site.browsers.sweep = sweep
    async with listening(app):
        await until(lambda: len(calls) > 2)

    assert calls[0] == clock()
    assert timedelta(minutes=30) == IDLE
