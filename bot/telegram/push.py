"""Messages that answer nothing (a reminder, news, a word of a worker): sent once, in turn with the person's answers."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError

from bot.feature import Outcome
from bot.telegram.outgoing import Outgoing, Part

_GONE = ("chat not found", "user is deactivated", "bot was blocked")


@dataclass(frozen=True, slots=True)
class Pushed:
    """One such message on its way; ``outcome`` is set once it is known."""

    part: Part
    outcome: asyncio.Future[Outcome] = field(repr=False)


class Pushes:
    """Those on their way; each waits its turn among what its person is answered."""

    def __init__(self, queue: Callable[[Pushed], Awaitable[None]], outgoing: Outgoing) -> None:
        """``queue``: brings one to ``deliver`` in its person's turn."""
        self._queue, self._outgoing = queue, outgoing
        self._waiting: set[asyncio.Future[Outcome]] = set()

    async def send(self, part: Part) -> Outcome:
        """Return what became of one message."""
        outcome: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self._waiting.add(outcome)
        try:
            await self._queue(Pushed(part, outcome))
            return await outcome
        finally:
            self._waiting.discard(outcome)

    async def deliver(self, pushed: Pushed) -> None:
        """Send one whose turn it is."""
        if pushed.outcome.done():
            return  # nobody waits for it any more
        try:
            await self._outgoing.push(pushed.part, unasked=True)
        except TelegramError as error:
            _end(pushed.outcome, _outcome(error))
        else:
            _end(pushed.outcome, Outcome.SENT)

    def give_up(self) -> None:
        """Tell all who wait that nobody knows: the channel has stopped."""
        for outcome in self._waiting:
            _end(outcome, Outcome.UNCERTAIN)


def _end(outcome: asyncio.Future[Outcome], how: Outcome) -> None:
    if not outcome.done():
        outcome.set_result(how)


def _outcome(error: TelegramError) -> Outcome:
    """Return what an error of Telegram says of the message that was to be sent."""
    if isinstance(error, Forbidden) or any(each in str(error).lower() for each in _GONE):
        return Outcome.GONE
    if isinstance(error, BadRequest | RetryAfter):
        return Outcome.REFUSED
    # A cut, a time-out, a fault of the server: Telegram may have taken the message before.
    return Outcome.UNCERTAIN if isinstance(error, NetworkError) else Outcome.REFUSED
