"""What the relay asks of the channel that has topics, and what that channel brings from the team's group."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol

from bot.screen import Screen

Wanted = Callable[[], Awaitable[bool]]


class Why(Enum):
    """Why something could not be brought or said."""

    LATER = "later"
    """Too fast, cut, a fault of the server: to be tried again; it may have arrived all the same."""
    TOPIC_GONE = "topic gone"
    """Deleted by hand."""
    NO_RIGHT = "no right"
    """The group is not there, has no topics, or the bot may not do this in it."""
    FAMILY_GONE = "family gone"
    NOT_COPIED = "not copied"
    """This message cannot be copied."""
    WITHDRAWN = "withdrawn"
    """It was no longer wanted when its turn came."""


class Undelivered(Exception):
    """Something did not arrive; says nothing of what it was."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True, slots=True)
class RoomTurn:
    """Something written or pressed in the team's group.

    ``topic``: its keyed name, "" outside a topic; ``command``: the name after the slash, "" without, and ``text`` what
    follows it; ``note``: for colleagues only; ``author``: keyed name, "" for who writes in the group's own name;
    ``kind``: of a message that is not a text; ``album``: of the pictures sent together with it, "" for one alone.
    """

    topic: str
    author: str
    message: int | None = None
    command: str = ""
    text: str = field(default="", repr=False)
    note: bool = False
    payload: str | None = None
    kind: str = ""
    album: str = ""
    reply: int | None = None


class Topics(Protocol):
    """The team's group. Every method may raise ``Undelivered``."""

    async def create(self, title: str) -> tuple[int, str]:
        """Return the number and the keyed name of a new topic."""

    async def say(self, thread: int, screen: Screen) -> None:
        """Write in a topic."""

    async def bring(self, thread: int, address: bytes, message: int, reply: int | None) -> int:
        """Copy a family's message into a topic; return its number there."""

    async def carry(self, address: bytes, message: int, reply: int | None, wanted: Wanted) -> int:
        """Copy a message of the group to a family in its turn, if still wanted then; return its number there."""

    async def tell(self, address: bytes, screen: Screen, wanted: Wanted) -> None:
        """Say something to a family in its turn, if still wanted then."""

    async def delete(self, thread: int) -> None:
        """Delete a topic with its messages; one that is gone already is no matter."""


class Room(Protocol):
    """Who is brought what happens in the group."""

    def connect(self, topics: Topics) -> None:
        """Be given the group, once Telegram is set up."""

    async def take(self, turn: RoomTurn) -> None:
        """Do what one message or press in the group asks for."""
