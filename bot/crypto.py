"""Sealing of what is stored, and names for people that cannot be turned back into a chat.

Sealed bytes: version (1 byte) + key id (4) + nonce (12) + AES-256-GCM ciphertext and tag.
The header, the purpose and the person are authenticated too, so a sealed session moved
to another person, or read as something else, does not open.
"""

import hmac
import secrets
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.errors import SealError
from bot.keys import Key, KeyRing

_VERSION = b"\x01"
_KEY_ID = 4
# 96 random bits: NIST SP 800-38D, 8.3, allows 2**32 seals with one key; at 10 a second that is 13 years.
_NONCE = 12
_HEADER = len(_VERSION) + _KEY_ID
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class Vault:
    """Seals and opens bytes, and names people, with the keys of one ring."""

    def __init__(self, ring: KeyRing) -> None:
        self._ciphers = {key.id: AESGCM(_derive(key, "seal")) for key in ring.keys}
        self.sealing_key = ring.newest.id
        self._people = _derive(ring.oldest, "person")
        self._codes = _derive(ring.oldest, "code")
        self.naming_key = ring.oldest.id.hex()

    @property
    def key_ids(self) -> frozenset[bytes]:
        """Return the ids of the keys that this vault can open."""
        return frozenset(self._ciphers)

    def person(self, channel: str, chat: str | int) -> str:
        """Return the stored name of someone: 64 hexadecimal digits, the same at each run.

        Args:
            channel: ``telegram``, ``web``...; without a colon.
            chat: what the channel calls the conversation.
        """
        if ":" in channel:
            raise ValueError("a channel name has no colon")
        return _mac(self._people, f"{channel}:{chat}")

    def code_name(self, code: str) -> str:
        """Return the stored name of a one-time code, so that the database does not hold the code."""
        return _mac(self._codes, code)

    def seal(self, purpose: str, person: str, clear: bytes) -> bytes:
        """Return ``clear`` sealed with the newest key, for one purpose and one person."""
        header = _VERSION + self.sealing_key
        nonce = secrets.token_bytes(_NONCE)
        cipher = self._ciphers[self.sealing_key]
        return header + nonce + cipher.encrypt(nonce, clear, _context(header, purpose, person))

    def open(self, purpose: str, person: str, sealed: bytes) -> bytes:
        """Return what was sealed for this purpose and person, with any key of the ring.

        Raises:
            SealError: for every reason alike.
        """
        header, nonce, body = sealed[:_HEADER], sealed[_HEADER : _HEADER + _NONCE], sealed[_HEADER + _NONCE :]
        cipher = self._ciphers.get(header[1:])
        if header[:1] != _VERSION or cipher is None:
            raise SealError
        try:
            return cipher.decrypt(nonce, body, _context(header, purpose, person))
        except (InvalidTag, ValueError):
            raise SealError from None


def new_code() -> str:
    """Return a random one-time code: 16 Crockford base32 symbols, 80 bits; one at least is a digit, so no word is."""
    while True:
        code = "".join(secrets.choice(_CROCKFORD) for _ in range(16))
        if not code.isalpha():
            return code


def is_sealed(head: bytes) -> bool:
    """Tell whether bytes begin as sealed ones do."""
    return len(head) >= _HEADER and head[:1] == _VERSION


def key_id_of(sealed: bytes) -> bytes:
    """Return the id of the key that sealed these bytes."""
    return sealed[1:_HEADER]


def _derive(key: Key, use: str) -> bytes:
    info = b"passerelle/1/" + use.encode()
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(key.secret)


def _mac(key: bytes, text: str) -> str:
    return hmac.new(key, text.encode(), sha256).hexdigest()


def _context(header: bytes, purpose: str, person: str) -> bytes:
    return b"\x00".join((header, purpose.encode(), person.encode()))
