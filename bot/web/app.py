"""The web application: its addresses, its guard, and the sweep that forgets silent browsers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.metrics import MEDIA_TYPE, Metrics
from bot.settings import Settings
from bot.store.sqlite import SqliteStore
from bot.web.chat import Chat
from bot.web.desk.access import Access
from bot.web.desk.desk import Desk
from bot.web.desk.editors import Editors
from bot.web.desk.pace import SEARCHES, SHEETS, Pace
from bot.web.desk.take_home import TakeHome
from bot.web.guard import Guard, report
from bot.web.notices import NOTICES
from bot.web.observatory.routes import observatory_routes
from bot.web.pages import Pages
from bot.web.share.routes import share_routes
from bot.web.site import STATIC, Site
from bot.web.talk import Clock, Shelf, Talk

_SWEEP_SECONDS = 60.0


def create_app(
    conversation: Talk,
    library: Shelf,
    settings: Settings,
    clock: Clock,
    more: Sequence[BaseRoute] = (),
    metrics: Metrics | None = None,
    bot_name: Callable[[], str] = str,
    kept: SqliteStore | None = None,
) -> Starlette:
    """Return the web application.

    Args:
        conversation: answers every turn; its store is asked for health and for erasures.
        library: returns the content of the moment.
        settings: ``url_publique`` in https makes cookies secure.
        clock: returns the moment, with a time zone.
        more: addresses of other parts of the service (the webhook); they come first and get the same guard.
        metrics: what counts answers and is shown at /metriques; the application's own when None.
        bot_name: returns the name of the Telegram bot without @, empty while it is not known and not set.
        kept: where numbers and suggestions are kept; without it, the observatory has nothing to show.
    """
    secure = (settings.url_publique or "").startswith("https://")
    named = lambda: settings.telegram_nom or bot_name()  # noqa: E731 - Telegram tells it once connected
    site = Site(conversation, library, clock, secure=secure, bot_name=named)
    metrics = metrics or Metrics()

    async def sorry(request: Request) -> Response:
        return site.trouble(request, 500)

    async def refused(request: Request, error: Exception) -> Response:
        return site.trouble(request, error.status_code if isinstance(error, HTTPException) else 500)

    app = Starlette(
        routes=[*more, *_routes(site, settings, metrics, kept)],
        middleware=[Middleware(Guard, secure=secure, sorry=sorry, answered=metrics.answered)],
        exception_handlers={HTTPException: refused},
        lifespan=lambda _: _sweeping(site),
    )
    app.state.site = site
    return app


def _routes(site: Site, settings: Settings, metrics: Metrics, kept: SqliteStore | None) -> list[BaseRoute]:
    chat, pages = Chat(site), Pages(site, settings.editeur, settings.hebergeur)
    return [
        Route("/", chat.show, methods=["GET"]),
        Route("/", chat.turn, methods=["POST"]),
        Route("/l/{code}", chat.link, methods=["GET"]),
        Route("/l/{code}", chat.open_once, methods=["POST"]),
        *_staff_routes(site, settings, metrics, kept),
        Route("/sante", pages.health),
        Route("/sante/vivant", pages.alive),
        Route("/code-source.tar.gz", pages.source),
        Route("/favicon.ico", pages.icon),
        *(Route(f"/{notice.path}", pages.notice(notice)) for notice in NOTICES),
        Mount("/static", _Static(directory=STATIC)),
    ]


def _staff_routes(site: Site, settings: Settings, metrics: Metrics, kept: SqliteStore | None) -> list[BaseRoute]:
    code = settings.guichet_code
    access = Access(site, code.get_secret_value() if code else None, secure=site.secure)
    desk, sheets, editors = (
        Desk(site, has_address=bool(settings.url_publique)),
        TakeHome(site, settings.url_publique),
        Editors(site),
    )

    search, paper = Pace(SEARCHES, site.clock).limited, Pace(SHEETS, site.clock).limited

    async def numbers(_: Request) -> Response:
        return Response(metrics.text(site.shelf()), headers={"content-type": MEDIA_TYPE})

    return [
        Route("/metriques", access.editors(numbers), methods=["GET"]),
        Route("/guichet/entrer", access.door, methods=["GET"]),
        Route("/guichet/entrer", access.enter, methods=["POST"]),
        Route("/guichet/sortir", access.leave, methods=["POST"]),
        Route("/guichet", access.staff(desk.empty), methods=["GET"]),
        Route("/guichet", access.staff(search(desk.asked)), methods=["POST"]),
        Route("/guichet/feuille", access.staff(paper(sheets.page)), methods=["POST"]),
        Route("/guichet/feuille.pdf", access.staff(paper(sheets.pdf)), methods=["POST"]),
        Route("/guichet/nouveautes", access.staff(desk.new), methods=["GET"]),
        *share_routes(site, access, settings),
        *observatory_routes(site, access, kept),
        Route("/contenu", access.editors(editors.cards), methods=["GET"]),
        Route("/contenu/carte", access.editors(editors.places), methods=["GET"]),
        Route("/contenu/arbres", access.editors(editors.trees), methods=["GET"]),
        Route("/contenu/couverture", access.editors(editors.coverage), methods=["GET"]),
    ]


class _Static(StaticFiles):
    """The style sheet; its address changes with it, and it tells nothing of a conversation."""

    def file_response(self, *args: object, **more: object) -> Response:
        response = super().file_response(*args, **more)  # type: ignore[arg-type]
        response.headers["cache-control"] = "private, max-age=86400"
        return response


@asynccontextmanager
async def _sweeping(site: Site) -> AsyncIterator[None]:
    """Forget silent browsers every minute, as long as the application runs."""

    async def sweep() -> None:
        while True:
            await asyncio.sleep(_SWEEP_SECONDS)
            try:
                await site.browsers.sweep(site.clock())
            except Exception as error:  # one bad minute must not end all the following ones
                report(error)

    task = asyncio.create_task(sweep())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
