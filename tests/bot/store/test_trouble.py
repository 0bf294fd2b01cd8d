"""When the disk, another program or an accident gets in the way: what was kept stays, the text is clear."""

import asyncio
import os
import resource
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from bot.crypto import Vault
from bot.errors import KeyringError, StoreUnavailable
from bot.keys import Key, KeyRing
from bot.store import DATABASE, Outgoing, Saved, SqliteStore, Unreadable, open_store

SMALL = {"tours": 1}
LARGE = {"texte": "x" * 200_000}
HELLO = Outgoing("send", b"bonjour")


async def save(store, now, session, person="p", **more):
    """Keep a session as a turn does."""
    return await store.commit(person, session, now=now, language="ar", **more)


@pytest.fixture
def other(sqlite, tmp_path):
    """Another program that opens the same file."""
    connection = sqlite3.connect(tmp_path / "passerelle.db", isolation_level=None, timeout=0)
    yield connection
    connection.close()


async def test_a_database_locked_by_another_program_is_said_and_comes_back(sqlite, other, now):
    """A turn fails whole, what was kept can be read meanwhile, and the next turn works."""
    await save(sqlite, now, SMALL)
    await sqlite.receive(1, "p", b"x", now)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnavailable, match="occupée par un autre programme"):
        await save(sqlite, now, {"tours": 2}, update_id=1, outbox=[HELLO])
    meanwhile = await sqlite.load("p", now)
    pending = await sqlite.pending(now)
    other.execute("ROLLBACK")
    await save(sqlite, now, {"tours": 2}, update_id=1, outbox=[HELLO])

    assert meanwhile == Saved(SMALL, "ar")
    assert len(pending) == 1
    assert await sqlite.load("p", now) == Saved({"tours": 2}, "ar")


async def test_waiting_for_a_lock_stops_nobody_else(tmp_path, vault, now):
    """While a write waits for the disk, the event loop and the readings go on."""
    store = await SqliteStore.open(tmp_path / "p.db", vault, busy_seconds=60)
    await save(store, now, SMALL)
    other = sqlite3.connect(tmp_path / "p.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    waiting = asyncio.create_task(save(store, now, {"tours": 2}))
    read = await store.load("p", now)
    still_waiting = not waiting.done()
    other.execute("ROLLBACK")
    await waiting
    other.close()

    assert (read, still_waiting) == (Saved(SMALL, "ar"), True)
    assert (await store.load("p", now)).session == {"tours": 2}
    await store.close()


async def test_a_full_disk_is_said_and_what_was_kept_stays(sqlite, now):
    """A turn that finds no room is not kept at all; with room again, the service goes on by itself."""
    await save(sqlite, now, SMALL)
    await sqlite.receive(1, "p", b"x", now)
    pages = await sqlite.database.read(lambda c: c.execute("PRAGMA page_count").fetchone()[0])
    await limit(sqlite, pages + 4)
    with pytest.raises(StoreUnavailable, match=r"disque du dossier de données est plein"):
        await save(sqlite, now, LARGE, update_id=1, outbox=[HELLO])
    kept = (await sqlite.load("p", now), len(await sqlite.pending(now)), await sqlite.due(now))
    await limit(sqlite, 1_000_000)
    await save(sqlite, now, LARGE, update_id=1)

    assert kept == (Saved(SMALL, "ar"), 1, [])
    assert await sqlite.load("p", now) == Saved(LARGE, "ar")


async def test_with_little_room_one_large_turn_fails_alone(sqlite, now):
    """Small turns that were to be written together with a large one are kept."""
    pages = await sqlite.database.read(lambda c: c.execute("PRAGMA page_count").fetchone()[0])
    await limit(sqlite, pages + 10)
    sessions = {"a": SMALL, "b": LARGE, "c": SMALL}
    turns = [save(sqlite, now, session, person) for person, session in sessions.items()]
    results = await asyncio.gather(*turns, return_exceptions=True)

    assert [type(result) for result in results] == [list, StoreUnavailable, list]
    assert [await sqlite.load(person, now) for person in "abc"] == [
        Saved(SMALL, "ar"),
        None,
        Saved(SMALL, "ar"),
    ]


async def limit(store, pages):
    """Set how large the file may grow, as a quota would."""
    await store.database.write(lambda c: c.execute(f"PRAGMA max_page_count = {pages}"))


async def test_a_disk_that_really_refuses_to_write(sqlite, tmp_path, now):
    """The same with a limit of the system instead of one of SQLite."""
    await save(sqlite, now, SMALL)
    wal = (tmp_path / "passerelle.db-wal").stat().st_size
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (wal + 10_000, hard))
    try:
        with pytest.raises(StoreUnavailable, match="disque du dossier de données"):
            await save(sqlite, now, LARGE)
        kept = await sqlite.load("p", now)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    await save(sqlite, now, LARGE)

    assert kept == Saved(SMALL, "ar")
    assert await sqlite.load("p", now) == Saved(LARGE, "ar")


async def test_an_unreadable_session_still_has_its_language(sqlite, now):
    """A damaged session restarts politely, in the language of the family."""
    await save(sqlite, now, SMALL)
    await sqlite.database.write(lambda c: c.execute("UPDATE sessions SET body = substr(body, 1, 30)"))

    assert await sqlite.load("p", now) == Unreadable("ar")


async def test_a_session_moved_to_someone_else_is_not_shown_to_them(sqlite, now):
    """Who can write in the file cannot give one family's answers to another."""
    await save(sqlite, now, SMALL)
    await sqlite.database.write(lambda c: c.execute("UPDATE sessions SET person = 'q'"))

    assert await sqlite.load("q", now) == Unreadable("ar")


async def test_one_damaged_row_does_not_hide_the_others(sqlite, now):
    """After an accident, all that can be read is taken up."""
    for update_id in (1, 2, 3):
        await sqlite.receive(update_id, "p", b"x", now)
        await sqlite.remember_message("p", f"7:{update_id}", now)
    await save(sqlite, now, SMALL, outbox=[HELLO, HELLO])
    for table in ("pending", "messages", "outbox"):
        await sqlite.database.write(
            lambda c, table=table: c.execute(f"UPDATE {table} SET body = x'00' WHERE rowid = 2")
        )

    assert [one.update_id for one in await sqlite.pending(now)] == [1, 3]
    assert await sqlite.messages("p", now) == ["7:1", "7:3"]
    assert [one.id for one in await sqlite.due(now)] == [1]


async def test_closing_finishes_what_was_asked(tmp_path, vault, now):
    """Turns under way when the service stops are kept; those that come after are refused plainly."""
    path = tmp_path / "p.db"
    store = await SqliteStore.open(path, vault)
    turns = [asyncio.create_task(save(store, now, SMALL, str(number))) for number in range(200)]
    await asyncio.sleep(0)  # each task has asked
    await store.close()
    await store.close()
    await asyncio.gather(*turns)
    for refused in (save(store, now, SMALL), store.load("p", now)):
        with pytest.raises(StoreUnavailable, match="fermée"):
            await refused
    again = await SqliteStore.open(path, vault)
    kept = [await again.load(str(number), now) for number in range(200)]
    await again.close()

    assert kept == [Saved(SMALL, "ar")] * 200


async def test_a_bug_in_one_write_reaches_its_caller_only(sqlite, now):
    """An error that is not of the disk rises as it is, and the thread lives on."""
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        await sqlite.database.write(lambda c: c.execute("DELETE FROM nowhere"))
    await save(sqlite, now, SMALL)

    assert await sqlite.load("p", now) == Saved(SMALL, "ar")


async def test_a_file_that_is_not_a_database_is_said(tmp_path, vault):
    """The message says to put it aside, and nothing is written in it."""
    path = tmp_path / "p.db"
    path.write_bytes(b"not a database " * 100)
    with pytest.raises(StoreUnavailable, match="abîmé"):
        await SqliteStore.open(path, vault)

    assert path.read_bytes() == b"not a database " * 100


async def test_a_missing_folder_is_said(tmp_path, vault):
    """The reason is in French and there is no traceback to read through."""
    with pytest.raises(StoreUnavailable, match="ne peut pas être ouverte : chemin introuvable"):
        await SqliteStore.open(tmp_path / "nulle" / "part.db", vault)


async def test_the_wrong_key_is_refused_before_anything_is_done(tmp_path, vault, now):
    """With another key every family would silently start again: the start is refused instead."""
    path = tmp_path / "p.db"
    store = await SqliteStore.open(path, vault)
    await save(store, now, SMALL)
    await store.close()
    stranger = Vault(KeyRing((Key(b"z" * 32),)))

    with pytest.raises(KeyringError, match=r"une autre clé \(clé [0-9a-f]{8}\)"):
        await SqliteStore.open(path, stranger)


async def test_after_a_rotation_old_and_new_sessions_are_there(tmp_path, now):
    """A second key is added: families keep their conversation; taking it away again is refused."""
    folder, first, second = tmp_path / "donnees", KeyRing((Key(b"1" * 32),)), Key(b"2" * 32)
    both = KeyRing((*first.keys, second))
    store = await open_store(folder, first.write())
    anne, bilal = store.vault.person("telegram", 1), store.vault.person("telegram", 2)
    await save(store, now, SMALL, anne)
    await store.close()
    store = await open_store(folder, both.write())
    await save(store, now, SMALL, bilal)
    kept = [await store.load(store.vault.person("telegram", chat), now) for chat in (1, 2)]
    await store.close()

    assert kept == [Saved(SMALL, "ar")] * 2
    with pytest.raises(KeyringError, match=second.id.hex()):
        await open_store(folder, first.write())


async def test_keys_written_in_the_wrong_order_are_refused(tmp_path, now):
    """People are named by the oldest key: with the new one first, every family would be a stranger."""
    folder, first, second = tmp_path / "donnees", Key(b"1" * 32), Key(b"2" * 32)
    store = await open_store(folder, KeyRing((first,)).write())
    await store.close()

    with pytest.raises(KeyringError, match=r"gardez l'ancienne en premier"):
        await open_store(folder, KeyRing((second, first)).write())


async def test_a_folder_without_its_key_is_refused(tmp_path, now):
    """The key file is lost, the data is there: what to restore is named."""
    folder = tmp_path / "donnees"
    store = await open_store(folder)
    await save(store, now, SMALL)
    await store.close()
    (folder / "passerelle.cle").unlink()

    with pytest.raises(KeyringError, match=r"remettez passerelle\.cle"):
        await open_store(folder)


WRITER = """
import asyncio, sys
from datetime import UTC, datetime
from pathlib import Path
from bot.store import open_store
async def main():
    store = await open_store(Path(sys.argv[1]))
    for number in range(100):
        await store.receive(1000 + number, "q", b"x", datetime(2026, 11, 21, 18, tzinfo=UTC))
        if number == 0:
            print("writing", flush=True)
    await store.close()
asyncio.run(main())
"""


async def test_a_second_process_on_the_same_file_loses_nothing(tmp_path, now):
    """A maintenance command may run beside the service: each waits for the other."""
    folder = tmp_path / "donnees"
    store = await open_store(folder)
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    command = [sys.executable, "-c", WRITER, str(folder)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) as second:
        second.stdout.readline()
        for number in range(100):
            await store.receive(number, "p", b"x", now)
    pending = await store.pending(now)
    await store.close()

    assert second.returncode == 0
    assert [one.update_id for one in pending] == [*range(100), *range(1000, 1100)]


async def test_durability_settings_hold_on_the_real_file(sqlite, tmp_path):
    """The file is in write-ahead mode, each transaction waits for the disk, deletions overwrite."""
    names = ("journal_mode", "synchronous", "secure_delete", "foreign_keys")
    ask = [f"PRAGMA {name}" for name in names]
    values = await sqlite.database.write(lambda c: [c.execute(one).fetchone()[0] for one in ask])

    assert values == ["wal", 2, 1, 1]
    assert (tmp_path / DATABASE).exists()
