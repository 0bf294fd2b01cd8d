"""Which cards an inline query is offered. Pure: no session is read or written, and nothing of a query is kept.

Words of danger come first here too: numbers to call, seen by who types, and a way into the private chat. Cards on a
subject that is never named are offered only where the words surely ask for them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain, zip_longest

from bot.content import Library
from bot.discreet import is_hidden, is_unspoken
from bot.hearing import offered_language
from bot.inline import words
from bot.inline.offers import Offer, Offers
from bot.links import Link, encode_link
from bot.payload import URGENT
from knowledge.base import Label
from knowledge.danger import Alarm, detect
from knowledge.model import Place
from knowledge.search import Index, query_of

PAGE, MOST = 10, 50
"""Results at a time, and in all; Telegram takes 50 at most (Bot API, #answerinlinequery)."""

QUERY = 256
"""Signs of a query (Bot API, #inlinequery); what is longer did not come from Telegram."""

FRESH = 300
"""Seconds that Telegram may give an answer again: content that changes is seen soon enough."""

_FIRST_SUBJECTS = 8


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody types after the bot's name. ``language``: the setting of their phone; ``offset``: as given back."""

    text: str
    offset: str = ""
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What is offered. ``open``: the words on the button of a shared card; ``door``: those of the way into the bot.

    ``start``: what that way opens, a link code or « urgence »; ``seconds``: how long it may be given again.
    """

    offers: tuple[Offer, ...]
    open: str
    door: str = ""
    start: str = ""
    next_offset: str = ""
    seconds: int = FRESH


def answer(library: Library, query: Query, on: date) -> Answer:
    """Return what to offer on a day, at least one card: a few milliseconds' work, whatever was typed.

    While the search is being built, the first subjects are offered, and asked for again at the next letter.
    """
    text = query.text.strip()[:QUERY]
    speaker = library.speaker(offered_language(library, query.language), on)
    index = ready_index(library)
    alarm = detect(library.danger, text) if text else None
    read = query_of(text, index.known) if index else None
    districts = read.districts if read else ()
    typed = districts[0] if len(districts) == 1 else None
    offers = Offers(library, speaker, districts[0] if districts else None, typed)
    targets, door = _targets(library, index, text, alarm)
    if door is words.DOOR_NOTHING and read and read.only_a_place:
        door = words.DOOR
    start = _offset(query.offset)
    page = targets[start : start + PAGE]
    shown = [offers.numbers(alarm)] if alarm and not start else []
    return Answer(
        (*shown, *(offers.of(target) for target in page)),
        speaker.say(words.OPEN),
        speaker.say(door) if door else "",
        _opens(door, typed),
        str(start + PAGE) if start + PAGE < len(targets) else "",
        FRESH if index and door is not words.DOOR_NUMBERS else 0,
    )


def _opens(door: Label | None, typed: int | None) -> str:
    """Return the start parameter of a way into the bot."""
    if door is None or door is words.DOOR_NUMBERS:
        return URGENT if door else ""
    return encode_link(Link(district=str(typed) if typed else None))


def ready_index(library: Library) -> Index | None:
    """Return the search if it is built; building it takes half a second, which nobody who types may wait for."""
    found: Index | None = vars(library).get("index")  # where a cached property keeps its value
    return found


def _targets(library: Library, index: Index | None, text: str, alarm: Alarm | None) -> tuple[list[str], Label | None]:
    """Return the ids to offer, best first, and the words of the way into the bot where there should be one."""
    hits = index.search(text, MOST) if index else ()
    sure = [hit.id for hit in hits if not hit.near]
    if alarm:
        return ([] if alarm.level == "sur" else sure), words.DOOR_NUMBERS
    if sure:
        # Who looks for such a subject may need the numbers, and finds them where nobody else reads.
        return sure, words.DOOR_NUMBERS if not _may_be_named(sure[0], library) else None
    near = [hit.id for hit in hits if not is_hidden(_opened(hit.id, library), library)]
    if text and index:
        return near or list(_first_subjects(library)), words.DOOR_NOTHING
    return list(_first_subjects(library)), words.DOOR


def _may_be_named(name: str, library: Library) -> bool:
    return not is_unspoken(_opened(name, library), library)


def _opened(name: str, library: Library) -> str:
    """Return what says how discreet an entry must be: a place is as discreet as its service."""
    entry = library.content.knowledge.by_id.get(name)
    return entry.service if isinstance(entry, Place) else name


def _first_subjects(library: Library) -> Iterator[str]:
    """Yield a few topics, those of each choice of the first screen in turn."""
    known = library.content.knowledge.topic_by_id
    groups = [
        [tree for tree in group.trees if tree in known and not is_hidden(tree, library)]
        for group in library.content.dialogs.menu
    ]
    turns = dict.fromkeys(tree for tree in chain.from_iterable(zip_longest(*groups)) if tree)
    yield from list(turns)[:_FIRST_SUBJECTS]


def _offset(text: str) -> int:
    """Return where a page begins; 0 for anything that is not one of ours."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else 0
