"""First contact with Telegram, and every call that must succeed sooner or later: tried until it does."""

from collections.abc import Awaitable, Callable

import structlog
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError, TimedOut

from bot.errors import SettingsError
from bot.telegram.calls import kind_of
from bot.telegram.timing import Timing

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


class Contact:
    """Makes calls that can wait, a little longer after each failure."""

    def __init__(self, timing: Timing) -> None:
        self._timing = timing
        self._wait = 0.0

    async def insist(self, *calls: Callable[[], Awaitable[object]]) -> None:
        """Make calls in order until all succeed in a row.

        Raises:
            SettingsError: the token is refused, for instance revoked.
        """
        while not await self._all(calls):
            await self.pause()

    async def pause(self) -> None:
        """Wait as the last failure asks for."""
        await self._timing.sleep(self._wait)

    async def tried(self, call: Callable[[], Awaitable[object]]) -> bool:
        """Make a call; return False, with the time to wait, when it failed.

        Raises:
            SettingsError: the token is refused, for instance revoked.
        """
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

    async def _all(self, calls: tuple[Callable[[], Awaitable[object]], ...]) -> bool:
        for call in calls:
            if not await self.tried(call):
                return False
        return True


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
