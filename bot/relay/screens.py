"""What the relay shows to families, with one speaker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot import wording
from bot.buttons import Buttons, in_rows
from bot.relay import words
from bot.relay.known import Line, texts
from bot.relay.model import MOMENTS, Moment
from bot.relay.payloads import INFO_WISH, JOIN, LATER, STAY, STOP, WHEN, YES, YES_WISH, Change, Send, Ticks
from bot.relay.templates import templates
from bot.screen import Block, Button, Screen
from bot.speaker import Speaker
from dialogs.events import Did
from i18n.hours import clock, weekday
from knowledge.base import Label

Row = tuple[Button, ...]
QUESTION = "relais"
"""What these screens ask: a press changes them in place."""

SAID: Mapping[str, tuple[Label, ...]] = {
    "wait": (words.WAIT, words.WAIT_HOW),
    "wish_noted": (words.WISH_NOTED, words.CALL_MEANS),
    "no_answer": (words.NO_ANSWER, words.NO_ANSWER_HOW),
    "nobody_came": (words.NOBODY_CAME, words.NOBODY_CAME_HOW, words.AFTERWARDS),
    "joined": (words.JOINED, words.JOINED_HOW),
    "called": (words.CALLED, words.CALLED_HOW),
    "silent": (words.SILENT, words.SILENT_HOW),
    "passed": (words.PASSED,),
    "closed": (words.CLOSED, words.AFTERWARDS),
    "ended": (words.ENDED, words.AFTERWARDS),
    "idle": (words.IDLE, words.AFTERWARDS),
    "withdrawn": (words.WITHDRAWN,),
    "wish_closed": (words.WISH_CLOSED,),
    "kept": (words.KEPT,),
    "missed": (words.MISSED,),
    "wish_lapsed": (words.WISH_LAPSED,),
    "unreachable": (words.UNREACHABLE,),
    "not_carried": (words.NOT_CARRIED,),
    "not_this_kind": (words.NOT_THIS_KIND,),
}
"""What is said to a family for each word of the machine."""


class RelayScreens:
    """Draws with one speaker."""

    def __init__(self, speaker: Speaker) -> None:
        self.speaker, self._buttons = speaker, Buttons(speaker)

    # --- before ---

    def before(self, languages: Sequence[str], *, wish: bool) -> Screen:
        """Return what is told before anything begins; ``languages``: of the worker, when it is not the family's."""
        said = [words.WHO, words.PSEUDONYM, words.SEES, words.CHOOSES, words.CARRIED, words.DELETED, words.DANGER]
        said += [words.CALL_MEANS] if wish else []
        lines = [*self.speaker.all((*said, words.HOW_TO_END))]
        if languages:
            names = [self.speaker.catalogs.language(each).name for each in languages]
            lines.append(self._say(words.ONLY_FRENCH, langues=", ".join(names)))
        yes = Button(f"✅ {self._say(words.AGREE)}", YES_WISH if wish else YES)
        no = self._buttons.button(words.NO_THANKS, Did("continuer"), "↩️")
        blocks = (Block("titre", self._say(words.BEFORE)), *(Block("texte", line) for line in lines))
        return Screen(blocks, ((yes,), (no,)), question=QUESTION)

    def when(self, seen: str | None) -> Screen:
        """Return the question of the moment; ``seen``: sign of the lines offered next, None for who waits already."""
        buttons = [Button(self._say(words.MOMENTS[moment]), self._moment(moment, seen)) for moment in MOMENTS]
        rows = (*in_rows(buttons), self._way_back())
        return Screen((Block("question", self._say(words.WHEN)),), rows, question=QUESTION)

    def tick(self, lines: tuple[Line, ...], ticks: Ticks, *, changed: bool = False) -> Screen:
        """Return the list of what may be shown, ticked as said."""
        blocks = [Block("question", self._say(words.TICK)), Block("note", self._say(words.TICK_HOW))]
        if changed:
            blocks.insert(0, Block("texte", self._say(words.CHANGED)))
        rows: list[Row] = []
        for at, text in enumerate(texts(self.speaker, lines)):
            on = bool(ticks.mask >> at & 1)
            flipped = Ticks(ticks.mask ^ (1 << at), ticks.seen, ticks.moment)
            rows.append((Button(f"{'✅' if on else '⬜'} {text}", flipped.payload(), on=on),))
        rows += [(self._send(ticks),), self._way_back()]
        return Screen(tuple(blocks), tuple(rows), question=QUESTION)

    def _send(self, ticks: Ticks) -> Button:
        label = words.SEND_WISH if ticks.moment else words.SEND_ALL
        return Button(f"📨 {self._say(label)}", Ticks(ticks.mask, ticks.seen, ticks.moment, done=True).payload())

    def send_only(self, ticks: Ticks) -> Screen:
        """Return the last step of who has nothing to show."""
        rows = ((self._send(ticks),), self._way_back())
        return Screen((Block("texte", self._say(words.TICK_NOTHING)),), rows, question=QUESTION)

    def not_now(self, when: datetime | None, *, wish: bool) -> Screen:
        """Return that nobody is there, until when, and what else there is."""
        blocks = [Block("texte", self._say(words.NOT_NOW))]
        if when:
            language = self.speaker.language
            said = f"{weekday(when.date(), language)} {clock(when.time(), language)}"
            blocks.append(Block("texte", self._say(words.NEXT_PRESENCE, quand=said)))
        rows = [(self.ask_call(),)] if wish else []
        return Screen(tuple(blocks), (*rows, self._buttons.ways_out("humain", "menu")))

    def ask_call(self) -> Button:
        """Return the button of a wish."""
        return Button(f"📞 {self._say(words.ASK_CALL)}", INFO_WISH)

    # --- during ---

    def said(self, word: str, values: Mapping[str, str]) -> Screen:
        """Return what the machine says to the family."""
        if word == "template":
            template = templates().get(values["template"])
            return Screen((Block("texte", self._say(template.label) if template else ""),))
        labels = SAID[word]
        texts = [self._say(label, **self._values(values)) for label in labels]
        return Screen(tuple(Block("texte", text) for text in texts), self._rows(word))

    def for_whom(self, message: int, *, called: bool) -> Screen:
        """Return the question whom a message is for."""
        yes = Button(f"📨 {self._say(words.YES_SEND)}", Send(message).payload())
        no = self._plain(words.LATER, LATER) if called else self._buttons.button(wording.NO, Did("continuer"))
        return Screen((Block("question", self._say(words.FOR_WHOM)),), ((yes, no),))

    def says(self, *labels: Label, stop: bool = False) -> Screen:
        """Return sentences; with a button to end the relay where asked."""
        rows = ((self._plain(words.STOP, STOP),),) if stop else (self._buttons.ways_out("humain", "menu"),)
        return Screen(tuple(Block("texte", self._say(label)) for label in labels), rows)

    def withdraw(self) -> Screen:
        """Return that a wish is kept already, with the way to take it back."""
        rows = ((self._plain(words.WITHDRAW, STOP),), self._buttons.ways_out("continuer"))
        return Screen((Block("texte", self._say(words.ALREADY_WISHED)),), rows)

    def _rows(self, word: str) -> tuple[Row, ...]:
        stop, when = self._plain(words.STOP, STOP), self._plain(words.ASK_CALL, WHEN)
        match word:
            case "wait" | "joined" | "silent" | "passed":
                return ((stop,),)
            case "no_answer":
                return ((self._plain(words.WAIT_MORE, STAY),), (when,), (stop,))
            case "nobody_came" | "wish_lapsed" | "unreachable" | "wish_closed":
                return ((self.ask_call(),), self._buttons.ways_out("humain", "menu"))
            case "called":
                return ((self._plain(words.TALK, JOIN), self._plain(words.LATER, LATER)), (self._withdraw(),))
            case "wish_noted" | "kept" | "missed":
                return ((self._withdraw(),), self._buttons.ways_out("continuer"))
            case "closed" | "ended" | "idle" | "withdrawn":
                return (self._buttons.ways_out("continuer"),)
        return ()

    def _withdraw(self) -> Button:
        return self._plain(words.WITHDRAW, STOP)

    def _values(self, values: Mapping[str, str]) -> dict[str, str]:
        """Return the values of a word in the family's language."""
        found = {"pseudonyme": values.get("pseudonym", "")}
        if "name" in values:
            found["nom"] = values["name"] or self._say(words.SOMEBODY)
        if moment := values.get("moment"):
            found["moment"] = self._say(words.MOMENTS[moment])
        return found

    def _moment(self, moment: Moment, seen: str | None) -> str:
        return Change(moment).payload() if seen is None else Ticks(0, seen, moment).payload()

    def _way_back(self) -> Row:
        return (self._buttons.button(words.NO_THANKS, Did("continuer"), "↩️", quiet=True),)

    def _plain(self, label: Label, payload: str) -> Button:
        return Button(self._say(label), payload)

    def _say(self, label: Label, **values: str) -> str:
        return self.speaker.say(label._replace(values=tuple(values.items())))
