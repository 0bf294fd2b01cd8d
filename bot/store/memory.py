"""The store in memory, for the terminal and for tests: it forgets like the other one, and all at the end."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from bot.crypto import new_code
from bot.errors import AlreadyProcessed
from bot.store.protocol import (
    LIVES,
    MESSAGE_LIFE,
    OFFER_LIFE,
    OUTBOX_LIFE,
    PENDING_LIFE,
    PROCESSED_LIFE,
    SESSION_SILENCE,
    Delivery,
    Erased,
    Json,
    Keep,
    Outgoing,
    Pending,
    Saved,
    Unreadable,
    seconds,
    until,
)


@dataclass(slots=True)
class _Kept:
    """Something of someone, until a second; ``state`` is for messages on their way."""

    person: str
    value: Any
    end: int
    state: str = ""


class MemoryStore:
    """See ``Store`` for what each method promises. Nothing is sealed: nothing leaves the process."""

    def __init__(self) -> None:
        self._sessions: dict[str, _Kept] = {}
        self._pending: dict[int, _Kept] = {}
        self._processed: dict[int, _Kept] = {}
        self._outbox: dict[int, _Kept] = {}
        self._messages: dict[int, _Kept] = {}
        self._offers: dict[str, _Kept] = {}
        self._ids = count(1)

    async def load(self, person: str, now: datetime) -> Saved | Unreadable | None:
        """See ``Store.load``."""
        kept = self._sessions.get(person)
        if kept is None or kept.end <= seconds(now):
            return None
        text, language = kept.value
        return Saved(json.loads(text), language)

    async def receive(self, update_id: int, person: str, body: bytes, now: datetime) -> bool:
        """See ``Store.receive``."""
        if update_id in self._processed or update_id in self._pending:
            return False
        self._pending[update_id] = _Kept(person, body, until(now, PENDING_LIFE))
        return True

    async def pending(self, now: datetime) -> list[Pending]:
        """See ``Store.pending``."""
        alive = [Pending(key, one.person, one.value) for key, one in _alive(self._pending, now)]
        return sorted(alive, key=lambda update: update.update_id)

    async def commit(
        self,
        person: str,
        session: Json | Keep | None,
        *,
        now: datetime,
        language: str,
        update_id: int | None = None,
        outbox: Sequence[Outgoing] = (),
    ) -> list[int]:
        """See ``Store.commit``."""
        # What can fail comes first, so that a turn is kept whole or not at all.
        text = "" if session is None or isinstance(session, Keep) else json.dumps(session)
        self._claim(update_id, person, now)
        if text:
            self._sessions[person] = _Kept(person, (text, language), until(now, SESSION_SILENCE))
        elif session is None:
            self._sessions.pop(person, None)
        return self._queue(person, outbox, now)

    async def sending(self, outbox_id: int, now: datetime) -> bool:
        """See ``Store.sending``."""
        kept = self._outbox.get(outbox_id)
        if kept is None or kept.state == "erased" or kept.end <= seconds(now):
            return False
        kept.state = "sending"
        return True

    async def sent(self, outbox_id: int, ref: str | None, now: datetime) -> None:
        """See ``Store.sent``."""
        kept = self._outbox.pop(outbox_id, None)
        if kept and ref:
            await self.remember_message(kept.person, ref, now)

    async def dropped(self, outbox_id: int) -> None:
        """See ``Store.dropped``."""
        self._outbox.pop(outbox_id, None)

    async def due(self, now: datetime) -> list[Delivery]:
        """See ``Store.due``."""
        alive = [(key, one) for key, one in _alive(self._outbox, now) if one.state != "erased"]
        return [_delivery(key, one) for key, one in alive]

    async def remember_message(self, person: str, ref: str, now: datetime) -> None:
        """See ``Store.remember_message``."""
        self._messages[next(self._ids)] = _Kept(person, ref, until(now, MESSAGE_LIFE))

    async def messages(self, person: str, now: datetime) -> list[str]:
        """See ``Store.messages``."""
        alive = _alive(self._messages, now)
        return list(dict.fromkeys(one.value for _, one in alive if one.person == person))

    async def forget_messages(self, person: str, refs: Sequence[str]) -> None:
        """See ``Store.forget_messages``."""
        _drop(self._messages, lambda one: one.person == person and one.value in refs)

    async def offer(self, person: str, content: Json, now: datetime, life: timedelta = OFFER_LIFE) -> str:
        """See ``Store.offer``."""
        code = new_code()
        self._offers[code] = _Kept(person, json.dumps(content), until(now, life))
        return code

    async def take(self, code: str, now: datetime) -> Json | None:
        """See ``Store.take``."""
        kept = self._offers.pop(code, None)
        if kept is None or kept.end <= seconds(now):
            return None
        content: Json = json.loads(kept.value)
        return content

    async def erase(
        self,
        person: str,
        now: datetime,
        *,
        update_id: int | None = None,
        outbox: Sequence[Outgoing] = (),
        fast: bool = False,
        gone: bool = False,
    ) -> Erased:
        """See ``Store.erase``; there are no reminders in memory, and no team."""
        self._claim(update_id, person, now)
        for key in [key for key, one in self._pending.items() if one.person == person]:
            self._claim(key, person, now)
        self._sessions.pop(person, None)
        _drop(self._offers, lambda one: one.person == person)
        _drop(self._outbox, lambda one: one.person == person and not one.state)
        for one in self._outbox.values():
            if one.person == person:
                one.state, one.value = "erased", None
        return Erased(tuple(await self.messages(person, now)), tuple(self._queue(person, outbox, now)))

    async def purge(self, now: datetime) -> int:
        """See ``Store.purge``."""
        second = seconds(now)
        tables: dict[str, dict[Any, _Kept]] = {
            "sessions": self._sessions,
            "pending": self._pending,
            "processed": self._processed,
            "outbox": self._outbox,
            "messages": self._messages,
        }
        for name, table in tables.items():
            for one in table.values():
                one.end = min(one.end, until(now, LIVES[name]))
        return sum(_drop(table, lambda one: one.end <= second) for table in (*tables.values(), self._offers))

    async def close(self) -> None:
        """See ``Store.close``."""

    def _claim(self, update_id: int | None, person: str, now: datetime) -> None:
        if update_id is None:
            return
        if update_id in self._processed:
            raise AlreadyProcessed
        self._processed[update_id] = _Kept(person, None, until(now, PROCESSED_LIFE))
        self._pending.pop(update_id, None)

    def _queue(self, person: str, outbox: Sequence[Outgoing], now: datetime) -> list[int]:
        added = {next(self._ids): _Kept(person, message, until(now, OUTBOX_LIFE)) for message in outbox}
        self._outbox.update(added)
        return list(added)


def _delivery(outbox_id: int, kept: _Kept) -> Delivery:
    message: Outgoing = kept.value
    may_repeat = message.kind == "send" and kept.state == "sending"
    return Delivery(outbox_id, kept.person, message.kind, message.body, may_repeat)


def _alive(table: dict[int, _Kept], now: datetime) -> list[tuple[int, _Kept]]:
    """Return the entries that are not past their time, in the order they came."""
    return [(key, one) for key, one in table.items() if one.end > seconds(now)]


def _drop(table: dict[Any, _Kept], goes: Callable[[_Kept], bool]) -> int:
    """Delete the entries that go; return how many."""
    gone = [key for key, one in table.items() if goes(one)]
    for key in gone:
        del table[key]
    return len(gone)
