"""A backup is whole though the service runs; putting it back brings nothing back that should be gone."""

import asyncio
import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from bot.backup import BackupError, backup, forget_beside, restore
from bot.errors import FolderBusy, KeyringError, OperatorError, StoreUnavailable
from bot.keyfile import KEY_FILE, existing_keys
from bot.lock import folder_lock
from bot.relay.machine import waiting
from bot.relay.pieces import Piece, Waiting
from bot.relay.table import Relays
from bot.relay.topic_table import TopicRows
from bot.rotation import rotate
from bot.staff.invitations import Closed, Invitations
from bot.staff.model import Member, Role
from bot.staff.office import Office
from bot.staff.staff import Staff
from bot.store import DATABASE, Outgoing, open_store
from tests.conftest import ROOT

NOW = datetime(2026, 11, 21, 18, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
async def folder(tmp_path):
    """A data folder with two families; one has an answer on its way, an update to be answered and a code."""
    path = tmp_path / "donnees"
    store = await open_store(path)
    for chat in (1, 2):
        await store.commit(name(store, chat), {"tours": chat}, now=NOW, language="fr")
    await store.commit(name(store, 1), {"tours": 1}, now=NOW, language="fr", outbox=[Outgoing("send", b"bonjour")])
    await store.receive(11, name(store, 1), b"oui", NOW)
    await store.remember_message(name(store, 1), "7:100", NOW)
    await store.offer(name(store, 1), {"faits": {}}, NOW)
    await store.close()
    return path


def name(store, chat):
    return store.vault.person("telegram", chat)


async def found(folder, now=NOW):
    """Return what a service started on a folder finds: the two sessions, and how many rows each other table has."""
    store = await open_store(folder)
    sessions = [await store.load(name(store, chat), now) for chat in (1, 2)]
    tables = ("outbox", "pending", "offers", "messages", "processed")
    counts = [
        await store.database.read(lambda c, table=table: c.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
        for table in tables
    ]
    await store.close()
    return [saved and saved.session["tours"] for saved in sessions], dict(zip(tables, counts, strict=True))


async def test_a_backup_is_private_and_has_no_key_and_no_word(folder, tmp_path):
    """The copy is for its owner only; without the key file it is sealed bytes and keyed names."""
    size = backup(folder, tmp_path / "copie.db")
    held = (tmp_path / "copie.db").read_bytes()

    assert size == len(held) and stat.S_IMODE((tmp_path / "copie.db").stat().st_mode) == 0o600
    for secret in (existing_keys(folder, None).newest.secret, b"tours", b"bonjour", b"7:100"):
        assert secret not in held


async def test_a_backup_taken_while_families_talk_is_one_moment_of_the_base(folder, tmp_path):
    """Turns go on while it is made, and it opens: no half turn is in it."""
    store = await open_store(folder)
    anne = name(store, 1)

    async def turns():
        for number in range(200):
            outbox = [Outgoing("send", b"x")]
            await store.commit(anne, {"tours": number}, now=NOW, language="fr", update_id=100 + number, outbox=outbox)

    talking = asyncio.create_task(turns())
    copies = []
    while not talking.done():
        copies.append(tmp_path / f"copie-{len(copies)}.db")
        await asyncio.to_thread(backup, folder, copies[-1])
    await talking
    copies.append(tmp_path / "derniere.db")
    backup(folder, copies[-1])
    await store.close()

    assert len(copies) > 2
    for copy in copies:
        read = sqlite3.connect(copy)
        processed, sent = (read.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in ("processed", "outbox"))
        read.close()
        assert sent == processed + 1  # the one that was there before
    assert processed == 200  # what was said a moment ago is in it


async def test_a_restore_gives_back_the_base_and_keeps_the_other_beside(folder, tmp_path):
    """By default: no conversation, no message twice, no code; the references of messages stay deletable."""
    backup(folder, tmp_path / "copie.db")
    present = (folder / DATABASE).read_bytes()
    done = restore(folder, None, tmp_path / "copie.db", NOW, sessions=False)

    assert (done.sessions, done.beside.name) == (0, "passerelle.db.avant-20261121T180000Z")
    assert done.beside.read_bytes() == present
    assert stat.S_IMODE((folder / DATABASE).stat().st_mode) == 0o600
    assert await found(folder) == (
        [None, None],
        {"outbox": 0, "pending": 0, "offers": 0, "messages": 1, "processed": 0},
    )
    assert sorted(path.name for path in folder.iterdir() if path.name.startswith(".")) == []


async def test_conversations_come_back_when_asked_for_and_still_alive(folder, tmp_path):
    """Within 24 hours of silence, never after; what was on its way still does not leave twice."""
    backup(folder, tmp_path / "copie.db")
    alive = restore(folder, None, tmp_path / "copie.db", NOW + 23 * HOUR, sessions=True)
    sessions, counts = await found(folder, NOW + 23 * HOUR)
    late = restore(folder, None, tmp_path / "copie.db", NOW + 24 * HOUR, sessions=True)

    assert (alive.sessions, sessions) == (2, [1, 2])
    assert (counts["outbox"], counts["pending"], counts["offers"]) == (0, 0, 1)
    assert late.sessions == 0


async def test_who_erased_all_after_the_backup_does_not_come_back(folder, tmp_path):
    """An old copy is no way around « Tout effacer »: without the operator's explicit choice it stays erased."""
    backup(folder, tmp_path / "copie.db")
    store = await open_store(folder)
    await store.erase(name(store, 1), NOW)
    await store.close()
    restore(folder, None, tmp_path / "copie.db", NOW + HOUR, sessions=False)
    store = await open_store(folder)
    kept = await store.database.read(
        lambda c: [
            c.execute(f"SELECT count(*) FROM {table} WHERE person = ?", (name(store, 1),)).fetchone()[0]
            for table in ("sessions", "offers", "pending", "outbox")
        ]
    )
    await store.close()

    assert kept == [0, 0, 0, 0]


async def opened(store, relays, topics, chat, thread):
    """Give a family a relay with its topic."""
    person = name(store, chat)
    await relays.begin(
        person, b"7", "fr", waiting(f"Famille {chat}", 0), (Piece("team", "open"),), int(NOW.timestamp())
    )
    kept = await relays.of(person)
    row = Waiting(0, kept.id, person, Piece("team", "open"))
    await topics.made(row, store.vault.person("telegram", f"-1:{thread}"), thread, int(NOW.timestamp()))


async def test_a_topic_opened_after_the_backup_is_deleted_after_a_restore(folder, tmp_path):
    """It holds what a family wrote; a relay begun since then never takes the number of one of before."""
    store = await open_store(folder)
    relays, topics = Relays(store.database, store.vault), TopicRows(store.database, store.vault)
    await opened(store, relays, topics, 1, 101)
    await store.close()
    backup(folder, tmp_path / "copie.db")
    store = await open_store(folder)
    relays, topics = Relays(store.database, store.vault), TopicRows(store.database, store.vault)
    await opened(store, relays, topics, 2, 102)
    await store.close()
    restore(folder, None, tmp_path / "copie.db", NOW + HOUR, sessions=False)
    store = await open_store(folder)
    relays, topics = Relays(store.database, store.vault), TopicRows(store.database, store.vault)
    left = await topics.left()
    await opened(store, relays, topics, 3, 103)
    known = [(await topics.of(number)).thread for number in (1, 2, 3)]
    await store.close()

    assert [(topic.relay, topic.thread) for topic in left] == [(1, 101), (2, 102)]
    assert known == [101, 102, 103]


@pytest.mark.parametrize(
    ("asked", "lost", "back"),
    [
        (False, False, ["Chouette", "Rouge-gorge"]),
        (False, True, []),
        (True, False, ["Chouette", "Mésange"]),
        (True, True, ["Chouette", "Mésange"]),
    ],
)
async def test_who_left_the_team_comes_back_only_when_the_operator_says_so(folder, tmp_path, asked, lost, back):
    """The team of the database being replaced stays, if there is one; an invitation of the copy is no way in again."""
    store = await open_store(folder)
    office, staff = Office(store, lambda: NOW), Staff(store.database, store.vault, lambda: NOW)
    await staff.add(Member("a", Role.COORDINATION, b"1", "Chouette"), NOW)
    await staff.add(Member("b", Role.GUICHET, b"2", "Mésange"), NOW)
    code, _ = await office.invite(Role.GUICHET, "Pinson", 7)
    backup(folder, tmp_path / "copie.db")
    await office.revoke("Mésange")
    await staff.add(Member("c", Role.PROMENEUR, b"3", "Rouge-gorge"), NOW)
    await store.close()
    if lost:
        (folder / DATABASE).unlink()
    restore(folder, None, tmp_path / "copie.db", NOW, sessions=False, team=asked)
    store = await open_store(folder)
    staff = Staff(store.database, store.vault, lambda: NOW)
    invited = await Invitations(store.database, store.vault, lambda: NOW).look(code)
    names, lines = [each.name_for_staff for each in await staff.people()], await staff.journal()
    await store.close()

    assert names == back
    assert invited is Closed.UNKNOWN
    assert [line.action for line in lines] == ["a invité"]


async def test_the_base_set_aside_is_deleted_after_48_hours(folder, tmp_path):
    """It holds what people said: it does not outlive what it was kept for."""
    backup(folder, tmp_path / "copie.db")
    beside = restore(folder, None, tmp_path / "copie.db", NOW, sessions=False).beside
    early = forget_beside(folder, NOW + timedelta(hours=48) - timedelta(seconds=1))

    assert (early, beside.exists()) == (0, True)
    assert forget_beside(folder, NOW + timedelta(hours=48)) == 1
    assert not beside.exists() and (folder / DATABASE).exists()


async def test_a_backup_sealed_with_older_keys_is_restored(folder, tmp_path):
    """After changes of keys, an older copy still opens: its keys are kept."""
    backup(folder, tmp_path / "copie.db")
    await rotate(folder, None, NOW.date())
    restore(folder, None, tmp_path / "copie.db", NOW, sessions=True)

    assert (await found(folder))[0] == [1, 2]


async def refused(folder, file, error, words):
    """Return whether a file is refused in these words and the data folder is as it was."""
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(error, match=words):
        restore(folder, None, file, NOW, sessions=True)
    lock = "passerelle.verrou"
    after = {path.name: path.read_bytes() for path in folder.iterdir()}
    return {k: v for k, v in after.items() if k != lock} == {k: v for k, v in before.items() if k != lock}


@pytest.mark.parametrize("content", [b"", b"pas une base", b"SQLite format 3\x00" + b"x" * 5000])
async def test_a_file_that_is_not_a_database_is_refused(folder, tmp_path, content):
    """Nothing is touched for it."""
    (tmp_path / "x.db").write_bytes(content)

    assert await refused(folder, tmp_path / "x.db", BackupError, "n'est pas une sauvegarde de Passerelle")


async def test_a_database_of_another_program_is_refused(folder, tmp_path):
    """Even with a table of the same name."""
    other = sqlite3.connect(tmp_path / "x.db")
    other.executescript("CREATE TABLE sessions (person TEXT, body BLOB); CREATE TABLE notes (name TEXT, value TEXT);")
    other.close()

    assert await refused(folder, tmp_path / "x.db", BackupError, "n'est pas une sauvegarde de Passerelle")


@pytest.mark.parametrize("damage", [lambda b: b[: len(b) // 2], lambda b: b[:-8192] + b"\xff" * 4096 + b[-4096:]])
async def test_a_damaged_backup_is_refused(folder, tmp_path, damage):
    """A copy cut short by a full disk, or with a bad block, is not put in the place of a good base."""
    backup(folder, tmp_path / "copie.db")
    (tmp_path / "copie.db").write_bytes(damage((tmp_path / "copie.db").read_bytes()))

    assert await refused(folder, tmp_path / "copie.db", BackupError, "abîmée")


async def test_a_backup_of_a_later_version_is_refused(folder, tmp_path):
    """An older program never works on newer data."""
    backup(folder, tmp_path / "copie.db")
    copy = sqlite3.connect(tmp_path / "copie.db")
    copy.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('passerelle', 'v99_later', '')"
    )
    copy.commit()
    copy.close()

    assert await refused(
        folder, tmp_path / "copie.db", StoreUnavailable, r"version plus récente de Passerelle \(v99_later\)"
    )


async def test_a_backup_sealed_with_an_absent_key_is_refused(folder, tmp_path):
    """Its families would be strangers: the message names the key that is missing."""
    backup(folder, tmp_path / "copie.db")
    other = tmp_path / "autre"
    await (await open_store(other)).close()
    key = existing_keys(folder, None).newest.id.hex()

    assert await refused(other, tmp_path / "copie.db", KeyringError, rf"une autre clé \(clé {key}\)")


async def test_on_a_new_machine_the_key_has_to_come_first(folder, tmp_path):
    """No new key is made for data that it cannot open; with the key file, all is there."""
    backup(folder, tmp_path / "copie.db")
    new = tmp_path / "neuf"
    with pytest.raises(KeyringError, match=r"passerelle\.cle manque"):
        restore(new, None, tmp_path / "copie.db", NOW, sessions=True)
    without = sorted(path.name for path in new.iterdir())
    shutil.copy2(folder / KEY_FILE, new / KEY_FILE)
    done = restore(new, None, tmp_path / "copie.db", NOW, sessions=True)

    assert without == ["passerelle.verrou"]
    assert (done.beside, (await found(new))[0]) == (None, [1, 2])


async def test_a_running_service_keeps_its_base(folder, tmp_path):
    """It is to be stopped first."""
    backup(folder, tmp_path / "copie.db")
    with folder_lock(folder), pytest.raises(FolderBusy):
        restore(folder, None, tmp_path / "copie.db", NOW, sessions=False)

    assert list(folder.glob("*.avant-*")) == []


async def test_a_damaged_base_is_set_aside_with_its_journal(folder, tmp_path):
    """The journal of the old base never meets the new one, which it would damage too."""
    backup(folder, tmp_path / "copie.db")
    (folder / DATABASE).write_bytes(b"abime" * 1000)
    for end in ("wal", "shm", "journal"):
        (folder / f"{DATABASE}-{end}").write_bytes(b"journal")
    beside = restore(folder, None, tmp_path / "copie.db", NOW, sessions=True).beside

    assert list(folder.glob(f"{DATABASE}-*")) == []
    assert beside.with_name(beside.name + "-wal").read_bytes() == b"journal"
    assert (await found(folder))[0] == [1, 2]


@pytest.mark.parametrize("to", ["donnees/passerelle.db", "absent/copie.db", "."])
async def test_a_backup_never_writes_over_a_file(folder, tmp_path, to):
    """The base itself least of all."""
    before = (folder / DATABASE).read_bytes()
    with pytest.raises(OperatorError, match="ne peut pas être écrit"):
        backup(folder, tmp_path / to)

    assert (folder / DATABASE).read_bytes() == before


RESTORE = """
import os, signal, sys
from datetime import datetime, UTC
from pathlib import Path
from bot.backup import restore
steps, last = 0, int(sys.argv[2])
def step():
    global steps
    steps += 1
    if steps == last:
        os.kill(os.getpid(), signal.SIGKILL)
def both(call):
    def made(*args, **more):
        step()
        found = call(*args, **more)
        step()
        return found
    return made
for name in ("open", "link", "replace", "rename", "unlink", "fsync"):
    setattr(os, name, both(getattr(os, name)))
restore(Path(sys.argv[1]) / "donnees", None, Path(sys.argv[1]) / "copie.db", datetime(2026, 11, 21, 18, tzinfo=UTC), sessions=True)
"""


async def test_a_restore_killed_at_any_step_leaves_one_whole_base(folder, tmp_path):
    """The one from before or the one put back; the next restore ends the work."""
    backup(folder, tmp_path / "copie.db")
    step, ended = 1, -signal.SIGKILL
    while ended == -signal.SIGKILL:
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-c", RESTORE, str(tmp_path), str(step)]
        ended = subprocess.run(command, env=environment, check=False).returncode
        for beside in folder.glob("*.avant-*"):
            beside.unlink()
        sessions, counts = await found(folder)
        assert sessions == [1, 2] and counts["messages"] == 1
        step += 2

    assert ended == 0
    assert step > 20
