"""Imported places on a card: in a block of their own after the places kept by people, never taken for checked ones."""

from __future__ import annotations

from collections.abc import Iterator

import structlog

from bot import wording
from bot.screen import Block
from bot.speaker import Speaker
from i18n.hours import week
from i18n.phone import phone
from knowledge.content import AnyCard, Knowledge
from knowledge.geography import NEIGHBOURS
from knowledge.imported import ImportedPlace, ImportedPlaces
from knowledge.model import Right, Service

MOST = 3
_log = structlog.get_logger(__name__)


def unreadable(kind: str) -> None:
    """Log that the file of imported places cannot be read; the service goes on without them."""
    _log.warning("imported.unreadable", kind=kind)


def imported_near(places: ImportedPlaces, knowledge: Knowledge, card: AnyCard, district: str) -> list[ImportedPlace]:
    """Return the nearest imported places of a service, or of the services that help to claim a right.

    Only those of the arrondissement where people keep places in it or in a neighbouring one; at most three.
    """
    if not district.isdecimal():
        return []
    services = [card.id] if isinstance(card, Service) else list(card.helped_by) if isinstance(card, Right) else []
    home, known = int(district), frozenset(place.id for place in knowledge.places)
    found: list[ImportedPlace] = []
    for service in services:
        verified = knowledge.places_of.get(service, ())
        near = places.near(service, home, verified, known, MOST)
        covered = any(place.district in (home, *NEIGHBOURS[home]) for place in verified)
        found += [place for place in near if place.district == home or not covered]
    return found[:MOST]


def imported_blocks(speaker: Speaker, found: list[ImportedPlace]) -> Iterator[Block]:
    """Yield a title, then one block for each place: address, telephone, hours, and that nobody checked it."""
    if found:
        yield Block("titre", speaker.say(wording.WHERE_IMPORTED))
    for place in found:
        yield Block("champ", "", place.name, tuple(_lines(speaker, place)), link=place.website)


def _lines(speaker: Speaker, place: ImportedPlace) -> Iterator[str]:
    say = speaker.say
    yield f"{place.address}, {place.postcode} Paris"
    if place.phone:
        yield say(wording.CALL._replace(values=(("numero", phone(place.phone)),)))
    if place.hours:
        yield say(wording.HOURS._replace(values=(("texte", week(place.hours, speaker.language)),)))
    else:
        yield say(wording.HOURS_UNKNOWN)
    yield say(wording.NOT_CHECKED)
    yield source_of(speaker, place)


def source_of(speaker: Speaker, place: ImportedPlace) -> str:
    """Return where an imported place comes from, the day of its record (or of the import), and its licence."""
    source = f"{place.source} ({place.attribution})" if place.attribution else place.source
    label = wording.IMPORTED_RECORD if place.dated else wording.IMPORTED_ON
    day = speaker.day(place.dated or place.imported_on)
    return speaker.say(label._replace(values=(("source", source), ("date", day), ("licence", place.licence))))
