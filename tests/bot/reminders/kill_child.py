"""A service that is killed while a reminder is on its way, then one that starts after it.

Arguments: the database; ``before`` or ``after`` (the call that would send it), or ``again``.
"""

import asyncio
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from bot.content import ROOT, load_library
from bot.crypto import Vault
from bot.feature import Outcome
from bot.keys import Key, KeyRing
from bot.reminders.feature import Reminders
from bot.reminders.table import Table
from bot.store import SqliteStore
from tests.bot.reminders.conftest import family

NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)


async def main(path: Path, moment: str) -> None:
    """Send one reminder that never comes back, or look whether a second one leaves."""
    store = await SqliteStore.open(path, Vault(KeyRing((Key(bytes(range(32))),))))
    library = load_library(ROOT)
    table, sent = Table(store.database, store.vault), []
    job = Reminders(store, lambda: library, lambda: NOW, lambda: 9_000.0).job

    async def push(address, screen, *, silent=False, wanted=None):
        if moment == "again":
            sent.append(address)
            return Outcome.SENT
        if moment == "after":
            sent.append(address)
        print("on its way", flush=True)
        await asyncio.Event().wait()

    if moment != "again":
        await table.save("ana", replace(family("2024-10"), last=date(2027, 1, 4)), date(2026, 11, 23))
    await job.recover()
    await job.round(push, asyncio.Event())
    print("sent", len(sent), "uncertain", await table.note("incertains"))
    await store.close()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2]))
