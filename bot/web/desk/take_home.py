"""The sheet of the desk: from the form of the tab to a page to print or a PDF; nothing is kept."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response

from bot.deposit import leave
from bot.discreet import is_hidden
from bot.errors import StoreUnavailable
from bot.links import Link, LinkError, encode_link
from bot.sheet.pdf import lacking_font, pdf
from bot.sheet.sheet import Sheet, sheet
from bot.square import square_svg
from bot.web.desk.asked import Asked, read_asked
from bot.web.desk.situation import situation
from bot.web.site import Site
from dialogs.dates import dated
from dialogs.effects import Coming, ShowCard
from dialogs.results import nearest_of
from i18n.language import FRENCH
from knowledge.model import Place

if TYPE_CHECKING:
    from bot.content import Library

_PLACES, _DATES = 2, 4
_AT_ONCE = 2
"""PDFs set at the same time: more would slow down everybody else."""


class TakeHome:
    """The handlers of the sheet's two addresses."""

    def __init__(self, site: Site, public: str | None) -> None:
        """``public``: the address families open; without it the sheet carries no QR code."""
        self._site, self._public = site, public
        self._presses = asyncio.Semaphore(_AT_ONCE)

    async def page(self, request: Request) -> Response:
        """Answer POST /guichet/feuille: the sheet as a page to print."""
        made = await self._sheet(await read_asked(request))
        tongue = self._site.tongue(FRENCH.id, self._site.clock())
        return self._site.page(
            "guichet/feuille.html", tongue, feuille=made, qr=square_svg(made.way_on) if made.way_on else ""
        )

    async def pdf(self, request: Request) -> Response:
        """Answer POST /guichet/feuille.pdf: the sheet as PDF, set beside the event loop."""
        made = await self._sheet(await read_asked(request))
        if lacking := lacking_font(made.tag):
            # Boxes in the place of letters would look like a sheet: say what to do instead.
            tongue = self._site.tongue(FRENCH.id, self._site.clock())
            return self._site.page("guichet/police.html", tongue, status=503, paquet=lacking)
        async with self._presses:
            body = await asyncio.to_thread(pdf, made)
        return Response(
            body, media_type="application/pdf", headers={"content-disposition": 'inline; filename="feuille.pdf"'}
        )

    async def _sheet(self, asked: Asked) -> Sheet:
        library, on = self._site.shelf(), self._site.today()
        language = asked.sheet_language or FRENCH.id
        shown = shown_cards(library, asked, on)
        french, family = library.speaker(FRENCH.id, on), library.speaker(language, on)
        once = await self._left(library, asked, shown) if asked.way_on else ""
        way_on, dates = once or self._subject(library, asked, shown), coming_dates(library, asked, shown, on)
        return sheet(shown, french, family, way_on, once=bool(once), dates=dates)

    async def _left(self, library: Library, asked: Asked, shown: tuple[ShowCard, ...]) -> str:
        """Keep the situation for one opening; a store that fails costs the square, not the sheet."""
        facts = situation(asked, library.content.dialogs, self._site.today()).facts
        if not (self._public and shown and facts):
            return ""
        talk = self._site.talk
        # A subject that is never written down is not kept with the answers either.
        kept = None if is_hidden(shown[0].card, library) else shown[0].card
        try:
            code = await leave(talk.store, talk.person, facts, kept, self._site.clock())
        except StoreUnavailable:
            return ""
        return f"{self._public}/l/{code}"

    def _subject(self, library: Library, asked: Asked, shown: tuple[ShowCard, ...]) -> str:
        if not (self._public and shown):
            return ""
        code = library.content.knowledge.codes.get(shown[0].card, "")
        try:
            return f"{self._public}/l/{encode_link(Link(code, asked.district or None))}"
        except LinkError:
            return ""


def coming_dates(library: Library, asked: Asked, shown: tuple[ShowCard, ...], on: date) -> tuple[Coming, ...]:
    """Return the next dates of this family, those of the sheet's cards first; none beside a subject that is guarded."""
    dialogs = library.content.dialogs
    cards = {each.card for each in shown}
    if not asked.knows_something or any(is_hidden(name, library) for name in cards):
        return ()
    found = [each for each in dated(library.content.matcher(on), situation(asked, dialogs, on).facts) if each.opens]
    first = sorted(found, key=lambda each: not cards.intersection(each.milestone.cards))[:_DATES]
    return tuple(each for each in found if each in first)


def shown_cards(library: Library, asked: Asked, on: date) -> tuple[ShowCard, ...]:
    """Return the cards of the basket, else the open one, with their reasons and nearest places."""
    knowledge, matcher = library.content.knowledge, library.content.matcher(on)
    state = matcher.state(situation(asked, library.content.dialogs, on).facts)
    shown: list[ShowCard] = []
    printed: set[str] = set()
    for name in asked.basket or ((asked.opened,) if asked.opened else ()):
        entry = knowledge.by_id.get(name)
        card = knowledge.by_id.get(entry.service) if isinstance(entry, Place) else entry
        if card is None or isinstance(card, Place):
            continue
        known = asked.knows_something and card.id in matcher.position
        # An address stands on the sheet once, with the first card that needs it.
        places = tuple(each for each in nearest_of(knowledge, card, asked.home, _PLACES) if each not in printed)
        places = (entry.id, *places) if isinstance(entry, Place) and entry.id not in places else places
        why = matcher.explain(card.id, state) if known else None
        printed.update(places)
        shown.append(ShowCard(card.id, why, places, asked.district or None))
    return tuple(shown)
