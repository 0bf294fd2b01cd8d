"""Whether somebody is there for the family of a turn."""

from __future__ import annotations

from collections.abc import Sequence

from bot.feature import Turn
from bot.relay import words
from bot.relay.desk import Desk
from bot.relay.roster import Need, next_presence, on_duty
from bot.relay.screens import RelayScreens
from bot.screen import Screen
from dialogs.session import Session
from knowledge.vocabulary import DISTRICT


class Presence:
    """Asks the roster, at the moment of a turn."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def possible(self, turn: Turn) -> bool:
        """Tell whether a family can be put through at all: a group, a team, and a chat to write to."""
        return self._desk.ready and bool(turn.incoming.address) and bool(self._desk.roster.people)

    def nobody(self, turn: Turn, screens: RelayScreens, *, wish: bool) -> Screen | None:
        """Return what to say where nobody can be reached, None where somebody can."""
        if not self.possible(turn):
            return screens.says(words.NO_TEAM)
        if wish or self.there(turn):
            return None
        calendar = turn.library.content.knowledge.calendar
        when = next_presence(self._desk.roster.people, _need(turn.session), turn.now, calendar)
        return screens.not_now(when, wish=True)

    def there(self, turn: Turn) -> bool:
        """Tell whether somebody for this family is on duty."""
        calendar = turn.library.content.knowledge.calendar
        return bool(on_duty(self._desk.roster.people, _need(turn.session), turn.now, calendar))

    def foreign(self, turn: Turn, *, wish: bool) -> Sequence[str]:
        """Return the languages of who is there when none is the family's."""
        calendar, need = turn.library.content.knowledge.calendar, _need(turn.session)
        there = () if wish else on_duty(self._desk.roster.people, need, turn.now, calendar)
        spoken = dict.fromkeys(language for duty in there for language in duty.languages)
        return () if not there or need.language in spoken else tuple(spoken)


def _need(session: Session) -> Need:
    """Return whom a family would talk to: near it, on its subjects, in its language."""
    district = session.plain.get(DISTRICT)
    number = int(district) if isinstance(district, str | int) and str(district).isdecimal() else None
    return Need(number, session.stack, session.language.partition("@")[0])
