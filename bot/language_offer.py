"""Offers the language someone writes in, or a way out in that language; nobody's language is switched."""

from __future__ import annotations

from dataclasses import replace

from bot import payload
from bot.content import Library
from bot.outreach.codes import is_written_code
from bot.screen import Block, Button, Incoming, Reply, Screen
from dialogs.events import Did, Spoke
from dialogs.languages import invitation, spoken
from dialogs.session import Session

_FEWEST_WORDS = 3
_LONGEST_READ = 600


def with_language_offer(library: Library, reply: Reply, incoming: Incoming, session: Session) -> Reply:
    """Return a reply that first offers the language of what was typed, when that is clearly another one.

    Once the conversation is under way in a language that cannot be offered, nothing more is said about it.
    """
    if not incoming.text or reply.private or reply.wiped:
        return reply
    screen = _offer(library, incoming, session)
    return replace(reply, screens=(screen, *reply.screens)) if screen else reply


def _offer(library: Library, incoming: Incoming, session: Session) -> Screen | None:
    text = str(incoming.text)[:_LONGEST_READ]
    if is_written_code(text, library.content.knowledge):
        return None  # letters and digits of a link code are words of no language
    heard = spoken(text, incoming.language)
    here = session.language.split("@")[0]
    latin = text.isascii() or not any(ord(char) > 0x250 for char in text)
    if not heard.clear or heard.language in (None, here) or (latin and len(text.split()) < _FEWEST_WORDS):
        return None
    said = invitation(str(heard.language))
    wanted = said.offered_as or str(heard.language)
    tongue = str(heard.language) if said is not invitation("autre") else ""  # those words are of two languages
    if wanted == here:
        return None
    if any(language.id == wanted for language in library.catalogs.languages):
        button = Button(said.button, payload.encode(Spoke(wanted)), language=wanted)
        return Screen((Block("note", said.to_go_on, language=tongue),), ((button,),))
    if session.trail or not said.otherwise:
        return None
    ways = (
        Button(said.numbers, payload.URGENT, language=tongue),
        Button(said.person, payload.encode(Did("humain")), language=tongue),
    )
    return Screen((Block("note", said.otherwise, language=tongue),), (ways,))
