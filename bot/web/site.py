"""What all pages share: conversation, content, browsers, templates; and how a page is made."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot import wording as screens
from bot.web import notices, wording
from bot.web.browsers import Browser, Browsers
from bot.web.cookie import Cookies
from bot.web.guard import NEUTRAL
from bot.web.numbers import vital
from bot.web.signing import Signer
from bot.web.talk import CHANNEL, Clock, Shelf, Talk
from bot.web.tongue import Tongue, wanted
from bot.web.view import LEAVE, NEW_PART, is_short

HERE = Path(__file__).resolve().parent
STATIC = HERE / "static"
_PARIS = ZoneInfo("Europe/Paris")


class Site:
    """The shared parts of the web channel, made once."""

    def __init__(
        self, talk: Talk, shelf: Shelf, clock: Clock, *, secure: bool, bot_name: Callable[[], str] = str
    ) -> None:
        """``bot_name``: returns the name of the Telegram bot without @, empty while there is none."""
        self.talk, self.shelf, self.clock, self.secure, self.bot_name = talk, shelf, clock, secure, bot_name
        self.signer = Signer(talk.person)
        self.cookies = Cookies(self.signer, secure=secure)
        self.browsers = Browsers(lambda browser_id: talk.person(CHANNEL, browser_id), talk.store)
        self._templates = _environment()

    def language(self, request: Request) -> str:
        """Return the language of a request: the conversation's, else the one the browser likes best."""
        browser = self.browsers.peek(self.cookies.read(request), self.clock())
        return browser.reply.language if browser and browser.reply else self.hint(request)

    def hint(self, request: Request) -> str:
        """Return the offered language that the browser likes best."""
        offered = (language.id for language in self.shelf().catalogs.languages)
        return wanted(request.headers.get("accept-language", ""), offered)

    def tongue(self, language: str, now: datetime) -> Tongue:
        """Return who speaks a language on the pages of now."""
        return Tongue(self.shelf(), language, now.astimezone(_PARIS).date())

    def today(self) -> date:
        """Return the day in Paris."""
        return self.clock().astimezone(_PARIS).date()

    def token(self, browser_id: str, nonce: str) -> str:
        """Return what the forms of a page carry."""
        return self.signer.sign(f"formulaire-{browser_id}", nonce)

    def nonce(self, browser_id: str, token: str) -> str | None:
        """Return the nonce of a token that was given to this browser, None for any other."""
        return self.signer.check(f"formulaire-{browser_id}", token)

    def page(self, name: str, tongue: Tongue, token: str = "", status: int = 200, **values: Any) -> Response:
        """Return one page; ``token``: what its forms carry, if they carry any."""
        context = {"langue": tongue, "dit": tongue.say, "jeton": token, **values}
        return HTMLResponse(self._templates.get_template(name).render(context), status)

    def token_for(self, request: Request) -> str:
        """Return a token for a browser that may not be in memory; empty for one without cookie."""
        ticket = self.cookies.read(request)
        if ticket is None:
            return ""
        browser = self.browsers.peek(ticket, self.clock())
        return self.token(ticket.id, browser.nonce() if browser else "0")

    def back(self, browser: Browser) -> Response:
        """Return the way to the chat after a turn, so that reloading repeats nothing."""
        response = RedirectResponse(f"/#{NEW_PART}", 303)
        self.cookies.give(response, browser.id, browser.seen)
        return response

    def trouble(self, request: Request, status: int) -> Response:
        """Return a kind page for what went wrong, with the numbers of danger on it."""
        tongue = self.tongue(self.language(request), self.clock())
        title, text = _TROUBLES.get(status, _TROUBLES[400 if status < 500 else 500])
        told = {
            "titre": title,
            "texte": text,
            "numeros": vital(self.shelf().content.knowledge),
            "guichet": request.url.path.startswith("/guichet"),
        }
        return self.page("probleme.html", tongue, self.token_for(request), status, **told)


_TROUBLES = {
    400: (wording.UNREADABLE, wording.UNREADABLE_TEXT),
    403: (wording.STALE, wording.STALE_TEXT),
    404: (wording.NOT_FOUND, wording.NOT_FOUND_TEXT),
    405: (wording.NOT_FOUND, wording.NOT_FOUND_TEXT),
    413: (wording.TOO_LONG, wording.TOO_LONG_TEXT),
    429: (wording.TOO_FAST, wording.TOO_FAST_TEXT),
    500: (wording.BROKEN, wording.BROKEN_TEXT),
}


def _environment() -> Environment:
    templates = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    templates.globals.update(
        m=wording,
        ecran=screens,
        avis=notices.NOTICES,
        QUITTER=LEAVE,
        SUITE=NEW_PART,
        STYLE=_print("passerelle.css"),
        SCRIPT_CHAT=_print("chat.js"),
        NEUTRE=NEUTRAL,
        STYLE_FEUILLE=_print("feuille.css"),
        STYLE_GUICHET=_print("guichet.css"),
        SCRIPT_GUICHET=_print("guichet.js"),
        court=is_short,
    )
    return templates


def _print(name: str) -> str:
    """Return what makes the address of a file change with it."""
    return sha256((STATIC / name).read_bytes()).hexdigest()[:8]
