"""The encryption keys: made at the first run, kept in the data folder or given by the operator.

This module knows files and base64; what the keys are used for is in ``bot.crypto``.
"""

import base64
import binascii
import os
import re
import secrets
import stat
import tempfile
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from bot.errors import KeyringError, reason

KEY_FILE = "passerelle.cle"
KEY_BYTES = 32
_HEADER = (
    "# Clé de Passerelle. Sans elle, ce que la base contient est illisible : gardez-en une copie ailleurs.\n"
    "# Une clé par ligne, la plus récente en dernier.\n"
)


@dataclass(frozen=True, slots=True, repr=False)
class Key:
    """One 32-byte secret and the 4-byte id that sealed data carries; the repr shows the id only."""

    secret: bytes

    @property
    def id(self) -> bytes:
        """Return the 4 bytes that name this key; they tell nothing of the secret."""
        return sha256(b"passerelle key id\x00" + self.secret).digest()[:4]

    def __repr__(self) -> str:
        return f"<Key {self.id.hex()}>"


@dataclass(frozen=True, slots=True)
class KeyRing:
    """All keys that may open data, oldest first; never empty.

    New data is sealed with the newest. Names of people come from the oldest, so
    that adding a key makes nobody a stranger.
    """

    keys: tuple[Key, ...]

    @property
    def newest(self) -> Key:
        """Return the key that seals."""
        return self.keys[-1]

    @property
    def oldest(self) -> Key:
        """Return the key that names people."""
        return self.keys[0]

    @classmethod
    def new(cls) -> "KeyRing":
        """Return a ring of one fresh random key."""
        return cls((Key(secrets.token_bytes(KEY_BYTES)),))

    @classmethod
    def parse(cls, text: str) -> "KeyRing":
        """Return the ring written as base64 keys, oldest first, between spaces, commas or line ends.

        Lines that start with ``#`` are comments.

        Raises:
            ValueError: no key, a key that is not 32 bytes of base64, or twice the
                same key. The message never repeats what was written.
        """
        lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
        keys = tuple(Key(_decode(word)) for word in re.split(r"[\s,]+", "\n".join(lines)) if word)
        if not keys:
            raise ValueError("no key")
        if len({key.id for key in keys}) < len(keys):
            raise ValueError("the same key is written twice")
        return cls(keys)

    def write(self) -> str:
        """Return the text of a key file; ``parse`` reads it back."""
        return _HEADER + "".join(base64.b64encode(key.secret).decode() + "\n" for key in self.keys)


def prepare_folder(folder: Path) -> None:
    """Make the data folder, or check that an existing one is closed to others (mode 700).

    An empty folder is closed on the spot; one that holds files is refused instead,
    because it may be a home or a shared folder named by mistake.

    Raises:
        KeyringError: the folder cannot be made, or is open to other users.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if _is_open(folder.stat()) and not any(folder.iterdir()):
            folder.chmod(0o700)
        mode = folder.stat()
    except OSError as error:
        what = f"Le dossier de données {folder} ne peut pas être utilisé : {reason(error)}."
        raise KeyringError(what, "choisissez un autre dossier avec PASSERELLE_DONNEES") from None
    if _is_open(mode):
        raise KeyringError(
            f"Le dossier de données {folder} est ouvert à d'autres utilisateurs (mode {_octal(mode)}).",
            f"s'il est réservé à Passerelle : chmod 700 {folder} ; sinon, choisissez-en un autre avec"
            " PASSERELLE_DONNEES",
        )


def open_keys(folder: Path, given: str | None, data: Path) -> KeyRing:
    """Return the ring of a data folder; at the first run, make its key file (mode 600).

    Args:
        folder: the data folder, prepared and locked by the caller.
        given: the value of PASSERELLE_CLE; it takes the place of the key file.
        data: the encrypted database; while it exists, no new key is ever made.

    Raises:
        KeyringError: missing while there is data, readable by others, or damaged.
    """
    if given is not None:
        return _parse(given, "PASSERELLE_CLE", "écrivez 32 octets en base64 (openssl rand -base64 32)")
    path = folder / KEY_FILE
    if path.exists():
        return _read(path)
    if data.exists():
        raise KeyringError(
            f"La clé de chiffrement {path} manque, alors que {data.name} contient des données chiffrées.",
            f"remettez {KEY_FILE} depuis votre sauvegarde (chmod 600), ou donnez la clé par PASSERELLE_CLE ;"
            f" si elle est perdue, les données le sont aussi : retirez {data.name} pour repartir de zéro",
        )
    return _create(path)


def _decode(word: str) -> bytes:
    try:
        secret = base64.b64decode(word.translate(str.maketrans("-_", "+/")), validate=True)
    except (binascii.Error, ValueError):
        raise ValueError("not base64") from None
    if len(secret) != KEY_BYTES:
        raise ValueError("not 32 bytes")
    return secret


def _parse(text: str, where: str, hint: str) -> KeyRing:
    try:
        return KeyRing.parse(text)
    except ValueError:
        raise KeyringError(f"{where} ne contient pas une clé de 32 octets en base64.", hint) from None


def _read(path: Path) -> KeyRing:
    """Check and read one open file, so that it cannot be swapped between the check and the reading."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        with os.fdopen(handle, encoding="utf-8", errors="replace") as file:
            mode = os.fstat(file.fileno())
            text = file.read(65_536) if stat.S_ISREG(mode.st_mode) else ""
    except OSError as error:
        what = f"La clé de chiffrement {path} ne peut pas être lue : {reason(error)}."
        raise KeyringError(what, "le fichier doit appartenir à l'utilisateur qui lance Passerelle") from None
    if _is_open(mode):
        what = f"La clé de chiffrement {path} peut être lue par d'autres utilisateurs (mode {_octal(mode)})."
        raise KeyringError(what, f"si personne d'autre ne l'a lue : chmod 600 {path}")
    return _parse(text, f"Le fichier {path}", f"remettez {KEY_FILE} depuis votre sauvegarde (chmod 600)")


def _create(path: Path) -> KeyRing:
    """Write the key aside, then link it: never a half-written key, never over another one."""
    ring = KeyRing.new()
    aside = ""
    try:
        handle, aside = tempfile.mkstemp(dir=path.parent, prefix=".cle-")  # O_EXCL, mode 600
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(ring.write())
            file.flush()
            os.fsync(file.fileno())
        os.link(aside, path)
        _sync_folder(path.parent)
    except OSError as error:
        what = f"La clé de chiffrement {path} ne peut pas être écrite : {reason(error)}."
        raise KeyringError(what, "vérifiez la place et les droits du dossier de données") from None
    finally:
        if aside:
            Path(aside).unlink()
    return ring


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _is_open(mode: os.stat_result) -> bool:
    return bool(stat.S_IMODE(mode.st_mode) & 0o077)


def _octal(mode: os.stat_result) -> str:
    return format(stat.S_IMODE(mode.st_mode), "03o")
