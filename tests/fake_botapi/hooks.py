"""Pushes updates to a webhook as Telegram does: one queue a chat for messages, others a person for presses, for queries."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from tests.fake_botapi.updates import Update, Updates

RETRY_SECONDS = 0.01
"""Real time between two tries; Telegram's own first wait is a second, then twice the last."""


class Hooks:
    """``target``: where the registered address is really served, « http://127.0.0.1:8080 »."""

    def __init__(self, updates: Updates, changed: asyncio.Condition) -> None:
        self.url = self.secret = self.target = ""
        self.statuses: list[int] = []
        """Every answer, in order; 0 for a connection cut."""
        self.clock: Callable[[], float] = lambda: 0.0
        self.posted: dict[int, float] = {}
        """When each update was pushed for the first time."""
        self._updates, self._changed = updates, changed
        self._queues: dict[object, deque[Update]] = {}
        self._allowed: list[str] = []
        self._places = asyncio.Semaphore(40)
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def pending(self) -> int:
        """Return how many updates were not accepted yet."""
        return sum(map(len, self._queues.values()))

    def register(self, url: str, secret: str, connections: int, allowed: list[str]) -> None:
        """Push to this address from now on; to none when it is empty."""
        pushing = bool(self.url)
        self.url, self.secret, self._allowed = url, secret, allowed
        self._places = asyncio.Semaphore(connections)
        if url and not pushing:
            self._start(self._push())

    async def stop(self) -> None:
        """Push no more."""
        self.url = ""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _push(self) -> None:
        while self.url:
            async with self._changed:
                await self._changed.wait_for(lambda: self._updates.ready(self._allowed))
            for update in self._updates.take(self._allowed):
                queue = self._queues.setdefault(_queue_of(update), deque())
                queue.append(update)
                if len(queue) == 1:
                    self._start(self._empty(queue))

    async def _empty(self, queue: deque[Update]) -> None:
        while queue:
            async with self._places:
                status = await self._post(queue[0])
            self.statuses.append(status)
            if 200 <= status < 300:
                self._updates.confirmed = max(self._updates.confirmed, queue.popleft()["update_id"] + 1)
            else:
                await asyncio.sleep(RETRY_SECONDS)
            async with self._changed:
                self._changed.notify_all()

    async def _post(self, update: Update) -> int:
        self.posted.setdefault(update["update_id"], self.clock())
        body = json.dumps(update).encode()
        return await post(self.target + urlsplit(self.url).path, body, self.secret)

    def _start(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def post(url: str, body: bytes, secret: str | None) -> int:
    """Return the status of a POST as Telegram makes it, 0 when the connection is cut or refused."""
    parts = urlsplit(url)
    said = f"x-telegram-bot-api-secret-token: {secret}\r\n" if secret is not None else ""
    head = f"POST {parts.path} HTTP/1.1\r\nhost: {parts.netloc}\r\n{said}content-length: {len(body)}\r\n"
    try:
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
        try:
            writer.write(f"{head}content-type: application/json\r\nconnection: close\r\n\r\n".encode() + body)
            await writer.drain()
            line = await reader.readline()
            await reader.read()
        finally:
            writer.close()
    except OSError:
        return 0
    return int(line.split()[1]) if line else 0


def _queue_of(update: Update) -> object:
    """Return what an update waits in line with (tdlib/telegram-bot-api, Client.cpp)."""
    if "callback_query" in update:
        return "press", update["callback_query"]["from"]["id"]
    if "inline_query" in update:
        return "inline", update["inline_query"]["from"]["id"]
    message = next(value for name, value in update.items() if name != "update_id")
    return "chat", message["chat"]["id"]
