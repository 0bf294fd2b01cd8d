"""The desk's addresses: the form and its answers, what is new."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import Response

from bot.web.desk.asked import Asked, read_asked
from bot.web.desk.lookup import AGES
from bot.web.desk.news import news, since_of
from bot.web.desk.page import desk_page
from bot.web.site import Site

PARIS = ZoneInfo("Europe/Paris")
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; form-action 'self'"
)
_LANGUAGES = {
    "fr": "français", "en": "anglais", "ar": "arabe", "es": "espagnol", "pt": "portugais", "zh": "chinois",
    "ru": "russe", "uk": "ukrainien", "ro": "roumain", "tr": "turc", "bn": "bengali", "ta": "tamoul", "lsf": "LSF",
}  # fmt: skip


class Desk:
    """The handlers of these addresses. Nothing of what they are sent is kept, logged or put in an address."""

    def __init__(self, site: Site, *, has_address: bool) -> None:
        """``has_address``: families can open this service from elsewhere."""
        self._site, self._has_address = site, has_address

    async def empty(self, _: Request) -> Response:
        """Answer GET /guichet: an empty form, for a new family."""
        return self._page(Asked())

    async def asked(self, request: Request) -> Response:
        """Answer POST /guichet: the same form with its results; only the parts that change when asked so."""
        return self._page(await read_asked(request))

    async def new(self, request: Request) -> Response:
        """Answer GET /guichet/nouveautes?depuis=2026-11-01."""
        site, now = self._site, self._site.clock().astimezone(PARIS)
        since = since_of(request.query_params.get("depuis", ""), now.date())
        speaker = site.shelf().speaker("fr", now.date())
        found = news(site.shelf().content.knowledge, speaker, since, now.date())
        return self._shown("guichet/nouveautes.html", nouveau=found, jour=speaker.day)

    def _page(self, asked: Asked) -> Response:
        site, now = self._site, self._site.clock().astimezone(PARIS)
        library = site.shelf()
        page = desk_page(library, asked, now, library.speaker("fr", now.date()))
        spoken = {each for card in library.content.knowledge.cards for each in getattr(card, "languages", ())}
        return self._shown(
            "guichet/parties.html" if asked.partial else "guichet/guichet.html",
            page=page,
            demande=asked,
            sujets=library.content.knowledge.topics,
            ages=AGES,
            langues=[(code, words) for code, words in _LANGUAGES.items() if code in spoken],
            adresse=self._has_address,
            langues_fiche=[(each.id, each.name) for each in library.catalogs.languages],
        )

    def _shown(self, template: str, **values: Any) -> Response:
        tongue = self._site.tongue("fr", self._site.clock())
        response = self._site.page(template, tongue, **values)
        response.headers["content-security-policy"] = POLICY
        return response
