"""Who may open the desk: everybody on an open one, else whoever knows the staff code; editors' pages are never open."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import secrets
from collections import deque
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.web.forms import read_body
from bot.web.site import Site
from i18n.language import FRENCH

COOKIE = "guichet"
STAYS = timedelta(hours=12)
"""A working day: the code is asked again the next morning."""

_COST, _BLOCK, _LANES = 2**15, 8, 1
"""scrypt's parameters: 32 MB and about 0.1 s for each try (RFC 7914)."""
_MEMORY = 128 * 1024 * 1024
_LONGEST = 200
_TRIES, _WINDOW = 10, timedelta(minutes=1)
_HERE = frozenset({"127.0.0.1", "::1"})

Handler = Callable[[Request], Awaitable[Response]]


def hash_code(code: str, salt: bytes | None = None) -> str:
    """Return what to write in PASSERELLE_GUICHET_CODE for a staff code: « scrypt:salt:hash », in base64."""
    salt = salt or secrets.token_bytes(16)
    return f"scrypt:{_text(salt)}:{_text(_derived(code, salt))}"


def is_code(code: str, hashed: str) -> bool:
    """Tell whether a code is the one that was hashed. It takes a tenth of a second: call it off the event loop."""
    _, salt, expected = hashed.split(":")
    found = _derived(code, base64.urlsafe_b64decode(salt))
    return hmac.compare_digest(found, base64.urlsafe_b64decode(expected))


def _derived(code: str, salt: bytes) -> bytes:
    return hashlib.scrypt(code.encode(), salt=salt, n=_COST, r=_BLOCK, p=_LANES, maxmem=_MEMORY, dklen=32)


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode()


class Access:
    """The door of the desk."""

    def __init__(self, site: Site, hashed: str | None, *, secure: bool) -> None:
        """``hashed``: the staff code as :func:`hash_code` writes it; None leaves the desk open."""
        self._site, self._hashed, self._secure = site, hashed, secure
        self._failed: deque[datetime] = deque(maxlen=_TRIES)

    @property
    def has_code(self) -> bool:
        """Tell whether a code is asked."""
        return self._hashed is not None

    def staff(self, handler: Handler) -> Handler:
        """Return a handler for staff: anybody when no code is set."""
        return self._behind(handler, lambda request: not self.has_code)

    def editors(self, handler: Handler) -> Handler:
        """Return a handler for editors: the staff code, or this very machine when no code is set."""
        return self._behind(handler, lambda request: not self.has_code and _is_local(request))

    def _behind(self, handler: Handler, is_open: Callable[[Request], bool]) -> Handler:
        async def answer(request: Request) -> Response:
            if is_open(request) or self._is_in(request):
                return await handler(request)
            if not self.has_code:
                raise HTTPException(404)
            return RedirectResponse("/guichet/entrer", 303)

        return answer

    async def door(self, _: Request) -> Response:
        """Answer GET /guichet/entrer: the one field of the code."""
        return self._door()

    async def enter(self, request: Request) -> Response:
        """Answer POST /guichet/entrer: in with the code; ten wrong ones in a minute close the door for a minute."""
        now = self._site.clock()
        if self._hashed is None:
            return RedirectResponse("/guichet", 303)
        if len(self._failed) == _TRIES and now - self._failed[0] < _WINDOW:
            raise HTTPException(429)
        code = dict(parse_qsl(await read_body(request), max_num_fields=5)).get("code", "")[:_LONGEST]
        # Noted before the slow part: a hundred tries at once count as a hundred.
        self._failed.append(now)
        if not await asyncio.to_thread(is_code, code, self._hashed):
            return self._door(wrong=True)
        self._failed.remove(now)
        response = RedirectResponse("/guichet", 303)
        end = str(int((now + STAYS).timestamp()))
        self._give(response, self._site.signer.sign(COOKIE, end))
        return response

    async def leave(self, _: Request) -> Response:
        """Answer POST /guichet/sortir: the browser forgets that it was in."""
        response = RedirectResponse("/", 303)
        response.delete_cookie(COOKIE, httponly=True, secure=self._secure, samesite="strict", path="/")
        return response

    def _is_in(self, request: Request) -> bool:
        end = self._site.signer.check(COOKIE, request.cookies.get(COOKIE, "")[:_LONGEST])
        return end is not None and self.has_code and self._site.clock() < datetime.fromtimestamp(int(end), UTC)

    def _give(self, response: Response, value: str) -> None:
        # Strict: no other site can open the desk of someone who is in. No end date: it goes with the browser.
        response.set_cookie(COOKIE, value, httponly=True, secure=self._secure, samesite="strict", path="/")

    def _door(self, *, wrong: bool = False) -> Response:
        tongue = self._site.tongue(FRENCH.id, self._site.clock())
        return self._site.page("guichet/entrer.html", tongue, status=403 if wrong else 200, faux=wrong)


def _is_local(request: Request) -> bool:
    # Behind a proxy everybody comes from this machine: what a proxy adds tells them apart.
    forwarded = any(name in request.headers for name in ("x-forwarded-for", "forwarded", "x-real-ip", "via"))
    return request.client is not None and request.client.host in _HERE and not forwarded
