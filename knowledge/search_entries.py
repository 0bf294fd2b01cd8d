"""What the search knows of each entry: its words by field, the phrases it is called by, the ages it is for."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from sys import intern
from typing import Literal

from knowledge.content import AnyCard, AnyEntry, Knowledge
from knowledge.folding import fold, words
from knowledge.geography import districts_of
from knowledge.messages import card_labels
from knowledge.model import Helpline, Place, Service, Topic
from knowledge.search_ages import ages_of
from knowledge.search_asked import by_card
from knowledge.search_families import sense
from knowledge.search_load import Ages, SearchWords

Kind = Literal["droit", "service", "numero", "lieu", "theme"]
Names = Mapping[str, Mapping[str, str]]
"""Language -> entry or topic id -> its name in that language."""

FIELDS: tuple[tuple[str, float], ...] = (
    ("sigle", 1.1),
    ("téléphone", 1.1),
    ("nom", 1.0),
    ("ancien nom", 1.0),
    ("mots", 0.8),
    ("autre langue", 0.8),
    ("besoin", 0.6),
    ("demande", 0.6),
    ("résumé", 0.45),
    ("adresse", 0.5),
    ("service", 0.4),
    ("texte", 0.2),
)
"""Fields, as they are shown in a reason, with their weight; the position is the field's number."""

ACRONYM, PHONE, NAME, OLD, ALIAS, FOREIGN, NEED, ASKED, SUMMARY, ADDRESS, SERVICE, TEXT = range(len(FIELDS))
STEM = "0s"
"""What a stem begins with in the index: no folded word does, so stems and words do not meet."""


@dataclass(slots=True)
class Found:
    """One entry as the search sees it."""

    id: str
    kind: Kind
    title: str = ""
    """Its name, folded."""
    weight: int = 2
    topics: tuple[str, ...] = ()
    district: int | None = None
    zone: frozenset[int] = frozenset(range(1, 21))
    ages: Ages | None = None
    years: set[int] = field(default_factory=set)
    """Ages that its names and words say: « enceinte à 17 ans »."""
    levels: dict[str, int] = field(default_factory=dict)
    """Word or marked stem -> number of its best field."""
    written: frozenset[str] = frozenset()
    """Words of a card that editors wrote; the others are only what desks typed, misspelt or not."""
    phrases: dict[str, float] = field(default_factory=dict)
    """Whole names and aliases, as :func:`phrase_key` gives them -> weight of their field."""
    columns: list[list[str]] = field(default_factory=lambda: [[] for _ in FIELDS])

    def add(self, number: int, texts: Iterable[str], empty: Collection[str]) -> None:
        """Take in the texts of one field."""
        for text in texts:
            said = words(fold(text))
            self.add_words(number, said)
            if number <= ASKED and said:
                self.years.update(int(age) for age, unit in pairwise(said) if unit == "ans" and age.isdecimal())
                key = phrase_key(said, empty)
                self.phrases[key] = max(FIELDS[number][1], self.phrases.get(key, 0.0))

    def add_words(self, number: int, said: Iterable[str]) -> None:
        """Take in words of one field, each with its stem; a word keeps its best field."""
        for word in said:
            word, marked = intern(word), intern(STEM + sense(word))  # each stands in hundreds of entries
            tokens = (word,) if number == ACRONYM else (word, marked)  # « papa » is no form of PAP
            self.columns[number] += tokens
            for token in tokens:
                if FIELDS[number][1] > FIELDS[self.levels.get(token, TEXT)][1]:
                    self.levels[token] = number
                else:
                    self.levels.setdefault(token, number)


def phrase_key(said: Iterable[str], empty: Collection[str]) -> str:
    """Return what two wordings of one phrase share: the stems of its words, empty ones left out."""
    listed = list(said)
    return " ".join(sense(word) for word in listed if word not in empty) or " ".join(map(sense, listed))


def entries(knowledge: Knowledge, names: Names, known: SearchWords) -> Iterator[Found]:
    """Yield every card in service, topic and place."""
    former, asked = _former(knowledge, known), by_card(knowledge, known.asked)
    for card in knowledge.cards:
        found = _card(card, former.get(card.id, ()), names, known)
        found.written = frozenset(found.levels)
        found.add(ASKED, asked.get(card.id, ()), known.empty)
        yield found
    for topic in knowledge.topics:
        yield _topic(topic, names, known)
    for place in knowledge.places:
        yield _place(place, knowledge, known)


def _former(knowledge: Knowledge, known: SearchWords) -> dict[str, tuple[str, ...]]:
    """Return old names by card: written ones, and those of the helplines it replaces."""
    former = dict(known.old_names)
    for line in knowledge.helplines:
        if not line.in_service and line.replaced_by:
            said = (line.name, line.number, *line.words)
            former[line.replaced_by] = (*former.get(line.replaced_by, ()), *said)
    return former


def _card(card: AnyCard, former: tuple[str, ...], names: Names, known: SearchWords) -> Found:
    title = " ".join(words(fold(card.name)))
    found = Found(card.id, card.kind, title, card.weight, card.topics, zone=districts_of(card.zone), ages=ages_of(card))
    found.add(ACRONYM, card.acronym.split(", ") if card.acronym else (), known.empty)
    found.add(PHONE, _phones(card), known.empty)
    found.add(NAME, (card.name, *card.former_ids), known.empty)
    found.add(OLD, former, known.empty)
    found.add(ALIAS, (*card.words, *known.other_names.get(card.id, ())), known.empty)
    found.add(FOREIGN, (*known.foreign.get(card.id, ()), *_foreign(card.id, card.name, names)), known.empty)
    found.add(NEED, known.needs.get(card.id, ()), known.empty)
    found.add(SUMMARY, (card.summary, card.audience), known.empty)
    labels = (label.text for label in card_labels(card) if label.context.rsplit(".", 1)[1] not in _ELSEWHERE)
    body = (*labels, card.body or "")
    found.add_words(ALIAS, (number for text in body for number in _FORM.findall(text)))
    found.add(TEXT, body, known.empty)
    return found


_FORM = re.compile(r"\bcerfa (?:n° ?)?(\d{5})\b", re.IGNORECASE)  # a form is asked for by its number
_ELSEWHERE = frozenset({"nom", "resume", "pour_qui", "sinon"})  # in another field, or says for whom it is not


def _phones(card: AnyCard) -> tuple[str, ...]:
    if isinstance(card, Helpline):
        return (card.number, card.sms) if card.sms else (card.number,)
    return (card.phone,) if isinstance(card, Service) and card.phone else ()


def _topic(topic: Topic, names: Names, known: SearchWords) -> Found:
    ages = known.topic_ages.get(topic.id)
    found = Found(topic.id, "theme", " ".join(words(fold(topic.name))), topics=(topic.id,), ages=ages)
    found.add(NAME, (topic.name,), known.empty)
    found.add(ALIAS, topic.words, known.empty)
    foreign = (word for listed in topic.foreign_words.values() for word in listed)
    found.add(FOREIGN, (*foreign, *_foreign(topic.id, topic.name, names)), known.empty)
    found.add(SUMMARY, (topic.phrase,), known.empty)
    return found


def _place(place: Place, knowledge: Knowledge, known: SearchWords) -> Found:
    service = knowledge.by_id.get(place.service)
    shared = set(words(fold(f"{service.name} {_acronym(service)}"))) if service else set()
    said = words(fold(place.name))
    found = Found(place.id, "lieu", " ".join(said), district=place.district)
    own = [word for word in said if word not in shared and word not in known.empty]
    found.add_words(NAME, (word for word in own if not word[0].isdecimal()))  # « 61 rue ... » is an address
    found.add(PHONE, (place.phone,) if place.phone else (), known.empty)
    for name in known.other_names.get(place.id, ()):  # what kind of place it is says its service
        spoken = words(fold(name))
        found.add_words(ALIAS, (word for word in spoken if word not in shared and word not in known.empty))
        found.phrases[phrase_key(spoken, known.empty)] = FIELDS[ALIAS][1]
    found.add(ADDRESS, (place.address,), known.empty)
    found.add_words(SERVICE, said)
    if service and not isinstance(service, Place):
        found.topics = service.topics
        found.add(SERVICE, _called(service, known), known.empty)
    found.phrases[phrase_key(said, known.empty)] = FIELDS[NAME][1]
    return found


def _called(service: AnyCard, known: SearchWords) -> tuple[str, ...]:
    others = (*known.other_names.get(service.id, ()), *known.foreign.get(service.id, ()))
    return (service.name, _acronym(service), *service.words, *others)


def _acronym(entry: AnyEntry) -> str:
    return "" if isinstance(entry, Place) else entry.acronym or ""


def _foreign(name: str, french: str, names: Names) -> tuple[str, ...]:
    said = (listed.get(name, "") for listed in names.values())
    return tuple(dict.fromkeys(each for each in said if each and each != french))


def by_phrase(rows: Iterable[Found]) -> dict[str, list[tuple[int, float]]]:
    """Return phrase -> (number of the row, weight of the field) of all the rows called so."""
    named: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, row in enumerate(rows):
        for phrase, weight in row.phrases.items():
            named[phrase].append((number, weight))
    return named
