"""The updates that wait for the bot, given by getUpdates until it confirms them (#getupdates)."""

import asyncio
from collections.abc import Callable
from itertools import count
from typing import Any

from tests.fake_botapi.schema import ApiError

Update = dict[str, Any]


class Updates:
    """``changed`` is notified whenever anything happens on the server."""

    def __init__(self, changed: asyncio.Condition, notify: Callable[[], None]) -> None:
        self.confirmed = 0
        self._changed = changed
        self._notify = notify
        self._ids = count(700_001)
        self._waiting: list[Update] = []
        self._again: list[Update] = []
        self._held: list[Update] | None = None
        self._reader = object()
        self.made: list[Update] = []
        """Everything that people did, in order."""

    def add(self, content: dict[str, Any]) -> Update:
        """Queue an update for the bot, or keep it back while ``hold`` lasts."""
        update = {"update_id": next(self._ids), **content}
        self.made.append(update)
        if self._held is not None:
            self._held.append(update)
        else:
            self._waiting.append(update)
            self._notify()
        return update

    def hold(self) -> None:
        """Keep what people do from the bot until ``release``."""
        self._held = []

    def release(self, *, backwards: bool = False, twice: bool = False) -> None:
        """Give what was held to the bot in one batch, backwards or each update twice if wanted."""
        held = self._held or []
        self._held = None
        held = list(reversed(held)) if backwards else held
        self._waiting += [each for update in held for each in ([update, update] if twice else [update])]
        self._notify()

    def repeat(self) -> None:
        """Give the last update to the bot once more."""
        self.again(self.made[-1])

    def again(self, update: Update) -> None:
        """Give an update to the bot once more, as Telegram sometimes does."""
        self._again.append(update)
        self._notify()

    @property
    def waiting(self) -> int:
        """Return how many updates the bot has not taken yet."""
        return len(self._waiting)

    def ready(self, allowed: list[str]) -> bool:
        """Return whether something waits to be pushed to a webhook."""
        return bool(self._again or self._wanted({"allowed_updates": allowed}))

    def take(self, allowed: list[str]) -> list[Update]:
        """Return what waits, to be pushed to a webhook until it is accepted; it waits here no more."""
        taken = self._wanted({"allowed_updates": allowed}) + self._again
        self._again, self._waiting = [], []
        return taken

    def send_readers_away(self) -> None:
        """End every getUpdates that waits."""
        self._reader = object()
        self._notify()

    async def get(self, params: dict[str, Any]) -> list[Update]:
        """Answer getUpdates: wait for something to give, unless another reader comes (409)."""
        offset = params.get("offset", 0)
        self.confirmed = max(self.confirmed, offset)
        self._waiting = [update for update in self._waiting if update["update_id"] >= offset]
        self.send_readers_away()
        reader = self._reader
        await self._wait(reader, params)
        if self._reader is not reader:
            raise ApiError(409, "Conflict: terminated by other getUpdates request")
        again, self._again = self._again, []
        return (again + self._wanted(params))[: params.get("limit", 100)]

    async def _wait(self, reader: object, params: dict[str, Any]) -> None:
        def ready() -> bool:
            return bool(self._again or self._wanted(params)) or self._reader is not reader

        async with self._changed:
            try:
                await asyncio.wait_for(self._changed.wait_for(ready), params.get("timeout") or 0.001)
            except TimeoutError:
                return

    def _wanted(self, params: dict[str, Any]) -> list[Update]:
        """Drop the kinds of updates that were not asked for; return the others."""
        allowed = params.get("allowed_updates")
        if allowed:
            self._waiting = [update for update in self._waiting if _kind_of(update) in allowed]
        return self._waiting


def _kind_of(update: Update) -> str:
    """Return the kind of an update, as ``allowed_updates`` names it."""
    return next(name for name in update if name != "update_id")
