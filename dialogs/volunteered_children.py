"""Reads the children someone speaks of, with their ages, and whether she named them all.

Only her own children count: « mon fils de 3 ans », « j'ai deux enfants de 2 et 7 ans », never « un enfant de
3 ans peut-il... ». A number of children without ages says nothing about ages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from dialogs.ages_text import AGES, Birth, birth_on, birth_pattern, has_unit, read_ages
from dialogs.phrases_load import Phrases
from dialogs.volunteered_clauses import Reading

_MANY = {"jumeaux": 2, "triples": 3}
_PLURALS = frozenset(
    "enfants bebes gosses gamins kids children filles garcons sons daughters boys girls petits petites grands".split()
)
_BETWEEN = re.compile(
    r" ?(?:[,:;.()+&] )*(?:(?:et|and|puis|ainsi que|plus|avec|dont|ensuite|j ai aussi|aussi|with|de|d) )*(?:[,:(] )?"
)
_ADULT = r"\b(?:mari|femme|conjointe?|compagne|compagnon|pere|mere|papa|maman|husband|wife|partner|father|mother)\b"
_TELEGRAPHIC_AFTER = re.compile(
    r"(?:^|[,.;:] |(?:solo|monoparentale?|celibataire|isolee?|seule?) (?:, )?|\be )$"
)


@dataclass(slots=True)
class _Named:
    """One mention: where it stands, how it is owned, how many children it counts, the ages it gives."""

    start: int
    end: int
    own: str
    count: int | None
    general: bool
    births: list[Birth]
    noun: str
    says_has: bool


@dataclass(slots=True)
class Children:
    """Children found in a text. ``declared``: how many the person says she has. ``twins``: born together."""

    births: list[Birth] = field(default_factory=list)
    declared: int | None = None
    all_named: bool = True
    twins: bool = False

    @property
    def complete(self) -> bool:
        """Tell whether as many ages were given as children declared."""
        return self.all_named and self.declared is not None and self.declared == len(self.births)

    def plain(self, complete: bool) -> dict[str, Any]:
        """Return the plain value of the fact ``enfants``."""
        return {
            "liste": [{"naissance": birth} for birth in self.births],
            "complet": "oui" if complete else "non",
        }


def children_in(reading: Reading, on: date, known: Phrases, asked: bool = False) -> Children:
    """Return the person's own children named in a text, in the order they are named.

    Args:
        reading: the text cut into clauses.
        on: the day ages are counted from.
        known: the word lists.
        asked: she answers the question about her children, so « une fille de 3 ans » needs no « j'ai ».
    """
    found = Children()
    chain: _Named | None = None
    for named in _mentions(reading, on, known):
        linked = chain is not None and _BETWEEN.fullmatch(reading.text[chain.end : named.start]) is not None
        if not (linked or _is_own(named, reading, known, asked)):
            continue
        if not _add(found, named, linked):
            return Children()
        chain = named
    return found if len(found.births) <= 15 else Children()


def _add(found: Children, named: _Named, linked: bool) -> bool:
    """Add one mention; False when it contradicts the number of children declared."""
    if named.general and named.count is not None and found.declared is None and not linked:
        found.declared = named.count
        if len(named.births) > named.count:
            return False
        found.all_named = len(named.births) in (
            0,
            named.count,
        )  # « 2 enfants de 3 ans » may be one age of two
    again = [birth for birth in named.births if birth in found.births]
    if again and not linked and (found.complete or len(named.births) == 1):
        return True  # « ma fille de 7 ans » after « deux enfants de 2 et 7 ans »
    if found.declared is not None and len(found.births) + len(named.births) > found.declared:
        found.all_named = False
    found.births += named.births
    found.twins = found.twins or named.noun in _MANY
    return True


def _is_own(named: _Named, reading: Reading, known: Phrases, asked: bool) -> bool:
    before = reading.text[: named.start]
    if named.own == "mien":
        # « le père de ma fille a 40 ans » gives the father's age
        return not (named.says_has and re.search(r"\b(?:de|du|d) $", before))
    if reading.speaker_at(named.start) == "tiers":
        return False
    if named.own == "repris":
        return asked
    governed = re.search(rf"(?<!travaille )(?<!travail )(?<!work )\b{known.families['gouverne']} $", before)
    if governed and not (
        governed[0].startswith(("avec", "with")) and reading.speaker_at(governed.start()) != "moi"
    ):
        return _stated(named, reading, known)
    if asked or (
        named.count == len(named.births)
        and reading.text.strip() == reading.text[named.start : named.end].strip()
    ):
        return True
    return bool(named.count and _TELEGRAPHIC_AFTER.search(before) and _speaks_of_self(reading, named, known))


def _stated(named: _Named, reading: Reading, known: Phrases) -> bool:
    """Tell whether a mention stands in no denied, imagined or past clause."""
    for clause in reading.clauses:
        if clause.start <= named.start < clause.start + len(clause.text) + 1:
            supposed = clause.imagined_from is not None and clause.start + clause.imagined_from < named.start
            return not (
                clause.past or supposed or _denied_before(clause.text[: named.start - clause.start], known)
            )
    return True


def _denied_before(text: str, known: Phrases) -> bool:
    return known.find("negation", text) is not None


def _speaks_of_self(reading: Reading, named: _Named, known: Phrases) -> bool:
    sentence_end = re.search(r"[.!?;]", reading.text[named.start :])
    asked = sentence_end is not None and sentence_end[0] == "?"
    own = known.find("premiere", reading.text) or re.search(
        rf"\b{known.families['mien']} |\b(?:solo|monoparentale|celibataire) ", reading.text
    )
    return bool(own) and not asked and reading.speaker_at(named.start) == "moi"


def _mentions(reading: Reading, on: date, known: Phrases) -> Iterator[_Named]:
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


def _named(match: re.Match[str], on: date, known: Phrases) -> _Named | None:
    noun = match["noun"] or ""
    if re.match(rf"(?:\w+ )?{known.families['pas_enfant']} ", match[0]):
        return None
    kind = next((name for name in _MANY if re.fullmatch(known.families[name], noun)), "")
    counted = int(match["count"]) if match["count"] else None
    births = _births(match, on, known, counted or _MANY.get(kind) or (None if noun in _PLURALS else 1))
    if births is None:
        return None
    if kind and len(births) == 1:
        births = births * _MANY[kind]
    own = "mien" if match["mine"] else "repris" if match["again"] else ""
    general = noun not in ("bebe", "bebes") and re.fullmatch(known.families["enfant"], noun) is not None
    says_has = match["link"] is not None and re.match(r"(?:a|ont|is|are) ", match["link"]) is not None
    return _Named(match.start(), match.end(), own, counted, general, births, kind or noun, says_has)


def _births(match: re.Match[str], on: date, known: Phrases, count: int | None) -> list[Birth] | None:
    """Return the births a mention gives ([] when it gives none), None when its ages cannot be trusted."""
    if match["born"]:
        born = birth_on(match["born"], on, known)
        return [born] if born else None
    ages = match["ages"] or match["years"]
    if not ages:
        return []
    link = match["link"] or ""
    if not has_unit(ages) and not re.search(r"(?:aged|ages? de|is|are|age|ages|[:(]) $", link):
        return None
    births = read_ages(ages, on, count)
    if not link and not match["years"] and not _stands_alone(match, births, count):
        return None
    return births if births and (count is None or len(births) <= count) else None


def _stands_alone(match: re.Match[str], births: list[Birth], count: int | None) -> bool:
    """Tell whether an age right after the noun is one: « je vois mes enfants 2 jours » gives none."""
    if match["count"] and len(births) == count:
        return True
    after = match.string[match.end() :]
    return (
        "an" in match["ages"].split()[-1]
        and re.match(r" ?(?:$|[.,;:!?()]|et |and |mais |dans )", after) is not None
    )


@cache
def _grammar(known: Phrases) -> re.Pattern[str]:
    """Return the expression of one mention: whose, how many, the noun, then its ages or birth.

    In English the age may stand before the noun: « my 4 year old son », « a 2 year old ».
    """
    families = known.families
    nouns = "|".join(families[name] for name in ("enfant", "enfant_lie", "enfant_rang", "jumeaux", "triples"))
    # « son » is English only after an English word: in French it means his or her
    nouns += r"|(?:(?<=my )|(?<=our )|(?<=\ba )|(?<=old )|(?<=young )|(?<=other ))son"
    owner = rf"(?:(?P<mine>{families['mien']}) |un |une |des |les |a |an |the )?"
    adjectives = rf"(?:{families['adjectif']} )*"
    number = r"(?:(?P<count>\d{1,2}) )?"
    years = r"(?:(?P<years>(?:\d{1,2} (?:,|and) )*\d{1,2} (?:years?|months?|weeks?)) olds? )"
    after = rf"(?:{families['apres_enfant']} )*(?:[a-z]{{3,12}} (?=a \d|de \d|ne |nee ))?"
    head = rf"{owner}(?:{years}(?:(?:{nouns}) )?|{adjectives}{number}{adjectives}(?P<noun>{nouns}) {after})"
    again = rf"(?P<again>{families['repris']}) (?=de \d|d \d|a \d|\d|qui a \d|is \d|aged \d)"
    link = rf"(?P<link>(?:[,:(] )?(?:{families['lien_age']} )*(?:[:(] )?)"
    born = rf"(?:[,(] )?{families['lien_naissance']} (?P<born>{birth_pattern(known).pattern})"
    return re.compile(rf"(?<!\S)(?:{head}|{again})(?:{born}|{link}(?P<ages>{AGES.pattern}))?")
