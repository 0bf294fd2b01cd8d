"""Between the service and the rows of the database: the only place where bodies are sealed and opened."""

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar, cast

import structlog

from bot.crypto import Vault
from bot.errors import SealError
from bot.store.protocol import (
    MESSAGE_LIFE,
    OUTBOX_LIFE,
    PENDING_LIFE,
    SESSION_SILENCE,
    Delivery,
    Json,
    Kind,
    Outgoing,
    Pending,
    Saved,
    Unreadable,
    until,
)
from bot.store.statements import OutboxRow, Row

T = TypeVar("T")
_log = structlog.get_logger(__name__)


class Sealing:
    """Makes sealed rows, and reads them back; a row that does not open is skipped, never an error."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def session(self, person: str, session: Json, language: str, now: datetime) -> tuple[str, str, bytes, int]:
        """Return the row of a session."""
        return person, language, self._json("session", person, session), until(now, SESSION_SILENCE)

    def update(self, update_id: int, person: str, body: bytes, now: datetime) -> tuple[int, str, bytes, int]:
        """Return the row of an update."""
        return update_id, person, self._vault.seal("update", person, body), until(now, PENDING_LIFE)

    def outbox(self, person: str, messages: Sequence[Outgoing], now: datetime) -> list[OutboxRow]:
        """Return the rows of outgoing messages, in order."""
        end = until(now, OUTBOX_LIFE)
        return [(person, one.kind, self._vault.seal("outbox", person, one.body), end) for one in messages]

    def message(self, person: str, ref: str, now: datetime) -> tuple[str, bytes, int]:
        """Return the row of a message reference."""
        return person, self._vault.seal("message", person, ref.encode()), until(now, MESSAGE_LIFE)

    def offer(self, code: str, person: str, content: Json, end: int) -> tuple[str, str, bytes, int]:
        """Return the row of an offer; the code itself is not in it."""
        return self._vault.code_name(code), person, self._json("offer", person, content), end

    def read_session(self, person: str, row: Row) -> Saved | Unreadable:
        """Return the session of a (language, body) row; only its language when it does not open."""
        language, body = row
        found = _readable([body], lambda one: self._load("session", person, one))
        return Saved(found[0], language) if found else Unreadable(language)

    def read_updates(self, rows: list[Row]) -> list[Pending]:
        """Return the updates of (id, person, body) rows."""
        return _readable(rows, lambda row: Pending(row[0], row[1], self._vault.open("update", *row[1:])))

    def read_outbox(self, rows: list[Row]) -> list[Delivery]:
        """Return the messages of (id, person, kind, state, body) rows."""
        return _readable(rows, lambda row: self._delivery(*row))

    def read_messages(self, rows: list[Row]) -> dict[int, str]:
        """Return row id -> reference of (id, person, body) rows, in their order."""
        found = _readable(rows, lambda row: (row[0], self._vault.open("message", *row[1:]).decode()))
        return dict(found)

    def read_offers(self, rows: list[Row]) -> list[Json]:
        """Return the contents of (person, body) rows."""
        return _readable(rows, lambda row: self._load("offer", *row))

    def _delivery(self, row_id: int, person: str, kind: Kind, state: str, body: bytes) -> Delivery:
        may_repeat = kind == "send" and state == "sending"
        return Delivery(row_id, person, kind, self._vault.open("outbox", person, body), may_repeat)

    def _json(self, purpose: str, person: str, value: Json) -> bytes:
        return self._vault.seal(purpose, person, json.dumps(value, ensure_ascii=False).encode())

    def _load(self, purpose: str, person: str, body: bytes) -> Json:
        return cast(Json, json.loads(self._vault.open(purpose, person, body)))


def _readable(rows: list[Row], read: Callable[[Row], T]) -> list[T]:
    """Return what opens; the rest is noted in the log, without a word of it, and waits for the purge."""
    found: list[T] = []
    for row in rows:
        try:
            found.append(read(row))
        except (SealError, ValueError):
            _log.warning("store.unreadable")
    return found
