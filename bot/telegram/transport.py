"""The way calls travel: aiohttp when it is installed, else python-telegram-bot's own httpx.

aiohttp does the same calls two to three times faster (``make bench``); nothing else changes with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, HTTPXRequest, RequestData

try:
    import aiohttp
except ImportError:  # an optional extra of the product
    aiohttp = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from telegram._utils.types import ODVInput

READ_SECONDS = 15.0
_CONNECT_SECONDS = 5.0
_POOL_SECONDS = 60.0
"""Waiting for a free connection is no failure."""


def transport(connections: int, *, with_aiohttp: bool = aiohttp is not None) -> BaseRequest:
    """Return what carries calls, at most so many at once; ``with_aiohttp``: for measures and tests."""
    if with_aiohttp:
        return AiohttpRequest(connections)
    return HTTPXRequest(
        connection_pool_size=connections,
        read_timeout=READ_SECONDS,
        connect_timeout=_CONNECT_SECONDS,
        pool_timeout=_POOL_SECONDS,
    )


class AiohttpRequest(BaseRequest):
    """Calls over aiohttp. Its errors never hold an address: the token is in it."""

    def __init__(self, connections: int) -> None:
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Return how many seconds an answer may take."""
        return READ_SECONDS

    async def initialize(self) -> None:
        """Open the pool of connections, unless it is open."""
        if self._session is None or self._session.closed:
            connector = aiohttp.TCPConnector(limit=self._connections)
            headers = {"User-Agent": self.USER_AGENT}
            self._session = aiohttp.ClientSession(connector=connector, headers=headers, trust_env=True)

    async def shutdown(self) -> None:
        """Close the pool of connections."""
        if self._session is not None:
            await self._session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """See ``BaseRequest``: return the status and the body of an answer."""
        if self._session is None:
            raise RuntimeError("not initialized")
        timeout = aiohttp.ClientTimeout(
            total=None,
            connect=_or(pool_timeout, _POOL_SECONDS),
            sock_connect=_or(connect_timeout, _CONNECT_SECONDS),
            sock_read=_or(read_timeout, READ_SECONDS),
        )
        try:
            async with self._session.request(method, url, data=_body(request_data), timeout=timeout) as answer:
                return answer.status, await answer.read()
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(type(error).__name__) from None


def _or(given: Any, usual: float) -> float | None:
    return usual if given is BaseRequest.DEFAULT_NONE else given


def _body(data: RequestData | None) -> dict[str, str] | aiohttp.FormData | None:
    if data is None:
        return None
    if not data.contains_files:
        return data.json_parameters
    form = aiohttp.FormData(data.json_parameters)
    for name, (filename, content, kind) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return form
