"""The buttons of a screen: choices of a question, ways out, cards; and how they are laid in rows."""

from collections.abc import Iterable, Sequence
from typing import Any

from bot import wording
from bot.payload import encode
from bot.screen import Button
from bot.speaker import Speaker
from dialogs.effects import Option
from dialogs.events import Action, Chose, Did, Event
from dialogs.model import DONE, REFUSED, UNKNOWN
from knowledge.base import Label

_SHORT, _GRID = 12, 5
_ROW = 2
Row = tuple[Button, ...]


class Buttons:
    """Makes buttons in one speaker's language."""

    def __init__(self, speaker: Speaker) -> None:
        self._say = speaker.say

    def button(self, label: Label | str, event: Event, picto: str = "", **more: Any) -> Button:
        """Return a button that means an event, its pictogram before its words."""
        text = label if isinstance(label, str) else self._say(label)
        return Button(f"{picto} {text}".strip(), encode(event), **more)

    def ways_out(self, *actions: Action) -> Row:
        """Return one row of the ways out that are always there."""
        labels = {
            "retour": ("↩️", wording.BACK), "changer": ("✏️", wording.CHANGE), "pourquoi": ("❔", wording.WHY),
            "menu": ("🏠", wording.MENU), "langue": ("🌍", wording.LANGUAGE), "humain": ("🧑‍💼", wording.HUMAN),
            "quitter": ("🚪", wording.LEAVE), "effacer": ("🧹", wording.ERASE), "continuer": ("▶️", wording.CONTINUE),
        }  # fmt: skip
        return tuple(self.button(labels[name][1], Did(name), labels[name][0], quiet=True) for name in actions)

    def options(self, question: str, options: Iterable[Option]) -> tuple[Row, ...]:
        """Return the choices of a question, « C'est fini » in a row of its own, refusals last."""
        buttons: list[Button] = []
        quiet: list[Button] = []
        for option in options:
            text = self._say(option.label)
            mark = "✅" if option.on else option.picto
            button = Button(f"{mark} {text}".strip(), encode(Chose(question, option.choice)), option.choice, option.on)
            (quiet if option.choice in (UNKNOWN, REFUSED) else buttons).append(button)
        done = [button for button in buttons if button.choice == DONE]
        rest = [button for button in buttons if button.choice != DONE]
        return (*in_rows(rest), *((button,) for button in done), *in_rows(quiet))


def above_ways_out(rows: Sequence[Row], row: Row) -> tuple[Row, ...]:
    """Return the rows of a screen with one more, above the first that has quiet buttons only."""
    at = next((at for at, each in enumerate(rows) if each and all(one.quiet for one in each)), len(rows))
    return (*rows[:at], row, *rows[at:])


def in_rows(buttons: list[Button]) -> list[Row]:
    """Lay buttons out: very short ones five to a row, the others two to a row, long ones alone."""
    if buttons and all(len(button.text) <= _SHORT // 2 for button in buttons[:-1]):
        return [tuple(buttons[number : number + _GRID]) for number in range(0, len(buttons), _GRID)]
    if any(len(button.text) > 2 * _SHORT for button in buttons):
        return [(button,) for button in buttons]
    return [tuple(buttons[number : number + _ROW]) for number in range(0, len(buttons), _ROW)]
