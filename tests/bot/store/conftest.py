"""Both stores, with a clock that only moves when told."""

from datetime import UTC, datetime

import pytest

from bot.crypto import Vault
from bot.keys import Key, KeyRing
from bot.store import MemoryStore, SqliteStore


@pytest.fixture
def now():
    """A Saturday evening; tests add to it."""
    return datetime(2026, 11, 21, 18, 0, 0, tzinfo=UTC)


@pytest.fixture
def vault():
    """A vault with a key that never changes."""
    return Vault(KeyRing((Key(bytes(range(32))),)))


@pytest.fixture
async def sqlite(tmp_path, vault):
    """A store in a real file."""
    store = await SqliteStore.open(tmp_path / "passerelle.db", vault, busy_seconds=0.05)
    yield store
    await store.close()


@pytest.fixture(params=["memory", "sqlite"])
def store(request):
    """Each store in turn: they make the same promises."""
    return MemoryStore() if request.param == "memory" else request.getfixturevalue("sqlite")
