"""A rotation of keys that dies by kill -9 at a chosen step; run as a program, once, for all steps in turn.

Steps are counted: each SQL statement, and both sides of each call that puts something on the disk. For each step, a
process dies there; a second one says whether the service would start and what it finds; a third one rotates again.
"""

import asyncio
import json
import os
import signal
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from bot.keyfile import KEY_FILE, existing_keys
from bot.rotation import rotate
from bot.store import Outgoing, database, open_store
from bot.store.reseal import keys_in_use

NOW = datetime(2026, 11, 21, 18, 0, tzinfo=UTC)
TODAY = date(2026, 11, 21)
FOLDER = Path("donnees")
CALLS = ("fsync", "replace", "link", "unlink")


class Steps:
    """Counts the steps of one process and kills it at the chosen one (never at 0)."""

    def __init__(self, last: int) -> None:
        self.count, self.last = 0, last

    def step(self, *_: object) -> None:
        """Pass one step, or die."""
        self.count += 1
        if self.count == self.last:
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(self) -> None:
        """Count what reaches the disk from now on."""
        connect = database._connect

        def watched(path, busy_seconds):
            connection = connect(path, busy_seconds)
            connection.set_trace_callback(self.step)
            return connection

        database._connect = watched
        for name in CALLS:
            setattr(os, name, self._both_sides(getattr(os, name)))

    def _both_sides(self, call):
        def made(*args, **more):
            self.step()
            result = call(*args, **more)
            self.step()
            return result

        return made


async def fill() -> None:
    """Keep something of each kind."""
    store = await open_store(FOLDER)
    anne = store.vault.person("telegram", 7)
    await store.commit(anne, {"tours": 1}, now=NOW, language="fr", outbox=[Outgoing("send", b"bonjour")])
    await store.receive(11, anne, b"oui", NOW)
    await store.remember_message(anne, "7:100", NOW)
    await store.offer(anne, {"faits": {}}, NOW)
    await store.close()


async def picture() -> dict:
    """Return all that a service started now would find, and with which keys it is sealed."""
    store = await open_store(FOLDER)
    anne = store.vault.person("telegram", 7)
    saved = await store.load(anne, NOW)
    found = {
        "tours": saved.session["tours"],
        "pending": [one.body.decode() for one in await store.pending(NOW)],
        "due": [one.body.decode() for one in await store.due(NOW)],
        "messages": await store.messages(anne, NOW),
        "sealed_by": sorted(key.hex() for key in await store.database.read(keys_in_use)),
        "newest": store.vault.sealing_key.hex(),
        "keys": [key.id.hex() for key in existing_keys(FOLDER, None).keys],
        "mode": oct((FOLDER / KEY_FILE).stat().st_mode & 0o777),
        "files": sorted(path.name for path in FOLDER.iterdir()),
    }
    await store.close()
    return found


def run(folder: Path, last: int) -> int:
    """Rotate in a child process that dies at step ``last``; return how it ended."""
    folder.mkdir(exist_ok=True)
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1]
    os.chdir(folder)
    if not FOLDER.exists():
        asyncio.run(fill())
    if last:
        Steps(last).watch()
        asyncio.run(rotate(FOLDER, None, TODAY))
        os._exit(0)
    after = asyncio.run(picture())
    asyncio.run(rotate(FOLDER, None, TODAY))
    Path("result.json").write_text(json.dumps({"after": after, "end": asyncio.run(picture())}))
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
