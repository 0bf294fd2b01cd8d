"""Puts what happens into relays, one event at a time for each, and keeps what comes of it to be delivered."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from weakref import WeakValueDictionary

from bot.content import Library
from bot.relay.machine import step
from bot.relay.model import Act, Copy, Event, Passed, Relay
from bot.relay.numbers import Numbers
from bot.relay.pieces import Piece, PieceRows
from bot.relay.port import Topics
from bot.relay.roster import Roster
from bot.relay.table import Kept, Relays
from bot.relay.topic_table import TopicRows
from bot.staff.model import Role
from bot.staff.staff import Staff
from bot.store.sqlite import SqliteStore

WORKERS = (Role.PROMENEUR, Role.GUICHET, Role.COORDINATION)
"""Who may talk with families."""

DOWN = timedelta(minutes=10)
"""How long no relay is offered after the group refused a topic."""

_BIRDS = (
    "Alouette", "Bergeronnette", "Bouvreuil", "Chardonneret", "Cigogne", "Colombe", "Coucou", "Cygne", "Fauvette",
    "Geai", "Goéland", "Grive", "Héron", "Hirondelle", "Huppe", "Loriot", "Martinet", "Merle", "Mésange", "Moineau",
    "Pinson", "Pivert", "Rossignol", "Rouge-gorge", "Sittelle", "Tourterelle", "Troglodyte", "Verdier",
)  # fmt: skip
_NUMBERS = 90


Beginning = Callable[[str], tuple[Relay, Sequence[Piece]]]
"""Makes a relay of a pseudonym, with what it brings first."""


class Desk:
    """What the family's side, the workers' side and the delivery share."""

    def __init__(
        self,
        store: SqliteStore,
        roster: Roster,
        staff: Staff,
        library: Callable[[], Library],
        now: Callable[[], datetime],
    ) -> None:
        """``now``: the moment, with a time zone."""
        self.rows = Relays(store.database, store.vault)
        self.queue = PieceRows(store.database, store.vault)
        self.places = TopicRows(store.database, store.vault)
        self.roster, self.staff, self.library, self.now = roster, staff, library, now
        self.topics: Topics | None = None
        """The team's group; None while there is none."""
        self.numbers = Numbers()
        self.wake = asyncio.Event()
        """Set when there is something to deliver."""
        self._down_until = 0
        self._naming = asyncio.Lock()
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    @property
    def seconds(self) -> int:
        """Return the moment as relays count it."""
        return int(self.now().timestamp())

    @property
    def ready(self) -> bool:
        """Tell whether a relay may be offered: there is a group, and it did not just refuse."""
        return self.topics is not None and self.seconds >= self._down_until

    def break_down(self) -> None:
        """Offer nothing for a while."""
        self._down_until = self.seconds + int(DOWN.total_seconds())

    async def live(self, person: str) -> Kept | None:
        """Return a family's relay, asked of the store each time: a list in memory could miss one just begun."""
        return await self.rows.of(person)

    async def _pseudonym(self) -> str:
        """Return « Famille Mésange 12 », unlike those in use."""
        taken = await self.rows.titles()
        while True:
            name = f"Famille {secrets.choice(_BIRDS)} {secrets.randbelow(_NUMBERS) + 10}"
            if name not in taken:
                return name

    async def begin(self, person: str, address: bytes, language: str, make: Beginning) -> str:
        """Keep a new relay, unless the family has one; return the pseudonym that it got.

        One after the other: two families that ask at the same moment must not get the same name.
        """
        async with self._naming:
            name = await self._pseudonym()
            relay, pieces = make(name)
            await self.rows.begin(person, address, language, relay, pieces, self.seconds)
        self.wake.set()
        return name

    async def happens(self, relay: int, event: Event) -> None:
        """Put an event into a relay that may have ended; what comes of it is kept before this returns."""
        async with self._locks.setdefault(relay, asyncio.Lock()):
            kept = await self.rows.by_id(relay)
            if kept is None:
                return
            outcome = step(kept.relay, event, self.seconds)
            pieces = [_piece(kept, act) for act in outcome.acts]
            if outcome.relay == kept.relay and not pieces:
                return
            await self.rows.change(kept, outcome.relay, pieces, self.seconds)
        self.wake.set()

    async def free(self, kept: Kept) -> bool:
        """Take a relay away from a worker who is one no more; return whether that was so."""
        worker = kept.relay.worker
        if not worker or await self.staff.role(worker) in WORKERS:
            return False
        await self.happens(kept.id, Passed(lost=True))
        return True


def _piece(kept: Kept, act: Act) -> Piece:
    address, language = kept.address.decode(), kept.language
    if isinstance(act, Copy):
        return Piece(act.to, "copy", message=act.message, reply=act.reply, address=address, language=language)
    return Piece(act.to, "say", act.word, act.values, address=address, language=language)
