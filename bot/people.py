"""People to whom something was said once; in memory only, those of last."""

from __future__ import annotations

from collections import OrderedDict

MOST = 10_000
"""People remembered; those before are forgotten."""


class People:
    """Keyed names, the oldest forgotten first."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, None] = OrderedDict()

    def __contains__(self, person: str) -> bool:
        return person in self._known

    def add(self, person: str) -> None:
        """Remember somebody."""
        self._known[person] = None
        if len(self._known) > MOST:
            self._known.popitem(last=False)

    def discard(self, person: str) -> None:
        """Forget somebody."""
        self._known.pop(person, None)
