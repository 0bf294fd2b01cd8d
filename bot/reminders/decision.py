"""What is to be done with one record on one day: say something, wait, or forget it. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from bot.reminders.record import Record, last_month_of
from bot.reminders.schedule import Moment, Schedule, free_from

YEAR = timedelta(days=365)
"""After so long it is asked once whether reminders are still of use."""
SILENCE = timedelta(days=30)
"""How long an answer to that is waited for, without another message; silence ends the reminders."""
AFTER_TERM = timedelta(days=90)
"""How long a due date that passed waits for news; then it is forgotten."""
LOOK_AGAIN = timedelta(days=60)
"""The longest between two looks at a record."""

Question = Literal["", "toujours", "terme"]
"""Whether reminders are still of use; whether to go on after a due date."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do. ``record``: as it is after, None to forget it; ``day``: when to look again."""

    record: Record | None
    day: date
    moments: tuple[Moment, ...] = ()
    asks: Question = ""

    @property
    def speaks(self) -> bool:
        """Tell whether a message goes out."""
        return bool(self.moments or self.asks)


def decide(record: Record, schedule: Schedule) -> Decision:
    """Return what to do today; who called marks ``record`` before anything is sent."""
    on = schedule.on
    record = _without_past_term(record, on).forgetting(on)
    coming = schedule.coming(record)
    if on >= last_day(record) or not (coming or schedule.is_alive(record)):
        return Decision(None, on)
    if record.asked:
        return Decision(record, last_day(record))
    moments = schedule.moments(record, coming)
    due, asks = schedule.due(record, moments), _question(record, on)
    if due or asks:
        told = {key: on for each in due for key in each.keys}
        record = replace(record, told={**record.told, **told}, last=on)
        record = replace(record, asked=on) if asks == "toujours" else record
        record = replace(record, term_asked=True) if asks == "terme" else record
    left = tuple(each for each in moments if not any(each is one for one in due))
    return Decision(record, _next_look(record, schedule, left), due, asks)


def last_day(record: Record) -> date:
    """Return the day on which a record is forgotten: no answer to the yearly question, or a pause as long."""
    return min(record.asked + SILENCE if record.asked else date.max, record.agreed + YEAR + 2 * SILENCE)


def _question(record: Record, on: date) -> Question:
    if on < free_from(record, on):
        return ""
    if on >= record.agreed + YEAR:
        return "toujours"
    past = record.term and not record.term_asked and on >= last_month_of(record.term)
    return "terme" if past else ""


def _without_past_term(record: Record, on: date) -> Record:
    if record.term and on >= last_month_of(record.term) + AFTER_TERM:
        return replace(record, term=None, term_asked=False)
    return record


def _next_look(record: Record, schedule: Schedule, moments: tuple[Moment, ...]) -> date:
    on = schedule.on
    free = free_from(record, on)
    if record.asked:
        return last_day(record)
    days = [schedule.next_look(record, moments), on + LOOK_AGAIN, max(record.agreed + YEAR, free)]
    if record.term:
        asked = max(last_month_of(record.term), free)
        days.append(last_month_of(record.term) + AFTER_TERM if record.term_asked else asked)
    return max(min(days), on + timedelta(days=1))
