"""Where the keys are kept: one file of the data folder, made at the first run, or the operator's own setting."""

import os
import stat
from datetime import UTC, date, datetime
from pathlib import Path

from bot.aside import write_aside
from bot.errors import KeyringError, reason
from bot.keys import KeyRing

KEY_FILE = "passerelle.cle"


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
    found = existing_keys(folder, given)
    if found is not None:
        return found
    path = folder / KEY_FILE
    if data.exists():
        raise KeyringError(
            f"La clé de chiffrement {path} manque, alors que {data.name} contient des données chiffrées.",
            f"remettez {KEY_FILE} depuis votre sauvegarde (chmod 600), ou donnez la clé par PASSERELLE_CLE ;"
            f" si elle est perdue, les données le sont aussi : retirez {data.name} pour repartir de zéro",
        )
    return _create(path)


def existing_keys(folder: Path, given: str | None) -> KeyRing | None:
    """Return the ring of a data folder, or the given one; None when there is no key yet.

    Raises:
        KeyringError: readable by others, or damaged.
    """
    if given is not None:
        return _parse(given, "PASSERELLE_CLE", "écrivez 32 octets en base64 (openssl rand -base64 32)")
    path = folder / KEY_FILE
    return _read(path) if path.exists() else None


def add_key(folder: Path, on: date) -> KeyRing:
    """Add a new key to the key file of a folder, in one step that a crash cannot cut; return the new ring.

    Raises:
        KeyringError: the file cannot be read or written; it is as it was.
    """
    path = folder / KEY_FILE
    ring = _read(path).with_new(on)
    try:
        write_aside(path, ring.write())
    except OSError as error:
        raise _unwritable(path, error) from None
    return ring


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
    """Write the first key: never a half-written one, never over another one."""
    ring = KeyRing.new(datetime.now(UTC).date())
    try:
        write_aside(path, ring.write(), over=False)
    except OSError as error:
        raise _unwritable(path, error) from None
    return ring


def _unwritable(path: Path, error: OSError) -> KeyringError:
    what = f"La clé de chiffrement {path} ne peut pas être écrite : {reason(error)}."
    return KeyringError(what, "vérifiez la place et les droits du dossier de données")


def _is_open(mode: os.stat_result) -> bool:
    return bool(stat.S_IMODE(mode.st_mode) & 0o077)


def _octal(mode: os.stat_result) -> str:
    return format(stat.S_IMODE(mode.st_mode), "03o")
