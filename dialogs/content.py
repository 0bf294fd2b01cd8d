"""Everything a conversation needs, with one matcher and one planner per day."""

from __future__ import annotations

from datetime import date

from dialogs.model import Dialogs
from dialogs.planner import Planner
from knowledge.match import Matcher

_DAYS_KEPT = 3  # today, and the day on either side of midnight


class Content:
    """Questions, trees and cards; compiled for a day the first time that day is asked for."""

    def __init__(self, dialogs: Dialogs) -> None:
        self.dialogs = dialogs
        self.knowledge = dialogs.knowledge
        self._days: dict[date, Planner] = {}

    def planner(self, on: date) -> Planner:
        """Return the planner (and its matcher) for a day."""
        if on not in self._days:
            while len(self._days) >= _DAYS_KEPT:
                del self._days[next(iter(self._days))]
            self._days[on] = Planner(self.dialogs, Matcher(self.knowledge, on))
        return self._days[on]

    def matcher(self, on: date) -> Matcher:
        """Return the matcher for a day."""
        return self.planner(on).matcher
