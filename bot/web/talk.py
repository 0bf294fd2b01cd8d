"""What the pages need of the rest of the service, no more: a conversation and the content of the moment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from bot.screen import Incoming, Reply
from bot.store.protocol import Store

if TYPE_CHECKING:
    from bot.content import Library

Clock = Callable[[], datetime]
"""Returns the moment, with a time zone."""

Shelf = Callable[[], "Library"]
"""Returns the content that serves now; it may be another one at the next call."""

CHANNEL = "web"


class Talk(Protocol):
    """A conversation, as ``bot.conversation.Conversation`` leads it."""

    store: Store

    def person(self, channel: str, chat: str | int) -> str:
        """Return the keyed name of a chat."""

    async def handle(self, incoming: Incoming, now: datetime) -> Reply:
        """Return the answer of one turn."""
