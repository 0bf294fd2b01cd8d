"""What most tests of the bot stand on: a store in a real file, sealed with a key that never changes."""

import pytest

from bot.crypto import Vault
from bot.keys import Key, KeyRing
from bot.store import SqliteStore


@pytest.fixture
def vault():
    """A vault with a key that never changes."""
    return Vault(KeyRing((Key(bytes(range(32))),)))


@pytest.fixture
async def store(tmp_path, vault):
    """A store in a real file."""
    store = await SqliteStore.open(tmp_path / "passerelle.db", vault)
    yield store
    await store.close()
