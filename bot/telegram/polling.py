"""Asks Telegram for updates, one long call after the other, until told to stop.

python-telegram-bot's own Updater is not used: it does not tell when a token is revoked
while it runs, and takes updates as read before anything keeps them.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import structlog
from telegram import Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError, TimedOut
from telegram.ext import ExtBot

from bot.errors import SettingsError
from bot.telegram.calls import kind_of
from bot.telegram.incoming import ALLOWED_UPDATES
from bot.telegram.limits import POLL_SECONDS
from bot.telegram.timing import Timing

Accept = Callable[[Sequence[Update]], Awaitable[None]]

LONGEST_WAIT = 30.0
"""Seconds between two tries while Telegram cannot be reached; the first wait is 1, then twice the last."""

_TWICE = (
    "Un autre programme lit déjà les messages de ce robot : Telegram n'en accepte qu'un. "
    "Arrêtez-le, ou donnez à celui-ci un autre PASSERELLE_TELEGRAM_TOKEN."
)
_log = structlog.get_logger(__name__)


def refused_token() -> SettingsError:
    """Return the error of a token that Telegram refuses; it never holds the token."""
    return SettingsError(
        "PASSERELLE_TELEGRAM_TOKEN : Telegram refuse ce jeton\n"
        "    -> recopiez le jeton donné par @BotFather ; s'il a été révoqué, demandez-en un autre (/token)"
    )


class Poller:
    """Reads the updates of one bot."""

    def __init__(self, bot: ExtBot[str], accept: Accept, timing: Timing) -> None:
        """``accept`` takes updates in; once it returns, they are taken as read."""
        self._bot = bot
        self._accept = accept
        self._timing = timing
        self._offset: int | None = None
        self._wait = 0.0

    async def connect(self) -> None:
        """Make the first contact, and leave any webhook; waits while Telegram cannot be reached.

        Raises:
            SettingsError: the token is refused.
        """
        while not (await self._tried(self._bot.initialize) and await self._tried(self._bot.delete_webhook)):
            await self._timing.sleep(self._wait)

    async def run(self) -> None:
        """Read updates until cancelled.

        Raises:
            SettingsError: the token is refused, for instance revoked.
        """
        while True:
            if not await self._tried(self._read):
                await self._timing.sleep(self._wait)

    async def _read(self) -> None:
        updates = await self._bot.get_updates(
            offset=self._offset, timeout=POLL_SECONDS, allowed_updates=ALLOWED_UPDATES
        )
        if updates:
            await self._accept(updates)
            self._offset = max(update.update_id for update in updates) + 1

    async def _tried(self, call: Callable[[], Awaitable[object]]) -> bool:
        """Make a call; return False, with the time to wait, when it failed."""
        try:
            await call()
        except InvalidToken:
            pass  # ours is raised below: the library's error holds the token, and would hang on it here
        except TelegramError as error:
            self._wait = _next_wait(error, self._wait)
            _report(error)
            return False
        else:
            self._wait = 0.0
            return True
        raise refused_token()


def _next_wait(error: TelegramError, last: float) -> float:
    if isinstance(error, RetryAfter):
        after = error.retry_after
        return float(after) if isinstance(after, int | float) else after.total_seconds()
    return min(LONGEST_WAIT, last * 2 or 1.0)


def _report(error: TelegramError) -> None:
    if isinstance(error, Conflict):
        _log.error("telegram.second_reader", hint=_TWICE)
    elif isinstance(error, TimedOut):
        _log.info("telegram.unreachable", kind=kind_of(error))
    else:
        _log.warning("telegram.unreachable", kind=kind_of(error))


async def until(stop: asyncio.Event, work: Awaitable[None]) -> bool:
    """Await some work unless ``stop`` is set first; return whether the work came to its end."""
    working = asyncio.ensure_future(work)
    stopping = asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            return False
        working.result()
        return True
    finally:
        for task in (working, stopping):
            task.cancel()
        await asyncio.gather(working, stopping, return_exceptions=True)
