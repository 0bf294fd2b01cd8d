"""What a person did, in the closed list of events: an opening, a press, a text, a message of another kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from bot import payload, wording
from bot.campaigns.words import KEPT as NEWS_KEPT
from bot.campaigns.words import NO_KEPT as NO_NEWS_KEPT
from bot.content import Library
from bot.links import LinkError, decode_link, target_of
from bot.outreach.codes import is_mistyped, is_written_code, language_of
from bot.reminders.words import KEPT as REMINDERS_KEPT
from bot.screen import Incoming
from dialogs.bare_ages import bare_ages
from dialogs.cards_named import is_said_by_names
from dialogs.effects import Effect, Say
from dialogs.events import Ambiguous, Asked, Did, Event, Picked, Spoke, Started
from dialogs.phrase_patterns import bare
from dialogs.plain_text import shortened
from dialogs.results import home
from dialogs.session import Session
from dialogs.understand import subjects_in, understand_safe

SEARCHED = 300
"""Signs of a text that are searched for; a desk types fragments, a longer text was read as a sentence."""

NAMED = 2
"""Cards that come first among the results when a sentence says nothing but what they are found by."""

_MEDIA = {
    **dict.fromkeys(("voice", "audio", "video_note"), "voix"),
    **dict.fromkeys(("photo", "video", "paid_media"), "photo"),
    **dict.fromkeys(("sticker", "animation", "dice", "story", "game"), "dessin"),
    **dict.fromkeys(("location", "venue"), "position"),
    "document": "document",
    "contact": "contact",
}
"""What to say of each kind of message that is no text; of the others, that only text is read."""
_SAD = re.compile(
    "[\U0001f62d\U0001f622\U0001f61e\U0001f614\U0001f61f\U0001f494\U0001f97a\U0001f629\U0001f62b\U0001f623\U0001f616\u2639\U0001f641\U0001f630\U0001f628]"
)
"""Signs of sorrow or fear: whoever sends these alone is not told that only text is read."""

_KEPT_IN_TELEGRAM = (REMINDERS_KEPT, NEWS_KEPT, NO_NEWS_KEPT, wording.RELAY_KEPT, wording.TELEGRAM_KEEPS)


def heard(library: Library, incoming: Incoming, session: Session, on: date, *, worried: bool = False) -> Event:
    """Return what a message means for a conversation; danger was looked for before.

    ``worried``: it may speak of danger. What is not clearly said in it is then not guessed at: cards and subjects that
    its words happen to name would be answers to something else.
    """
    if incoming.start is not None:
        return _opening(library, incoming.start, on)
    if incoming.payload is not None:
        return _pressed(library, incoming.payload)
    if not incoming.text or not incoming.text.strip():
        return Did("continuer") if incoming.other in _MEDIA else Asked(small_talk="non-texte")
    if is_written_code(incoming.text, library.content.knowledge):
        return _opening(library, incoming.text, on)
    if is_mistyped(incoming.text, library.content.knowledge):
        return Started(bad_link=True)
    event = _read(library, incoming.text, session, on, worried)
    if event == Asked() and worried:
        return Did("continuer")
    if event == Asked() and session.pending is None:
        return Asked(cards=_found(library, incoming.text, session))
    return event


def _read(library: Library, text: str, session: Session, on: date, worried: bool) -> Event:
    """Return what a typed text means, ages alone included; a sentence by which cards are found names them too."""
    dialogs, lexicon = library.content.dialogs, library.lexicon(session.language)
    event = understand_safe(text, dialogs, session, lexicon, on, worried=worried)
    if isinstance(event, Asked) and event.trees and event.cards and is_said_by_names(lexicon, bare(shortened(text))):
        return replace(event, named=event.cards[:NAMED])
    if event == Asked(small_talk="non-texte") and _SAD.search(text):
        return Asked(small_talk="peine")
    if isinstance(event, Ambiguous) or (isinstance(event, Asked) and not event.facts):
        return bare_ages(text, dialogs, session, on) or event
    return event


def subjects(library: Library, incoming: Incoming) -> Iterator[str]:
    """Yield the trees that a press, a link or a text may lead to, in any language."""
    event = payload.decode(incoming.payload) if incoming.payload else None
    if isinstance(event, Picked):
        yield event.tree
    if incoming.start or incoming.text:
        yield target_of(incoming.start or str(incoming.text), library.content.knowledge)
    for lexicon in library.lexicons.values() if incoming.text else ():
        yield from subjects_in(str(incoming.text), library.content.dialogs, lexicon)


def about(incoming: Incoming) -> tuple[Effect, ...]:
    """Return what is said of a message that is no text, or of what is kept; the conversation then goes on."""
    if incoming.payload == payload.PRIVACY:
        of_channel = tuple(map(Say, _KEPT_IN_TELEGRAM)) if incoming.address else ()
        return Say(wording.KEPT), Say(wording.NOT_KEPT), Say(wording.COUNTED), *of_channel
    kind = _MEDIA.get(incoming.other)
    return (Say(wording.MEDIA[kind]),) if kind else ()


def first_language(library: Library, incoming: Incoming) -> str:
    """Return the language a new conversation starts in: the one its link was made in, else the channel's hint."""
    return offered_language(library, language_of(incoming.start or incoming.text) or incoming.language)


def offered_language(library: Library, hint: str | None) -> str:
    """Return the language to start in: the hint, or its first part, when offered; else French."""
    wanted = (hint or "fr").lower()
    languages = _languages(library)
    return next((each for each in (wanted, wanted.split("-")[0]) if each in languages), "fr")


def _languages(library: Library) -> frozenset[str]:
    return frozenset(language.id for language in library.catalogs.languages)


def _found(library: Library, text: str, session: Session) -> tuple[str, ...]:
    """Return the cards that a text names by other words than theirs, at most three; guesses are left out."""
    hits = library.index.search(text[:SEARCHED], 8, home(session))
    return tuple(hit.id for hit in hits if not hit.near and hit.kind in ("droit", "service", "numero"))[:3]


def _pressed(library: Library, text: str) -> Event:
    event = payload.decode(text)
    if isinstance(event, Spoke) and event.language not in _languages(library):
        return Did("langue")
    # A payload that this version does not know: the conversation goes on from where it stands.
    return event or Did("continuer")


def _opening(library: Library, code: str, on: date) -> Event:
    if not code:
        return Started()
    try:
        return decode_link(code, library.content.knowledge, on)
    except LinkError:
        return Started(bad_link=True)
