"""The keys: made once, never overwritten, never readable by others, never guessed around."""

import base64
import stat

import pytest

from bot.crypto import Vault
from bot.errors import KeyringError, SealError
from bot.keyfile import KEY_FILE, open_keys, prepare_folder
from bot.keys import Key, KeyRing

FIRST = KeyRing((Key(bytes(range(32))),))
OTHER = Key(bytes(range(32, 64)))


def text_of(*keys: Key) -> str:
    """Return keys as an operator writes them."""
    return ",".join(base64.b64encode(key.secret).decode() for key in keys)


def mode(path) -> int:
    """Return the permission bits of a file."""
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def folder(tmp_path):
    """A data folder as the service prepares it."""
    path = tmp_path / "donnees"
    prepare_folder(path)
    return path


def test_the_first_run_makes_a_key_that_only_its_owner_reads(folder):
    """The folder is closed (700), the key too (600), and nothing else is left behind."""
    ring = open_keys(folder, None, folder / "passerelle.db")

    assert (mode(folder), mode(folder / KEY_FILE)) == (0o700, 0o600)
    assert [path.name for path in folder.iterdir()] == [KEY_FILE]
    assert len(ring.newest.secret) == 32


def test_the_second_run_finds_the_same_key(folder):
    """A key is made once; with data beside it, it is read all the same."""
    first = open_keys(folder, None, folder / "passerelle.db")
    (folder / "passerelle.db").touch()

    assert open_keys(folder, None, folder / "passerelle.db") == first


def test_two_folders_never_share_a_key(tmp_path):
    """Each installation has a key of its own."""
    rings = []
    for name in ("a", "b"):
        prepare_folder(tmp_path / name)
        rings.append(open_keys(tmp_path / name, None, tmp_path / name / "passerelle.db"))

    assert rings[0].newest.secret != rings[1].newest.secret


def test_a_key_is_never_written_over_another(folder, monkeypatch):
    """If another process makes its key in the same instant, ours gives way instead of replacing it."""
    path = folder / KEY_FILE
    monkeypatch.setattr(type(path), "exists", lambda self: False)
    path.write_text(FIRST.write())

    with pytest.raises(KeyringError, match="existe déjà"):
        open_keys(folder, None, folder / "passerelle.db")

    assert path.read_text() == FIRST.write()
    assert [one.name for one in folder.iterdir()] == [KEY_FILE]


def test_a_lost_key_is_not_replaced_while_there_is_data(folder):
    """A new key beside old data would hide the loss: the start is refused and says what to restore."""
    (folder / "passerelle.db").write_bytes(b"data")

    with pytest.raises(KeyringError) as caught:
        open_keys(folder, None, folder / "passerelle.db")

    assert "manque" in str(caught.value)
    assert f"remettez {KEY_FILE} depuis votre sauvegarde" in str(caught.value)
    assert not (folder / KEY_FILE).exists()


@pytest.mark.parametrize("open_mode", [0o640, 0o604, 0o644])
def test_a_key_that_others_can_read_is_refused(folder, open_mode):
    """The message gives the mode met and the command that closes the file."""
    path = folder / KEY_FILE
    path.write_text(FIRST.write())
    path.chmod(open_mode)

    with pytest.raises(KeyringError) as caught:
        open_keys(folder, None, folder / "passerelle.db")

    assert f"(mode {open_mode:o})" in str(caught.value)
    assert f"chmod 600 {path}" in str(caught.value)


@pytest.mark.parametrize("content", ["", "# rien\n", "pas du base64 !\n", "c2VjcmV0\n"])
def test_a_damaged_key_file_is_refused_without_showing_it(folder, content):
    """A key file cut short by an accident stops the start; its content stays out of the message."""
    path = folder / KEY_FILE
    path.touch(0o600)
    path.write_text(content)

    with pytest.raises(KeyringError, match="ne contient pas une clé de 32 octets") as caught:
        open_keys(folder, None, folder / "passerelle.db")

    assert "c2VjcmV0" not in str(caught.value)
    assert "base64 !" not in str(caught.value)


def test_a_key_file_that_is_a_link_is_refused(folder, tmp_path):
    """A link could lead to a file that others write."""
    (tmp_path / "ailleurs").write_text(FIRST.write())
    (folder / KEY_FILE).symlink_to(tmp_path / "ailleurs")

    with pytest.raises(KeyringError, match="lien symbolique"):
        open_keys(folder, None, folder / "passerelle.db")


def test_a_given_key_leaves_no_file(folder):
    """With PASSERELLE_CLE, nothing is written beside the data."""
    ring = open_keys(folder, text_of(OTHER), folder / "passerelle.db")

    assert ring.newest == OTHER
    assert list(folder.iterdir()) == []


def test_a_full_folder_open_to_others_is_refused_and_left_as_it_is(tmp_path):
    """A home or a shared folder named by mistake is neither used nor closed."""
    (tmp_path / "photo.jpg").touch()
    tmp_path.chmod(0o755)

    with pytest.raises(KeyringError, match=r"mode 755"):
        prepare_folder(tmp_path)

    assert mode(tmp_path) == 0o755


def test_an_empty_folder_made_by_hand_is_closed(tmp_path):
    """Someone who made the folder with mkdir does not have to know about modes."""
    tmp_path.chmod(0o755)
    prepare_folder(tmp_path)

    assert mode(tmp_path) == 0o700


def test_a_data_folder_that_is_a_file_is_refused(tmp_path):
    """The message names it and says which setting to change."""
    (tmp_path / "donnees").touch()

    with pytest.raises(KeyringError, match="PASSERELLE_DONNEES"):
        prepare_folder(tmp_path / "donnees")


def test_a_ring_is_written_and_read_back():
    """A key file with two keys gives the same two keys, in the same order."""
    ring = KeyRing((FIRST.newest, OTHER))

    assert KeyRing.parse(ring.write()) == ring
    assert KeyRing.parse(text_of(FIRST.newest, OTHER)) == ring


def test_the_same_key_twice_is_refused():
    """Writing a key twice is a mistake in a rotation, not a rotation."""
    with pytest.raises(ValueError, match="twice"):
        KeyRing.parse(text_of(OTHER, OTHER))


def test_a_ring_never_shows_its_secrets():
    """What ends up in a journal or on a screen holds ids only."""
    text = repr(KeyRing((FIRST.newest, OTHER)))

    assert FIRST.newest.id.hex() in text
    assert repr(bytes(range(32)))[2:10] not in text
    assert text_of(OTHER) not in text


def test_what_is_sealed_opens_for_its_purpose_and_person_only():
    """A sealed session moved to someone else, or read as something else, does not open."""
    vault = Vault(FIRST)
    sealed = vault.seal("session", "personne", b"enceinte de 5 mois")

    assert vault.open("session", "personne", sealed) == b"enceinte de 5 mois"
    for purpose, person in [("session", "autre"), ("outbox", "personne"), ("sessionp", "ersonne")]:
        with pytest.raises(SealError):
            vault.open(purpose, person, sealed)


@pytest.mark.parametrize("place", [0, 1, 5, 17, -1])
def test_one_changed_byte_anywhere_is_noticed(place):
    """Version, key id, nonce, text and tag are all protected, and every failure looks the same."""
    vault = Vault(FIRST)
    sealed = bytearray(vault.seal("session", "p", b"texte"))
    sealed[place] ^= 1

    with pytest.raises(SealError) as caught:
        vault.open("session", "p", bytes(sealed))

    assert str(caught.value) == ""


@pytest.mark.parametrize("length", [0, 1, 5, 16, 17, 32])
def test_sealed_bytes_cut_short_do_not_open(length):
    """A truncated value is one more reason that looks like the others."""
    vault = Vault(FIRST)

    with pytest.raises(SealError):
        vault.open("session", "p", vault.seal("session", "p", b"")[:length])


def test_the_same_text_is_never_sealed_twice_alike():
    """Two equal answers cannot be recognised from the outside."""
    vault = Vault(FIRST)

    assert vault.seal("session", "p", b"oui") != vault.seal("session", "p", b"oui")


def test_after_a_rotation_old_data_opens_and_people_keep_their_names():
    """The newest key seals, any key opens, and nobody becomes a stranger."""
    before = Vault(FIRST)
    after = Vault(KeyRing((FIRST.newest, OTHER)))
    old = before.seal("session", "p", b"avant")
    new = after.seal("session", "p", b"maintenant")

    assert after.open("session", "p", old) == b"avant"
    assert after.person("telegram", 7) == before.person("telegram", 7)
    assert new[1:5] == OTHER.id
    with pytest.raises(SealError):
        before.open("session", "p", new)


def test_a_name_cannot_be_turned_back_and_depends_on_the_channel_and_the_key():
    """Without the key, a chat number cannot even be tried; the same number elsewhere is someone else."""
    vault = Vault(FIRST)
    names = {
        vault.person("telegram", 7),
        vault.person("web", 7),
        vault.person("telegram", 77),
        Vault(KeyRing((OTHER,))).person("telegram", 7),
        vault.code_name("telegram:7"),
    }

    assert len(names) == 5
    assert vault.person("telegram", 7) == vault.person("telegram", "7")
    with pytest.raises(ValueError, match="colon"):
        vault.person("web:telegram", 7)


def test_a_key_that_cannot_be_written_is_said_plainly(folder):
    """A data folder that vanished, a full disk: the message says which file and why."""
    folder.rmdir()

    with pytest.raises(KeyringError, match="ne peut pas être écrite : chemin introuvable"):
        open_keys(folder, None, folder / "passerelle.db")
