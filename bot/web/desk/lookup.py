"""What the desk finds: cards and places for words, filters and a situation; each with its verdict."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias

from bot.speaker import Speaker
from bot.web.desk.asked import Asked
from knowledge.content import AnyEntry
from knowledge.criteria import INCONNU, NON, OUI, PROBABLE
from knowledge.danger import detect
from knowledge.imported import ImportedPlace
from knowledge.match import Matcher, State
from knowledge.messages import field_label
from knowledge.model import Helpline, Place, Right, Service, Topic
from knowledge.opening import opening, timetable_of
from knowledge.search import Hit, Match
from knowledge.search_load import Ages
from knowledge.search_where import age_factor

if TYPE_CHECKING:
    from bot.content import Library

MOST = 40
AGES: tuple[tuple[str, str, Ages], ...] = (
    ("naissance", "Grossesse et naissance", (0, 12)),
    ("0-2", "Moins de 3 ans", (0, 36)),
    ("3-5", "3 à 5 ans", (36, 72)),
    ("6-10", "6 à 10 ans", (72, 132)),
    ("11-15", "11 à 15 ans", (132, 192)),
    ("16-25", "16 à 25 ans", (192, 312)),
)
_KIND = {"droit": "Droit", "service": "Service", "numero": "Numéro", "lieu": "Lieu", "theme": "Sujet"}
_WORDS = {OUI: "Remplit les conditions", PROBABLE: "Probable", INCONNU: "À compléter", NON: "Non"}


@dataclass(frozen=True, slots=True)
class Found:
    """One line of the results. ``verdict``: its word, empty while nothing is known of the family."""

    id: str
    kind: str
    name: str
    line: str
    why: str = ""
    verdict: str = ""
    mark: str = ""
    card: str = ""
    """The card to open: a place opens the card of its service."""
    unsure: tuple[str, ...] = ()
    """Filters of which nobody knows whether they hold."""


@dataclass(frozen=True, slots=True)
class Results:
    """What was found, and how much more there is; ``near``: nothing fits the words, these come close."""

    found: tuple[Found, ...]
    more: int = 0
    near: bool = False
    topics: tuple[tuple[str, str], ...] = ()


_Line: TypeAlias = tuple[str, str, ImportedPlace | None]
"""An id, why it was found, and the imported place it stands for."""


class Lookup:
    """Finds for one form, with one content, at one moment."""

    def __init__(self, library: Library, speaker: Speaker, matcher: Matcher, asked: Asked, state: State) -> None:
        self._library, self._say, self._matcher, self._asked = library, speaker.say, matcher, asked
        self._knowledge = library.content.knowledge
        self._verdicts = dict(zip((card.id for card in matcher.cards), matcher.verdicts(state), strict=True))

    def results(self, now: datetime) -> Results:
        """Return what fits the form, best first.

        Words are searched; without words, every card of the topic comes in the order of its verdict. Words of danger
        bring their numbers before anything else, whatever the filters.
        """
        hits, near = self._hits()
        kept = [_called(self._found(entry, "des mots de danger", ()), entry.number) for entry in self._helplines()]
        first = {found.id for found in kept}
        for name, why, imported in hits:
            entry = self._knowledge.by_id.get(imported.service if imported else name)
            if entry is None or entry.id in first or (isinstance(entry, Helpline) and not entry.in_service):
                continue
            unsure = self._filtered(entry, now)
            if unsure is not None:
                found = self._found(entry, why, unsure)
                kept.append(_imported(found, imported) if imported else found)
        topics = tuple((topic.id, topic.name) for topic in self._topics_among(hits))
        return Results(tuple(kept[:MOST]), max(0, len(kept) - MOST), near and not first, topics)

    def _helplines(self) -> list[Helpline]:
        """Return the numbers that words of danger call for, all of a sure one, the first of a possible one."""
        alarm = detect(self._library.danger, self._asked.text)
        entries = [self._knowledge.by_id.get(name) for name in (alarm.numbers if alarm else ())]
        known = [entry for entry in entries if isinstance(entry, Helpline) and entry.in_service]
        return known if alarm and alarm.level == "sur" else known[:1]

    def _hits(self) -> tuple[list[_Line], bool]:
        """Return ids with why each was found, and whether all are only near."""
        if self._asked.text.strip():
            hits = self._library.full_search.search(self._asked.text, 2 * MOST, self._asked.home)
            return [(hit.id, _reason(hit), hit.place) for hit in hits], bool(hits) and all(hit.near for hit in hits)
        cards = sorted(self._matcher.cards, key=lambda card: (card.conditions is None, -self._verdicts[card.id]))
        if not self._asked.topic and self._asked.knows_something:
            # Without words or subject, what is open to everybody would bury what fits this family.
            cards = [card for card in cards if card.conditions]
        return [(card.id, "", None) for card in cards], False

    def _topics_among(self, hits: Iterable[_Line]) -> list[Topic]:
        return [self._knowledge.topic_by_id[name] for name, _, _ in hits if name in self._knowledge.topic_by_id]

    def _filtered(self, entry: AnyEntry, now: datetime) -> tuple[str, ...] | None:
        """Return the filters that may hold but are not known to, None when one surely does not."""
        unsure: list[str] = []
        for name, holds in self._checks(entry, now):
            if holds is False:
                return None
            if holds is None:
                unsure.append(name)
        return tuple(unsure)

    def _checks(self, entry: AnyEntry, now: datetime) -> Iterable[tuple[str, bool | None]]:
        asked, card = self._asked, self._card(entry)
        if asked.topic:
            yield "sujet", asked.topic in card.topics
        ages = next((ages for name, _, ages in AGES if name == asked.age), None)
        row = self._library.index.by_id.get(entry.id)
        if ages and row:
            yield "âge", age_factor(row, ages, self._library.index.known.topic_ages) >= 1
        if isinstance(entry, Place) and asked.home and not asked.text.strip():
            yield "arrondissement", entry.district == asked.home
        if asked.language:
            spoken = entry.languages if isinstance(entry, Service | Place | Helpline) else ()
            yield "langue", asked.language in spoken if spoken else None
        if asked.free:
            yield "gratuit", _is_free(card)
        if asked.no_appointment:
            yield "sans rendez-vous", _walk_in(entry if isinstance(entry, Place) else card)
        if asked.open_now:
            yield "ouvert", self._is_open(entry, now)

    def _is_open(self, entry: AnyEntry, now: datetime) -> bool | None:
        if not isinstance(entry, Place | Helpline):
            return None
        state = opening(timetable_of(entry), now, self._knowledge.calendar).state
        return {"ouvert": True, "ferme": False, "inconnu": None}[state]

    def _card(self, entry: AnyEntry) -> Right | Service | Helpline:
        found = self._knowledge.by_id[entry.service] if isinstance(entry, Place) else entry
        assert not isinstance(found, Place)
        return found

    def _found(self, entry: AnyEntry, why: str, unsure: tuple[str, ...]) -> Found:
        card = self._card(entry)
        verdict = self._verdicts.get(card.id) if self._asked.knows_something and card.conditions else None
        if isinstance(entry, Place):
            name, line = entry.name, f"{entry.address}, {entry.postcode} Paris"
        else:
            name, line = _titled(entry), self._say(field_label(entry, "resume", entry.summary))
        mark = verdict.word if verdict is not None else ""
        word = _WORDS[verdict] if verdict is not None else ""
        return Found(entry.id, _KIND[entry.kind], name, line, why, word, mark, card.id, unsure)


def _called(found: Found, number: str) -> Found:
    """Return the line of a helpline with the number to call in its name."""
    return found if number in found.name else replace(found, name=f"{number}, {found.name}")


def _imported(found: Found, place: ImportedPlace) -> Found:
    """Return the line of an imported place: nobody checked it, its card is that of its service."""
    where = f"{place.address}, {place.postcode} Paris"
    unsure = ("non vérifié, appelez avant", *found.unsure)
    return replace(found, id=place.service, kind="Lieu importé", name=place.name, line=where, unsure=unsure)


def _titled(card: Right | Service | Helpline) -> str:
    return f"{card.name} ({card.acronym})" if card.acronym else card.name


def _reason(hit: Hit) -> str:
    """Return why a hit was found, when its name does not show it: words read as others, words met elsewhere."""
    read = [f"« {typed} » lu « {found} »" for typed, found in hit.repaired]
    met = [_shown(match) for match in hit.reason if not match.repaired and match.field != "nom"]
    return ", ".join((*read, *met[:2]))


def _shown(match: Match) -> str:
    return f"« {match.found} » ({match.field})" if match.found else "d'après le sens de la demande"


def _is_free(card: Right | Service | Helpline) -> bool | None:
    if isinstance(card, Right):
        return True
    if isinstance(card, Helpline):
        return None if card.cost is None else True if "ratuit" in card.cost else None
    return {"gratuit": True, "payant": False, "selon_revenus": None, "inconnu": None}[card.cost]


def _walk_in(entry: Right | Service | Helpline | Place) -> bool | None:
    if not isinstance(entry, Service | Place):
        return True if isinstance(entry, Helpline) else None
    return {"non": True, "oui": False, "parfois": None, "inconnu": None}[entry.appointment]
