"""How to reach what a shared card speaks of: its number, its nearest places, or the page that lists them."""

from __future__ import annotations

from collections.abc import Iterator

from bot import wording
from bot.content import Library
from bot.inline import words
from bot.screen import Block
from bot.speaker import Speaker
from dialogs.describe import choice_label
from i18n.phone import phone
from knowledge.content import AnyCard
from knowledge.messages import field_label
from knowledge.model import Helpline, Place, Right, Service
from knowledge.search_where import places_to_show
from knowledge.vocabulary import DISTRICT

_NEAREST = 2


class Reach:
    """Says it in one language; ``near``: the arrondissement asked for, None for none."""

    def __init__(self, library: Library, speaker: Speaker, near: int | None) -> None:
        self._library, self._speaker, self.near = library, speaker, near
        self._say = speaker.say

    def blocks(self, card: AnyCard) -> Iterator[Block]:
        """Yield the fields of a card, some of which may be empty."""
        if isinstance(card, Helpline):
            yield Block("champ", "", self._say(wording.PRACTICAL), tuple(self.lines(card)))
            return
        places = self.places(card)
        found = [place.whereabouts for place in places]
        locator = card.locator if isinstance(card, Service) and not places else None
        if isinstance(card, Right):
            found = [self._say(wording.HELP_AT._replace(values=(("texte", line),))) for line in found[:1]]
        if locator:
            found = [self._say(field_label(card, "localisateur", locator.text))]
        yield Block("champ", "", self._say(wording.WHERE_ANY), tuple(found), link=locator.link if locator else None)
        if number := number_of(card):
            yield Block("texte", self.call(number))

    def lines(self, card: AnyCard) -> Iterator[str]:
        """Yield how to reach someone, in one to three lines."""
        if number := number_of(card):
            yield self.call(number)
        if isinstance(card, Helpline) and card.period:
            period = self._say(field_label(card, "periode", card.period))
            yield self._say(wording.ONLY_SOMETIMES._replace(values=(("texte", period),)))
        if isinstance(card, Helpline) and card.hours_text:
            yield self._say(field_label(card, "horaires", card.hours_text))
        for place in self.places(card)[:1]:
            yield f"{place.address}, {place.postcode} Paris"

    def line(self, card: AnyCard) -> str:
        """Return it in one line: a number, the nearest place, or where a card counts."""
        if isinstance(card, Helpline):
            return self.call(card.number)
        if self.near and (places := self.places(card)):
            return self._speaker.pair(self.district(places[0].district), places[0].name)
        if isinstance(card.zone, tuple):
            return ", ".join(map(self.district, card.zone))
        return self._say(words.ZONES[card.zone])

    def places(self, card: AnyCard) -> tuple[Place, ...]:
        """Return places of a service, or of the first that helps to claim a right: near, or all when they are few."""
        homes = (self.near,) if self.near else ()
        services = card.helped_by if isinstance(card, Right) and homes else (card.id,)
        known = self._library.content.knowledge.places_of
        found = (places_to_show(known.get(name, ()), homes) for name in services)
        return next(filter(None, found), ())[:_NEAREST]

    def district(self, number: int) -> str:
        """Return « 19e » as the question about home says it in this language."""
        question = self._library.content.dialogs.questions.get(DISTRICT)
        choice = next((each for each in question.choices if each.id == str(number)), None) if question else None
        return self._say(choice_label(question, choice)) if question and choice else str(number)

    def call(self, number: str) -> str:
        """Return « Appeler : 39 75 »."""
        return self._say(wording.CALL._replace(values=(("numero", phone(number)),)))


def number_of(card: AnyCard) -> str | None:
    """Return the number to call about a card, None for none."""
    if isinstance(card, Helpline):
        return card.number
    return card.phone if isinstance(card, Service) else next((step.phone for step in card.steps if step.phone), None)
