"""The store in a SQLite file: everything that comes from a person is sealed before it reaches the disk."""

import asyncio
import sqlite3
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from bot.crypto import Vault, new_code
from bot.store import statements as sql
from bot.store.database import Database
from bot.store.keycheck import check_keys
from bot.store.protocol import (
    OFFER_LIFE,
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
from bot.store.reseal import reseal
from bot.store.sealing import Sealing


class SqliteStore:
    """See ``Store`` for what each method promises; ``vault`` names the people it is asked about."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self.database = database
        self.vault = vault
        self._sealing = Sealing(vault)

    @classmethod
    async def open(cls, path: Path, vault: Vault, busy_seconds: float = 5.0) -> "SqliteStore":
        """Return the store of a file, made or brought up to date.

        Raises:
            StoreUnavailable: it cannot be opened.
            KeyringError: its data needs a key that the vault does not have.
        """
        database = await asyncio.to_thread(Database, path, busy_seconds)
        try:
            await database.write(lambda connection: check_keys(connection, vault))
        except BaseException:
            await database.close()
            raise
        return cls(database, vault)

    async def load(self, person: str, now: datetime) -> Saved | Unreadable | None:
        """See ``Store.load``."""
        row = await self.database.read(lambda c: sql.session(c, person, seconds(now)))
        return None if row is None else self._sealing.read_session(person, row)

    async def receive(self, update_id: int, person: str, body: bytes, now: datetime) -> bool:
        """See ``Store.receive``."""
        row = self._sealing.update(update_id, person, body, now)
        return await self.database.write(lambda c: sql.receive(c, row))

    async def pending(self, now: datetime) -> list[Pending]:
        """See ``Store.pending``."""
        return self._sealing.read_updates(await self.database.read(lambda c: sql.pending(c, seconds(now))))

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
        row = None
        if session is not None and not isinstance(session, Keep):
            row = self._sealing.session(person, session, language, now)
        messages = self._sealing.outbox(person, outbox, now)

        def work(connection: sqlite3.Connection) -> list[int]:
            sql.claim(connection, update_id, now)
            if row:
                sql.save_session(connection, row)
            elif session is None:
                sql.forget_session(connection, person)
            return sql.queue(connection, messages)

        return await self.database.write(work)

    async def sending(self, outbox_id: int, now: datetime) -> bool:
        """See ``Store.sending``."""
        return await self.database.write(lambda c: sql.sending(c, outbox_id, seconds(now)))

    async def sent(self, outbox_id: int, ref: str | None, now: datetime) -> None:
        """See ``Store.sent``."""

        def work(connection: sqlite3.Connection) -> None:
            person = sql.leave(connection, outbox_id)
            if person and ref:
                sql.remember(connection, self._sealing.message(person, ref, now))

        await self.database.write(work)

    async def dropped(self, outbox_id: int) -> None:
        """See ``Store.dropped``."""
        await self.database.write(lambda c: sql.leave(c, outbox_id))

    async def due(self, now: datetime) -> list[Delivery]:
        """See ``Store.due``."""
        return self._sealing.read_outbox(await self.database.read(lambda c: sql.due(c, seconds(now))))

    async def remember_message(self, person: str, ref: str, now: datetime) -> None:
        """See ``Store.remember_message``."""
        row = self._sealing.message(person, ref, now)
        await self.database.write(lambda c: sql.remember(c, row))

    async def messages(self, person: str, now: datetime) -> list[str]:
        """See ``Store.messages``."""
        rows = await self.database.read(lambda c: sql.messages(c, person, seconds(now)))
        return list(dict.fromkeys(self._sealing.read_messages(rows).values()))

    async def forget_messages(self, person: str, refs: Sequence[str]) -> None:
        """See ``Store.forget_messages``."""

        def work(connection: sqlite3.Connection) -> None:
            known = self._sealing.read_messages(sql.messages(connection, person, 0))
            sql.forget_messages(connection, [row_id for row_id, ref in known.items() if ref in refs])

        await self.database.write(work)

    async def offer(self, person: str, content: Json, now: datetime, life: timedelta = OFFER_LIFE) -> str:
        """See ``Store.offer``."""
        code = new_code()
        row = self._sealing.offer(code, person, content, until(now, life))
        await self.database.write(lambda c: sql.offer(c, row))
        return code

    async def take(self, code: str, now: datetime) -> Json | None:
        """See ``Store.take``."""
        name = self.vault.code_name(code)
        rows = await self.database.write(lambda c: sql.take(c, name, seconds(now)))
        return next(iter(self._sealing.read_offers(rows)), None)

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
        """See ``Store.erase``; what was erased is then removed from the journal too."""
        farewell = self._sealing.outbox(person, outbox, now)

        def work(connection: sqlite3.Connection) -> tuple[list[sql.Row], list[int], bool]:
            sql.claim(connection, update_id, now)
            in_team = sql.erase(connection, person, now, fast=fast, gone=gone)
            return sql.messages(connection, person, seconds(now)), sql.queue(connection, farewell), in_team

        rows, ids, in_team = await self.database.write(work)
        await self.database.shred()
        refs = dict.fromkeys(self._sealing.read_messages(rows).values())
        return Erased(tuple(refs), tuple(ids), in_team)

    async def purge(self, now: datetime) -> int:
        """See ``Store.purge``; what was forgotten is then removed from the journal too."""
        count = await self.database.write(lambda c: sql.purge(c, seconds(now)))
        await self.database.shred()
        return count

    async def reseal(self) -> int:
        """Seal with the newest key all that older ones sealed; return how many things; nothing old stays on the disk.

        Raises:
            StoreUnavailable: nothing was changed.
        """
        count = await self.database.write(lambda c: reseal(c, self.vault))
        await self.database.shred()
        return count

    async def close(self) -> None:
        """See ``Store.close``."""
        await self.database.close()
