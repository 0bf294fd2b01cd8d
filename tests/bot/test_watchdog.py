"""The service manager is told when the service answers, and that it lives."""

import asyncio
import socket

import pytest

from bot.watchdog import Watchdog


@pytest.fixture
def manager(tmp_path):
    """The socket of a service manager."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(str(tmp_path / "notify"))
        listening.settimeout(5)
        yield listening


async def test_the_manager_hears_ready_signs_of_life_and_the_end(manager, tmp_path):
    """Signs of life come twice as often as they are due."""
    watchdog = Watchdog({"NOTIFY_SOCKET": str(tmp_path / "notify"), "WATCHDOG_USEC": "2000"})
    stop = asyncio.Event()
    watchdog.ready()
    living = asyncio.create_task(watchdog.live(stop))
    heard = [await asyncio.to_thread(manager.recv, 100) for _ in range(3)]
    stop.set()
    await living
    while (last := await asyncio.to_thread(manager.recv, 100)) == b"WATCHDOG=1":
        pass

    assert watchdog.every == 0.001
    assert heard == [b"READY=1", b"WATCHDOG=1", b"WATCHDOG=1"]
    assert last == b"STOPPING=1"


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"WATCHDOG_USEC": "2000"},
        {"NOTIFY_SOCKET": "/absent/notify"},
        {"NOTIFY_SOCKET": "x", "WATCHDOG_USEC": "abc"},
    ],
)
async def test_without_a_manager_nothing_is_said_and_nothing_fails(environment):
    """In a terminal, in a container, behind a manager that left: the service does not care."""
    watchdog, stop = Watchdog(environment), asyncio.Event()
    watchdog.ready()
    stop.set()
    await watchdog.live(stop)

    assert watchdog.every is None
