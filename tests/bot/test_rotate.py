"""Keys are changed without losing a family, whatever cuts the change short."""

import base64
import json
import os
import subprocess
import sys
from datetime import UTC, date, datetime

import pytest
from sqlite_utils import Database
from typer.testing import CliRunner

from bot.cli import app
from bot.errors import FolderBusy, KeyringError
from bot.keyfile import KEY_FILE, add_key, existing_keys
from bot.keys import Key, KeyRing
from bot.lock import folder_lock
from bot.rotation import rotate
from bot.store import Outgoing, Saved, open_store
from bot.store.reseal import SEALED, keys_in_use
from tests.conftest import ROOT

NOW = datetime(2026, 11, 21, 18, 0, tzinfo=UTC)
TODAY = date(2026, 11, 21)
SESSION = {"tours": 1}


@pytest.fixture
async def folder(tmp_path):
    """A data folder with something of a family in each table, sealed with the first key."""
    path = tmp_path / "donnees"
    await fill(path, None)
    return path


async def fill(path, given):
    store = await open_store(path, given)
    anne = store.vault.person("telegram", 7)
    await store.commit(anne, SESSION, now=NOW, language="ar", outbox=[Outgoing("send", b"bonjour")])
    await store.receive(11, anne, b"oui", NOW)
    await store.remember_message(anne, "7:100", NOW)
    bilal = store.vault.person("telegram", 8)
    await store.commit(bilal, SESSION, now=NOW, language="fr")
    code = await store.offer(anne, {"faits": {}}, NOW)
    await store.close()
    return code


async def test_after_a_rotation_families_are_known_and_all_is_sealed_with_the_new_key(folder):
    """Everything is sealed again; the first key still names people, the new one seals."""
    before = existing_keys(folder, None)
    done = await rotate(folder, None, TODAY)
    after = existing_keys(folder, None)
    store = await open_store(folder)
    kept = [await store.load(store.vault.person("telegram", chat), NOW) for chat in (7, 8)]
    sealed_by = await store.database.read(keys_in_use)
    await store.close()

    assert (done.added, done.resealed, done.key) == (True, 6, after.newest.id.hex())
    assert after.keys[0] == before.keys[0] and len(after.keys) == 2
    assert sealed_by == {after.newest.id}
    assert kept == [Saved(SESSION, "ar"), Saved(SESSION, "fr")]


async def test_what_the_old_key_sealed_is_nowhere_on_the_disk(folder):
    """Neither the file nor its journal holds a byte that the old key opens: changing it after a leak means something."""
    old = existing_keys(folder, None).newest.id
    held = any(b"\x01" + old in path.read_bytes() for path in folder.glob("passerelle.db*"))
    await rotate(folder, None, TODAY)

    assert held
    assert not any(b"\x01" + old in path.read_bytes() for path in folder.glob("passerelle.db*"))


async def test_each_rotation_adds_one_key_and_its_day(folder):
    """The list of an operator shows which key is from when."""
    first = existing_keys(folder, None).oldest.made
    await rotate(folder, None, date(2027, 1, 1))
    await rotate(folder, None, date(2027, 6, 1))

    assert [key.made for key in existing_keys(folder, None).keys] == [first, date(2027, 1, 1), date(2027, 6, 1)]


async def test_a_rotation_cut_after_the_new_key_is_ended_by_the_next_one(folder):
    """No second key is made for it."""
    add_key(folder, TODAY)
    done = await rotate(folder, None, TODAY)

    assert (done.added, done.resealed) == (False, 6)
    assert len(existing_keys(folder, None).keys) == 2


def test_killed_at_any_step_nothing_is_lost_and_the_next_rotation_ends_it(tmp_path):
    """After each kill -9 a service starts, finds the family, and the key file is whole and private."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run(
        [sys.executable, str(ROOT / "tests/bot/rotate_child.py"), str(tmp_path)], env=environment, check=True
    )
    results = [json.loads(path.read_text()) for path in tmp_path.glob("*/result.json")]

    assert len(results) > 60
    for result in results:
        for moment in ("after", "end"):
            found = result[moment]
            assert (found["tours"], found["pending"], found["messages"]) == (1, ["oui"], ["7:100"])
            assert (found["due"], found["mode"]) == (["bonjour"], "0o600")
            assert found["keys"][0] == result["after"]["keys"][0]
        assert result["end"]["sealed_by"] == [result["end"]["newest"]]
        assert len(result["end"]["keys"]) <= 3
        assert not [name for name in result["end"]["files"] if "en-cours" in name]
    assert {tuple(each["after"]["sealed_by"]) == (each["after"]["newest"],) for each in results} == {True, False}


async def test_keys_given_by_the_operator_are_never_written(tmp_path):
    """With PASSERELLE_CLE, adding a key there and rotating again seals with it; no key file appears."""
    folder, first, second = tmp_path / "donnees", Key(b"1" * 32), Key(b"2" * 32)
    await fill(folder, KeyRing((first,)).write())
    nothing = await rotate(folder, KeyRing((first,)).write(), TODAY)
    done = await rotate(folder, KeyRing((first, second)).write(), TODAY)

    assert (nothing.added, nothing.resealed) == (False, 0)
    assert (done.added, done.resealed, done.key) == (False, 6, second.id.hex())
    assert not (folder / KEY_FILE).exists()


async def test_a_running_service_is_not_rotated_under_its_feet(folder):
    """It holds its keys in memory: it would go on sealing with the old one."""
    with folder_lock(folder), pytest.raises(FolderBusy):
        await rotate(folder, None, TODAY)

    assert len(existing_keys(folder, None).keys) == 1


async def test_a_folder_that_takes_no_file_keeps_its_key(folder):
    """A disk that refuses leaves the key file as it was, and says so."""
    key = (folder / KEY_FILE).read_bytes()
    (folder / KEY_FILE).rename(folder / "ailleurs")
    (folder / KEY_FILE).symlink_to(folder / "ailleurs")
    with pytest.raises(KeyringError, match="lien symbolique"):
        add_key(folder, TODAY)

    assert (folder / "ailleurs").read_bytes() == key


async def test_a_row_that_does_not_open_stops_neither_a_rotation_nor_a_start(folder):
    """One damaged row is nobody's any more; the others are sealed again, and the service starts."""
    store = await open_store(folder)
    await store.database.write(lambda c: c.execute("UPDATE messages SET body = x'00'"))
    await store.database.write(lambda c: c.execute("UPDATE pending SET body = substr(body, 1, 30)"))
    await store.close()
    done = await rotate(folder, None, TODAY)
    store = await open_store(folder)
    await store.close()

    assert (done.added, done.resealed) == (True, 4)


async def test_every_sealed_table_is_sealed_again(folder):
    """A table added later with sealed bodies is not forgotten by a rotation."""
    store = await open_store(folder)
    tables = await store.database.read(lambda c: {t.name for t in Database(c).tables if "body" in t.columns_dict})
    await store.close()

    assert tables == set(SEALED)


def command(monkeypatch, folder, *words, **settings):
    """Run a command as an operator does; return its code and what it prints."""
    for name, value in {"donnees": str(folder), **settings}.items():
        monkeypatch.setenv(f"PASSERELLE_{name.upper()}", value)
    result = CliRunner().invoke(app, words)
    return result.exit_code, result.stdout


def test_the_list_of_keys_shows_numbers_and_dates_only(monkeypatch, tmp_path):
    """Someone who looks over the shoulder of the operator learns no key."""
    folder = tmp_path / "donnees"
    empty = command(monkeypatch, folder, "key", "list")
    rotated = command(monkeypatch, folder, "key", "rotate")
    code, text = command(monkeypatch, folder, "key", "list")
    ring = existing_keys(folder, None)

    assert empty[0] == rotated[0] == code == 0
    assert "Aucune clé" in empty[1] and ring.newest.id.hex() in rotated[1]
    first, second = text.splitlines()
    assert first == f"{ring.oldest.id.hex()}  faite le {ring.oldest.made}  nomme les personnes"
    assert second == f"{ring.newest.id.hex()}  faite le {ring.newest.made}  scelle"
    for key in ring.keys:
        assert base64.b64encode(key.secret).decode() not in rotated[1] + text


def test_with_a_key_given_the_command_says_what_to_do(monkeypatch, tmp_path):
    """Nothing is written for the operator, and no key is printed."""
    given = base64.b64encode(bytes(range(32))).decode()
    code, text = command(monkeypatch, tmp_path / "donnees", "key", "rotate", cle=given)

    assert code == 0
    assert "openssl rand -base64 32" in text and "PASSERELLE_CLE" in text
    assert given not in text


def test_a_key_file_of_before_dates_still_opens():
    """A file without comments, or with others, is read; its keys have no date."""
    text = "# une remarque\n# 00000000 faite le 2026-99-99\n" + base64.b64encode(b"1" * 32).decode()

    assert KeyRing.parse(text).newest == Key(b"1" * 32)
    assert KeyRing.parse(text).newest.made is None
