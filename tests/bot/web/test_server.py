"""The server inside a running loop."""

import asyncio
import signal
import socket

import httpx
import pytest

from bot.errors import OperatorError
from bot.web.server import serve
from tests.bot.web.conftest import listening


async def test_port_zero_gives_the_real_address(app):
    """The caller learns where the service listens, once it does."""
    async with listening(app) as address, httpx.AsyncClient(trust_env=False) as client:
        response = await client.get(f"{address}/sante")

    assert address.startswith("http://127.0.0.1:")
    assert not address.endswith(":0")
    assert response.status_code == 200


async def test_an_address_of_the_new_kind_is_written_with_brackets(app):
    """IPv6 works too."""
    async with listening(app, host="::1") as address, httpx.AsyncClient(trust_env=False) as client:
        response = await client.get(f"{address}/sante")

    assert address.startswith("http://[::1]:")
    assert response.status_code == 200


async def test_a_busy_port_tells_what_to_write(app):
    """The operator reads the setting's name and a way out, not a traceback."""
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]
        with pytest.raises(OperatorError) as error:
            await serve(app, "127.0.0.1", port, asyncio.Event(), lambda _: None)

    assert "PASSERELLE_PORT" in str(error.value)
    assert f"le port {port} est déjà pris" in str(error.value)
    assert "\n    -> " in str(error.value)


async def test_an_unknown_machine_tells_what_to_write(app):
    """An address of another machine is refused in words."""
    with pytest.raises(OperatorError) as error:
        await serve(app, "192.0.2.1", 0, asyncio.Event(), lambda _: None)

    assert "PASSERELLE_HOTE" in str(error.value)


async def test_stopping_ends_the_server_and_frees_the_port(app):
    """The next start finds the port free."""
    async with listening(app) as address:
        pass
    port = int(address.rpartition(":")[2])
    async with listening(app, port=port) as again:
        pass

    assert again == address


async def test_signals_are_left_to_the_service(app):
    """Ctrl-C ends everything in the service's own order."""
    before = signal.getsignal(signal.SIGINT)
    async with listening(app):
        during = signal.getsignal(signal.SIGINT)

    assert during is before


async def test_nothing_is_printed(app, capfd):
    """Starting, answering and stopping are silent."""
    async with listening(app) as address, httpx.AsyncClient(trust_env=False) as client:
        await client.get(address)
        await client.get(f"{address}/l/1ABC")

    assert capfd.readouterr() == ("", "")
