"""Turns the effects of a turn into screens of one language; no channel's own habits here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from bot import wording
from bot.buttons import Buttons, in_rows
from bot.card_screens import CardScreens
from bot.emergency import emergency_card, other_language, ways_on
from bot.hours import known_state
from bot.payload import encode
from bot.screen import Block, Button, Screen, Style
from bot.speaker import Speaker
from dialogs.describe import group_label, title_label
from dialogs.effects import (
    Answers,
    Ask,
    Dates,
    Effect,
    Emergency,
    Guess,
    Languages,
    Menu,
    Noted,
    People,
    Proposal,
    Say,
    Show,
    ShowCard,
    Wipe,
)
from dialogs.events import Action, Changed, Confirmed, Did, Picked, Spoke
from dialogs.model import Dialogs, MenuGroup
from i18n.phone import phone, phone_uri
from knowledge.base import Label
from knowledge.danger import Alarm, DangerLexicon
from knowledge.model import Helpline


class Screens:
    """Draws effects with one speaker; consecutive sentences share the screen of what follows them."""

    def __init__(self, speaker: Speaker, dialogs: Dialogs, danger: DangerLexicon) -> None:
        self.speaker, self.dialogs, self.danger = speaker, dialogs, danger
        self._buttons = Buttons(speaker)
        self._shown = CardScreens(speaker, self._buttons, dialogs)
        self.numbers: list[str] = []

    @property
    def cards(self) -> list[str]:
        """The ids of the cards shown so far, in order."""
        return self._shown.cards

    def draw(self, effects: Iterable[Effect]) -> tuple[Screen, ...]:
        """Return the screens of one turn, in order."""
        waiting: list[Block] = []
        screens: list[Screen] = []
        for effect in effects:
            if isinstance(effect, Say):
                waiting.append(Block("texte", self.speaker.say(effect.label)))
            elif isinstance(effect, Noted):
                waiting.append(Block("note", self._noted(effect)))
            else:
                screen = self._draw(effect)
                screens.append(_with(screen, waiting))
                waiting = []
        if waiting:
            screens.append(Screen(tuple(waiting), (self._buttons.ways_out("menu"),)))
        return tuple(screens)

    def _draw(self, effect: Effect) -> Screen:
        drawers: dict[type, Callable[[Any], Screen]] = {
            Ask: self._ask, Show: self._shown.show, ShowCard: self._shown.card, Menu: self._menu, Guess: self._guess,
            Answers: self._answers, Languages: self._languages, Proposal: self._proposal,
            Emergency: self._emergency, People: self._shown.people, Wipe: self._wipe,
            Dates: self._shown.dates.all,
        }  # fmt: skip
        return drawers[type(effect)](effect)

    # --- pieces ------------------------------------------------------------------------------------------------

    def _noted(self, effect: Noted) -> str:
        return f"{self.speaker.say(wording.NOTED)} {' · '.join(self._lines(effect.lines))}"

    def _lines(self, lines: Iterable[tuple[Label, Label]]) -> tuple[str, ...]:
        return tuple(self.speaker.pair(self.speaker.say(name), self.speaker.say(answer)) for name, answer in lines)

    # --- effects -----------------------------------------------------------------------------------------------

    def _ask(self, effect: Ask) -> Screen:
        blocks = [Block("question", self.speaker.say(effect.label))]
        if effect.hint:
            blocks.append(Block("note", self.speaker.say(effect.hint)))
        rows = (
            *self._buttons.options(effect.question, effect.options),
            self._buttons.ways_out("retour", "pourquoi", "changer"),
            self._buttons.ways_out("menu", "langue", "humain"),
            self._buttons.ways_out("quitter"),
        )
        progress = (effect.number, effect.most) if effect.most else None
        return Screen(tuple(blocks), rows, effect.question, progress, effect.typed)

    def _guess(self, effect: Guess) -> Screen:
        again = (self._buttons.button(wording.NONE_OF_THESE, Did("continuer")),)
        rows = (*self._buttons.options(effect.question, effect.options), again)
        return Screen((Block("question", self.speaker.say(wording.GUESS)),), rows, effect.question)

    def _menu(self, effect: Menu) -> Screen:
        buttons = [
            self._buttons.button(
                title_label(self.dialogs, tree), Picked(tree), self.dialogs.trees[tree].picto, choice=tree
            )
            for tree in effect.trees
        ]
        groups = {group.id: group for group in self.dialogs.menu}
        first = {name: self._group(groups[name], effect.entry) for name in effect.groups}
        ways: tuple[Action, ...] = ("menu", "humain") if effect.likely else ("humain", "langue")
        if effect.entry:
            # Subjects of one entry are many and short: two to a row where they fit.
            choices = in_rows([*buttons, *first.values()])
            ways = ("retour", *ways)
        else:
            entries = [button for name, button in first.items() if groups[name].fills]
            families = [button for name, button in first.items() if not groups[name].fills]
            choices = [*((button,) for button in (*families, *buttons)), *in_rows(entries)]
        if effect.afresh and effect.entry:
            choices.append((self._buttons.button(wording.NEXT_FAMILY, Picked(effect.entry), "🔄", quiet=True),))
        return Screen(
            (), (*choices, self._buttons.ways_out(*ways), self._buttons.ways_out("effacer", "quitter")), typed=True
        )

    def _group(self, group: MenuGroup, entry: str | None) -> Button:
        """Return the button of a group; one of a single tree opens that tree, which may be guarded."""
        inside = next((each for each in self.dialogs.menu if each.id == entry), None)
        label = group_label(group, inside.fills.get("profil") if inside else None)
        opened = group.id if group.opens else group.trees[0]
        return self._buttons.button(label, Picked(opened), group.picto, choice=opened)

    def _languages(self, effect: Languages) -> Screen:
        buttons = [
            Button(language.name, encode(Spoke(language.id)), language.id)
            for language in self.speaker.catalogs.languages
        ]
        choices = (*in_rows(buttons), self._buttons.ways_out("continuer"))
        return Screen((Block("question", self.speaker.say(wording.CHOOSE_LANGUAGE)),), choices)

    def _answers(self, effect: Answers) -> Screen:
        rows = []
        for question, name, answer in effect.lines:
            text = self.speaker.pair(self.speaker.say(name), self.speaker.say(answer))
            rows.append((self._buttons.button(text, Changed(question), "✏️", choice=question),))
        blocks = (Block("question", self.speaker.say(wording.CHOOSE_CHANGE)),)
        return Screen(blocks, (*rows, self._buttons.ways_out("continuer", "effacer")))

    def _proposal(self, effect: Proposal) -> Screen:
        blocks = (
            Block("question", self.speaker.say(wording.LINK_SAYS)),
            Block("liste", "", lines=self._lines(effect.lines)),
        )
        yes, no = (
            self._buttons.button(wording.YES, Confirmed(True), "✅"),
            self._buttons.button(wording.NO, Confirmed(False), "🚫"),
        )
        return Screen(blocks, ((yes, no),))

    def _wipe(self, effect: Wipe) -> Screen:
        said = (wording.LEFT, wording.WIPED_FAST) if effect.fast else (wording.WIPED,)
        return Screen(tuple(Block("texte", self.speaker.say(each)) for each in said))

    def _emergency(self, effect: Emergency) -> Screen:
        alarm = effect.alarm
        card = emergency_card(self.speaker, self.danger, alarm)
        self.numbers += [name for name in (alarm.numbers or card.numbers) if name not in self.numbers]
        if alarm.level == "possible":
            blocks = [self._urgent("note", card.gentle, alarm), *(self._number(name) for name in alarm.also)]
        else:
            blocks = [self._urgent("alerte", card.title, alarm)]
            blocks += [self._urgent("texte", line, alarm) for line in card.lines]
            blocks += [self._number(name) for name in self.numbers]
            blocks += [self._urgent("note", card.discreet, alarm)] if card.discreet else []
        return Screen(tuple(blocks), ways_on(self.speaker, self.danger, alarm), urgent=True)

    def _urgent(self, style: Style, text: str, alarm: Alarm) -> Block:
        # Emergency texts are written in each language beside the danger words, not in the catalogs.
        return Block(style, self.speaker.fill(text), language=other_language(self.speaker, self.danger, alarm))

    def _number(self, helpline_id: str) -> Block:
        line = self._shown.entry(helpline_id)
        assert isinstance(line, Helpline)
        state = "" if line.hours == "24/7" else known_state(self.speaker, line)
        lines = (phone(line.number), state) if state else (phone(line.number),)
        return Block("champ", "", self._shown.name(helpline_id), lines, link=phone_uri(line.number))


def _with(screen: Screen, before: list[Block]) -> Screen:
    return Screen((*before, *screen.blocks), screen.rows, screen.question, screen.progress, screen.typed, screen.urgent)
