"""An ASGI application on loopback, in the running loop, without a log and with connections that can be cut."""

import asyncio

import uvicorn
from starlette.requests import Request
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState


class Served:
    """One application, from ``open`` to ``close``."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._state = ServerState()

    async def open(self) -> str:
        """Listen on any free port; return the address."""
        config = uvicorn.Config(self._app, log_config=None, access_log=False, lifespan="off")
        config.load()
        loop = asyncio.get_running_loop()

        def protocol() -> H11Protocol:
            made = H11Protocol(config, self._state, {}, loop)
            made.access_log = False  # it would print the token, and blame the bot for it
            return made

        self._server = await loop.create_server(protocol, "127.0.0.1", 0)
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def close(self) -> None:
        """Cut every connection and listen no more."""
        self._server.close()
        for connection in list(self._state.connections):
            connection.transport.abort()
        while self._state.tasks:
            await asyncio.gather(*self._state.tasks, return_exceptions=True)
        await self._server.wait_closed()

    def abort(self, request: Request) -> None:
        """Cut the connection of a request."""
        client = tuple(request.scope["client"])
        for connection in list(self._state.connections):
            if connection.client == client:
                connection.transport.abort()
