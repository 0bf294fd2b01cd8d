"""One offer of inline mode: how it reads in the list under the fingers, and the card that goes into the chat.

Nothing of who shares it is in a card, and nothing that passes: what is open now would be wrong tomorrow. A subject
that may not be shown to others (``bot.discreet``) goes under a neutral sentence, with a code and no fact.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot import wording
from bot.cards import place_lines, source_line, trust_line
from bot.content import Library
from bot.discreet import is_hidden, is_unspoken
from bot.drawing import vital_numbers
from bot.emergency import emergency_card
from bot.inline import words
from bot.inline.reach import Reach
from bot.links import Link, encode_link
from bot.outreach.words import NEUTRAL
from bot.screen import Block, Screen
from bot.speaker import Speaker
from dialogs.effects import People
from i18n.phone import phone
from knowledge.base import Label
from knowledge.content import AnyCard, AnyEntry
from knowledge.danger import Alarm
from knowledge.messages import field_label
from knowledge.model import Helpline, Place, Topic

TITLE, LINE = 80, 70
"""Letters of a title and of a line below it; a choice: phones show about three rows of 35 letters below a title."""
_TURN_TO = 2
_ISOLATE, _END = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"


@dataclass(frozen=True, slots=True)
class Offer:
    """One result. ``id``: unique; ``lines``: below its title; ``card``: goes into the chat; ``code``: opens it."""

    id: str
    title: str
    lines: tuple[str, ...]
    card: Screen
    code: str


class Offers:
    """Draws offers in one language.

    Args:
        library: the content.
        speaker: made without a moment, so that nothing is said of what is open now.
        near: the arrondissement to show places of.
        typed: the arrondissement that links carry, where exactly one was typed.
    """

    def __init__(self, library: Library, speaker: Speaker, near: int | None, typed: int | None) -> None:
        self._library, self._speaker, self._typed = library, speaker, typed
        self._knowledge, self._say = library.content.knowledge, speaker.say
        self._reach = Reach(library, speaker, near)

    def of(self, target: str) -> Offer:
        """Return the offer of a topic, a card or a place by its id."""
        entry = self._knowledge.topic_by_id.get(target) or self._knowledge.by_id[target]
        opened = entry.service if isinstance(entry, Place) else target
        if is_unspoken(opened, self._library):
            return self._discreet(entry, opened)
        if isinstance(entry, Topic):
            return self._topic(entry)
        return self._place(entry) if isinstance(entry, Place) else self._card(entry)

    def numbers(self, alarm: Alarm) -> Offer:
        """Return the numbers to call for words of danger: theirs in the list, the same ones for all once shared.

        What goes into the chat must not tell what was typed to whoever reads it there.
        """
        known = self._knowledge.by_id
        lines = [line for name in alarm.numbers if isinstance(line := known.get(name), Helpline)]
        card = emergency_card(self._speaker, self._library.danger, alarm)
        said = card.lines[:2] if alarm.level == "sur" else (card.gentle,)
        blocks = (Block("titre", self._say(wording.EMERGENCY_TITLE)), Block("liste", "", lines=tuple(self._vital())))
        title = "☎️ " + " · ".join(phone(line.number) for line in lines)
        return Offer("urgence", title, tuple(map(self._speaker.fill, said)), Screen(blocks), encode_link(Link()))

    def _vital(self) -> Iterator[str]:
        """Yield the numbers of every emergency, one a line, those that save lives first."""
        people = next(effect for effect in vital_numbers(self._knowledge) if isinstance(effect, People))
        for name in people.cards:
            line = self._knowledge.by_id[name]
            if isinstance(line, Helpline):
                said, number = self._name(line), phone(line.number)
                yield said if number in said else self._speaker.pair(said, number)

    def _discreet(self, entry: AnyEntry | Topic, opened: str) -> Offer:
        """Return a link that names nothing and carries nothing; only the list says what it opens."""
        lines = (_clipped(self._name(entry), LINE), self._say(words.DISCREET_HOW))
        card = Screen((Block("texte", self._say(NEUTRAL)),))
        return Offer(entry.id, self._say(words.DISCREET), lines, card, encode_link(Link(self._knowledge.codes[opened])))

    def _topic(self, topic: Topic) -> Offer:
        name, phrase = self._name(topic), self._say(Label(f"theme.{topic.id}.phrase", topic.phrase))
        named = [self._knowledge.by_id[each] for each in topic.always if not is_hidden(each, self._library)]
        people = [card for card in named if not isinstance(card, Place)][:_TURN_TO]
        blocks = [
            Block("titre", name),
            Block("texte", phrase),
            Block("titre", self._say(wording.TURN_TO) if people else ""),
            *(Block("champ", "", self._name(card), tuple(self._reach.lines(card))) for card in people),
        ]
        near = self._reach.district(self._reach.near) if self._reach.near else ""
        return self._offer(topic.id, f"{topic.picto} {name}", (near, phrase), blocks)

    def _card(self, card: AnyCard) -> Offer:
        name, summary = self._name(card), self._say(field_label(card, "resume", card.summary))
        title = f"{name} ({card.acronym})" if card.acronym and card.acronym not in name else name
        blocks = [
            Block("titre", title),
            Block("texte", summary),
            self._field(wording.FOR_WHOM, self._say(field_label(card, "pour_qui", card.audience))),
            *self._reach.blocks(card),
            *self._trust(card),
        ]
        lines = (summary, self._reach.line(card))
        # What was asked for comes first: phones may cut the second line.
        asked = self._reach.near is not None or isinstance(card, Helpline)
        return self._offer(card.id, title, lines[::-1] if asked else lines, blocks)

    def _place(self, place: Place) -> Offer:
        service = self._knowledge.by_id[place.service]
        summary = "" if isinstance(service, Place) else self._say(field_label(service, "resume", service.summary))
        where = self._speaker.pair(self._reach.district(place.district), place.address)
        *trust, sure = self._trust(place)
        found = (line for line in place_lines(self._speaker, place) if line != sure.text)
        blocks = [
            Block("titre", place.name),
            Block("texte", summary),
            self._field(wording.WHERE_ANY, *found),
            *trust,
            sure,
        ]
        return self._offer(place.id, place.name, (where, summary), blocks, place.service)

    def _offer(self, name: str, title: str, lines: tuple[str, ...], blocks: list[Block], opened: str = "") -> Offer:
        kept = tuple(_clipped(line, LINE) for line in lines if line)
        card = Screen(tuple(block for block in blocks if block.text or block.lines))
        district = str(self._typed) if self._typed else None
        code = encode_link(Link(self._knowledge.codes[opened or name], district))
        return Offer(name, _clipped(title, TITLE), kept, card, code)

    def _trust(self, entry: AnyCard | Place) -> Iterator[Block]:
        yield self._field(wording.SOURCES, source_line(self._speaker, entry, 1))
        yield Block("note", trust_line(self._speaker, entry))

    def _field(self, title: Label, *lines: str) -> Block:
        return Block("champ", "", self._say(title), tuple(line for line in lines if line))

    def _name(self, entry: AnyEntry | Topic) -> str:
        if isinstance(entry, Topic):
            return self._say(Label(f"theme.{entry.id}.nom", entry.name))
        return entry.name if isinstance(entry, Place) else self._say(field_label(entry, "nom", entry.name))


def _clipped(text: str, most: int) -> str:
    """Return a text of about so many letters at most, cut between two words; what an isolate opened is closed."""
    if len(text) <= most:
        return text
    kept = (text[: most - 1].rpartition(" ")[0] or text[: most - 1]).rstrip(" .,;:(")
    return f"{kept}…{_END * (kept.count(_ISOLATE) - kept.count(_END))}"
