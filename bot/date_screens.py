"""Screens of the dates that come: three after the results, the whole list by month."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from bot import wording
from bot.buttons import Buttons, Row
from bot.screen import Block, Screen
from bot.speaker import Speaker
from dialogs.effects import Coming, Dates
from dialogs.events import Did, Opened
from i18n.format import month
from knowledge.base import Label
from knowledge.messages import field_label
from knowledge.model import Place

CARDS = 6
"""Cards that a list of dates opens at most: the soonest ones; more buttons than dates would hide them."""


class DateScreens:
    """Draws dates with one speaker."""

    def __init__(self, speaker: Speaker, buttons: Buttons) -> None:
        self.speaker, self.buttons = speaker, buttons

    def ahead(self, dates: tuple[Coming, ...]) -> tuple[Block, ...]:
        """Return « ce qui vient ensuite »: when, what to do; nothing without dates."""
        if not dates:
            return ()
        title = Block("titre", self.speaker.say(wording.WHAT_COMES))
        return (title, *(Block("champ", "", self._name(each), (self.when(each), self._text(each))) for each in dates))

    def buttons_of(self, dates: Iterable[Coming], shown: Iterable[str], limit: int = CARDS) -> tuple[Row, ...]:
        """Return one button for the first card of each date, those already on the screen left out."""
        names = dict.fromkeys(each.milestone.cards[0] for each in dates)
        left = [name for name in names if name not in set(shown)]
        rows = [(self.buttons.button(self._card_name(name), Opened(name), "🗓️", choice=name),) for name in left]
        return tuple(rows[:limit])

    def more(self) -> Row:
        """Return the button of the whole list."""
        return (self.buttons.button(wording.ALL_DATES, Did("dates"), "🗓️"),)

    def all(self, effect: Dates) -> Screen:
        """Return the whole list, by month, with buttons for the soonest cards."""
        say = self.speaker.say
        blocks = [Block("question", say(wording.ALL_DATES if effect.dates else wording.NO_DATES))]
        if effect.dates:
            blocks.append(Block("note", say(wording.DATES_ARE_ROUGH)))
        for title, group in groupby(effect.dates, key=self._heading):
            names = tuple(f"{self._name(each)}{self._whose(each)}" for each in group)
            blocks.append(Block("champ", "", title, names))
        back = self.buttons.button(wording.BACK_TO_RESULTS, Did("continuer"), "↩️", quiet=True)
        ways = ((back, *self.buttons.ways_out("menu")), self.buttons.ways_out("humain", "quitter"))
        return Screen(tuple(blocks), (*self.buttons_of(effect.dates, ()), *ways))

    def when(self, each: Coming) -> str:
        """Return when a date comes, in words, and for which child when there are several."""
        until = each.until if each.until and each.until >= self.speaker.on else None
        if each.opens is not None and each.opens <= self.speaker.on and until:
            text = self._month(wording.DATE_NOW_UNTIL, until)
        else:
            text = self._heading(each)
        return f"{text}{self._whose(each)}"

    def _heading(self, each: Coming) -> str:
        if each.opens is not None:
            now = each.opens <= self.speaker.on
            return self.speaker.say(wording.DATE_NOW) if now else self._month(wording.DATE_FROM, each.opens)
        return self.speaker.say(wording.DATE_AFTER.get(each.milestone.anchor, wording.DATE_VAGUE))

    def _month(self, label: Label, day: date) -> str:
        return self.speaker.say(label._replace(values=(("mois", month(day, self.speaker.language)),)))

    def _whose(self, each: Coming) -> str:
        if not each.ages:
            return ""
        ages = "|".join(f"{low}-{high}" for low, high in each.ages)
        return f" ({self.speaker.say(wording.DATE_CHILD._replace(values=(('ages', ages),)))})"

    def _name(self, each: Coming) -> str:
        return self.speaker.say(field_label(each.milestone, "nom", each.milestone.name))

    def _text(self, each: Coming) -> str:
        return self.speaker.say(field_label(each.milestone, "texte", each.milestone.text))

    def _card_name(self, card_id: str) -> str:
        card = self.speaker.knowledge.by_id[card_id]
        assert not isinstance(card, Place)  # checked: milestones name cards only
        return self.speaker.say(field_label(card, "nom", card.name))
