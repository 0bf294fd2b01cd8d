"""What a family will see behind a link: the real conversation, on a session that is thrown away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import TYPE_CHECKING

from bot.conversation import Conversation
from bot.crypto import Vault
from bot.keys import KeyRing
from bot.links import Link, encode_link, parse_link
from bot.payload import encode
from bot.screen import Incoming, Reply
from bot.store import MemoryStore
from dialogs.events import Chose, Confirmed
from dialogs.model import REFUSED

if TYPE_CHECKING:
    from bot.content import Library

_YES = encode(Confirmed(yes=True))
_MOST_TURNS = 20
"""Far more than any subject asks."""


@dataclass(frozen=True, slots=True)
class Preview:
    """The first replies of a link, and the questions (their short French names) it spares and leaves."""

    replies: tuple[Reply, ...]
    skipped: tuple[str, ...]
    asked: tuple[str, ...]


async def preview(library: Library, code: str, now: datetime) -> Preview:
    """Return what a code opens for a family that was never here.

    Questions are counted for a family that answers none of them: with answers, fewer may be asked.

    Raises:
        LinkError: the code cannot be read.
    """
    link = parse_link(code)
    visit = _Visit(library, now)
    replies = await visit.opens(code)
    asked = await visit.refuses_all()
    bare = _Visit(library, now)
    await bare.opens(encode_link(Link(link.target)))
    without = await bare.refuses_all()
    questions = library.content.dialogs.questions
    names = {each: questions[each].name for each in chain(asked, without)}
    skipped = tuple(names[each] for each in without if each not in asked)
    return Preview(replies, skipped, tuple(names[each] for each in asked))


class _Visit:
    """One throwaway conversation: a store in memory, a key that nobody keeps."""

    def __init__(self, library: Library, now: datetime) -> None:
        self._talk = Conversation(lambda: library, MemoryStore(), Vault(KeyRing.new()))
        self._person, self._now = self._talk.person("apercu", "1"), now
        self._last: Reply | None = None

    async def opens(self, code: str) -> tuple[Reply, ...]:
        """Return the first reply, and the one that follows « Oui » where the link says something."""
        first = await self._send(Incoming(self._person, start=code))
        buttons = (button for screen in first.screens for row in screen.rows for button in row)
        if not any(button.payload == _YES for button in buttons):
            return (first,)
        return (first, await self._send(Incoming(self._person, payload=_YES)))

    async def refuses_all(self) -> tuple[str, ...]:
        """Return the questions asked of someone who answers none, in order."""
        asked: list[str] = []
        while self._last and len(asked) < _MOST_TURNS:
            question = next((screen.question for screen in self._last.screens if screen.question), None)
            if question is None or question in asked:
                break
            asked.append(question)
            await self._send(Incoming(self._person, payload=encode(Chose(question, REFUSED))))
        return tuple(asked)

    async def _send(self, incoming: Incoming) -> Reply:
        self._last = await self._talk.handle(incoming, self._now)
        return self._last
