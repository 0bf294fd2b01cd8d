"""Turns the effects of a turn into screens of one language; no channel's own habits here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from bot import wording
from bot.cards import CardPage, missing_line
from bot.payload import encode
from bot.screen import Block, Button, Screen
from bot.speaker import Speaker
from dialogs.describe import group_label, title_label
from dialogs.effects import (
    Answers,
    Ask,
    Effect,
    Emergency,
    Guess,
    Languages,
    Menu,
    Noted,
    Option,
    People,
    Proposal,
    Result,
    Say,
    Show,
    ShowCard,
    Wipe,
)
from dialogs.events import Action, Changed, Chose, Confirmed, Did, Event, Opened, Paged, Picked, Spoke
from dialogs.model import DONE, REFUSED, UNKNOWN, Dialogs
from i18n.phone import phone, phone_uri
from knowledge.base import Label
from knowledge.content import AnyCard
from knowledge.criteria import INCONNU, PROBABLE
from knowledge.danger import DangerLexicon
from knowledge.messages import field_label
from knowledge.model import Helpline, Place, Right

_SHORT, _GRID = 12, 5
_ROW = 2
Row = tuple[Button, ...]


class Screens:
    """Draws effects with one speaker; consecutive sentences share the screen of what follows them."""

    def __init__(self, speaker: Speaker, dialogs: Dialogs, danger: DangerLexicon) -> None:
        self.speaker, self.dialogs, self.danger = speaker, dialogs, danger
        self.cards: list[str] = []
        self.numbers: list[str] = []

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
            screens.append(Screen(tuple(waiting), (self._footer("menu"),)))
        return tuple(screens)

    def _draw(self, effect: Effect) -> Screen:
        drawers: dict[type, Callable[[Any], Screen]] = {
            Ask: self._ask, Show: self._show, ShowCard: self._card, Menu: self._menu, Guess: self._guess,
            Answers: self._answers, Languages: self._languages, Proposal: self._proposal,
            Emergency: self._emergency, People: self._people, Wipe: self._wipe,
        }  # fmt: skip
        return drawers[type(effect)](effect)

    # --- pieces ------------------------------------------------------------------------------------------------

    def _button(self, label: Label | str, event: Event, picto: str = "", **more: Any) -> Button:
        text = label if isinstance(label, str) else self.speaker.say(label)
        return Button(f"{picto} {text}".strip(), encode(event), **more)

    def _footer(self, *actions: Action) -> Row:
        labels = {
            "retour": ("↩️", wording.BACK), "changer": ("✏️", wording.CHANGE), "pourquoi": ("❔", wording.WHY),
            "menu": ("🏠", wording.MENU), "langue": ("🌍", wording.LANGUAGE), "humain": ("🧑‍💼", wording.HUMAN),
            "quitter": ("🚪", wording.LEAVE), "effacer": ("🧹", wording.ERASE), "continuer": ("▶️", wording.CONTINUE),
        }  # fmt: skip
        return tuple(self._button(labels[name][1], Did(name), labels[name][0], quiet=True) for name in actions)

    def _noted(self, effect: Noted) -> str:
        return f"{self.speaker.say(wording.NOTED)} {' · '.join(self._lines(effect.lines))}"

    def _lines(self, lines: Iterable[tuple[Label, Label]]) -> tuple[str, ...]:
        return tuple(self.speaker.pair(self.speaker.say(name), self.speaker.say(answer)) for name, answer in lines)

    def _options(self, question: str, options: Iterable[Option]) -> tuple[Row, ...]:
        buttons: list[Button] = []
        quiet: list[Button] = []
        for option in options:
            text = self.speaker.say(option.label)
            mark = "✅" if option.on else option.picto
            button = Button(f"{mark} {text}".strip(), encode(Chose(question, option.choice)), option.choice, option.on)
            (quiet if option.choice in (UNKNOWN, REFUSED) else buttons).append(button)
        done = [button for button in buttons if button.choice == DONE]
        rest = [button for button in buttons if button.choice != DONE]
        return (*_rows(rest), *((button,) for button in done), *_rows(quiet))

    # --- effects -----------------------------------------------------------------------------------------------

    def _ask(self, effect: Ask) -> Screen:
        blocks = [Block("question", self.speaker.say(effect.label))]
        if effect.hint:
            blocks.append(Block("note", self.speaker.say(effect.hint)))
        rows = (
            *self._options(effect.question, effect.options),
            self._footer("retour", "pourquoi", "changer"),
            self._footer("menu", "langue", "humain"),
            self._footer("quitter"),
        )
        return Screen(tuple(blocks), rows, effect.question, (effect.number, effect.most), effect.typed)

    def _guess(self, effect: Guess) -> Screen:
        again = (self._button(wording.NONE_OF_THESE, Did("continuer")),)
        rows = (*self._options(effect.question, effect.options), again)
        return Screen((Block("question", self.speaker.say(wording.GUESS)),), rows, effect.question)

    def _menu(self, effect: Menu) -> Screen:
        buttons = [
            self._button(title_label(self.dialogs, tree), Picked(tree), self.dialogs.trees[tree].picto, choice=tree)
            for tree in effect.trees
        ]
        groups = {group.id: group for group in self.dialogs.menu}
        first = [
            self._button(group_label(groups[name]), Picked(name), groups[name].picto, choice=name)
            for name in effect.groups
        ]
        ways: tuple[Action, ...] = ("menu", "humain") if effect.likely else ("humain", "langue")
        choices = ((button,) for button in (*first, *buttons))
        return Screen((), (*choices, self._footer(*ways), self._footer("effacer", "quitter")), typed=True)

    def _languages(self, effect: Languages) -> Screen:
        buttons = [
            Button(language.name, encode(Spoke(language.id)), language.id)
            for language in self.speaker.catalogs.languages
        ]
        rows = (*_rows(buttons), self._footer("continuer"))
        return Screen((Block("question", self.speaker.say(wording.CHOOSE_LANGUAGE)),), rows)

    def _answers(self, effect: Answers) -> Screen:
        rows = []
        for question, name, answer in effect.lines:
            text = self.speaker.pair(self.speaker.say(name), self.speaker.say(answer))
            rows.append((self._button(text, Changed(question), "✏️", choice=question),))
        blocks = (Block("question", self.speaker.say(wording.CHOOSE_CHANGE)),)
        return Screen(blocks, (*rows, self._footer("continuer", "effacer")))

    def _proposal(self, effect: Proposal) -> Screen:
        blocks = (
            Block("question", self.speaker.say(wording.LINK_SAYS)),
            Block("liste", "", lines=self._lines(effect.lines)),
        )
        yes, no = (
            self._button(wording.YES, Confirmed(True), "✅"),
            self._button(wording.NO, Confirmed(False), "🚫"),
        )
        return Screen(blocks, ((yes, no),))

    def _show(self, effect: Show) -> Screen:
        say = self.speaker.say
        blocks = (
            [Block("titre", say(wording.RESULTS if effect.first else wording.RESULTS_NEXT))] if effect.total else []
        )
        blocks += [self._result(result) for result in effect.fits]
        if effect.to_check:
            blocks.append(Block("titre", say(wording.TO_CHECK)))
            blocks += [self._result(result) for result in effect.to_check]
        shown = [result.card for result in (*effect.fits, *effect.to_check)]
        people = [name for name in effect.turn_to if name not in shown]
        if people:
            blocks.append(Block("titre", say(wording.TURN_TO)))
            blocks += [self._person(name) for name in people]
        rows: list[Row] = [(self._open(name),) for name in (*shown, *people)]
        if effect.start + len(shown) < effect.total:
            rows.append((self._button(wording.MORE, Paged(effect.start + len(shown)), "➕"),))
        rows += [self._footer("changer", "menu"), self._footer("humain", "langue", "quitter")]
        return Screen(tuple(blocks), tuple(rows))

    def _name(self, card_id: str) -> str:
        card = self._entry(card_id)
        return self.speaker.say(field_label(card, "nom", card.name))

    def _entry(self, card_id: str) -> AnyCard:
        card = self.speaker.knowledge.by_id[card_id]
        assert not isinstance(card, Place)
        return card

    def _open(self, card_id: str) -> Button:
        if card_id not in self.cards:
            self.cards.append(card_id)
        return self._button(self._name(card_id), Opened(card_id), "📄", choice=card_id)

    def _result(self, result: Result) -> Block:
        explanation, say = result.explanation, self.speaker.say
        card = self._entry(result.card)
        lines = [say(field_label(card, "resume", card.summary))]
        if isinstance(card, Helpline):
            lines.append(say(wording.CALL._replace(values=(("numero", phone(card.number)),))))
        if explanation.verdict is INCONNU and explanation.missing:
            lines.append(missing_line(self.speaker, explanation.missing))
        elif explanation.reasons:
            lines.append(say(explanation.reasons[0]))
        if explanation.verdict is PROBABLE and explanation.to_check:
            lines.append(say(wording.TO_CHECK_ONE._replace(values=(("texte", say(explanation.to_check[0])),))))
        for name in result.places:
            place = self.speaker.knowledge.by_id[name]
            if isinstance(place, Place):
                where = f"{place.name}, {place.address}, {place.postcode} Paris"
                help_at = wording.HELP_AT._replace(values=(("texte", where),))
                lines.append(f"📍 {say(help_at) if isinstance(card, Right) else where}")
        return Block("fiche", self._name(result.card), lines=tuple(lines), card=result.card)

    def _person(self, card_id: str) -> Block:
        card = self._entry(card_id)
        lines = [self.speaker.say(field_label(card, "resume", card.summary))]
        number = card.number if isinstance(card, Helpline) else getattr(card, "phone", None)
        if number:
            lines.append(self.speaker.say(wording.CALL._replace(values=(("numero", phone(number)),))))
        return Block("fiche", self._name(card_id), lines=tuple(lines), card=card_id)

    def _people(self, effect: People) -> Screen:
        blocks = tuple(self._person(name) for name in effect.cards)
        rows = [(self._open(name),) for name in effect.cards]
        return Screen(blocks, (*rows, self._footer("continuer", "menu", "quitter")))

    def _card(self, effect: ShowCard) -> Screen:
        self.cards.append(effect.card)
        blocks = CardPage(self.speaker, effect).blocks()
        back = self._button(wording.BACK_TO_RESULTS, Did("continuer"), "↩️", quiet=True)
        return Screen(blocks, ((back, *self._footer("menu")), self._footer("humain", "quitter")))

    def _wipe(self, effect: Wipe) -> Screen:
        said = (wording.LEFT, wording.WIPED) if effect.fast else (wording.WIPED,)
        return Screen(tuple(Block("texte", self.speaker.say(each)) for each in said))

    def _emergency(self, effect: Emergency) -> Screen:
        alarm = effect.alarm
        card = self.danger.card(alarm.case, self.speaker.language.id, alarm.child)
        self.numbers += [name for name in (alarm.numbers or card.numbers) if name not in self.numbers]
        if alarm.level == "possible":
            blocks = [Block("note", self._fill(card.gentle))]
        else:
            blocks = [Block("alerte", self._fill(card.title))]
            blocks += [Block("texte", self._fill(line)) for line in card.lines]
            blocks += [self._number(name) for name in self.numbers]
            blocks += [Block("note", self._fill(card.discreet))] if card.discreet else []
        rows = (self._footer("continuer"), self._footer("quitter"))
        return Screen(tuple(blocks), rows, urgent=True)

    def _fill(self, text: str) -> str:
        # Emergency texts are written in each language beside the danger words, not in the catalogs.
        return self.speaker.fill(text)

    def _number(self, helpline_id: str) -> Block:
        line = self._entry(helpline_id)
        assert isinstance(line, Helpline)
        lines = (phone(line.number),)
        return Block("champ", "", self._name(helpline_id), lines, link=phone_uri(line.number))


def _rows(buttons: list[Button]) -> list[Row]:
    """Lay buttons out: very short ones five to a row, the others two to a row, long ones alone."""
    if buttons and all(len(button.text) <= _SHORT // 2 for button in buttons[:-1]):
        return [tuple(buttons[number : number + _GRID]) for number in range(0, len(buttons), _GRID)]
    if any(len(button.text) > 2 * _SHORT for button in buttons):
        return [(button,) for button in buttons]
    return [tuple(buttons[number : number + _ROW]) for number in range(0, len(buttons), _ROW)]


def _with(screen: Screen, before: list[Block]) -> Screen:
    return Screen((*before, *screen.blocks), screen.rows, screen.question, screen.progress, screen.typed, screen.urgent)
