"""Around every answer: security headers, and a kind page instead of a failure; logs quote nothing."""

from __future__ import annotations

import traceback
from collections.abc import Awaitable, Callable

import structlog
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

NEUTRAL = "https://meteofrance.com"
"""Where « Quitter vite » goes: a page that anybody may be looking at."""

# Browsers apply form-action to where a form is redirected too: the neutral site has to be named.
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; "
    f"frame-ancestors 'none'; form-action 'self' {NEUTRAL}"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
HSTS = "max-age=31536000"

_LAST_RESORT = (
    '<!doctype html><html lang="fr"><meta charset="utf-8"><title>Passerelle</title>'
    "<h1>Quelque chose n'a pas marché</h1><p>Réessayez dans quelques minutes.</p>"
    '<p>En danger : <a href="tel:17">17</a>, <a href="sms:114">114 par SMS</a>, '
    '<a href="tel:3919">3919</a>.</p>'
)
_log = structlog.get_logger(__name__)

Sorry = Callable[[Request], Awaitable[Response]]


class Guard:
    """An ASGI application around another one."""

    def __init__(self, app: ASGIApp, *, secure: bool, sorry: Sorry, answered: Callable[[int], None]) -> None:
        """``sorry`` makes the page of a failure; ``secure``: families use https; ``answered`` is told each status."""
        self._app, self._sorry, self._answered = app, sorry, answered
        self._headers = {**HEADERS, **({"strict-transport-security": HSTS} if secure else {})}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; never raises for a request of a browser."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def guarded(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                self._answered(message["status"])
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
                headers.setdefault("cache-control", "no-store")
            await send(message)

        try:
            await self._app(scope, receive, guarded)
        except Exception as error:
            report(error)
            if not started:
                response = await self._page(Request(scope))
                await response(scope, receive, guarded)

    async def _page(self, request: Request) -> Response:
        try:
            return await self._sorry(request)
        except Exception as error:
            report(error)
            return HTMLResponse(_LAST_RESORT, 500)


def report(error: Exception) -> None:
    """Log the class of an error and its place in the code; its text may quote the person."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f"{frames[-1].filename.rsplit('/', 1)[-1]}:{frames[-1].lineno}" if frames else ""
    _log.error("web.request_failed", error=type(error).__name__, where=where)
