"""One call to Telegram, made again when that can help; says nothing of what was sent.

The rate limiter already waits after a 429; what comes here is the rest.
"""

from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog
from telegram.error import BadRequest, Forbidden, NetworkError, TelegramError

from bot.telegram.timing import Timing

T = TypeVar("T")

RETRY_DELAYS = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 60.0, 120.0, 240.0)
"""Seconds between tries, 8 minutes in all: an answer is worth 10 minutes at most (the outbox's life)."""

_KNOWN = (
    "message is not modified",
    "message to edit not found",
    "message can't be edited",
    "message can't be deleted",
    "message to delete not found",
    "message is too long",
    "text must be non-empty",
    "can't parse entities",
    "BUTTON_DATA_INVALID",
    "reply markup is too long",
    "chat not found",
    "query is too old",
    "bot was blocked by the user",
    "user is deactivated",
)
_log = structlog.get_logger(__name__)


class Lapsed(Exception):
    """The message must not leave any more: it expired or was erased."""


def kind_of(error: Exception) -> str:
    """Return the class of an error and its reason if known; never the rest, which may quote a text."""
    said = str(error).lower()
    reason = next((known for known in _KNOWN if known.lower() in said), None)
    return f"{type(error).__name__}: {reason}" if reason else type(error).__name__


async def attempt(
    method: str,
    call: Callable[[], Awaitable[T]],
    timing: Timing,
    allowed: Callable[[], Awaitable[bool]] | None = None,
) -> T:
    """Return the answer of a call; made again after a cut or a fault of the server, at most for 8 minutes.

    A call cut before its answer came is made again too: a message seen twice is better
    than one never seen.

    Args:
        method: its name, for the log.
        call: makes the call.
        timing: waits between tries.
        allowed: asked before each try.

    Raises:
        Lapsed: ``allowed`` said no.
        TelegramError: the server refused it, or could not be reached; already logged.
    """
    for delay in (*RETRY_DELAYS, None):
        if allowed is not None and not await allowed():
            raise Lapsed
        try:
            return await call()
        except TelegramError as error:
            passing = isinstance(error, NetworkError) and not isinstance(error, BadRequest)
            if delay is None or not passing:
                _report(method, error)
                raise
            _log.info("telegram.call_again", method=method, kind=kind_of(error))
            await timing.sleep(delay)
    raise AssertionError("the last delay is None")


def _report(method: str, error: TelegramError) -> None:
    """Log a refusal, except those that only tell that there was nothing to do."""
    if isinstance(error, Forbidden):
        _log.info("telegram.blocked", method=method)
    elif not is_unchanged(error):
        _log.warning("telegram.call_refused", method=method, kind=kind_of(error))


def is_unchanged(error: TelegramError) -> bool:
    """Return whether an edit was refused because the message already reads so, which is what was wanted."""
    return isinstance(error, BadRequest) and "message is not modified" in str(error).lower()
