"""What members of the team are about to write; only in memory, for half an hour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

LIFE = timedelta(minutes=30)
_MOST = 500


@dataclass(frozen=True, slots=True)
class Field:
    """``what``: « title », « opens » or « text:LANGUAGE »."""

    campaign: int
    what: str


class Writing:
    """Who is about to write what."""

    def __init__(self) -> None:
        self._waiting: dict[str, tuple[Field, datetime]] = {}

    def wait(self, person: str, field: Field, now: datetime) -> None:
        """Take the next text of somebody for this; the one waited for longest is dropped when there are too many."""
        self._waiting.pop(person, None)
        if len(self._waiting) >= _MOST:
            self._waiting.pop(next(iter(self._waiting)))
        self._waiting[person] = (field, now + LIFE)

    def of(self, person: str, now: datetime) -> Field | None:
        """Return what the text of somebody is for, None when nothing is waited for."""
        field, end = self._waiting.get(person, (None, now))
        return field if now < end else None

    def drop(self, person: str) -> None:
        """Wait for nothing from somebody."""
        self._waiting.pop(person, None)
