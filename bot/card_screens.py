"""Screens that show cards: results, people to turn to, one card whole."""

from __future__ import annotations

from bot import wording
from bot.buttons import Buttons, Row
from bot.cards import CardPage, missing_line
from bot.date_screens import DateScreens
from bot.for_workers import handed_over, to_ask
from bot.hours import known_state
from bot.screen import Block, Button, Screen
from bot.speaker import Speaker
from dialogs.effects import People, Result, Show, ShowCard
from dialogs.events import Did, Opened, Paged
from dialogs.model import Dialogs
from i18n.phone import phone
from knowledge.content import AnyCard
from knowledge.criteria import INCONNU, PROBABLE
from knowledge.messages import field_label
from knowledge.model import Helpline, Place, Right


class CardScreens:
    """Draws what shows cards with one speaker; ``cards`` gathers the ids shown, in order."""

    def __init__(self, speaker: Speaker, buttons: Buttons, dialogs: Dialogs) -> None:
        self.speaker, self.buttons, self.dialogs = speaker, buttons, dialogs
        self.dates = DateScreens(speaker, buttons)
        self.cards: list[str] = []

    def show(self, effect: Show) -> Screen:
        """Return the results: what fits, what is to check, whom to turn to."""
        say = self.speaker.say
        worker = effect.for_worker
        first = wording.RESULTS_WORKER if worker else wording.RESULTS
        blocks = [Block("titre", say(first if effect.first else wording.RESULTS_NEXT))] if effect.total else []
        blocks += [self._result(result, worker) for result in effect.fits]
        if effect.to_check:
            blocks += [] if worker else [Block("titre", say(wording.TO_CHECK))]
            blocks += [self._result(result, worker) for result in effect.to_check]
        shown = [result.card for result in (*effect.fits, *effect.to_check)]
        people = [name for name in effect.turn_to if name not in shown]
        if people:
            blocks.append(Block("titre", say(wording.TURN_TO_WORKER if worker else wording.TURN_TO)))
            blocks += [self._person(name) for name in people]
        blocks += handed_over(self.speaker, effect.handover)
        rows: list[Row] = [(self._open(name),) for name in (*shown, *people)]
        blocks += self.dates.ahead(effect.ahead)
        rows += self.dates.buttons_of(effect.ahead, (*shown, *people))
        if effect.start + len(shown) < effect.total:
            rows.append((self.buttons.button(wording.MORE, Paged(effect.start + len(shown)), "➕"),))
        if effect.more_dates:
            rows.append(self.dates.more())
        rows += [self.buttons.ways_out("changer", "menu"), self.buttons.ways_out("humain", "langue", "quitter")]
        return Screen(tuple(blocks), tuple(rows))

    def people(self, effect: People) -> Screen:
        """Return the people and places that need no condition."""
        blocks = tuple(self._person(name) for name in effect.cards)
        rows = [(self._open(name),) for name in effect.cards]
        return Screen(blocks, (*rows, self.buttons.ways_out("continuer", "menu", "quitter")))

    def card(self, effect: ShowCard) -> Screen:
        """Return one card whole."""
        self.cards.append(effect.card)
        missing = effect.explanation.missing if effect.for_worker and effect.explanation else ()
        asked = to_ask(self.speaker, self.dialogs, missing)
        blocks = (*CardPage(self.speaker, effect, asked).blocks(), *handed_over(self.speaker, effect.handover))
        back = self.buttons.button(wording.BACK_TO_RESULTS, Did("continuer"), "↩️", quiet=True)
        return Screen(blocks, ((back, *self.buttons.ways_out("menu")), self.buttons.ways_out("humain", "quitter")))

    def name(self, card_id: str) -> str:
        """Return what a card is called in this language."""
        card = self.entry(card_id)
        return self.speaker.say(field_label(card, "nom", card.name))

    def entry(self, card_id: str) -> AnyCard:
        """Return a card; places have none of their own."""
        card = self.speaker.knowledge.by_id[card_id]
        assert not isinstance(card, Place)
        return card

    def _open(self, card_id: str) -> Button:
        if card_id not in self.cards:
            self.cards.append(card_id)
        return self.buttons.button(self.name(card_id), Opened(card_id), "📄", choice=card_id)

    def _result(self, result: Result, worker: bool) -> Block:
        explanation, say = result.explanation, self.speaker.say
        card = self.entry(result.card)
        lines = [say(field_label(card, "resume", card.summary))]
        if isinstance(card, Helpline):
            lines.append(say(wording.CALL._replace(values=(("numero", phone(card.number)),))))
            lines += [state] if (state := known_state(self.speaker, card)) else []
        if explanation.verdict is INCONNU and explanation.missing:
            asked = to_ask(self.speaker, self.dialogs, explanation.missing) if worker else ""
            if asked:
                lines.append(say(wording.ASK_FAMILY._replace(values=(("texte", asked),))))
            elif not worker:
                lines.append(missing_line(self.speaker, explanation.missing))
        elif explanation.reasons and not worker:  # reasons are said to the family
            lines.append(say(explanation.reasons[0]))
        if explanation.verdict is PROBABLE and explanation.to_check:
            lines.append(say(wording.TO_CHECK_ONE._replace(values=(("texte", say(explanation.to_check[0])),))))
        for name in result.places:
            place = self.speaker.knowledge.by_id[name]
            if isinstance(place, Place):
                help_at = wording.HELP_AT._replace(values=(("texte", place.whereabouts),))
                lines.append(f"📍 {say(help_at) if isinstance(card, Right) else place.whereabouts}")
                lines += [state] if (state := known_state(self.speaker, place)) else []
        return Block("fiche", self.name(result.card), lines=tuple(lines), card=result.card)

    def _person(self, card_id: str) -> Block:
        card = self.entry(card_id)
        lines = [self.speaker.say(field_label(card, "resume", card.summary))]
        number = card.number if isinstance(card, Helpline) else getattr(card, "phone", None)
        if number:
            lines.append(self.speaker.say(wording.CALL._replace(values=(("numero", phone(number)),))))
        if isinstance(card, Helpline) and (state := known_state(self.speaker, card)):
            lines.append(state)
        return Block("fiche", self.name(card_id), lines=tuple(lines), card=card_id)
