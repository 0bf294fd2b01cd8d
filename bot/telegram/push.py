"""Messages that answer nothing (a reminder, news, a word of a worker): sent once, in turn with the person's answers."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import structlog
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError

from bot.feature import Outcome, Wanted
from bot.telegram.outgoing import Outgoing, Part

_log = structlog.get_logger(__name__)
_GONE = ("chat not found", "user is deactivated", "bot was blocked")


@dataclass(frozen=True, slots=True)
class Pushed:
    """One such message on its way; ``outcome`` is set once it is known."""

    part: Part
    outcome: asyncio.Future[Outcome] = field(repr=False)
    wanted: Wanted | None = None


class Pushes:
    """Those on their way; each waits its turn among what its person is answered."""

    def __init__(
        self, queue: Callable[[Pushed], Awaitable[None]], outgoing: Outgoing, room: Callable[[], Awaitable[None]]
    ) -> None:
        """Make it.

        Args:
            queue: brings one to ``deliver`` in its person's turn.
            outgoing: sends.
            room: returns once one more may leave; waited for outside of anybody's turn.
        """
        self._queue, self._outgoing, self._room = queue, outgoing, room
        self._waiting: set[asyncio.Future[Outcome]] = set()

    async def send(self, part: Part, wanted: Wanted | None = None) -> Outcome:
        """Return what became of one message; ``wanted`` is asked when its turn has come."""
        outcome: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self._waiting.add(outcome)
        try:
            await self._room()
            if not outcome.done():
                await self._queue(Pushed(part, outcome, wanted))
            return await outcome
        finally:
            self._waiting.discard(outcome)

    async def deliver(self, pushed: Pushed) -> None:
        """Send one whose turn it is."""
        if pushed.outcome.done():
            return  # nobody waits for it any more
        try:
            if pushed.wanted and not await pushed.wanted():
                _end(pushed.outcome, Outcome.UNWANTED)
                return
            await self._outgoing.push(pushed.part, unasked=True)
        except TelegramError as error:
            _end(pushed.outcome, _outcome(error))
        except Exception as error:
            _log.error("telegram.push_failed", kind=type(error).__name__)
            _end(pushed.outcome, Outcome.UNCERTAIN)
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
