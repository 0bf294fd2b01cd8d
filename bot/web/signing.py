"""Proves that a cookie or a form came from here, with the service's own key; keeps nothing."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable

_SIGNATURE = 32  # hexadecimal digits: 128 bits

Name = Callable[[str, str], str]
"""A keyed hash: ``Conversation.person(channel, chat)``."""


class Signer:
    """Signs short texts, each for one purpose; a text signed for a form is no cookie."""

    def __init__(self, name: Name) -> None:
        self._name = name

    def sign(self, purpose: str, text: str) -> str:
        """Return ``text`` and its signature, in letters, digits, dots and hyphens when ``text`` is so."""
        return f"{text}.{self._mac(purpose, text)}"

    def check(self, purpose: str, signed: str) -> str | None:
        """Return the text that was signed for this purpose, None for anything else."""
        text, _, mac = signed.rpartition(".")
        expected = self._mac(purpose, text)
        return text if hmac.compare_digest(mac.encode(), expected.encode()) else None

    def _mac(self, purpose: str, text: str) -> str:
        return self._name(f"web-{purpose}", text)[:_SIGNATURE]


def new_id() -> str:
    """Return 128 random bits as 32 hexadecimal digits."""
    return secrets.token_hex(16)
