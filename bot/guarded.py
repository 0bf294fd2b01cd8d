"""Guarded conversations: in memory only, and not for long."""

from __future__ import annotations

from datetime import datetime, timedelta

from dialogs.session import Session

GUARDED_SILENCE = timedelta(minutes=30)
"""How long a guarded conversation stays in memory without a word."""


class Guarded:
    """The guarded sessions of now, by person."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[Session, datetime]] = {}

    def __contains__(self, person: str) -> bool:
        return person in self._kept

    def keep(self, person: str, session: Session, now: datetime) -> None:
        """Remember a session until half an hour passes without a word."""
        self._kept[person] = (session, now + GUARDED_SILENCE)

    def forget(self, person: str) -> None:
        """Drop someone's session, if there is one."""
        self._kept.pop(person, None)

    def of(self, person: str, now: datetime) -> Session | None:
        """Return someone's session; all that are past their time are dropped first."""
        latest = now + GUARDED_SILENCE  # later than that: the clock was set back
        for name, (session, until) in list(self._kept.items()):
            if until <= now:
                del self._kept[name]
            elif until > latest:
                self._kept[name] = (session, latest)
        kept = self._kept.get(person)
        return kept[0] if kept else None
