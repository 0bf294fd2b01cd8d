"""Finds numbers of years and months in French text that may be ages, and leaves out those that are something else.

« Depuis deux ans », « à partir de 6 ans », « deux ans de mariage », « 6 mois de grossesse » are no ages of anybody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from dialogs.ages_text import birth_on, birth_pattern
from dialogs.phrases_load import Phrases
from dialogs.phrases_story import StoryPattern
from knowledge.ages import MAX_AGE, birth_span, this_month

_HALF = r"(?: et demie?\b| demie?\b| 1 / 2| et quelques)"
_UNIT = r"(?:ans?|annees?|piges|balais|mois|semaines?|jours?)"
_JOIN = r" (?:(?:,|et|puis|/|-|&|\+|, et|ans? et|ans? ,) )?"
_GROUP = re.compile(
    rf"(?<!\S)(?P<list>(?:\d{{1,2}}{_HALF}?{_JOIN}){{0,9}}?)(?P<last>\d{{1,2}})(?P<half1>{_HALF})? (?P<unit>{_UNIT})\b"
    rf"(?P<half2>{_HALF})?(?P<more> (?:et )?\d{{1,2}} mois\b)?"
)
_NOT_BEFORE = StoryPattern(
    r"\b(?:<pas_un_age_avant>|(?<!fils )(?<!fille )(?<!bebe )(?<!garcon )y a|fait(?! ses )"
    r"|<evenement_passe> (?:\w+ )?a|(?<!a )(?<!de )fete)"
    r" (?:<environ> )*$"
)
_NOT_AFTER = StoryPattern(
    r" (?:(?:<pas_un_age_apres>)\b"
    r"|de (?!mon|ma|mes|son|sa|notre|nos|moi|l |la |le |\d)\w+"
    r"|dans \d|par |et (?:plus|moins) (?:$|[.,;:!?])|qu |, c est long)"
)
_RANGE_BEFORE = re.compile(r"\bde \d{1,2}(?: ans)? a $")
_OF_SEVERAL = StoryPattern(r"\b(?:<plusieurs_enfants>|[2-9] \w+) (?:(?:de|ages|agees|ont|,|:|\() )*$")
_RANGE = re.compile(r"^\d{1,2} - $")
_PREGNANT_BEFORE = StoryPattern(r"\b<parle_d_une_grossesse>\b[^.;!?(]*$")
_PREGNANT_AFTER = re.compile(r"^ (?:et demi )?(?:de grossesse|enceinte|de ma grossesse)\b")
_PLACE_NUMBER = re.compile(r"\b(?:trisomie|sont|sur|paris|le|du|dans|arrondissement|metro|ligne) $")


@dataclass(frozen=True, slots=True)
class Aged:
    """Ages said together. ``spans``: from how many months to how many, one a number; ``years``: said in years.

    ``first``: the first number as said. A birth has one span and no number (-1). ``loose``: what follows may make it
    a length of time, unless the words before say it is an age.
    """

    start: int
    end: int
    spans: tuple[tuple[int, int], ...]
    years: bool
    first: int
    born: bool = False
    loose: bool = False


def ages_in(text: str, known: Phrases) -> Iterator[Aged]:
    """Yield what may be ages of people in a plain text, in order."""
    for match in _GROUP.finditer(text):
        start = _start(match, text)
        if not _is_something_else(text, start, match, known):
            spans = tuple(_spans(match, text[start : match.start("last")], known))
            if spans and all(high <= MAX_AGE + 11 or len(spans) == 1 for _, high in spans):
                first = int(re.findall(r"\d+", text[start : match.end()])[0])
                loose = _NOT_AFTER.of(known).match(text, match.end()) is not None
                yield Aged(start, match.end(), spans, match["unit"][0] in "apb", first, loose=loose)


def _start(match: re.Match[str], text: str) -> int:
    """Return where the ages begin: « paris 20, 3 ans » begins with an arrondissement."""
    start = match.start()
    while start < match.start("last") and _PLACE_NUMBER.search(text, 0, start):
        following = re.compile(r"\d+").search(text, start + 2)
        start = following.start() if following else match.start("last")
    return start


def _is_something_else(text: str, start: int, match: re.Match[str], known: Phrases) -> bool:
    before, after = text[:start], text[match.end() :]
    if _RANGE.match(match["list"]) or _NOT_BEFORE.of(known).search(before) or _RANGE_BEFORE.search(before):
        return True
    months = match["unit"].startswith(("mois", "sem"))
    return bool(_PREGNANT_AFTER.match(after)) or (months and _told_of_pregnancy(before, known))


def _told_of_pregnancy(before: str, known: Phrases) -> bool:
    near = _PREGNANT_BEFORE.of(known).search(before)
    return near is not None and not re.search(
        r"\b(?:fils|fille|bebe|garcon|petite?|aine|derniere?|mon|ma|un|une|il|elle) (?:(?:de|a|,|qui a"
        r"|en a) )*$",
        near[0],
    )


def _spans(match: re.Match[str], listed: str, known: Phrases) -> Iterator[tuple[int, int]]:
    for number, half in re.findall(rf"(\d{{1,2}})({_HALF})?", listed):
        yield _span(int(number), match["unit"], bool(half))
    half = bool(match["half1"] or match["half2"])
    low, high = _span(int(match["last"]), match["unit"], half)
    more = int(re.findall(r"\d+", match["more"])[0]) if match["more"] else 0
    alone = not listed and not _OF_SEVERAL.of(known).search(match.string[: match.start()])
    if match["unit"][0] == "a" and 0 < more < 12 and alone:
        low = high = low + more
        more = 0
    yield low, high
    if more:
        yield more, more


def _span(number: int, unit: str, half: bool) -> tuple[int, int]:
    if unit[0] in "apb":
        low = number * 12 + (6 if half else 0)
        return low, low + (2 if half else 11)
    days = {"m": 30.44, "s": 7, "j": 1}[unit[0]] * number
    months = number if unit[0] == "m" else int(days / 30.44)
    return months, months


_RECENTLY = re.compile(
    r"(?:la semaine derniere|cette semaine|hier|avant hier|ce matin|aujourd hui|il y a \d+ jours?|ce mois ci"
    r"|la nuit derniere|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)"
)


def births_in(text: str, on: date, known: Phrases) -> Iterator[Aged]:
    """Yield the births told by a date (« né en mars 2024 », « née hier »), the writer's own too."""
    names = "|".join(known.months)
    day = re.compile(rf"(?:le )?\d{{1,2}}e? ({names})(?= )")
    for match in re.finditer(r"(?<!\S)(?:est |sont |s? ?est )?nee?s? (?:a terme )?(?=\S)", text):
        rest = text[match.end() :]
        dated, short, recent = birth_pattern(known).match(rest), day.match(rest), _RECENTLY.match(rest)
        if dated:
            birth = birth_on(dated[0], on, known)
            span = birth_span(birth) if birth else None
            if span and span.high is not None:
                now = this_month(on)
                end = match.end() + dated.end()
                yield Aged(match.start(), end, ((int(now - span.high), int(now - span.low)),), True, -1, True)
        elif short:
            gone = (on.month - known.months[short[1]]) % 12
            yield Aged(match.start(), match.end() + short.end(), ((gone, gone),), False, -1, True)
        elif recent:
            gone = this_month(on) - this_month(on - timedelta(days=7))
            yield Aged(match.start(), match.end() + recent.end(), ((0, gone),), False, -1, True)
