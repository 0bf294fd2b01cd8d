"""The addresses of ``/liens``: the form, the link with its preview, squares, posters and notebook cards."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from bot.discreet import is_hidden
from bot.links import LANGUAGES
from bot.outreach.codes import grouped, telegram_address, web_address
from bot.outreach.paper import CARDS, Form, pages, paper
from bot.outreach.poster import MOST_LANGUAGES, Poster, poster, subject_of
from bot.outreach.preview import Preview, preview
from bot.outreach.wish import MOST_CHILDREN, WishError, code_of, quarters, refuse_sensitive
from bot.square import Kind, square, square_svg
from bot.web.desk.access import Handler
from bot.web.desk.desk import POLICY
from bot.web.numbers import short_numbers
from bot.web.share.form import ShareForm, read_share
from bot.web.site import STATIC, Site
from bot.web.tongue import Tongue
from bot.web.view import View, view
from i18n.language import FRENCH

_AT_ONCE = 2
"""PDFs set at the same time: more would slow down everybody else."""
_STYLE = sha256((STATIC / "liens.css").read_bytes()).hexdigest()[:8]
_KINDS = {"svg": "image/svg+xml", "png": "image/png"}
_SUBJECTS = (("rights", "Aides et droits"), ("services", "Services"), ("helplines", "Numéros"))


@dataclass(frozen=True, slots=True)
class Shown:
    """A link as the page shows it. ``opening``: what the family sees, in its language."""

    code: str
    aloud: str
    web: str
    telegram: str
    square: str
    opening: tuple[View, ...]
    tongue: Tongue
    seen: Preview
    hidden: bool


class Share:
    """The handlers of these addresses. Nothing of what they are sent is kept, logged or put in an address."""

    def __init__(
        self, site: Site, public: str | None, bot_name: Callable[[], str], links: Callable[[], Mapping[str, str]]
    ) -> None:
        """``public``: the address families open; without it, the one of the request is shown, and said to be.

        ``bot_name``: returns the name of the Telegram bot without @, empty while it is not known.

        ``links``: returns name -> title of the campaigns of links that are announced.
        """
        self._site, self._public, self._bot_name, self._links = site, public, bot_name, links
        self._presses = asyncio.Semaphore(_AT_ONCE)

    async def empty(self, _: Request) -> Response:
        """Answer GET /liens: an empty form."""
        return self._page(ShareForm())

    async def asked(self, request: Request) -> Response:
        """Answer POST /liens: the link, its square, its preview; or what is wrong with the form, kindly."""
        form = await read_share(request)
        try:
            code = self._code(form)
        except WishError as error:
            return self._page(form, problem=str(error))
        return self._page(form, await self._shown(form, code, request))

    def picture(self, kind: Kind) -> Handler:
        """Return what answers POST /liens/qr.svg and .png: the square alone, to download."""

        async def answer(code: str, form: ShareForm, request: Request) -> Response:
            body = square(self._address(code, request), kind)
            return _file(body, _KINDS[kind], f"passerelle-{code}.{kind}", kept=True)

        return self._made(answer)

    def pdf(self, form: Form) -> Handler:
        """Return what answers POST /liens/affiche.pdf and /liens/carnet.pdf, set beside the event loop."""

        async def answer(code: str, asked: ShareForm, request: Request) -> Response:
            made = self._poster(code, asked, request)
            async with self._presses:
                body = await asyncio.to_thread(paper, made, form)
            return _file(body, "application/pdf", f"passerelle-{form}-{code}.pdf")

        return self._made(answer)

    def page(self, form: Form) -> Handler:
        """Return what answers POST /liens/affiche and /liens/carnet: the same as a page to print."""

        async def answer(code: str, asked: ShareForm, request: Request) -> Response:
            made = self._poster(code, asked, request)
            drawn = square_svg(made.address)
            shown = pages(made, form)
            return self._answer(f"liens/{form}.html", feuilles=shown, qr=drawn, cartes=CARDS)

        return self._made(answer)

    def _made(self, make: Callable[[str, ShareForm, Request], Any]) -> Handler:
        async def answer(request: Request) -> Response:
            form = await read_share(request)
            try:
                code = self._code(form)
            except WishError as error:
                return self._page(form, problem=str(error))
            response: Response = await make(code, form, request)
            return response

        return answer

    def _code(self, form: ShareForm) -> str:
        knowledge = self._site.shelf().content.knowledge
        refuse_sensitive(form.names, knowledge)
        return code_of(form.wish, knowledge, self._site.today())

    def _base(self, request: Request) -> str:
        return self._public or str(request.base_url).rstrip("/")

    def _address(self, code: str, request: Request) -> str:
        return web_address(self._base(request), code)

    def _poster(self, code: str, form: ShareForm, request: Request) -> Poster:
        library, on = self._site.shelf(), self._site.today()
        spoken = {language.id for language in library.catalogs.languages}
        speakers = [library.speaker(each, on) for each in form.paper if each in spoken]
        subject = subject_of(form.wish.target, library, discreet=form.discreet)
        site = self._base(request).partition("://")[2]
        return poster(code, self._address(code, request), site, subject, speakers or [library.speaker("fr", on)])

    async def _shown(self, form: ShareForm, code: str, request: Request) -> Shown:
        site, library, now = self._site, self._site.shelf(), self._site.clock()
        seen = await preview(library, code, now)
        short, address, bot = short_numbers(library.content.knowledge), self._address(code, request), self._bot_name()
        return Shown(
            code,
            grouped(code),
            address,
            telegram_address(bot, code) if bot else "",
            square_svg(address),
            tuple(_still(view(each, short)) for each in seen.replies),
            site.tongue(seen.replies[-1].language, now),
            seen,
            is_hidden(form.wish.target, library),
        )

    def _page(self, form: ShareForm, shown: Shown | None = None, problem: str = "") -> Response:
        library = self._site.shelf()
        knowledge = library.content.knowledge
        cards = [(title, sorted(getattr(knowledge, name), key=lambda card: card.name)) for name, title in _SUBJECTS]
        offered = [(each.id, each.name) for each in library.catalogs.languages if each.id in LANGUAGES]
        return self._answer(
            "liens/liens.html",
            demande=form,
            lien=shown,
            probleme=problem,
            sujets=knowledge.topics,
            fiches=cards,
            langues=offered,
            trimestres=quarters(self._site.today()),
            enfants=range(MOST_CHILDREN),
            au_plus=MOST_LANGUAGES,
            adresse=bool(self._public),
            campagnes=self._links(),
        )

    def _answer(self, template: str, **values: Any) -> Response:
        tongue = self._site.tongue(FRENCH.id, self._site.clock())
        response = self._site.page(template, tongue, STYLE_LIENS=_STYLE, **values)
        response.headers["content-security-policy"] = POLICY
        return response


def _still(seen: View) -> View:
    """Return a view whose cards have no button: a preview is looked at, not pressed."""
    sheets = (replace(each, pieces=tuple(replace(piece, press=None) for piece in each.pieces)) for each in seen.sheets)
    return replace(seen, sheets=tuple(sheets))


def _file(body: bytes, kind: str, name: str, *, kept: bool = False) -> Response:
    how = "attachment" if kept else "inline"
    return Response(body, media_type=kind, headers={"content-disposition": f'{how}; filename="{name}"'})
