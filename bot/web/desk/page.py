"""What one page of the desk shows for one form; everything is worked out anew each time."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from bot.cards import CardPage
from bot.screen import Block, Reply, Screen
from bot.speaker import Speaker
from bot.web.desk.asked import Asked
from bot.web.desk.compare import Comparison, comparison
from bot.web.desk.lookup import Lookup, Results
from bot.web.desk.situation import Child, Choices, asking, child_rows, question_fields, situation
from bot.web.numbers import short_numbers
from bot.web.view import Sheet, view
from dialogs.effects import ShowCard
from dialogs.results import nearest_of
from knowledge.content import AnyCard, Knowledge
from knowledge.criteria import INCONNU
from knowledge.match import Explanation, Matcher, State
from knowledge.model import Place
from knowledge.vocabulary import CHILDREN, DISTRICT

if TYPE_CHECKING:
    from bot.content import Library

_PLACES = 5
_MOST_MISSING = 5


@dataclass(frozen=True, slots=True)
class Opened:
    """The card on the desk: its id, its blocks, why it fits or not, and the codes to share it."""

    id: str
    name: str
    sheet: Sheet
    code: str
    in_basket: bool


@dataclass(frozen=True, slots=True)
class Missing:
    """An answer that would settle cards: the field to fill, its words, how many cards wait for it."""

    field: str
    words: str
    cards: int


@dataclass(frozen=True, slots=True)
class DeskPage:
    """Everything a template needs."""

    asked: Asked
    results: Results
    opened: Opened | None
    questions: tuple[Choices, ...]
    children: tuple[Child, ...]
    missing: tuple[Missing, ...]
    problems: tuple[str, ...]
    basket: tuple[tuple[str, str], ...]
    comparison: Comparison | None


def desk_page(library: Library, asked: Asked, now: datetime, speaker: Speaker) -> DeskPage:
    """Return the page of a form.

    Args:
        library: the content of the moment.
        asked: the form.
        now: the moment in Paris.
        speaker: speaks French on that day.
    """
    dialogs, on = library.content.dialogs, speaker.on
    matcher = library.content.matcher(on)
    known = situation(asked, dialogs, on)
    state = matcher.state(known.facts)
    asks = asked.asks_something
    return DeskPage(
        asked=asked,
        results=Lookup(library, speaker, matcher, asked, state).results(now) if asks else Results(()),
        opened=_opened(library, asked, speaker, matcher, state),
        questions=question_fields(asked, dialogs, speaker),
        children=child_rows(asked, dialogs.knowledge.vocabulary),
        missing=_missing(library, asked, matcher, state) if asked.knows_something else (),
        problems=known.problems,
        basket=tuple((name, entry.name) for name in asked.basket if (entry := dialogs.knowledge.by_id.get(name))),
        comparison=comparison(asked, dialogs, matcher, on),
    )


def _opened(library: Library, asked: Asked, speaker: Speaker, matcher: Matcher, state: State) -> Opened | None:
    knowledge = library.content.knowledge
    entry = knowledge.by_id.get(asked.opened)
    card = knowledge.by_id.get(entry.service) if isinstance(entry, Place) else entry
    if card is None or isinstance(card, Place):
        return None
    explanation = matcher.explain(card.id, state) if card.id in matcher.position and asked.knows_something else None
    places = nearest_of(knowledge, card, asked.home, _PLACES)
    if isinstance(entry, Place):
        places = (entry.id, *(name for name in places if name != entry.id))
    blocks = CardPage(speaker, ShowCard(card.id, explanation, places, asked.district or None)).blocks()
    return Opened(
        card.id, card.name, _sheet(blocks, knowledge), knowledge.codes.get(card.id, ""), card.id in asked.basket
    )


def _sheet(blocks: tuple[Block, ...], knowledge: Knowledge) -> Sheet:
    return view(Reply((Screen(blocks),), "fr"), short_numbers(knowledge)).sheets[0]


def _missing(library: Library, asked: Asked, matcher: Matcher, state: State) -> tuple[Missing, ...]:
    """Return the answers that most cards wait for, heavy cards first."""
    weights: Counter[str] = Counter()
    cards: Counter[str] = Counter()
    dialogs = library.content.dialogs
    for card, explanation in _open_cards(asked, matcher, state):
        for field in {asking(fact, dialogs) for fact in explanation.missing}:
            weights[field] += card.weight
            cards[field] += 1
    words = {f"q-{each.id}": each.name for each in dialogs.questions.values()}
    words |= {DISTRICT: "Arrondissement", CHILDREN: "Enfants"}
    ranked = sorted(weights, key=lambda field: (-weights[field], field))[:_MOST_MISSING]
    return tuple(Missing(field, words.get(field, field), cards[field]) for field in ranked)


def _open_cards(asked: Asked, matcher: Matcher, state: State) -> list[tuple[AnyCard, Explanation]]:
    found = zip(matcher.cards, matcher.verdicts(state), strict=True)
    about = [card for card, verdict in found if verdict is INCONNU and (not asked.topic or asked.topic in card.topics)]
    return [(card, matcher.explain(card.id, state)) for card in about]
