"""What the store is told of each message; a store out of order never keeps an answer from leaving."""

from collections.abc import Awaitable, Sequence
from typing import TypeVar

import structlog

from bot.errors import StoreUnavailable
from bot.store.protocol import Store
from bot.telegram.timing import Timing

T = TypeVar("T")
_log = structlog.get_logger(__name__)


class Notes:
    """The part of the store that sending needs; its failures are logged and go no further."""

    def __init__(self, store: Store, timing: Timing) -> None:
        self._store = store
        self._timing = timing

    async def seen(self, person: str, message: int) -> None:
        """Remember a message of the chat for 48 h, so that it can be deleted."""
        await self._kept(self._store.remember_message(person, str(message), self._timing.now()), None)

    async def may_leave(self, row: int) -> bool:
        """Note that an outbox row is about to be sent; False when it expired or was erased."""
        return await self._kept(self._store.sending(row, self._timing.now()), True)

    async def done(self, person: str, row: int | None, messages: Sequence[int]) -> None:
        """Note what a screen became: messages, or nothing more to do; its outbox row goes."""
        if row is None:
            for message in messages:
                await self.seen(person, message)
            return
        for message in messages[:-1]:
            await self.seen(person, message)
        if messages:
            await self._kept(self._store.sent(row, str(messages[-1]), self._timing.now()), None)
        else:
            await self._kept(self._store.dropped(row), None)

    async def deleted(self, person: str, refs: Sequence[str]) -> None:
        """Forget the references of messages that are gone."""
        await self._kept(self._store.forget_messages(person, refs), None)

    async def _kept(self, work: Awaitable[T], otherwise: T) -> T:
        try:
            return await work
        except StoreUnavailable:
            _log.warning("telegram.store_unavailable")
            return otherwise
