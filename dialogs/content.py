"""Everything a conversation needs, with one matcher and one planner per day."""

from __future__ import annotations

from datetime import date

from dialogs.model import Dialogs
from dialogs.planner import Planner
from knowledge.criteria import ConditionError
from knowledge.match import Matcher
from knowledge.parameter import Parameters

_DAYS_KEPT = 3  # today, and the day on either side of midnight


class Content:
    """Questions, trees and cards; compiled for a day the first time that day is asked for.

    A day before the amounts of the cards are in force (a clock months behind) counts as the first one on which all are.
    """

    def __init__(self, dialogs: Dialogs) -> None:
        self.dialogs = dialogs
        self.knowledge = dialogs.knowledge
        self._days: dict[date, Planner] = {}

    def planner(self, on: date) -> Planner:
        """Return the planner (and its matcher) for a day."""
        if on not in self._days:
            while len(self._days) >= _DAYS_KEPT:
                del self._days[next(iter(self._days))]
            self._days[on] = Planner(self.dialogs, self._matcher(on))
        return self._days[on]

    def _matcher(self, on: date) -> Matcher:
        try:
            return Matcher(self.knowledge, on)
        except ConditionError:
            return Matcher(self.knowledge, max(on, first_day(self.knowledge.parameters)))

    def matcher(self, on: date) -> Matcher:
        """Return the matcher for a day."""
        return self.planner(on).matcher


def first_day(parameters: Parameters) -> date:
    """Return the first day on which every amount and every table of ceilings has a value."""
    amounts = [parameter.values[0].since for parameter in parameters.values.values()]
    tables = [min(table.since for table in scale.values) for scale in parameters.scales.values()]
    return max((*amounts, *tables), default=date.min)
