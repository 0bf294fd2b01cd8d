"""Data kept by any earlier version is read by this one; the samples are never changed."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlite_utils import Database, Migrations

from bot.errors import StoreUnavailable
from bot.store import Saved, SqliteStore
from bot.store.migrations import MIGRATIONS, migrate, v1_first_tables

SAMPLES = Path(__file__).with_name("samples")
SAMPLE_DAY = datetime(2026, 11, 21, 18, 0, tzinfo=UTC)


@pytest.fixture
def sample(tmp_path):
    """Return a function that restores the sample of a version and returns its path."""

    def restore(name):
        connection = sqlite3.connect(tmp_path / f"{name}.db")
        connection.executescript((SAMPLES / f"{name}.sql").read_text())
        connection.close()
        return tmp_path / f"{name}.db"

    return restore


@pytest.mark.parametrize("name", ["v1", "v2", "v3", "v4", "v5", "v6"])
async def test_what_an_earlier_version_kept_is_read(sample, vault, name):
    """Session, update, message, reference and offer of the sample open, with the key of that time."""
    store = await SqliteStore.open(sample(name), vault)
    anne = vault.person("telegram", 7)
    kept = {
        "session": await store.load(anne, SAMPLE_DAY),
        "pending": [(one.update_id, one.person, one.body) for one in await store.pending(SAMPLE_DAY)],
        "due": [(one.person, one.kind, one.body, one.may_repeat) for one in await store.due(SAMPLE_DAY)],
        "messages": await store.messages(anne, SAMPLE_DAY),
        "offer": await store.take("PASSERELLE000001", SAMPLE_DAY),
        "again": await store.receive(10, anne, b"x", SAMPLE_DAY),
    }
    await store.close()

    assert kept == {
        "session": Saved({"version": 1, "faits": {"arrondissement": 19, "foyer": "seul"}}, "ar"),
        "pending": [(11, anne, "Où est la crèche ?".encode())],
        "due": [(anne, "send", b'{"chat": 7, "texte": "Bonjour"}', True)],
        "messages": ["7:100"],
        "offer": {"rappel": "rentree-scolaire"},
        "again": False,
    }


def test_the_current_version_has_a_sample():
    """A new step comes with its sample, made by that version."""
    steps = [step.name for step in MIGRATIONS.pending(Database(memory=True))]

    assert [step.split("_")[0] for step in steps] == [path.stem for path in sorted(SAMPLES.glob("*.sql"))]


async def test_a_later_version_is_refused_and_left_as_it_is(sample, vault):
    """An older program never works on newer data: it would lose what it does not know."""
    path = sample("v1")
    connection = sqlite3.connect(path, isolation_level=None)
    migrate(connection, later(lambda db: db.table("sessions").add_column("canal", str)))
    connection.close()

    with pytest.raises(StoreUnavailable, match=r"version plus récente de Passerelle \(v2_later\)"):
        await SqliteStore.open(path, vault)


def test_a_step_keeps_the_rows(sample):
    """A step to a next version changes the tables around what is kept."""
    connection = sqlite3.connect(sample("v1"), isolation_level=None)
    before = connection.execute("SELECT person, language, body FROM sessions").fetchall()
    migrate(connection, later(lambda db: db.table("sessions").add_column("canal", str)))
    after = connection.execute("SELECT person, language, body, canal FROM sessions").fetchall()
    connection.close()

    assert len(before) == 1
    assert after == [(*before[0], None)]


def test_a_step_that_fails_half_way_leaves_the_version_before(sample):
    """The next start, of either version, finds the tables as they were, even two versions back."""

    def half(db):
        db.table("pending").add_column("canal", str)
        db.execute("DELETE FROM nowhere")

    steps = later(lambda db: db.table("sessions").add_column("canal", str))
    steps(name="v3_half")(half)
    connection = sqlite3.connect(sample("v1"), isolation_level=None)
    before = list(connection.iterdump())
    with pytest.raises(sqlite3.OperationalError):
        migrate(connection, steps)
    after = list(connection.iterdump())
    connection.close()

    assert after == before


def later(step) -> Migrations:
    """Return the steps of a version to come."""
    migrations = Migrations("passerelle")
    migrations()(v1_first_tables)
    migrations(name="v2_later")(step)
    return migrations
