"""How fast one address may ask the desk and its sheets: far above what a team types, far below what would harm it."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from bot.web.talk import Clock

MINUTE = timedelta(minutes=1)
SEARCHES, SHEETS = 1_200, 60
"""Turns of the desk and sheets in a minute from one address: a whole reception hall may share one."""

_MOST_ADDRESSES = 1_000
_HERE = frozenset({"127.0.0.1", "::1"})

Handler = Callable[[Request], Awaitable[Response]]


class Pace:
    """Counts requests by address, in memory, for one minute."""

    def __init__(self, most: int, clock: Clock) -> None:
        """``most``: requests of one address in a minute."""
        self._most, self._clock = most, clock
        self._seen: OrderedDict[str, deque[datetime]] = OrderedDict()

    def limited(self, handler: Handler) -> Handler:
        """Return a handler that answers 429 beyond the limit."""

        async def answer(request: Request) -> Response:
            if not self._may(_address(request)):
                raise HTTPException(429)
            return await handler(request)

        return answer

    def _may(self, address: str) -> bool:
        now = self._clock()
        times = self._seen.setdefault(address, deque())
        self._seen.move_to_end(address)
        while len(self._seen) > _MOST_ADDRESSES:
            self._seen.popitem(last=False)
        while times and times[0] <= now - MINUTE:
            times.popleft()
        if len(times) >= self._most:
            return False
        times.append(now)
        return True


def _address(request: Request) -> str:
    """Return who asks; behind a proxy on this machine, the last address, which the proxy added itself."""
    host = request.client.host if request.client else ""
    if host in _HERE:
        return request.headers.get("x-forwarded-for", "").rpartition(",")[2].strip()[:64] or host
    return host
