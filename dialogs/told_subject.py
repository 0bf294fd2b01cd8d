"""Tells whether French words speak of somebody else than the writer: « ma fille est en plein divorce »."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cached_property

from dialogs.phrases_load import phrases
from dialogs.phrases_story import StoryPattern
from dialogs.told_people import Person, people_in

_CUT = re.compile(r" (?:vv|:|\(|\)|et|mais|car|donc|puis|alors|parce|puisque) ")
_NOT_A_SUBJECT = StoryPattern(r"\b<pas_le_sujet> (?:(?:la|le|l|un|une) )?$")
_FIRST = re.compile(r"\b(?:je|j|on|nous|moi|m|me|jai|chui|g)\b")
_MINE = re.compile(r"(?:mon|ma|mes|notre|nos) ")
_OF = re.compile(r"\b(?:de|d|du) $")
_DOES = StoryPattern(r"\b<fait_quelque_chose>\b")
_GOES_ON = re.compile(r"(?:il|elle|ils|elles|cherche|vit|touche|habite|travaille|est|a) ")
_OTHERS = frozenset({"tiers", "enfant", "confie"})


class Subjects:
    """Who the clauses of one sentence speak of."""

    def __init__(self, sentence: str) -> None:
        """Take a sentence in plain words that ends with a space."""
        self._sentence = sentence

    @cached_property
    def _people(self) -> list[Person]:
        named = people_in(self._sentence, phrases())
        for place in range(1, len(named)):
            before, each = named[place - 1], named[place]
            aside = self._sentence[before.end : each.start] in (" vv ", " , ")
            if aside and before.kind == "tiers" and each.kind == "moi" and not each.owner:
                named[place] = replace(each, kind="tiers")  # « une collègue, maman de jumeaux »
        return named

    def another(self, start: int, end: int, of_relatives: bool) -> bool:
        """Tell whether the words from ``start`` to ``end`` are said of somebody else.

        Args:
            start: where the words begin.
            end: where they end.
            of_relatives: they may be said of a partner or of the children's other parent.
        """
        words = self._sentence[start:end]
        if _FIRST.match(words):
            return False
        if _MINE.match(words) and _OF.search(self._sentence, 0, start):
            return True  # « le père de ma copine est au chômage »
        said_of = next((each for each in self._people if each.start <= start < each.end < end - 1), None)
        if said_of and said_of.kind == "tiers" and (said_of.owner == "mien" or said_of.parent):
            return True  # « mon père est en prison », of a teenager who writes
        beside = next((each for each in self._people if each.end in (start, start - 1)), None)
        if beside and beside.kind == "tiers":
            return True  # « pour une amie enceinte de 5 mois »
        subject = self._subject(start)
        if subject is None or _FIRST.search(self._sentence[subject.end : start]):
            return False
        if subject.kind == "enfant" and not _DOES.of(phrases()).search(self._sentence[subject.end : start]):
            return False  # « seule avec mes trois enfants, dans le 20e »
        return subject.kind in _OTHERS or (subject.kind == "proche" and not of_relatives)

    def _subject(self, start: int) -> Person | None:
        """Return who is spoken of at a place: the last person named in its clause, objects left out."""
        cut = max((match.end() for match in _CUT.finditer(self._sentence, 0, start + 1)), default=0)
        named = [each for each in self._people if cut <= each.start and each.end <= start]
        subjects = [each for each in named if not _NOT_A_SUBJECT.of(phrases()).search(self._sentence[: each.start])]
        if subjects or not _GOES_ON.match(self._sentence, cut):
            return subjects[-1] if subjects else None
        earlier = [each for each in self._people if each.end <= cut and each.kind != "enfant"]
        return earlier[-1] if earlier and earlier[-1].kind in ("tiers", "proche", "confie") else None
