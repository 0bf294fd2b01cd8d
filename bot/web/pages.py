"""The pages beside the chat: notices, health, the source code of what is running."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot import wording as screens
from bot.errors import StoreUnavailable
from bot.web import notices
from bot.web.notices import Notice
from bot.web.site import Site
from bot.web.source import archive
from bot.web.talk import CHANNEL
from i18n.language import FRENCH
from knowledge.content import Knowledge

_PATIENCE = 2.0
"""Seconds the store has to answer before the service says that it is not well."""

Handler = Callable[[Request], Awaitable[Response]]


class Pages:
    """The handlers of these pages."""

    def __init__(self, site: Site, publisher: str | None = None, host: str | None = None) -> None:
        """``publisher``, ``host``: who answers for this service and who hosts it, as the law wants them named."""
        self._site = site
        named = ((notices.PUBLISHER, publisher), (notices.HOST, host))
        self._who = tuple((label, text) for label, text in named if text)
        self._archive: asyncio.Future[bytes] | None = None

    def notice(self, notice: Notice) -> Handler:
        """Return what answers GET of one notice: whole in the person's language, or whole in French."""

        async def answer(request: Request) -> Response:
            site, now = self._site, self._site.clock()
            tongue = site.tongue(site.language(request), now)
            known = tongue.knows(notice.labels)
            body = tongue if known else site.tongue(FRENCH.id, now)
            return site.page(
                "avis.html",
                tongue,
                site.token_for(request),
                page=notice,
                corps=body.say,
                en_francais="" if known else tongue.say(screens.FRENCH_ONLY),
                textes=notices,
                qui=self._who,
                licences=_licences(site.shelf().content.knowledge) if notice is notices.LEGAL else (),
            )

        return answer

    async def health(self, _: Request) -> Response:
        """Answer GET /sante: 200 while the store answers, else 503."""
        site = self._site
        state, status = "ok", 200
        try:
            async with asyncio.timeout(_PATIENCE):
                await site.talk.store.load(site.talk.person(CHANNEL, "sante"), site.clock())
        except (StoreUnavailable, TimeoutError):
            state, status = "panne", 503
        library = site.shelf()
        known = {"etat": state, "contenu": library.content.knowledge.version, "contenu_refuse": library.refused}
        return JSONResponse(known, status)

    async def alive(self, _: Request) -> Response:
        """Answer GET /sante/vivant: 200 as long as the process answers, whatever the store does."""
        return JSONResponse({"etat": "ok"})

    async def source(self, _: Request) -> Response:
        """Answer with the code that is running, as the licence asks (AGPL-3.0, section 13)."""
        if self._archive is None:
            self._archive = asyncio.ensure_future(asyncio.to_thread(archive))
        code = await asyncio.shield(self._archive)
        name = 'attachment; filename="passerelle.tar.gz"'
        return Response(code, media_type="application/gzip", headers={"content-disposition": name})

    async def icon(self, _: Request) -> Response:
        """Answer the request for an icon that every browser makes: there is none."""
        return Response(status_code=204)


def _licences(knowledge: Knowledge) -> list[tuple[str, int]]:
    """Return the licences of the sources as their cards write them, with how often, most frequent first."""
    entries = (*knowledge.cards, *knowledge.places)
    unknown = notices.UNKNOWN_LICENCE.text
    return Counter(source.licence or unknown for entry in entries for source in entry.sources).most_common()
