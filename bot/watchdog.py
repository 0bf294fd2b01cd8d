"""Tells systemd that the service is ready, and that its loop still turns; does nothing under another manager.

The protocol is one datagram to the socket that systemd names (sd_notify(3)); no library is needed for it.
"""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Mapping
from contextlib import suppress


class Watchdog:
    """Speaks to the service manager of an environment, if there is one."""

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        """``environment``: NOTIFY_SOCKET says where to speak, WATCHDOG_USEC how often a sign of life is due."""
        self._socket = environment.get("NOTIFY_SOCKET", "")
        micros = environment.get("WATCHDOG_USEC", "")
        self.every = int(micros) / 2_000_000 if self._socket and micros.isdigit() and int(micros) else None
        """Seconds between two signs of life, half of what systemd waits; None when it waits for none."""

    def ready(self) -> None:
        """Say that the service answers."""
        self._say("READY=1")

    async def live(self, stop: asyncio.Event) -> None:
        """Give signs of life until ``stop`` is set, then say that the service ends.

        It runs in the loop that answers families: if that one hangs, systemd hears nothing and starts it again.
        """
        while not stop.is_set():
            if self.every:
                self._say("WATCHDOG=1")
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), self.every)
        self._say("STOPPING=1")

    def _say(self, state: str) -> None:
        if not self._socket:
            return
        address = f"\0{self._socket[1:]}" if self._socket.startswith("@") else self._socket
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as speaking:
            speaking.connect(address)
            speaking.send(state.encode())
