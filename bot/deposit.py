"""A whole situation left for one opening, behind the QR code of a sheet; sealed, gone once opened or after 24 hours."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bot.links import normal
from bot.store.protocol import Store
from dialogs.events import Started

_MARK = "Z"
"""What these codes begin with; link codes begin with the version of their layout."""
_LENGTH = 17


def is_deposit(text: str) -> bool:
    """Tell whether a text has the form of such a code."""
    code = normal(text[: 4 * _LENGTH])
    return len(code) == _LENGTH and code.startswith(_MARK)


async def leave(
    store: Store, name: Callable[[str, str], str], facts: Mapping[str, Any], card: str | None, now: datetime
) -> str:
    """Keep a situation; return the code that opens it once.

    Args:
        store: where it is kept, sealed.
        name: the keyed hash that names people; the deposit gets a name of its own, tied to nobody.
        facts: in plain form.
        card: the card to open with it.
        now: the moment, with a time zone.
    """
    owner = name("depot", secrets.token_hex(16))
    return _MARK + await store.offer(owner, {"faits": dict(facts), "fiche": card}, now)


async def opened(store: Store, text: str, now: datetime) -> Started:
    """Return the opening that a code stands for, and forget what was kept; a bad link when there is nothing."""
    kept = await store.take(normal(text)[1:], now)
    if kept is None:
        return Started(bad_link=True)
    facts = kept.get("faits")
    return Started(card=kept.get("fiche"), facts=facts if isinstance(facts, Mapping) else {})
