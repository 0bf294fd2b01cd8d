"""Which message is which on the other side, so that an answer stays an answer; in memory only, lost without harm."""

from __future__ import annotations

from collections import OrderedDict

from bot.relay.model import To

MESSAGES_KEPT = 400
"""Pairs of one relay; an answer to an older message arrives as a message of its own."""


class Numbers:
    """Pairs of numbers by relay, both ways."""

    def __init__(self) -> None:
        self._pairs: dict[tuple[int, To], OrderedDict[int, int]] = {}

    def pair(self, relay: int, to: To, source: int, copy: int) -> None:
        """Note that a message became another one on the side ``to``."""
        back: To = "family" if to == "team" else "team"
        for side, key, value in ((to, source, copy), (back, copy, source)):
            kept = self._pairs.setdefault((relay, side), OrderedDict())
            kept[key] = value
            if len(kept) > MESSAGES_KEPT:
                kept.popitem(last=False)

    def there(self, relay: int, to: To, number: int | None) -> int | None:
        """Return the number on the side ``to`` of a message of the other side, None when it is not known."""
        return None if number is None else self._pairs.get((relay, to), OrderedDict()).get(number)

    def forget(self, relay: int) -> None:
        """Drop a relay's pairs."""
        self._pairs.pop((relay, "family"), None)
        self._pairs.pop((relay, "team"), None)
