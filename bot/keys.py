"""The encryption keys as one ring, and how a ring is written down; no file is opened here.

What the keys are used for is in ``bot.crypto``, where they are kept in ``bot.keyfile``.
"""

import base64
import binascii
import re
import secrets
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256

KEY_BYTES = 32
_HEADER = (
    "# Clé de Passerelle. Sans elle, ce que la base contient est illisible : gardez-en une copie ailleurs.\n"
    "# Une clé par ligne, la plus récente en dernier ; la première nomme les personnes, ne la retirez pas.\n"
)
_MADE = re.compile(r"#\s*([0-9a-f]{8}) faite le (\d{4}-\d{2}-\d{2})\s*")


@dataclass(frozen=True, slots=True, repr=False)
class Key:
    """One 32-byte secret and the 4-byte id that sealed data carries; the repr shows the id only."""

    secret: bytes
    made: date | None = field(default=None, compare=False)
    """The day it was made; None when nobody noted it."""

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
    def new(cls, on: date | None = None) -> "KeyRing":
        """Return a ring of one fresh random key, made on that day."""
        return cls((Key(secrets.token_bytes(KEY_BYTES), on),))

    def with_new(self, on: date) -> "KeyRing":
        """Return the ring with one more key, which seals from now on."""
        return KeyRing((*self.keys, *KeyRing.new(on).keys))

    @classmethod
    def parse(cls, text: str) -> "KeyRing":
        """Return the ring written as base64 keys, oldest first, between spaces, commas or line ends.

        Lines that start with ``#`` are comments.

        Raises:
            ValueError: no key, a key that is not 32 bytes of base64, or twice the
                same key. The message never repeats what was written.
        """
        comments = [line for line in text.splitlines() if line.lstrip().startswith("#")]
        lines = [line for line in text.splitlines() if line not in comments]
        days = {found[1]: _day(found[2]) for line in comments if (found := _MADE.fullmatch(line.strip()))}
        found_keys = [Key(_decode(word)) for word in re.split(r"[\s,]+", "\n".join(lines)) if word]
        keys = tuple(replace(key, made=days.get(key.id.hex())) for key in found_keys)
        if not keys:
            raise ValueError("no key")
        if len({key.id for key in keys}) < len(keys):
            raise ValueError("the same key is written twice")
        return cls(keys)

    def write(self) -> str:
        """Return the text of a key file; ``parse`` reads it back."""
        return _HEADER + "".join(map(_line, self.keys))


def _line(key: Key) -> str:
    made = f"# {key.id.hex()} faite le {key.made}\n" if key.made else ""
    return f"{made}{base64.b64encode(key.secret).decode()}\n"


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _decode(word: str) -> bytes:
    try:
        secret = base64.b64decode(word.translate(str.maketrans("-_", "+/")), validate=True)
    except (binascii.Error, ValueError):
        raise ValueError("not base64") from None
    if len(secret) != KEY_BYTES:
        raise ValueError("not 32 bytes")
    return secret
