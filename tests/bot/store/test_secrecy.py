"""Nothing that a family says can be read in the data folder or in a journal, and what is erased is gone."""

import base64
import stat
from datetime import timedelta

import pytest
import structlog

from bot.errors import AlreadyProcessed, StoreUnavailable
from bot.store import Outgoing, open_store

SENTENCE = "Mon fils de douze ans ne va plus au collège depuis la Toussaint"
CHAT = 987_654_321_098
FACT = "arrondissement-dix-neuf"
CODE_OF_A_MESSAGE = f"{CHAT}:55512"
DAY = timedelta(hours=24)


def spellings(text: str) -> set[bytes]:
    """Return the ways in which a text could lie in a file."""
    raw = text.encode()
    ascii_json = text.encode("ascii", "backslashreplace").replace(b"\\xe8", b"\\u00e8")
    return {raw, raw.hex().encode(), base64.b64encode(raw)[:-4], text.encode("utf-16-le"), ascii_json}


MARKERS = {
    *spellings(SENTENCE),
    *spellings(FACT),
    *spellings(str(CHAT)),
    *(CHAT.to_bytes(size, order) for size in (5, 8) for order in ("little", "big")),
}


def contents(folder) -> dict[str, bytes]:
    """Return every file of the data folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


async def live(store, now, person):
    """Use every part of the store with words, a chat and a fact that must not show."""
    body = f'{{"chat": {CHAT}, "texte": "{SENTENCE}"}}'.encode()
    session = {"faits": {FACT: SENTENCE}, "chat": CHAT}
    await store.receive(1, person, body, now)
    await store.receive(2, person, body, now)
    first, second = await store.commit(
        person, session, now=now, language="fr", update_id=1, outbox=[Outgoing("send", body)] * 2
    )
    await store.sending(first, now)
    await store.sent(first, CODE_OF_A_MESSAGE, now)
    await store.sending(second, now)
    await store.remember_message(person, CODE_OF_A_MESSAGE, now)
    await store.offer(person, session, now)


async def test_no_file_of_the_data_folder_tells_anything(tmp_path, now):
    """Words, facts and chat numbers are in no file, whether the service runs, was killed or has stopped."""
    folder = tmp_path / "donnees"
    store = await open_store(folder)
    await live(store, now, store.vault.person("telegram", CHAT))
    running = contents(folder)
    await store.database.shred()
    emptied = contents(folder)
    await store.close()
    stopped = contents(folder)

    assert {"passerelle.db", "passerelle.db-wal", "passerelle.db-shm", "passerelle.cle"} <= set(running)
    assert len(running["passerelle.db-wal"]) > 4096
    for files in (running, emptied, stopped):
        for name, data in files.items():
            assert [marker for marker in MARKERS if marker in data] == [], name


async def test_the_search_for_markers_does_find_them(tmp_path):
    """The test above can fail: each spelling is found where it is."""
    for marker in MARKERS:
        (tmp_path / "f").write_bytes(b"--" + marker + b"--")

        assert any(marker in data for data in contents(tmp_path).values())


async def test_the_one_time_code_is_not_in_the_files(tmp_path, now):
    """Who copies the database cannot use the codes that wait in it."""
    store = await open_store(tmp_path / "donnees")
    code = await store.offer("p", {"a": 1}, now)
    files = contents(tmp_path / "donnees")
    await store.close()

    assert not any(code.encode() in data for data in files.values())


async def test_files_are_closed_to_other_users(tmp_path, now):
    """The database and its journals have mode 600, like the key."""
    folder = tmp_path / "donnees"
    store = await open_store(folder)
    await live(store, now, "p")
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    await store.close()

    assert len(modes) == 4
    assert set(modes.values()) == {0o600}


async def test_journals_of_the_service_tell_nothing(sqlite, tmp_path, now, vault, caplog, capfd):
    """Not in an ordinary day, nor when something goes wrong, nor in an error that rises."""
    person = vault.person("telegram", CHAT)
    errors = []
    with structlog.testing.capture_logs() as entries:
        await live(sqlite, now, person)
        with pytest.raises(AlreadyProcessed) as caught:
            await sqlite.commit(person, {FACT: SENTENCE}, now=now, language="fr", update_id=1)
        errors.append(repr(caught.value))
        await sqlite.database.write(lambda c: c.execute("UPDATE sessions SET body = x'00'"))
        await sqlite.database.write(lambda c: c.execute("UPDATE outbox SET body = x'00'"))
        await sqlite.load(person, now)
        await sqlite.due(now)
        await sqlite.database.write(lambda c: c.execute("PRAGMA max_page_count = 1"))
        with pytest.raises(StoreUnavailable) as full:
            for _ in range(99):
                await sqlite.commit(person, {FACT: SENTENCE * 999}, now=now, language="fr")
        errors.append(repr(full.value))
    said = " ".join([repr(entries), *errors, caplog.text, *capfd.readouterr()])

    assert [entry["event"] for entry in entries] == ["store.unreadable"] * 2 + ["store.unavailable"]
    assert person not in said
    for word in (SENTENCE, FACT, str(CHAT)):
        assert word not in said


async def test_what_was_erased_is_in_no_file_not_even_sealed(sqlite, tmp_path, now, monkeypatch):
    """After an erasure, no version of a session, update, message or offer is left to be opened one day.

    Bodies are longer than a page, were saved several times, and had been moved
    from the journal into the file in between.
    """
    seal, bodies = sqlite.vault.seal, []

    def watched(purpose, person, clear):
        sealed = seal(purpose, person, clear)
        if purpose != "message":  # references stay, so that messages can still be deleted
            bodies.append(sealed)
        return sealed

    monkeypatch.setattr(sqlite.vault, "seal", watched)
    for turn in range(4):
        words = (SENTENCE * 80 * (1 + turn % 3)).encode()
        await sqlite.receive(turn, "p", words, now)
        outbox = [Outgoing("send", words)]
        await sqlite.commit("p", {"a": words.decode()}, now=now, language="fr", outbox=outbox)
        await sqlite.offer("p", {"a": words.decode()}, now)
        if turn == 2:
            await sqlite.database.shred()
    sending = (await sqlite.due(now))[0].id
    await sqlite.sending(sending, now)
    before = traces(tmp_path, bodies)
    await sqlite.erase("p", now)
    after = traces(tmp_path, bodies)

    assert len(bodies) == 16
    assert before["passerelle.db"] > 100
    assert before["passerelle.db-wal"] > 100
    assert sum(after.values()) == 0
    assert (tmp_path / "passerelle.db-wal").stat().st_size == 0


async def test_what_is_past_its_time_is_in_no_file_either(sqlite, tmp_path, now, monkeypatch):
    """Forgetting after 24 hours is forgetting, not hiding."""
    seal, bodies = sqlite.vault.seal, []
    monkeypatch.setattr(sqlite.vault, "seal", lambda *args: bodies.append(seal(*args)) or bodies[-1])
    await sqlite.commit("p", {"a": SENTENCE * 400}, now=now, language="fr")
    await sqlite.database.shred()
    before = traces(tmp_path, bodies)
    await sqlite.purge(now + DAY)

    assert before["passerelle.db"] > 100
    assert sum(traces(tmp_path, bodies).values()) == 0


def traces(folder, bodies: list[bytes]) -> dict[str, int]:
    """Return for each file how many pieces of sealed bodies it holds: 16 bytes out of each 200."""
    pieces = {body[start : start + 16] for body in bodies for start in range(17, len(body) - 16, 200)}
    return {name: sum(piece in data for piece in pieces) for name, data in contents(folder).items()}
