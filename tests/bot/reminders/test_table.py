"""What is kept of reminders outlives versions, keys and crashes, and never an erasure."""

import sqlite3
from datetime import date, timedelta

import pytest

from bot.backup import backup, restore
from bot.crypto import Vault
from bot.keys import Key, KeyRing
from bot.reminders.record import Child, Record
from bot.reminders.table import Table
from bot.store import DATABASE, SqliteStore, open_store
from tests.bot.reminders.conftest import MONDAY, family
from tests.conftest import ROOT

DAY = date(2026, 11, 23)


async def test_reminders_of_the_first_version_are_read(tmp_path, vault):
    """The sample made when reminders began opens for ever."""
    path = tmp_path / "v2.db"
    connection = sqlite3.connect(path)
    connection.executescript((ROOT / "tests/bot/store/samples/v2.sql").read_text())
    connection.close()
    store = await SqliteStore.open(path, vault)
    kept = await Table(store.database, vault).get(vault.person("telegram", 7))
    await store.close()

    since = date(2026, 11, 22)
    assert (kept.state, kept.rev) == ("actif", 3)
    assert kept.record == Record(
        b"7", "ar", since, (Child(1, "2024-05", "2024-05", since),), True,
        Child(2, "2027-03", "2027-04", since), "19", {"examen-3-ans|1": date(2027, 5, 3)}, date(2027, 5, 3),
    )  # fmt: skip


async def test_leaving_fast_pauses_and_erasing_deletes(store, table):
    """In the one transaction that erases the rest."""
    await table.save("ana", family("2024-05"), DAY)
    await store.erase("ana", MONDAY, fast=True)
    paused = await table.get("ana")
    await table.save("ana", paused.record, DAY)
    await store.erase("ana", MONDAY)

    assert paused.state == "pause"
    assert await table.get("ana") is None


async def test_a_new_key_seals_them_again(tmp_path, vault, store, table):
    """A rotation of keys takes reminders with it; the old key is then needed no more for them."""
    await table.save("ana", family("2024-05"), DAY)
    ring = KeyRing((Key(bytes(range(32))), Key(bytes(range(1, 33)))))
    await store.close()
    again = await SqliteStore.open(tmp_path / "passerelle.db", Vault(ring))
    count = await again.reseal()
    newest = Vault(KeyRing((ring.keys[-1],)))
    sealed = await again.database.read(lambda c: c.execute("SELECT body FROM reminders").fetchone()[0])
    await again.close()

    assert count == 1
    assert b"2024-05" in newest.open("reminder", "ana", sealed)


@pytest.mark.parametrize("readable", [True, False])
async def test_a_restore_writes_to_nobody_again(tmp_path, readable):
    """Who ended or paused after the backup stays so: reminders are those of the database that is replaced.

    If that one cannot be read, none comes back: families are asked again.
    """
    folder = tmp_path / "donnees"
    store = await open_store(folder)
    table = Table(store.database, store.vault)
    for person in ("ana", "bea", "cam"):
        await table.save(person, family("2024-05"), DAY)
    backup(folder, tmp_path / "copie.db")
    await table.delete("ana")
    await table.pause("bea")
    await store.close()
    if not readable:
        (folder / DATABASE).write_bytes(b"torn" * 5000)
    restore(folder, None, tmp_path / "copie.db", MONDAY, sessions=True)
    again = await open_store(folder)
    kept = [await Table(again.database, again.vault).get(person) for person in ("ana", "bea", "cam")]
    await again.close()

    assert [each and each.state for each in kept] == ([None, "pause", "actif"] if readable else [None] * 3)


async def test_a_change_by_the_job_yields_to_the_person(table):
    """Between reading and writing the person paused: the job writes nothing."""
    await table.save("ana", family("2024-05"), DAY)
    read = await table.get("ana")
    await table.pause("ana")
    written = await table.change(read, read.record, DAY + timedelta(days=1), "envoi")

    assert written is None
    assert (await table.get("ana")).state == "pause"


async def test_only_a_coarse_day_is_in_clear(store, table):
    """The row says whom by a keyed name, a state, a number of days: no month, no hour, no arrondissement."""
    await table.save("ana", family("2024-05", district="19"), DAY)
    row = await store.database.read(lambda c: c.execute("SELECT * FROM reminders").fetchone())

    assert row[:4] == ("ana", "actif", 20_780, 1)
    assert len(row) == 5 and b"2024" not in row[4]
