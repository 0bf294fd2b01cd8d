"""Reads a desk query: its words, and the arrondissement, neighbourhood and age that it says.

« creche ménilmontant 2 ans » is the word « creche », the 20th and 11th arrondissements, and 24 to 35 months.
What is read as a place or an age stays among the ``aside`` words: it may also be part of a name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby, product

from knowledge.folding import fold, words
from knowledge.geography import CENTRE
from knowledge.search_areas import area_at
from knowledge.search_load import Ages, SearchWords, search_words

WINDOW = 1_000
"""Characters read of a query."""

MOST_WORDS = 24

_DIGITS = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_ROMAN = {f"{tens}{digit}": number for number, (tens, digit) in enumerate(product(("", "x"), _DIGITS)) if number} | {
    "xx": 20
}
_FROM_SEVEN = ("sept", "huit", "neuv", "dix", "onz", "douz", "treiz", "quatorz", "quinz", "seiz")
_ORDINAL_WORDS = {f"{begun}ieme": number for number, begun in enumerate(_FROM_SEVEN, 7)} | {"vingtieme": 20}
"""« le onzième »; below the seventh, a child, a month or a class is meant as often as an arrondissement."""
_SHORTEST_SPELT = 3
_NOT_ROMAN = frozenset({"ie", "ve", "vie", "ive"})  # « ive », « vie » are words
_ORDINAL = re.compile(r"(\d{1,2}|[ivx]+)(?:er|ere|e|em|eme|ieme|th|st|nd|rd)")
_PARTED = re.compile(r"\b(\d{1,2}) (e|er|ere|eme|em|ieme|th|st|nd|rd)\b")
_GLUED = re.compile(r"(\d{1,3})(ans?|mois|months?|years?)|([a-z]{2,})(75[01]\d\d|1?\d|20)")
_COUNTED = frozenset(
    {"les", "mes", "ses", "nos", "vos", "leurs", "ces", "des"}
)  # « les 3 pmi du 13 », « mes 2 petits »
_CLASSES = frozenset("6543")  # classes of a collège; « 2e » and « 1re » are rarely written so
_YEARS = frozenset(
    words(fold("an ans year years años ani лет год года років роки سنوات سنة سنين عام 岁 বছর வயது yaşında yaş"))
)
_MONTHS = frozenset(words(fold("mois month months meses luni месяцев месяца місяців أشهر شهر 个月 মাস மாதம் aylık")))
"""Units of an age, in the languages of besoins.yaml."""

_AREA_WORDS = frozenset({"paris", "arrondissement", "arr", "arrdt", "district", "quartier"})


@dataclass(frozen=True, slots=True)
class Query:
    """What a typed text asks for; words are folded."""

    said: tuple[str, ...] = ()
    """All words in order, at most ``MOST_WORDS``."""
    wanted: tuple[str, ...] = ()
    """The words that a hit should have: no empty words, places or ages, unless nothing else was said."""
    aside: tuple[str, ...] = ()
    """Words read as a place or an age, or empty: they add to a hit that has them, and miss nowhere."""
    told: tuple[str, ...] = ()
    """The words among ``aside`` that said a place or an age."""
    districts: tuple[int, ...] = ()
    """Arrondissements meant, the main one first; () for none."""
    area: tuple[str, ...] = ()
    """Telling words of the neighbourhood named, as it is written; () for none."""
    only_a_place: bool = False
    """Nothing but an arrondissement or a neighbourhood was said."""
    age: Ages | None = None
    """Ages meant, in months, the last one left out."""
    open_end: bool = False
    """The last word may be unfinished: nothing was typed after it."""


def query_of(text: str, known: SearchWords | None = None) -> Query:
    """Return what a text asks for; any text of any length is accepted, of which ``WINDOW`` characters are read."""
    known = known or search_words()
    folded = _PARTED.sub(r"\1\2", fold(text[:WINDOW], WINDOW))
    parts = (part for word in words(folded)[: 2 * MOST_WORDS] for part in _unglued(word))
    said = _spelt(list(parts), known.vocabulary)[:MOST_WORDS]
    open_end = bool(folded) and not folded[-1].isspace() and bool(said)
    reading = _Reading(said, known, open_end)
    taken = reading.taken
    wanted = [word for place, word in enumerate(said) if place not in taken and word not in known.empty]
    only_a_place = bool(reading.districts and not wanted)
    if only_a_place:  # « 17 » may be the police, « belleville » is the name of a PMI
        wanted = [said[place] for place in sorted(taken) if _may_be_a_name(said[place])]
    elif not wanted and not reading.age:
        wanted = said  # empty words alone are looked for as they are
    return Query(
        said=tuple(said),
        wanted=tuple(dict.fromkeys(wanted)),
        aside=tuple(dict.fromkeys(word for word in said if word not in wanted)),
        told=tuple(dict.fromkeys(said[place] for place in sorted(taken) if said[place] not in wanted)),
        districts=reading.districts,
        area=tuple(word for word in reading.area if word not in known.empty),
        only_a_place=only_a_place,
        age=reading.age,
        open_end=open_end and said[-1] in wanted,
    )


def _may_be_a_name(word: str) -> bool:
    short_number = word.isdecimal() and len(word) <= 2
    return short_number or (word.isalpha() and word not in _AREA_WORDS)


def _unglued(word: str) -> tuple[str, ...]:
    """Return « 2 », « ans » for « 2ans » and « pmi », « 18 » for « pmi18 »."""
    match = _GLUED.fullmatch(word)
    return tuple(part for part in match.groups() if part) if match else (word,)


def _spelt(said: list[str], vocabulary: frozenset[str]) -> list[str]:
    """Return the words with « c a f », « a p l » written together, when that is a word of the entries."""
    found: list[str] = []
    for alone, run in groupby(said, lambda word: len(word) == 1 and word.isalpha()):
        listed = list(run)
        joined = "".join(listed)
        found += [joined] if alone and len(listed) >= _SHORTEST_SPELT and joined in vocabulary else listed
    return found


class _Reading:
    """One pass over the words: places and ages found, and the positions of the words that said them."""

    def __init__(self, said: list[str], known: SearchWords, open_end: bool) -> None:
        self.said, self.known, self.open_end = said, known, open_end
        self.taken: set[int] = set()
        self.districts: tuple[int, ...] = ()
        self.area: tuple[str, ...] = ()
        self.age: Ages | None = None
        for place in range(len(said)):
            if place not in self.taken:
                self._age(place) or self._district(place) or self._neighbourhood(place)
        if self.districts or len(self.taken) == len(said):
            self.taken |= {place for place, word in enumerate(said) if word in _AREA_WORDS}

    def _next(self, place: int) -> str:
        return self.said[place + 1] if place + 1 < len(self.said) else ""

    def _age(self, place: int) -> bool:
        word, unit = self.said[place], self._next(place)
        if word in self.known.ages:
            self.age = self.age or self.known.ages[word]
            return True  # the word itself is looked for too
        if not (word.isdecimal() and len(word) <= 3 and unit in _YEARS | _MONTHS):
            return False
        low = int(word) * (12 if unit in _YEARS else 1)
        self.age = (low, low + (12 if unit in _YEARS else 1))
        self.taken |= {place, place + 1}
        return True

    def _district(self, place: int) -> bool:
        found, used = self._district_at(place)
        if found:
            self.districts = self.districts or found
            self.taken |= set(range(place, place + used))
        return bool(found)

    def _district_at(self, place: int) -> tuple[tuple[int, ...], int]:
        word, after = self.said[place], self._next(place)
        if word == "paris" and after == "centre":
            return tuple(sorted(CENTRE)), 2
        if re.fullmatch(r"75[01]\d\d", word):
            number = 16 if word == "75116" else int(word[3:]) if word[2] == "0" else 0
            return ((number,) if 1 <= number <= 20 else ()), 1
        spelt = word == "dix" and after in _ORDINAL_WORDS
        if spelt or word in _ORDINAL_WORDS:
            number = 10 + _ORDINAL_WORDS[after] if spelt else _ORDINAL_WORDS[word]
            return self._number(str(number), place + 1 + spelt), 1 + spelt
        match = _ORDINAL.fullmatch(word)
        if match and match[1] in _CLASSES and place and self.said[place - 1] in self.known.before_class:
            self.said[place] = f"{match[1]}e"  # as cards write it
            return (), 1
        if match and word not in _NOT_ROMAN:
            found = self._number(match[1], place + 1)
            if not found and match[1].isdecimal():
                self.said[place] = f"{match[1]}e"  # « 3ème enfant » is « 3e enfant »
            return found, 1
        roman = word[0] == "x" and word in _ROMAN and len(word) > 1  # « mairie xviii »; « x » alone is anyone
        counted = place > 0 and self.said[place - 1] in _COUNTED and place + 1 < len(self.said)
        return (self._number(word, place + 1) if roman or (word.isdecimal() and not counted) else ()), 1

    def _number(self, text: str, follower: int) -> tuple[int, ...]:
        number = int(text) if text.isdecimal() else _ROMAN.get(text, 0)
        after = self.said[follower] if follower < len(self.said) else ""
        real = 1 <= number <= 20 and not text.startswith("0")
        return (number,) if real and after not in self.known.after_number else ()

    def _neighbourhood(self, place: int) -> bool:
        found = area_at(self.said, place, self.known, self.open_end)
        if not found:
            return False
        self.districts, self.area = self.districts or found.districts, self.area or found.name
        self.taken |= set(range(place, place + found.used))
        return True
