"""Draws every question and every card in every language, and measures them against what channels allow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from bot.screen import Block, Screen
from bot.screens import Screens
from dialogs.describe import ask
from dialogs.effects import Effect, Languages, Menu, ShowCard
from dialogs.report import Section
from dialogs.session import Known, Session
from knowledge.content import AnyCard
from knowledge.geography import nearest
from knowledge.model import Right, Service
from knowledge.vocabulary import CHILDREN

if TYPE_CHECKING:
    from bot.content import Library


@dataclass(frozen=True, slots=True)
class ChannelLimits:
    """What one channel allows; None: anything.

    ``message``: UTF-16 units of one message; ``button``: characters shown; ``payload``: bytes sent back.
    """

    message: int | None = None
    button: int | None = None
    payload: int | None = None


@dataclass(slots=True)
class _Seen:
    screens: int = 0
    buttons: int = 0
    longest: int = 0
    problems: dict[str, None] = field(default_factory=dict)
    several: set[str] = field(default_factory=set)
    cut: set[str] = field(default_factory=set)


def prove_screens(library: Library, on: date, limits: Mapping[str, ChannelLimits]) -> Section:
    """Return whether questions fit one message and labels their buttons, in each language and channel.

    A question must fit one message, since it is edited in place; a card may take several. The name of a card
    is cut on its button by the channels that must, and stands in full above it.
    """
    seen = _Seen()
    for language in library.catalogs.languages:
        for name, effect in _effects(library, on):
            screens = Screens(library.speaker(language.id, on), library.content.dialogs, library.danger)
            for screen in screens.draw((effect,)):
                _measure(f"{language.id}, {name}", screen, limits, seen)
    figures = {
        "langues": len(library.catalogs.languages),
        "écrans": seen.screens,
        "boutons": seen.buttons,
        "unités au plus long": seen.longest,
    }
    remarks = [f"{len(seen.several)} écran(s) de fiche en plusieurs messages"] if seen.several else []
    remarks += [f"{len(seen.cut)} nom(s) de fiche coupé(s) sur un bouton"] if seen.cut else []
    title = "Écrans : chaque texte tient dans chaque canal, dans chaque langue"
    return Section(title, figures, tuple(seen.problems), tuple(remarks))


def _effects(library: Library, on: date) -> Iterator[tuple[str, Effect]]:
    dialogs = library.content.dialogs
    yield "menu", Menu(tuple(dialogs.trees), groups=tuple(group.id for group in dialogs.menu))
    yield "langues", Languages()
    for question in dialogs.questions.values():
        yield f"question {question.id}", ask(question, _large_family(on), 12, on)
    for card in library.content.knowledge.cards:
        yield f"fiche {card.id}", _page(library, card, on)


def _large_family(on: date) -> Session:
    """Return a session with four children: the longest lists of buttons."""
    births = [f"{on.year - age}-01" for age in (1, 4, 9, 15)]
    listed = {"liste": [{"naissance": birth} for birth in births], "complet": "oui"}
    return Session(facts={CHILDREN: Known(listed, "dit", on.isoformat())})


def _page(library: Library, card: AnyCard, on: date) -> ShowCard:
    """Return a card in full, with three places where it has some."""
    knowledge, matcher = library.content.knowledge, library.content.matcher(on)
    services = card.helped_by if isinstance(card, Right) else (card.id,) if isinstance(card, Service) else ()
    places = nearest((place for name in services for place in knowledge.places_of.get(name, ())), 19)
    explanation = matcher.explain(card.id, matcher.state({}))
    return ShowCard(card.id, explanation, tuple(place.id for place in places), "19")


def _measure(name: str, screen: Screen, limits: Mapping[str, ChannelLimits], seen: _Seen) -> None:
    lines = [line for block in screen.blocks for line in _lines(block)]
    size = units("\n\n".join(lines))
    seen.screens += 1
    seen.longest = max(seen.longest, size)
    for channel, limit in limits.items():
        most = limit.message
        if most is not None and size > most:
            if screen.question or max(map(units, lines)) > most:
                seen.problems[f"{name} : {size} unités, {channel} en prend {most}"] = None
            seen.several.add(name)
    for button in (button for row in screen.rows for button in row):
        seen.buttons += 1
        for channel, limit in limits.items():
            bytes_sent = len(button.payload.encode())
            if limit.payload is not None and bytes_sent > limit.payload:
                what = f"{name} : le bouton « {button.text} » envoie {bytes_sent} octets"
                seen.problems[f"{what}, {channel} en prend {limit.payload}"] = None
            if limit.button is not None and len(button.text) > limit.button:
                if button.payload.startswith("f|"):
                    seen.cut.add(button.payload)
                else:
                    what = f"{name} : le bouton « {button.text} » a {len(button.text)} caractères"
                    seen.problems[f"{what}, {channel} en prend {limit.button}"] = None


def _lines(block: Block) -> Iterator[str]:
    yield from (text for text in (block.title, block.text, *block.lines) if text)


def units(text: str) -> int:
    """Return the number of UTF-16 units of a text."""
    return len(text.encode("utf-16-le")) // 2
