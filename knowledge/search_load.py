"""Reads what the search knows beside the cards: three YAML files and ``demandes``, folded and ready."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from knowledge.ages import months
from knowledge.base import Model, Slug, YesNo
from knowledge.folding import fold, words
from knowledge.load import FOLDER, Reading
from knowledge.model import Short
from knowledge.reader import ContentError
from knowledge.search_asked import by_entry
from knowledge.search_wording import families, of_each_age
from knowledge.source import Source

Ages = tuple[int, int]
"""A span of ages in months, the last one left out."""


def _age(text: str) -> str:
    if months(text) is None:
        raise ValueError(f"'{text}' n'est pas un âge : écrivez « 3 ans » ou « 6 mois »")
    return text


Age = Annotated[str, AfterValidator(_age)]


def _one_word(text: str) -> str:
    if len(words(fold(text))) != 1:
        raise ValueError(f"'{text}' doit être un seul mot")
    return text


OneWord = Annotated[str, AfterValidator(_one_word)]


class OldNames(Model):
    """Names that people still say, and the card they lead to today."""

    names: tuple[Short, ...] = Field(alias="noms", min_length=1)
    card: Slug = Field(alias="fiche")


Language = Literal["en", "ar", "es", "pt", "zh", "ru", "uk", "ro", "tr", "bn", "ta"]
Said = Annotated[tuple[Short, ...], Field(min_length=1)]


class Need(Model):
    """A need in everyday words, French and others, and the cards that meet it."""

    name: Short = Field(alias="besoin")
    cards: tuple[Slug, ...] = Field(alias="fiches", min_length=1)
    said: Said = Field(alias="dit")
    languages: dict[Language, Said] = Field(alias="langues")


class NeedFile(Model):
    """The shape of besoins.yaml."""

    needs: tuple[Need, ...] = Field(alias="besoins")


class AgeWords(Model):
    """Words that say an age."""

    words: tuple[str, ...] = Field(alias="mots", min_length=1)
    low: Age = Field(alias="de")
    high: Age = Field(alias="a")


class TopicAges(Model):
    """The ages a topic speaks to."""

    topic: Slug = Field(alias="theme")
    low: Age = Field(alias="de")
    high: Age = Field(alias="a")


class SearchFile(Model):
    """The shape of recherche.yaml."""

    old_names: tuple[OldNames, ...] = Field((), alias="anciens_noms")
    other_names: tuple[OldNames, ...] = Field((), alias="autres_noms")
    foreign: tuple[OldNames, ...] = Field((), alias="autres_langues")
    empty: tuple[str, ...] = Field((), alias="mots_vides")
    weak: tuple[str, ...] = Field((), alias="mots_faibles")
    families: tuple[Annotated[tuple[OneWord, ...], Field(min_length=2)], ...] = Field((), alias="memes_mots")
    after_number: tuple[str, ...] = Field((), alias="apres_un_nombre")
    before_class: tuple[str, ...] = Field((), alias="avant_une_classe")
    ages: tuple[AgeWords, ...] = ()
    topic_ages: tuple[TopicAges, ...] = Field((), alias="ages_des_themes")


class Neighbourhood(Model):
    """Names of a neighbourhood and where it lies, the main arrondissement first."""

    names: tuple[Short, ...] = Field(alias="noms", min_length=1)
    districts: tuple[Annotated[int, Field(ge=1, le=20)], ...] = Field(alias="arrondissements", min_length=1)
    usual: YesNo = Field(False, alias="usage")


class NeighbourhoodFile(Model):
    """The shape of quartiers.yaml."""

    sources: tuple[Source, ...] = Field(min_length=1)
    neighbourhoods: tuple[Neighbourhood, ...] = Field(alias="quartiers")


@dataclass(frozen=True, slots=True)
class SearchWords:
    """Folded words that help to read a query."""

    old_names: dict[str, tuple[str, ...]]
    """Card id -> names it had before, as they are written."""
    other_names: dict[str, tuple[str, ...]]
    """Card id -> how desks call it: acronyms of others, short words."""
    needs: dict[str, tuple[str, ...]]
    """Card id -> everyday sentences that say the needs it meets."""
    asked: dict[str, tuple[str, ...]]
    """Entry id -> what desks typed when they looked for it."""
    foreign: dict[str, tuple[str, ...]]
    """Card id -> words for it in other languages."""
    empty: frozenset[str]
    weak: frozenset[str]
    """Words that say little by themselves: they count for less."""
    families: dict[str, str]
    """Word or root of a word -> first word of its family, folded."""
    after_number: frozenset[str]
    before_class: frozenset[str]
    """Words before « 6e » that make it a class of a school, not an arrondissement."""
    ages: dict[str, Ages]
    topic_ages: dict[str, Ages]
    places: dict[tuple[str, ...], tuple[int, ...]]
    """Words of a neighbourhood's name -> its arrondissements, the main one first."""
    vocabulary: frozenset[str] = frozenset()
    """Words of the entries: none is another spelling of a neighbourhood; empty when spellings are not looked at."""


@cache
def search_words(folder: Path = FOLDER) -> SearchWords:
    """Return the words of the files, read once.

    Raises:
        ContentError: with every problem of the YAML files, or of one of demandes.
    """
    reading = Reading(folder)
    search, areas = reading.one("recherche.yaml", SearchFile), reading.one("quartiers.yaml", NeighbourhoodFile)
    file = reading.one("besoins.yaml", NeedFile)
    if search is None or areas is None or file is None:
        raise ContentError(reading.problems)
    needs = file.needs
    return SearchWords(
        old_names=_by_card((each.card, each.names) for each in search.old_names),
        other_names=_by_card((each.card, each.names) for each in search.other_names),
        needs=_by_card((card, each.said) for each in needs for card in each.cards),
        asked=by_entry(folder),
        foreign=_by_card(
            [(each.card, each.names) for each in search.foreign]
            + [(card, said) for each in needs for card in each.cards for said in each.languages.values()]
        ),
        empty=_folded(search.empty),
        weak=_folded(search.weak),
        families=families(search.families),
        after_number=_folded(search.after_number),
        before_class=_folded(search.before_class),
        ages={word: _span(each.low, each.high) for each in search.ages for word in _folded(each.words)},
        topic_ages={each.topic: _span(each.low, each.high) for each in search.topic_ages},
        places={words(fold(name)): each.districts for each in areas.neighbourhoods for name in each.names},
    )


def _by_card(listed: Iterable[tuple[str, tuple[str, ...]]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for card, names in listed:
        found[card] = (*found.get(card, ()), *(text for name in names for text in of_each_age(name)))
    return found


def _folded(texts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for text in texts for word in words(fold(text)))


def _span(low: str, high: str) -> Ages:
    return months(low) or 0, months(high) or 0
