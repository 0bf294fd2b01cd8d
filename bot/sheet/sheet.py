"""What a sheet says: each card's sections, every line in French and in the family's language side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby, zip_longest

from bot import wording
from bot.buttons import Buttons
from bot.cards import CardPage
from bot.date_screens import DateScreens
from bot.screen import Block
from bot.sheet import words
from bot.sheet.map import map_svg
from bot.speaker import Speaker
from dialogs.effects import Coming, ShowCard
from i18n.language import FRENCH
from knowledge.base import Label
from knowledge.model import Place

Pair = tuple[str, str]
"""French, then the family's language; the second is empty when the family reads French."""

_ICONS = {
    wording.WHY_ME.text: "raison",
    wording.WHAT_IS_LEFT.text: "verifier",
    wording.HOW_MUCH.text: "montant",
    wording.HOW.text: "faire",
    wording.DOCUMENTS.text: "pieces",
    wording.DEADLINES.text: "delai",
    wording.WARNINGS.text: "attention",
    wording.WHERE.text: "lieu",
    wording.WHERE_ANY.text: "lieu",
    wording.PRACTICAL.text: "raison",
}
_LEFT_OUT = frozenset({wording.SOURCES.text, wording.BODY.text, wording.OVERLAP.text, wording.FOR_WHOM.text})


@dataclass(frozen=True, slots=True)
class Section:
    """A few lines under one title. ``icon``: which pictogram; ``pieces`` are lines to tick."""

    icon: str
    title: Pair
    lines: tuple[Pair, ...]
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetCard:
    """One card of a sheet."""

    name: Pair
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole sheet. ``language``: the family's, French alone when ``is_double`` is no.

    ``map_svg``: the arrondissements of the addresses, empty for none; ``way_on``: an address for their phone.
    """

    language: str
    tag: str
    direction: str
    title: Pair
    made_on: Pair
    cards: tuple[SheetCard, ...]
    closing: tuple[Pair, ...]
    map_svg: str
    map_title: Pair
    way_on: str
    way_on_text: tuple[Pair, ...]

    @property
    def is_double(self) -> bool:
        """Tell whether the sheet is in two languages."""
        return self.tag != "fr" or self.language != FRENCH.id


def sheet(
    shown: tuple[ShowCard, ...],
    french: Speaker,
    family: Speaker,
    way_on: str = "",
    once: bool = False,
    dates: tuple[Coming, ...] = (),
) -> Sheet:
    """Return the sheet of some cards.

    Args:
        shown: the cards with their reasons and places, in the order of the sheet.
        french: speaks French on the day of the sheet.
        family: speaks the family's language on that day.
        way_on: an address that opens the chat on a phone; empty for none.
        once: that address opens this family's situation, once, within a day.
        dates: the dates that come for this family, soonest first.
    """
    both = _Both(french, family)
    districts = {place.district for each in shown for place in _places(each, french)}
    text = (words.SCAN, words.SCAN_ONCE if once else words.SCAN_SUBJECT) if way_on else ()
    return Sheet(
        language=family.language.id,
        tag=family.language.id.partition("@")[0],
        direction=family.language.direction,
        title=both.say(words.TITLE),
        made_on=both.made_on(),
        cards=(*(both.card(each) for each in shown), *both.dates(dates)),
        closing=tuple(both.say(label) for label in (words.CLOSING if shown else (words.EMPTY,))),
        map_svg=map_svg(districts) if districts else "",
        map_title=both.say(words.MAP),
        way_on=way_on,
        way_on_text=tuple(both.say(label) for label in text),
    )


def _places(shown: ShowCard, speaker: Speaker) -> Iterator[Place]:
    found = (speaker.knowledge.by_id.get(name) for name in shown.places)
    return (place for place in found if isinstance(place, Place))


class _Both:
    """Says everything twice, once when both languages are the same."""

    def __init__(self, french: Speaker, family: Speaker) -> None:
        self._french, self._family = french, family
        self._twice = family.language.id != FRENCH.id

    def say(self, label: Label) -> Pair:
        return self._french.say(label), self._family.say(label) if self._twice else ""

    def made_on(self) -> Pair:
        day = [speaker.day(speaker.on) for speaker in (self._french, self._family)]
        first, second = (words.MADE_ON._replace(values=(("date", each),)) for each in day)
        return self._french.say(first), self._family.say(second) if self._twice else ""

    def card(self, shown: ShowCard) -> SheetCard:
        """Return one card: its blocks in both languages come in the same order."""
        french = CardPage(self._french, shown).blocks()
        family = CardPage(self._family, shown).blocks() if self._twice else ()
        pairs = list(zip_longest(french, family))
        (name, other), *rest = pairs
        sections = [_section(one, two) for one, two in rest if one and one.title not in _LEFT_OUT]
        return SheetCard((name.text, other.text if other else ""), tuple(_joined(sections)))

    def dates(self, coming: tuple[Coming, ...]) -> tuple[SheetCard, ...]:
        """Return the dates as one more card, when there are any; each with what to do then."""
        french = DateScreens(self._french, Buttons(self._french)).ahead(coming)[1:]
        family = DateScreens(self._family, Buttons(self._family)).ahead(coming)[1:] if self._twice else ()
        sections = (_section(one, two) for one, two in zip_longest(french, family) if one)
        dated = tuple(replace(each, icon="delai") for each in sections)
        return (SheetCard(self.say(words.DATES), dated),) if dated else ()


def _joined(sections: Iterable[Section]) -> Iterator[Section]:
    """Yield sections, those of one title that follow one another (the steps of a claim) as one."""
    for _, same in groupby(sections, key=lambda section: (section.title, section.icon)):
        first, *more = same
        links = dict.fromkeys(link for each in (first, *more) for link in each.links)
        lines = (line for each in (first, *more) for line in each.lines)
        yield replace(first, lines=tuple(lines), links=tuple(links))


def _section(french: Block, family: Block | None) -> Section:
    icon = "danger" if french.style == "alerte" else _ICONS.get(french.title or french.text, "")
    if french.style == "titre":  # of what follows: the addresses
        return Section(icon, (french.text, family.text if family else ""), ())
    lines = zip_longest(_lines(french), _lines(family) if family else (), fillvalue="")
    title = (french.title, family.title if family else "")
    return Section(icon, title, tuple(lines), _web(french.link))


def _lines(block: Block) -> tuple[str, ...]:
    return (*((block.text,) if block.text else ()), *block.lines)


def _web(link: str | None) -> tuple[str, ...]:
    return (link,) if link and link.startswith("https://") else ()
