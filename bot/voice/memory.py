"""What the voice remembers of people: in memory only, a day, so that nobody is asked twice and words can go back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

REMEMBERED = timedelta(hours=24)
"""As long as a conversation: then nothing ties what was sent to who sent it."""
MOST = 20_000
"""People remembered together; the one remembered for longest leaves first."""


@dataclass(slots=True)
class Remembered:
    """One person. ``since``: the beginning, or the last words sent; ``sent``: numbers of rows, and when."""

    since: datetime
    saw_card: bool = False
    asked: bool = False
    answered: bool = False
    waits_until: datetime | None = None
    draft: str = field(default="", repr=False)
    draft_until: datetime | None = None
    sent: list[tuple[int, datetime]] = field(default_factory=list)
    count: int = 0

    def waits(self, now: datetime) -> bool:
        """Tell whether words are waited for."""
        return self.waits_until is not None and now < self.waits_until

    def take_draft(self, now: datetime) -> str:
        """Return the words to send and forget them; empty when there are none, or they waited for too long."""
        draft = self.draft if self.draft_until is not None and now < self.draft_until else ""
        self.draft, self.draft_until = "", None
        return draft

    def last_sent(self, now: datetime) -> int | None:
        """Return the number of the last words sent that can still be taken back."""
        return next((number for number, at in reversed(self.sent) if now - at < REMEMBERED), None)


class Memory:
    """Everybody remembered now."""

    def __init__(self) -> None:
        self._people: dict[str, Remembered] = {}

    def peek(self, person: str) -> Remembered | None:
        """Return what is remembered of someone, None when it is nothing."""
        return self._people.get(person)

    def of(self, person: str, now: datetime) -> Remembered:
        """Return what is remembered of someone, from now on if it was nothing or too long ago."""
        found = self._people.get(person)
        if found is None or not timedelta() <= now - found.since < REMEMBERED:
            if len(self._people) >= MOST:
                self.forget(next(iter(self._people)))
            found = self._people[person] = Remembered(now)
        return found

    def forget(self, person: str) -> None:
        """Forget someone, if remembered."""
        self._people.pop(person, None)

    def sweep(self, now: datetime) -> None:
        """Forget who is remembered for too long, and whoever the clock, set back, would keep for longer."""
        for name, found in list(self._people.items()):
            if not timedelta() <= now - found.since < REMEMBERED:
                del self._people[name]
