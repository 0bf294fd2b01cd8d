"""What desks type and the cards that they should find: ``knowledge/demandes``, the search's own words, what cards say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from knowledge.content import Knowledge
from knowledge.load import Reading
from knowledge.model import Place
from knowledge.search_asked import EXACTLY, asked, tables
from knowledge.search_load import NeedFile, SearchFile
from tests.ear.sentences import ROOT
from tests.evaluation import sets


@dataclass(frozen=True, slots=True)
class Asked:
    """One text, and what each card weighs among its answers, of sum 1."""

    author: str
    language: str
    text: str
    cards: Mapping[str, float]


def all_asked(knowledge: Knowledge) -> list[Asked]:
    """Return all that says which cards a short text asks for."""
    found = [*_of_search(knowledge), *_of_cards(knowledge)]
    graded = [(path.stem, *each) for path in tables() for each in asked(path).items()]
    graded += [("guichet", *each) for half in (sets.desk("dev"), sets.fourth_desk()) for each in half.items()]
    for author, text, grades in graded:
        learned = _shares(_cards(grades, knowledge))
        if learned:
            found.append(Asked(author, "fr", text, learned))
    return found


def _of_search(knowledge: Knowledge) -> Iterator[Asked]:
    reading = Reading(ROOT / "knowledge")
    needs, search = reading.one("besoins.yaml", NeedFile), reading.one("recherche.yaml", SearchFile)
    assert needs and search
    for need in needs.needs:
        share = _shares(_cards(dict.fromkeys(need.cards, EXACTLY), knowledge))
        for language, said in {"fr": (need.name, *need.said), **need.languages}.items():
            yield from (Asked("besoins", language, text, share) for text in said if share)
    for named in (*search.old_names, *search.other_names):
        share = _shares(_cards({named.card: EXACTLY}, knowledge))
        if share and named.card in share:
            yield from (Asked("recherche", "fr", text, share) for text in named.names)


def _of_cards(knowledge: Knowledge) -> Iterator[Asked]:
    for card in knowledge.cards:
        for text in (card.name, card.acronym, card.summary, *card.words):
            if text:
                yield Asked("fiches", "fr", text, {card.id: 1.0})


def _cards(grades: Mapping[str, int], knowledge: Knowledge) -> dict[str, int]:
    """Return the grades of cards in service; a place speaks for its service."""
    served = {card.id for card in knowledge.cards}
    found: dict[str, int] = {}
    for name, grade in grades.items():
        entry = knowledge.by_id.get(name)
        card = entry.service if isinstance(entry, Place) else name
        if card in served:
            found[card] = max(grade, found.get(card, 0))
    return found


def _shares(grades: Mapping[str, int]) -> dict[str, float]:
    weights = {name: (grade - 1) / (EXACTLY - 1) for name, grade in grades.items() if grade > 1}  # 1 is not learned
    whole = sum(weights.values())
    return {name: weight / whole for name, weight in weights.items()}
