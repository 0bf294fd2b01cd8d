"""What the assistant does beside its questions: each feature answers what is its own, and may add to an ordinary reply.

Danger was looked for before a feature is asked anything, and numbers to call are answered without any of them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.content import Library
from bot.screen import Incoming, Reply, Screen
from bot.speaker import Speaker
from bot.staff.model import Entry
from dialogs.effects import Effect
from dialogs.session import Session

_PARIS = ZoneInfo("Europe/Paris")


class Outcome(Enum):
    """What became of a message that answers nothing: it is sent once, never again on its own."""

    SENT = "sent"
    GONE = "gone"
    """The person blocked the bot or left Telegram: never to be written to again."""
    REFUSED = "refused"
    """Not sent: Telegram refused it, or the service was stopping."""
    UNWANTED = "unwanted"
    """Not sent: somebody stopped, paused or erased it while it waited."""
    UNCERTAIN = "uncertain"
    """Cut between call and answer: it may have arrived."""


Wanted = Callable[[], Awaitable[bool]]
"""Asked when the turn of a message has come: whether it may still leave (nobody erased, paused or stopped it)."""


class Push(Protocol):
    """Sends a screen to someone who is not waiting for it, in turn with what is being answered to that person."""

    async def __call__(
        self, address: bytes, screen: Screen, *, silent: bool = False, wanted: Wanted | None = None
    ) -> Outcome:
        """Return what became of it.

        Args:
            address: ``Incoming.address`` as the channel gave it once.
            screen: one message.
            silent: without a sound.
            wanted: asked once its turn has come; None sends it whatever happened meanwhile.
        """


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn as a feature sees it. ``now`` has a time zone; ``guarded``: nothing of it may be written down."""

    incoming: Incoming
    session: Session
    library: Library
    now: datetime
    guarded: bool

    @property
    def local(self) -> datetime:
        """Return the moment it is in Paris."""
        return self.now.astimezone(_PARIS)

    def speaker(self) -> Speaker:
        """Return what says sentences in the person's language."""
        return self.library.speaker(self.session.language, self.local.date(), self.local)

    def reply(self, *screens: Screen, private: bool = False) -> Reply:
        """Return screens as a reply in the person's language."""
        language = self.speaker().language
        return Reply(screens, language.id, language.direction, private=private)


class Feature:
    """Does nothing: what a feature has no use for is left as it is here.

    What only staff may use is named in ``staff_menu``, ``staff_payloads`` and ``staff_commands``, so that a test can
    try all of it as everybody else. For them it must be as if it did not exist: ``answer`` returns None.
    """

    staff_menu: Sequence[Entry] = ()
    """Lines in the menu of the team."""
    staff_payloads: Sequence[str] = ()
    """One example of each form of payload that only staff may press, those of the menu aside."""
    staff_commands: Sequence[str] = ()
    """Texts that only staff may write (« /equipe »); they are no commands of Telegram's menu."""
    family_payloads: Sequence[str] = ()
    """One example of each form of payload that everybody may press."""

    async def answer(self, turn: Turn) -> Reply | None:
        """Return the answer to what is this feature's own; None leaves it to the conversation.

        The session stays as it is, and the update is closed afterwards. Only the first feature that answers is heard.
        """
        return None

    async def after(self, turn: Turn, effects: Sequence[Effect], reply: Reply) -> Reply:
        """Return the reply of an ordinary turn, with what this feature adds to it.

        Not asked about private turns (danger, guarded subjects) nor about erasures. ``turn.session`` is the new one.
        """
        return reply

    async def overheard(self, incoming: Incoming, now: datetime) -> None:
        """Be told of sure words of danger, which the conversation answers by itself; their answer waits for nothing."""

    def keeps_nothing(self, incoming: Incoming) -> bool:
        """Tell whether a message to this feature may not be written down before it is answered."""
        return False

    def forget(self, person: str) -> None:
        """Drop what is remembered in memory of someone who erases everything; the store drops the rest."""

    async def settle(self, *, ending: bool = False) -> None:
        """Write down what waits in memory: asked every few minutes, and once more when the service ends.

        Unlike :meth:`run`, on every service, with or without Telegram.
        """

    async def run(self, push: Push, stop: asyncio.Event) -> None:
        """Work on its own until ``stop`` is set, where messages can be sent."""
        await stop.wait()
