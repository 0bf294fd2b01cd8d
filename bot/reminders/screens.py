"""Screens of the reminders: the question, what is kept and what comes, the message itself; in one language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from bot.buttons import Buttons, Row
from bot.date_screens import DateScreens
from bot.reminders import payloads, words
from bot.reminders.decision import Decision, last_day
from bot.reminders.hours import FIRST_HOUR, LAST_HOUR
from bot.reminders.record import Child, Record, last_month_of
from bot.reminders.schedule import MOST_A_MONTH, Moment
from bot.reminders.table import State
from bot.screen import Block, Button, Screen
from bot.speaker import Speaker
from dialogs.describe import noted_lines
from dialogs.effects import Coming
from dialogs.model import Dialogs
from i18n.format import month
from knowledge.ages import month_index
from knowledge.base import Label
from knowledge.messages import field_label
from knowledge.vocabulary import DISTRICT

SHOWN = 6
"""Dates listed of what is open, and of what comes."""


class ReminderScreens:
    """Draws reminders with one speaker."""

    def __init__(self, speaker: Speaker, dialogs: Dialogs) -> None:
        self._speaker, self._say, self._dialogs = speaker, speaker.say, dialogs
        self._buttons = Buttons(speaker)
        self._dates = DateScreens(speaker, self._buttons)

    def button(self, label: Label, payload: str, picto: str = "", *, quiet: bool = False) -> Button:
        """Return a button of the reminders."""
        return Button(f"{picto} {self._say(label)}".strip(), payload, quiet=quiet)

    def consent(self, record: Record, first: Moment | None) -> Screen:
        """Return what reminders are, what would be kept, and the question."""
        say = self._say
        often = words.HOW_OFTEN._replace(values=(("nombre", MOST_A_MONTH), ("de", FIRST_HOUR), ("a", LAST_HOUR)))
        blocks = [Block("question", say(words.ASK)), Block("texte", say(words.WHAT)), Block("texte", say(often))]
        if first:
            blocks.append(Block("champ", "", say(words.FIRST_ONE), (self._line(first, record),)))
        kept = (words.KEEP_MONTHS, words.KEEP_PLACE, words.KEEP_ADDRESS, words.KEEP_TOLD)
        blocks.append(Block("liste", "", say(words.WHAT_I_KEEP), tuple(say(each) for each in kept)))
        blocks.append(Block("texte", say(words.NOTHING_ELSE)))
        blocks.append(Block("texte", say(words.END_AT_ANY_TIME)))
        blocks.append(Block("note", say(words.SEEN_BY_OTHERS)))
        yes, no = self.button(words.YES, payloads.YES, "🔔"), self.button(words.NO, payloads.NO)
        return Screen(tuple(blocks), ((yes,), (no,), self._buttons.ways_out("continuer", "menu")))

    def mine(
        self, record: Record, state: State, now: tuple[Moment, ...], coming: tuple[Moment, ...], *said: Label
    ) -> Screen:
        """Return all that is kept and all that comes, with what can be done; ``said``: sentences above."""
        say = self._say
        paused = state == "pause"
        how = words.STATE["pause" if paused else "asked" if record.asked else "actif"]
        blocks = [Block("texte", say(each)) for each in said]
        blocks += [Block("titre", say(words.TITLE)), Block("texte", say(how))]
        blocks.append(Block("liste", "", say(words.KEPT_TITLE), tuple(self._kept(record))))
        if now:
            blocks.append(Block("liste", "", say(words.NOW), self._lines(now, record)))
        if coming:
            blocks.append(Block("liste", "", say(words.NEXT), self._lines(coming, record)))
        else:
            blocks.append(Block("texte", say(words.NOTHING_NEXT)))
        switch = (words.RESUME, payloads.RESUME, "▶️") if paused else (words.PAUSE, payloads.PAUSE, "⏸️")
        rows: list[Row] = [(self.button(*switch),), (self.button(words.CHANGE, payloads.MONTHS, "✏️"),)]
        if record.asked:
            rows.insert(0, (self.button(words.GO_ON, payloads.AGAIN, "✅"),))
        rows += [(self.button(words.ERASE, payloads.END, "🧹"),), self._buttons.ways_out("continuer", "menu")]
        return Screen(tuple(blocks), tuple(rows))

    def message(self, record: Record, decision: Decision) -> Screen:
        """Return a message that nobody waits for. Its first line names nothing: it may show on a locked phone."""
        say, moments = self._say, decision.moments
        blocks = [Block("titre", self._first_line(moments)), Block("note", say(words.WHY))]
        for each in moments:
            text = say(field_label(each.milestone, "texte", each.milestone.text))
            coming = self._coming(each, record)
            blocks.append(Block("champ", "", self._name(each), (self._dates.when(coming), text)))
        rows = list(self._dates.buttons_of([self._coming(each, record) for each in moments], (), len(moments)))
        if decision.asks == "toujours":
            blocks += [Block("question", say(words.STILL_USEFUL)), Block("texte", say(words.ELSE_I_END))]
            rows.append((self.button(words.GO_ON, payloads.AGAIN, "✅"),))
        elif decision.asks == "terme":
            blocks.append(Block("texte", say(words.AFTER_TERM)))
            rows.append((self.button(words.CHANGE, payloads.MONTHS, "✏️"),))
        end = self.button(words.STOP, payloads.END, "🔕", quiet=True)
        mine = self.button(words.MINE, payloads.SEE, "🔔", quiet=True)
        return Screen(tuple(blocks), (*rows, (end, mine)))

    def ask_months(self, *said: Label) -> Screen:
        """Return the question for the months of birth."""
        blocks = [Block("texte", self._say(each)) for each in said]
        blocks.append(Block("question", self._say(words.WHICH_MONTHS)))
        return Screen(tuple(blocks), ((self.button(words.MINE, payloads.SEE, "↩️", quiet=True),),), typed=True)

    def says(self, *said: Label, rows: tuple[Row, ...] = ()) -> Screen:
        """Return a few sentences with the way back to the conversation."""
        blocks = tuple(Block("texte", self._say(each)) for each in said)
        return Screen(blocks, (*rows, self._buttons.ways_out("continuer", "menu")))

    def _first_line(self, moments: tuple[Moment, ...]) -> str:
        if not moments:
            return self._say(words.JUST_ASKING)
        if len(moments) > 1:
            return self._say(words.SEVERAL)
        milestone = moments[0].milestone
        return self._say(field_label(milestone, "titre_discret", milestone.discreet))

    def _kept(self, record: Record) -> Iterable[str]:
        for child in record.children:
            yield self._with(words.BIRTHS, mois=self._months(child))
        if record.term:
            yield self._with(words.TERM, mois=month(last_month_of(record.term), self._speaker.language))
        facts = {DISTRICT: record.district} if record.district else {}
        for name, value in noted_lines(self._dialogs, facts, self._speaker.on):
            yield self._speaker.pair(self._say(name), self._say(value))
        yield self._with(words.LANGUAGE, texte=self._speaker.catalogs.language(record.language).name)
        yield from (self._say(words.KEEP_ADDRESS), self._say(words.KEEP_TOLD))
        yield self._with(words.UNTIL, date=self._speaker.day(last_day(record)))

    def _months(self, child: Child) -> str:
        ends = [month_index(end) or 0 for end in dict.fromkeys((child.first, child.last))]
        return " – ".join(month(date(each // 12, each % 12 + 1, 1), self._speaker.language) for each in ends)

    def _lines(self, moments: Iterable[Moment], record: Record) -> tuple[str, ...]:
        return tuple(self._line(each, record) for each in tuple(moments)[:SHOWN])

    def _line(self, moment: Moment, record: Record) -> str:
        return self._speaker.pair(self._dates.when(self._coming(moment, record)), self._name(moment))

    def _name(self, moment: Moment) -> str:
        return self._say(field_label(moment.milestone, "nom", moment.milestone.name))

    def _coming(self, moment: Moment, record: Record) -> Coming:
        several = len(record.children) + (record.term is not None) > 1
        return Coming(moment.milestone, moment.opens, moment.until, moment.ages if several else ())

    def _with(self, label: Label, **values: str) -> str:
        return self._say(label._replace(values=tuple(values.items())))
