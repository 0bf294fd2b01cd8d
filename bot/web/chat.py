"""The chat: shows the last reply of a browser, takes one turn per form, opens links, leaves fast."""

from __future__ import annotations

import re
from dataclasses import replace

from starlette.background import BackgroundTask
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.deposit import is_deposit
from bot.links import Link, encode_link
from bot.payload import URGENT, encode
from bot.screen import Incoming, Reply
from bot.web.browsers import Browser
from bot.web.forms import Form, read_form
from bot.web.guard import NEUTRAL
from bot.web.numbers import short_numbers
from bot.web.site import Site
from bot.web.talk import CHANNEL
from bot.web.view import LEAVE, button_text, view
from dialogs.events import Did, Spoke
from knowledge.danger import detect

NEW_PERSON = "nouvelle"
_CONTINUE, _ERASE = encode(Did("continuer")), encode(Did("effacer"))
_LONGEST_CODE = 256
_TELEGRAM_TAKES = re.compile(r"[\w-]{1,64}", re.ASCII)
"""What the start parameter of a Telegram link may be (core.telegram.org/bots/features#deep-linking)."""


class Chat:
    """The handlers of the chat's addresses."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def show(self, request: Request) -> Response:
        """Answer GET /: the latest screens; a browser whose reply is gone gets where it stands."""
        site, now = self._site, self._site.clock()
        browser = site.browsers.find(site.cookies.read(request), now)
        reply = browser.reply or await self._present(browser, request)
        tongue = site.tongue(reply.language, now)
        response = site.page(
            "chat.html",
            tongue,
            site.token(browser.id, browser.nonce()),
            vue=view(reply, short_numbers(site.shelf().content.knowledge)),
            ecrit="" if reply.private else browser.wrote,
            choisi="" if reply.private else browser.chose,
            brouillon=browser.draft,
            lien=self._card_link(reply),
            telegram=self._on_telegram(browser, reply),
            langues=self._languages(),
            accueil=not browser.spoke,
            URGENCE=URGENT,
            NOUVELLE=NEW_PERSON,
        )
        site.cookies.give(response, browser.id, now)
        return response

    def _card_link(self, reply: Reply) -> str:
        """Return the address of the one card a reply shows; none where nothing may be kept in a history."""
        code = self._site.shelf().content.knowledge.codes.get(reply.cards[0], "") if len(reply.cards) == 1 else ""
        is_card = any(block.style == "champ" for screen in reply.screens for block in screen.blocks)
        return f"/l/{encode_link(Link(code))}" if code and is_card and not reply.private else ""

    def _on_telegram(self, browser: Browser, reply: Reply) -> str:
        """Return the address that opens in Telegram what this link opened; none for what may not be written down."""
        bot = self._site.bot_name()
        return f"https://t.me/{bot}?start={browser.link}" if bot and browser.link and not reply.private else ""

    def _languages(self) -> list[tuple[str, str, str, str]]:
        """Return each language: its id, its name, how a browser calls it, what chooses it."""
        languages = self._site.shelf().catalogs.languages
        return [(each.id, each.name, each.id.partition("@")[0], encode(Spoke(each.id))) for each in languages]

    async def turn(self, request: Request) -> Response:
        """Answer POST /: one turn at most for each page shown, then the way back to GET /."""
        site, now = self._site, self._site.clock()
        form = await read_form(request)
        ticket = site.cookies.read(request)
        nonce = site.nonce(ticket.id, form.token) if ticket else None
        if form.payload == LEAVE:
            return self._leave(site.browsers.find(ticket, now) if nonce is not None else None)
        if nonce is None:
            raise HTTPException(403)
        browser = site.browsers.find(ticket, now)
        if form.gesture == NEW_PERSON:
            return await self._new_person(browser)
        if not (form.payload or form.text):
            return site.back(browser)
        if not browser.may_turn(now):
            browser.draft = form.text
            raise HTTPException(429)
        if browser.take(nonce) or self._is_danger(form):
            browser = await self._advance(browser, form, request)
            if browser.reply and browser.reply.wiped == "quitter":
                return self._leave(browser)
        else:
            await self._again(browser, form)
        return site.back(browser)

    async def link(self, request: Request) -> Response:
        """Answer GET /l/CODE: open what a link points to, then show the chat; the code is written nowhere."""
        site, now = self._site, self._site.clock()
        if is_deposit(request.path_params["code"]):
            # Who looks at a link before its reader (a preview, a scanner of messages) must not use it up.
            return site.page("une-fois.html", site.tongue(site.language(request), now), site.token_for(request))
        browser = site.browsers.find(site.cookies.read(request), now)
        if request.method == "HEAD":
            return site.back(browser)
        if not browser.may_turn(now):
            raise HTTPException(429)
        code = request.path_params["code"][:_LONGEST_CODE]
        async with browser.lock:
            reply = await self._ask(Incoming(browser.person, start=code, language=site.hint(request)))
            browser.keep(reply, link=code if _TELEGRAM_TAKES.fullmatch(code) else "")
        return site.back(browser)

    async def open_once(self, request: Request) -> Response:
        """Answer POST /l/CODE: open a situation left for one opening, and show the chat."""
        site, now = self._site, self._site.clock()
        code = request.path_params["code"][:_LONGEST_CODE]
        browser = site.browsers.find(site.cookies.read(request), now)
        if not is_deposit(code):
            raise HTTPException(404)
        if not browser.may_turn(now):
            raise HTTPException(429)
        async with browser.lock:
            browser.keep(await self._ask(Incoming(browser.person, start=code, language=site.hint(request))))
        return site.back(browser)

    async def _ask(self, incoming: Incoming) -> Reply:
        return await self._site.talk.handle(incoming, self._site.clock())

    async def _present(self, browser: Browser, request: Request) -> Reply:
        """Say again where a conversation stands; a first visit leaves nothing in the store."""
        language = self._site.hint(request)
        if browser.spoke:
            incoming = Incoming(browser.person, payload=_CONTINUE, language=language)
        else:
            welcomed = self._site.talk.person(CHANNEL, f"accueil-{language}")
            incoming = Incoming(welcomed, start="", language=language)
        browser.reply = await self._ask(incoming)
        return browser.reply

    async def _advance(self, browser: Browser, form: Form, request: Request) -> Browser:
        """Take one turn; return the browser to go on with, a new one once everything is erased."""
        language = browser.reply.language if browser.reply else self._site.hint(request)
        text = None if form.payload else form.text
        incoming = Incoming(browser.person, text, form.payload or None, language=language)
        chose = button_text(browser.reply, form.payload)
        if self._is_danger(form):
            # An emergency waits for no other turn.
            reply = await self._ask(incoming)
        else:
            async with browser.lock:
                reply = await self._ask(incoming)
        browser.keep(reply, text or "", chose)
        return self._renewed(browser, _on_a_page(reply)) if reply.wiped else browser

    async def _again(self, browser: Browser, form: Form) -> None:
        """Take no turn for a page used before; words that were not taken wait in the text field."""
        async with browser.lock:
            if form.text != browser.wrote:
                browser.draft = form.text

    def _renewed(self, browser: Browser, reply: Reply | None = None) -> Browser:
        """Return a browser that nothing ties to the one before."""
        self._site.browsers.drop(browser)
        new = self._site.browsers.new(self._site.clock())
        new.reply = reply
        return new

    def _is_danger(self, form: Form) -> bool:
        if form.payload or not form.text:
            return form.payload == URGENT
        alarm = detect(self._site.shelf().danger, form.text)
        return alarm is not None and alarm.level == "sur"

    async def _new_person(self, browser: Browser) -> Response:
        new = self._renewed(browser)
        await self._erase(browser, _ERASE)
        return self._site.back(new)

    def _leave(self, browser: Browser | None) -> Response:
        """Go to a neutral page at once; what is kept is erased just after."""
        erase = None
        if browser is not None:
            self._site.browsers.drop(browser)
            erase = BackgroundTask(self._erase, browser, LEAVE)
        response = RedirectResponse(NEUTRAL, 303, background=erase)
        response.headers["clear-site-data"] = '"cache", "cookies", "storage"'
        self._site.cookies.take_back(response)
        return response

    async def _erase(self, browser: Browser, payload: str) -> None:
        """Erase what is kept of a browser; when the store fails, the sweeps try again."""
        if not browser.spoke:
            return
        reply = None
        try:
            reply = await self._ask(Incoming(browser.person, payload=payload))
        finally:
            if reply is None or not reply.wiped:
                self._site.browsers.drop(browser, erase=True)


def _on_a_page(reply: Reply) -> Reply:
    """Return what is said of an erasing on a page: no message stays there, so nothing is said of old messages."""
    if reply.wiped != "effacer" or len(reply.screens) < 2:
        return reply
    first, *rest = reply.screens
    left = first.blocks[1:]  # what the team still holds, when somebody left it a word
    return replace(reply, screens=(replace(first, blocks=left), *rest) if left else tuple(rest))
