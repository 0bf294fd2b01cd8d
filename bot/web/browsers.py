"""The browser sessions of the last half hour, in memory: the last reply of each, and the token of its form.

Replies are never stored: those about danger and of guarded trees live here only. What the store keeps of a
browser is erased with it after 30 idle minutes.
"""

from __future__ import annotations

import asyncio
import secrets
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from bot.errors import StoreUnavailable
from bot.screen import Reply
from bot.store.protocol import Store
from bot.web.cookie import Ticket
from bot.web.signing import new_id

IDLE = timedelta(minutes=30)
"""How long a browser may stay silent; then all that is known of it goes."""

MOST = 5_000
"""Browsers remembered at once, about 10 kB each; beyond, the one silent for longest is presented again."""

TURNS, MINUTE = 60, timedelta(minutes=1)
"""How many turns a browser may take in a minute."""

_log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Browser:
    """One browser session. ``spoke``: the store may hold something of it; ``link``: the code opened just now."""

    id: str
    person: str
    seen: datetime
    spoke: bool = False
    reply: Reply | None = None
    wrote: str = ""
    chose: str = ""
    draft: str = ""
    link: str = ""
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    _nonce: str = ""
    _turns: deque[datetime] = field(default_factory=deque)

    def nonce(self) -> str:
        """Return what the forms of the page shown now carry; it changes when one of them is taken."""
        if not self._nonce:
            self._nonce = secrets.token_hex(8)
        return self._nonce

    def take(self, nonce: str) -> bool:
        """Use up the form of a page; False when one of that page was taken before.

        After a restart no form is known yet: the first one is taken.
        """
        if self._nonce and nonce != self._nonce:
            return False
        self._nonce = secrets.token_hex(8)
        return True

    def may_turn(self, now: datetime) -> bool:
        """Count a turn; False when there were too many in the last minute."""
        while self._turns and self._turns[0] <= now - MINUTE:
            self._turns.popleft()
        if len(self._turns) >= TURNS:
            return False
        self._turns.append(now)
        return True

    def keep(self, reply: Reply, wrote: str = "", chose: str = "", link: str = "") -> None:
        """Remember what to show, until the next turn."""
        self.spoke, self.reply, self.draft, self.link = True, reply, "", link
        self.wrote, self.chose = wrote, chose


class Browsers:
    """All browser sessions, the longest silent first."""

    def __init__(self, name: Callable[[str], str], store: Store) -> None:
        """``name`` gives the keyed name of a browser id."""
        self._name, self._store = name, store
        self._alive: OrderedDict[str, Browser] = OrderedDict()
        self._to_erase: dict[str, None] = {}
        self._crowded_out: OrderedDict[str, datetime] = OrderedDict()  # person, when last seen

    def __len__(self) -> int:
        return len(self._alive)

    def new(self, now: datetime) -> Browser:
        """Return a browser never seen before."""
        return self._add(Browser(new_id(), "", now))

    def find(self, ticket: Ticket | None, now: datetime) -> Browser:
        """Return the browser of a ticket, a new one without ticket or after 30 silent minutes.

        A browser that is not in memory (restart, too many others) comes back without its reply.
        """
        self._expire(now)
        if ticket is None:
            return self.new(now)
        known = self._alive.get(ticket.id)
        if known is not None:
            return self._touch(known, now)
        if ticket.seen + IDLE <= now:
            self._to_erase[self._name(ticket.id)] = None
            return self.new(now)
        back = self._add(Browser(ticket.id, "", now, spoke=True))
        self._crowded_out.pop(back.person, None)
        return back

    def peek(self, ticket: Ticket | None, now: datetime) -> Browser | None:
        """Return a browser that is in memory, without counting as a sign of life."""
        known = self._alive.get(ticket.id) if ticket else None
        return known if known and known.seen + IDLE > now else None

    def drop(self, browser: Browser, *, erase: bool = False) -> None:
        """Forget a browser; ``erase``: the next sweep takes what the store holds of it."""
        self._alive.pop(browser.id, None)
        if erase:
            self._to_erase[browser.person] = None

    async def sweep(self, now: datetime) -> None:
        """Forget the silent ones and erase them from the store; when it fails, the next sweep asks again."""
        for browser in self._alive.values():
            browser.seen = min(browser.seen, now)  # seen later than now: the clock was set back
        for silent, seen in self._crowded_out.items():
            self._crowded_out[silent] = min(seen, now)
        self._expire(now)
        for person in list(self._to_erase):
            try:
                await self._store.erase(person, now)
            except StoreUnavailable:
                _log.warning("web.erasure_waits", waiting=len(self._to_erase))
                return
            self._to_erase.pop(person, None)

    def _add(self, browser: Browser) -> Browser:
        browser.person = self._name(browser.id)
        self._alive[browser.id] = browser
        while len(self._alive) > MOST:
            _, silent = self._alive.popitem(last=False)
            if silent.spoke:
                self._crowded_out[silent.person] = silent.seen
        return browser

    def _touch(self, browser: Browser, now: datetime) -> Browser:
        browser.seen = now
        self._alive.move_to_end(browser.id)
        return browser

    def _expire(self, now: datetime) -> None:
        while self._crowded_out and next(iter(self._crowded_out.values())) + IDLE <= now:
            self._to_erase[self._crowded_out.popitem(last=False)[0]] = None
        while self._alive:
            first = next(iter(self._alive.values()))
            if first.seen + IDLE > now:
                return
            self.drop(first, erase=first.spoke)
