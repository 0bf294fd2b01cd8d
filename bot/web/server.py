"""Runs the web application inside the loop that runs everything else; no signals, no access log."""

from __future__ import annotations

import asyncio
import errno
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

from bot.errors import OperatorError, SettingsError, reason

_LAST_SECONDS = 5
"""How long answers under way may take once the service stops."""


async def serve(app: ASGIApp, host: str, port: int, stop: asyncio.Event, ready: Callable[[str], None]) -> None:
    """Serve until ``stop`` is set.

    Args:
        app: the application.
        host: a name or address of this machine.
        port: 0 for any free port.
        stop: set by the caller to end.
        ready: called once with the real address, « http://127.0.0.1:8080 », when requests are answered.

    Raises:
        OperatorError: the address cannot be used; its text says what to write.
    """
    with _listening(host, port) as listener:
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            ws="none",
            lifespan="on",
            timeout_graceful_shutdown=_LAST_SECONDS,
        )
        server = _Server(config, lambda: ready(_address(listener)))
        running = asyncio.create_task(server.serve([listener]))
        stopping = asyncio.create_task(stop.wait())
        try:
            await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            stopping.cancel()
            server.should_exit = True
            await running


class _Server(uvicorn.Server):
    """A server that leaves signals to the service and tells when it listens."""

    def __init__(self, config: uvicorn.Config, listens: Callable[[], None]) -> None:
        super().__init__(config)
        self._listens = listens

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals alone: the service ends everything in its own order."""
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, then say so."""
        await super().startup(sockets)
        if self.started:
            self._listens()


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
    except OSError as error:
        raise _refused(host, port, error) from None
    with listener:
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
            listener.listen()
            listener.setblocking(False)
        except OSError as error:
            raise _refused(host, port, error) from None
        yield listener


def _refused(host: str, port: int, error: OSError) -> OperatorError:
    if error.errno == errno.EADDRINUSE:
        hint = "arrêtez l'autre programme, ou écrivez PASSERELLE_PORT=8081 (0 : n'importe quel port libre)"
        return SettingsError(f"PASSERELLE_PORT : le port {port} est déjà pris sur {host}\n    -> {hint}")
    if error.errno == errno.EACCES:
        hint = "écrivez un port à partir de 1024, par exemple PASSERELLE_PORT=8080"
        return SettingsError(f"PASSERELLE_PORT : le port {port} est réservé au système\n    -> {hint}")
    hint = "écrivez une adresse de cette machine, par exemple PASSERELLE_HOTE=127.0.0.1"
    return SettingsError(f"PASSERELLE_HOTE : impossible d'écouter sur « {host} » ({reason(error)})\n    -> {hint}")


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
