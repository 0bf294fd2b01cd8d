"""Finds where a text mentions a child: whose, how many, the noun, then the ages or the birth given with it.

It does not decide whether the children are those of the person who writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from dialogs.ages_text import AGES, Birth, birth_on, birth_pattern, has_unit, read_ages
from dialogs.phrases_load import Phrases
from dialogs.volunteered_clauses import Reading

MANY = {"jumeaux": 2, "triples": 3}
"""Word families of children born together, and how many they are at least."""

_OLDEST_BARE = 18
"""Years: from here on a number without a unit is more likely something else."""

_ADULT = (
    r"\b(?:mari|femme|conjointe?|compagne|compagnon|pere|mere|papa|maman|husband|wife|partner"
    r"|father|mother)\b"
)


@dataclass(slots=True)
class Mention:
    """One mention: where it stands, how it is owned, how many children it counts, the ages it gives."""

    start: int
    end: int
    own: str
    count: int | None
    general: bool
    births: list[Birth]
    noun: str
    says_has: bool


def mentions(reading: Reading, on: date, known: Phrases) -> Iterator[Mention]:
    """Yield every mention of a child, those of a sentence about a death left out."""
    text = reading.text
    grieving = [
        match.start()
        for match in known.cues["deuil"].finditer(text)
        if not re.search(_ADULT, text[max(0, match.start() - 30) : match.end() + 30])
    ]
    for match in _grammar(known).finditer(text):
        start = max(text.rfind(mark, 0, match.start()) for mark in ".!?;")
        stop = min((end for mark in ".!?;" if (end := text.find(mark, match.end())) >= 0), default=len(text))
        if any(start < place < stop for place in grieving):
            continue
        named = _named(match, on, known)
        if named:
            yield named


def _named(match: re.Match[str], on: date, known: Phrases) -> Mention | None:
    noun = match["noun"] or ""
    if re.match(rf"(?:\w+ )?{known.families['pas_enfant']} ", match[0]):
        return None
    kind = next((name for name in MANY if re.fullmatch(known.families[name], noun)), "")
    counted = int(match["count"]) if match["count"] else None
    births = _births(match, on, known, counted or MANY.get(kind) or (None if noun in known.lists["pluriels"] else 1))
    if births is None:
        return None
    if kind and len(births) == 1:
        births = births * MANY[kind]
    own = "mien" if match["mine"] else "repris" if match["again"] else ""
    general = noun not in ("bebe", "bebes") and re.fullmatch(known.families["enfant"], noun) is not None
    says_has = match["link"] is not None and re.match(r"(?:a|ont|is|are) ", match["link"]) is not None
    return Mention(match.start(), match.end(), own, counted, general, births, kind or noun, says_has)


def _births(match: re.Match[str], on: date, known: Phrases, count: int | None) -> list[Birth] | None:
    """Return the births a mention gives ([] when it gives none), None when its ages cannot be trusted."""
    if match["born"]:
        born = birth_on(match["born"], on, known)
        return [born] if born else None
    ages = match["ages"] or match["years"]
    if not ages:
        return []
    link = match["link"] or ""
    bare = not has_unit(ages) and not re.search(r"(?:aged|ages? de|is|are|age|ages|[:(]) $", link)
    if bare and not (_one_for_each(ages, count) and not _ONE_MORE.match(match.string, match.end())):
        return None
    births = read_ages(ages, on, count)
    if not link and not match["years"] and not _stands_alone(match, births, count):
        return None
    return births if births and (count is None or len(births) <= count) else None


_ONE_MORE = re.compile(r"[ ,]*(?:et|and|plus|puis|with|avec|\+|&) (?:un|une|1|a|an|another|my|mon|ma|le|la|the)\b")
"""« two kids, 6 and 9, and a baby »: the count left one out."""


def _one_for_each(ages: str, count: int | None) -> bool:
    """Tell whether bare numbers are as many ages as children counted: « two kids, 6 and 9 »."""
    numbers = [int(each) for each in re.findall(r"\d+", ages)]
    return len(numbers) > 1 and len(numbers) == count and max(numbers) < _OLDEST_BARE and "/" not in ages


def _stands_alone(match: re.Match[str], births: list[Birth], count: int | None) -> bool:
    """Tell whether an age right after the noun is one: « je vois mes enfants 2 jours » gives none."""
    if match["count"] and len(births) == count:
        return True
    after = match.string[match.end() :]
    return "an" in match["ages"].split()[-1] and re.match(r" ?(?:$|[.,;:!?()]|et |and |mais |dans )", after) is not None


@cache
def _grammar(known: Phrases) -> re.Pattern[str]:
    """Return the expression of one mention: whose, how many, the noun, then its ages or birth.

    In English the age may stand before the noun: « my 4 year old son », « a 2 year old ».
    """
    families = known.families
    nouns = "|".join(families[name] for name in ("enfant", "enfant_lie", "enfant_rang", "jumeaux", "triples"))
    # « son » is English only after an English word: in French it means his or her
    nouns += r"|(?:(?<=my )|(?<=our )|(?<=\ba )|(?<=old )|(?<=young )|(?<=other ))son"
    owner = (
        rf"(?:(?P<mine>{families['mien']}) |un |une |des |les |(?:a|an) (?!\d{{1,2}} (?!years?"
        rf"|months?|weeks?))|the )?"
    )
    adjectives = rf"(?:{families['adjectif']} )*"
    number = r"(?:(?P<count>\d{1,2}) )?"
    years = r"(?:(?P<years>(?:\d{1,2} (?:,|and) )*\d{1,2} (?:years?|months?|weeks?)) olds? )"
    after = rf"(?:{families['apres_enfant']} )*(?:[a-z]{{3,12}} (?=a \d|de \d|ne |nee ))?"
    head = rf"{owner}(?:{years}(?:(?:{nouns}) )?|{adjectives}{number}{adjectives}(?P<noun>{nouns}) {after})"
    again = rf"(?P<again>{families['repris']}) (?=de \d|d \d|a \d|\d|qui a \d|is \d|aged \d)"
    link = (
        rf"(?P<link>(?:[,:(] |\. (?=(?:il|elle|ils|elles|he|she"
        rf"|they) ))?(?:{families['lien_age']} )*(?:[:(] )?)"
    )
    born = rf"(?:[,(] )?{families['lien_naissance']} (?P<born>{birth_pattern(known).pattern})"
    return re.compile(rf"(?<!\S)(?:{head}|{again})(?:{born}|{link}(?P<ages>{AGES.pattern}))?")
