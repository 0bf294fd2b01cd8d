"""Reads the value that a question asks for out of typed text: a home, ages, a pregnancy, a number, an
amount, a time.

Shorter words are enough here than in a sentence, because the question is known: « 19 » is an arrondissement
only
when the arrondissement is asked. What cannot be read surely is None; the question is then asked again.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from dialogs.ages_text import AGES, Birth, birth_on, birth_pattern, has_unit, read_ages
from dialogs.amounts_text import amount
from dialogs.model import Parser
from dialogs.phrase_patterns import bare
from dialogs.phrases_load import Phrases, phrases
from dialogs.plain_text import plain
from dialogs.volunteered import facts_of
from dialogs.volunteered_children import children_in
from dialogs.volunteered_clauses import read_clauses
from dialogs.volunteered_place import asked_home
from dialogs.volunteered_time import elapsed, pregnancy_month
from knowledge.ages import birth_of
from knowledge.vocabulary import DISTRICT

PREGNANCY = "grossesse_mois"
_OLDEST = 120


def value_of(parser: Parser, text: str, on: date, unit: str = "") -> Any:
    """Return the plain value that a text gives to the question asked, None when it gives none.

    Args:
        parser: the parser of the question (``aucun`` reads nothing).
        text: anything typed.
        on: the day, for ages and durations.
        unit: unit of the fact, for amounts (``EUR/mois`` or ``EUR/an``).
    """
    if parser == "montant":
        return amount(text, unit)
    read = {
        "arrondissement": _home,
        "enfants": _children,
        "grossesse": _pregnancy,
        "nombre": _number,
        "anciennete": _time,
    }
    return read[parser](plain(text), text, on, phrases()) if parser in read else None


def _home(said: str, text: str, on: date, known: Phrases) -> Any:
    told = facts_of(said, on).get(DISTRICT)
    if told is not None:
        return told
    reading = read_clauses(said, known)
    elsewhere = re.search(rf"\b{known.families['lieu_autre']} ", f"{said} ".replace("paris centre", "paris"))
    if elsewhere or any(who != "moi" for _, who in reading.speakers) or any(each.denied for each in reading.clauses):
        return None
    return asked_home(said, known)


_BARE_AGES = re.compile(r"\d{1,2}(?:(?: [,/&+.;-]| et| and| puis)* \d{1,2})+")
_UNDER = re.compile(r"(?:moins d(?:e)?|under|less than) (\d{1,2}) (ans?|mois|years?|months?)(?: old)?")


def _children(said: str, text: str, on: date, known: Phrases) -> Any:
    if bare(text) in known.answers["aucun-enfant"]:
        return {"liste": [], "complet": "oui"}
    found = children_in(read_clauses(said, known), on, known, asked=True)
    if found.births:
        partly = re.search(r"\b(?:dont|including|parmi)\b", said) is not None and not found.complete
        return found.plain(not partly and found.all_named and found.declared in (None, len(found.births)))
    births = _ages_alone(said, on, known) or _births_alone(said, on, known)
    return {"liste": [{"naissance": birth} for birth in births], "complet": "oui"} if births else None


def _ages_alone(said: str, on: date, known: Phrases) -> list[Birth]:
    """Return the births that « 2 et 7 ans », « 2, 7 », « elle a 8 mois » or « moins de 3 ans » give."""
    under = _UNDER.fullmatch(said)
    if under:
        months = int(under[1]) * (12 if under[2][0] in "ay" else 1)
        return [birth_of(0, months - 1, on)] if months else []
    if _BARE_AGES.fullmatch(said):
        return read_ages(said.replace("-", ","), on, None)
    lists = list(AGES.finditer(f"{said} "))
    rest = AGES.sub(" ", f"{said} ").split()
    foreign = any(word not in known.lists["ages"] for word in rest)
    if foreign or not any(has_unit(each[0]) for each in lists):
        return []
    one = 1 if len(lists) == 1 and {"il", "elle", "he", "she"}.intersection(rest) else None
    births = [read_ages(each[0], on, one) for each in lists]
    return [birth for group in births for birth in group] if all(births) else []


def _births_alone(said: str, on: date, known: Phrases) -> list[Birth]:
    """Return the births that « née en mars 2024 » or « mars 2024 et juin 2021 » give."""
    dates = list(birth_pattern(known).finditer(said))
    rest = birth_pattern(known).sub(" ", said).split()
    if not dates or any(word not in known.lists["ages"] | known.lists["naissance"] for word in rest):
        return []
    births = [birth_on(each[0], on, known) for each in dates]
    return [birth for birth in births if birth] if all(births) else []


def _pregnancy(said: str, text: str, on: date, known: Phrases) -> Any:
    told = facts_of(said, on, asked=True).get(PREGNANCY)
    if told is not None:
        return told
    rest = [word for word in said.split() if not re.fullmatch(r"\d{1,2}e?", word)]
    number = re.fullmatch(r"(?:oui ,? ?)?(?:le )?([1-9])e?", said)
    if number:
        return int(number[1])
    if any(word not in known.lists["grossesse"] for word in rest) or not re.search(r"\d", said):
        return None
    month = pregnancy_month(said)
    return None if month == [1, 10] else month


def _number(said: str, text: str, on: date, known: Phrases) -> Any:
    match = re.fullmatch(
        r"(?:j ai |i am |oui |environ |presque )?(\d{1,3})(?: ans| an| years old| years| mois)?(?: \.)?", said
    )
    number = int(match[1]) if match and not re.search(r"environ|presque", said) else None
    return number if number is not None and number <= _OLDEST else None


_SPAN = re.compile(
    r"(\d{1,3}) (ans?|mois|years?|months?)( et demie?| and a half| 1 / 2)?(?: (?:et "
    r"|and )?(\d{1,2}) (?:mois|months?))?"
)
_LEAST_SPEAKER = 12 * 12
"""Months: nobody under 12 is expected to answer, so « depuis toujours » is at least this long."""


def _time(said: str, text: str, on: date, known: Phrases) -> Any:
    """Return months since someone arrived: a number, or a band [from, below] (« 3 ans » is 36 to 47)."""
    if bare(text) in known.answers["toujours"]:
        return [_LEAST_SPEAKER, None]
    between = re.search(r"(?:entre|between) (\d{1,2}) (?:ans? )?(?:et|and) (\d{1,2}) (ans?|mois|years?|months?)", said)
    if between:
        low, high = (int(each) * (12 if between[3][0] in "ay" else 1) for each in between.group(1, 2))
        return [low, high] if low < high else None
    spans = list(_SPAN.finditer(said))
    if len(spans) != 1:
        since = elapsed(f"{said} ", on, known) if not spans else None
        return [int(since.low), None if since.high is None else int(since.high) + 1] if since else None
    return _band(spans[0], said[: spans[0].start()])


def _band(span: re.Match[str], before: str) -> Any:
    years = span[2][0] in "ay"
    low = int(span[1]) * (12 if years else 1) + int(span[4] or 0) + (6 if span[3] and years else 0)
    if re.search(r"\b(?:moins d|moins de|less than|under) $", before):
        return [0, low] if low else None
    if re.search(r"\b(?:plus de|plus d|more than|over|au moins|at least) $", before):
        return [low, None]
    if re.search(r"\b(?:presque|bientot|almost|nearly|environ|about)\b", before):
        return None
    if span[3]:
        return [low, low + 3]
    return [low, low + 12] if years and not span[4] else low


def months_of_bare_age(text: str) -> int | None:
    """Return the months of one bare number of years (« 3 »), None otherwise.

    When ages are asked, « 3 » may be an age or a number of children, so it is never an answer by itself.
    """
    match = re.fullmatch(r"(\d{1,2})(?: \.)?", plain(text))
    return int(match[1]) * 12 if match else None
