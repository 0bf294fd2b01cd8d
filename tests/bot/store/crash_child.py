"""A small service that dies by kill -9 at a chosen step; run as a program, once, for all steps in turn.

It plays three updates of one person (two turns, then "/effacer") through a real store,
with a file in the place of Telegram. Steps are counted: each SQL statement, and both
sides of each call. For each step, a process dies there and a second one takes over;
``result.json`` of its folder says what the second one found and what came out in the end.
"""

import asyncio
import json
import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

from bot.crypto import Vault
from bot.errors import AlreadyProcessed
from bot.keys import Key, KeyRing
from bot.store import DATABASE, Outgoing, SqliteStore, database

NOW = datetime(2026, 11, 21, 18, 0, tzinfo=UTC)
UPDATES = {1: b"bonjour", 2: b"oui", 3: b"/effacer"}
VAULT = Vault(KeyRing((Key(bytes(range(32))),)))
ANNE = VAULT.person("telegram", 7)


class Steps:
    """Counts the steps of one process and kills it at the chosen one (never at 0)."""

    def __init__(self, last: int) -> None:
        self.count = 0
        self.last = last

    def step(self, name: str) -> None:
        """Pass one step, or die."""
        self.count += 1
        if self.count == self.last:
            Path("died_at").write_text(" ".join(name.split()[:3]))
            os.kill(os.getpid(), signal.SIGKILL)


class Telegram:
    """What the other side of the network saw: replies in ``sent``, acknowledged updates in ``acked``."""

    def __init__(self, steps: Steps) -> None:
        self.steps = steps

    def call(self, words: str) -> str:
        """Show a message; return its reference."""
        self.steps.step("before the call")
        self.note("sent", words)
        self.steps.step("after the call")
        return f"7:{words}"

    def note(self, file: str, line: str) -> None:
        """Keep one line, whatever happens next."""
        with Path(file).open("a") as opened:
            opened.write(line + "\n")

    def lines(self, file: str) -> list[str]:
        """Return what was kept."""
        return Path(file).read_text().splitlines() if Path(file).exists() else []


async def process(store: SqliteStore, telegram: Telegram, update_id: int, body: bytes) -> None:
    """Answer one update as the service does."""
    try:
        if body == b"/effacer":
            outbox = [Outgoing("edit", b"edit 3")]
            ids = list((await store.erase(ANNE, NOW, update_id=update_id, outbox=outbox)).outbox)
        else:
            saved = await store.load(ANNE, NOW)
            session = {"tours": (saved.session["tours"] if saved else 0) + 1}
            outbox = [Outgoing("send", b"send %d" % update_id)]
            ids = await store.commit(ANNE, session, now=NOW, language="fr", update_id=update_id, outbox=outbox)
    except AlreadyProcessed:
        return
    for outbox_id, message in zip(ids, outbox, strict=True):
        await deliver(store, telegram, outbox_id, message.body)


async def deliver(store: SqliteStore, telegram: Telegram, outbox_id: int, body: bytes) -> None:
    """Make one call, noted before and after."""
    if await store.sending(outbox_id, NOW):
        await store.sent(outbox_id, telegram.call(body.decode()), NOW)


async def serve(steps: Steps) -> dict:
    """Take up what was left, then all that Telegram still has to bring; return what was left."""
    telegram = Telegram(steps)
    store = await SqliteStore.open(Path(DATABASE), VAULT)
    left = await picture(store)
    for one in await store.due(NOW):
        await deliver(store, telegram, one.id, one.body)
    for update in await store.pending(NOW):
        await process(store, telegram, update.update_id, update.body)
    for update_id, body in UPDATES.items():
        if str(update_id) not in telegram.lines("acked"):
            fresh = await store.receive(update_id, ANNE, body, NOW)
            steps.step("before the acknowledgement")
            telegram.note("acked", str(update_id))
            steps.step("after the acknowledgement")
            if fresh:
                await process(store, telegram, update_id, body)
    end = await picture(store)
    await store.close()
    return {"left": left, "end": end, "sent": telegram.lines("sent")}


async def picture(store: SqliteStore) -> dict:
    """Return all that the store holds, and what Telegram saw so far."""
    saved = await store.load(ANNE, NOW)
    processed = await store.database.read(lambda c: c.execute("SELECT update_id FROM processed").fetchall())
    return {
        "tours": saved.session["tours"] if saved else 0,
        "processed": sorted(row[0] for row in processed),
        "pending": [one.update_id for one in await store.pending(NOW)],
        "due": {one.body.decode(): one.may_repeat for one in await store.due(NOW)},
        "sent": Telegram(Steps(0)).lines("sent"),
    }


def run(folder: Path, last: int) -> int:
    """Serve in a child process that dies at step ``last``; return how it ended."""
    folder.mkdir(exist_ok=True)
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1]
    os.chdir(folder)
    steps = Steps(last)
    connect = database._connect

    def watched(path, busy_seconds):
        connection = connect(path, busy_seconds)
        connection.set_trace_callback(steps.step)
        return connection

    database._connect = watched
    result = asyncio.run(serve(steps))
    Path("result.json").write_text(json.dumps(result))
    os._exit(0)


def main(root: Path) -> None:
    """Die at step 1, 2, 3... until a process lives through all of them."""
    step = 1
    while os.WIFSIGNALED(run(root / str(step), step)):
        if run(root / str(step), 0) != 0:
            sys.exit(f"no start after a death at step {step}")
        step += 1


if __name__ == "__main__":
    main(Path(sys.argv[1]))
