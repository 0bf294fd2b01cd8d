"""How fast the bot may talk: one message a second to a chat, thirty to all; a 429 holds one chat only."""

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine
from typing import Any

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from bot.telegram.limits import CHAT_BURST, CHAT_INTERVAL, OVERALL_MESSAGES, UNASKED_MESSAGES
from bot.telegram.timing import Timing

URGENT = "urgent"
"""Value of ``rate_limit_args``: leaves at once, whatever else is waiting."""

UNASKED = "unasked"
"""Value of ``rate_limit_args``: nobody waits for it, and ``room`` was waited for. A 429 is told and not waited for: the
person's own answers come behind it."""

TRIES = 5
LONGEST_HOLD = 600.0
"""Seconds; a longer 429 is not waited for: an answer is worth 10 minutes at most."""

_MARGIN = 0.1  # a second of Telegram's may be a little longer than ours
_CHATS_KEPT = 1_000


class _Pace:
    """Places one chat's messages in time: a short burst, then one an interval."""

    __slots__ = ("free",)

    def __init__(self) -> None:
        self.free = 0.0
        """When the burst is whole again."""

    def reserve(self, now: float) -> float:
        start = max(now, self.free - (CHAT_BURST - 1) * CHAT_INTERVAL)
        self.free = max(self.free, start) + CHAT_INTERVAL
        return start - now

    def left(self, now: float) -> None:
        """Note that a message left, perhaps later than its place: it may have waited for other chats."""
        self.free = max(self.free, now + CHAT_INTERVAL)


class _Window:
    """Places calls in time so that no second holds more than so many."""

    def __init__(self, most: int) -> None:
        self._starts: deque[float] = deque(maxlen=most)

    def reserve(self, now: float) -> float:
        full = len(self._starts) == self._starts.maxlen
        start = max(now, self._starts[0] + 1.0) if full else now
        self._starts.append(start)
        return start - now

    def full_for(self, now: float, most: int) -> float:
        """Return how many seconds there is no room beside ``most`` calls; 0 when there is."""
        return max(0.0, self._starts[-most] + 1.0 - now) if len(self._starts) >= most else 0.0


class ChatLimiter(BaseRateLimiter[str]):
    """Delays calls that name a chat; others (answers to presses, the menu) leave at once.

    Only new messages count for a chat's pace, so that pressing fast edits fast.
    """

    def __init__(self, timing: Timing, overall: int = OVERALL_MESSAGES) -> None:
        """``overall``: calls a second for the whole bot, at least 1."""
        self._timing = timing
        self._overall = _Window(overall)
        self._unasked = min(overall, UNASKED_MESSAGES)
        self._given = _Window(self._unasked)
        self._room = asyncio.Lock()
        self._paces: dict[object, _Pace] = {}
        self._held: dict[object, float] = {}
        self._unasked_held = 0.0

    async def initialize(self) -> None:
        """Do nothing: there is nothing to open."""

    async def shutdown(self) -> None:
        """Do nothing: there is nothing to close."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, bool | dict[str, Any] | list[dict[str, Any]]]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: str | None,
    ) -> bool | dict[str, Any] | list[dict[str, Any]]:
        """Return the answer of the call, made in its time, and again after a 429 of its chat.

        Raises:
            RetryAfter: 5 times in a row, or for more than 10 minutes, or for a call without a chat or unasked.
        """
        chat = data.get("chat_id")
        if chat is None:
            return await callback(*args, **kwargs)
        for tries_left in reversed(range(TRIES)):
            await self._wait(chat, endpoint, urgent=rate_limit_args == URGENT)
            try:
                return await callback(*args, **kwargs)
            except RetryAfter as error:
                seconds = _seconds(error)
                until = self._timing.monotonic() + seconds + _MARGIN
                if rate_limit_args == UNASKED:
                    self._unasked_held = max(self._unasked_held, until)
                    raise
                if not tries_left or seconds > LONGEST_HOLD:
                    raise
                self._held[chat] = until
        raise AssertionError("the last try returns or raises")

    async def room(self) -> None:
        """Wait until one message that nobody waits for may leave: answers never queue behind it."""
        now = self._timing.monotonic
        async with self._room:
            while (seconds := max(self._unasked_held - now(), self._overall.full_for(now(), self._unasked))) > 0:
                await self._timing.sleep(seconds)
            await self._sleep(self._given.reserve(now()), urgent=False)

    async def _wait(self, chat: object, endpoint: str, *, urgent: bool) -> None:
        now = self._timing.monotonic
        while (held := self._held.get(chat, 0.0) - now()) > 0:
            await self._timing.sleep(held)
        self._held.pop(chat, None)
        pace = self._pace(chat) if endpoint.startswith(("send", "copy")) else None
        if pace:
            await self._sleep(pace.reserve(now()), urgent)
        await self._sleep(self._overall.reserve(now()), urgent)
        if self._held.get(chat, 0.0) > now():  # another call of this chat was refused while this one waited its turn
            await self._wait(chat, endpoint, urgent=urgent)
        elif pace:
            pace.left(now())

    async def _sleep(self, seconds: float, urgent: bool) -> None:
        if seconds > 0 and not urgent:
            await self._timing.sleep(seconds)

    def _pace(self, chat: object) -> _Pace:
        if len(self._paces) >= _CHATS_KEPT:
            now = self._timing.monotonic()
            self._paces = {key: pace for key, pace in self._paces.items() if pace.free > now}
        return self._paces.setdefault(chat, _Pace())


def _seconds(error: RetryAfter) -> float:
    """Return how long to wait; the library gives a timedelta or a number, as its environment says."""
    after = error.retry_after
    return float(after) if isinstance(after, int | float) else after.total_seconds()
