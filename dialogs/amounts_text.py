"""Reads an amount of money in typed text: a number of euros, or a band [from, below] when people give one."""

from __future__ import annotations

import re
from typing import Any

from dialogs.phrase_patterns import fold_letters
from dialogs.plain_text import plain

_MOST = 10_000_000
_LEAST_WITHOUT_CURRENCY = 100
"""A smaller bare number in a sentence is more likely an age or a count than an amount."""

_NUMBER = r"\d{1,3}(?:[ .,'’]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d{1,2})?(?!\d)"
_AMOUNT = re.compile(rf"({_NUMBER}) ?(k\b|mille\b)? ?(€|euros?\b|eur\b)?")
_BETWEEN = re.compile(r"(?:entre|between|de|from|environ)? ?A ?(?:et|and|a|to|-|/|ou) ?A")
_OTHER_MONEY = re.compile(r"[$£]|\b(?:smic|dollars?|dinars?|cfa|dirhams?)\b")
_OTHER_PERIOD = re.compile(r"\b(?:semaine|jour|heure|week|day|hour)s?\b|/ ?[hj]\b")
_YEARLY = re.compile(r"\b(?:par an|a l'annee|annuels?|l'an|l'annee|per year|a year|yearly)\b|/ ?an\b")
_MONTHLY = re.compile(r"\b(?:par mois|mensuels?|chaque mois|au mois|per month|a month|monthly)\b|/ ?mois\b")
_NOTHING = re.compile(
    r"(?:rien|aucun revenu|aucune ressource|pas de revenus?|zero|nothing|no income"
    r"|rien du tout|0)[ .€]*(?:euros?)?"
)
_OTHER_THINGS = re.compile(r"\b(?:ans?|enfants?|rue|e arrondissement|years?|children|kids)\b")


def amount(text: str, unit: str = "") -> Any:
    """Return an amount in plain form, None when the text gives none surely.

    Args:
        text: anything typed; only the beginning is read.
        unit: ``EUR/mois`` or ``EUR/an``: what is said by the other period is converted.
    """
    said = fold_letters(text[:300]).strip().replace("\n", " ")
    if _NOTHING.fullmatch(said):
        return 0
    yearly, monthly = _YEARLY.search(said), _MONTHLY.search(said)
    factor = _factor(unit, yearly is not None, monthly is not None)
    if factor is None or _OTHER_MONEY.search(said) or _OTHER_PERIOD.search(said):
        return None
    said = _MONTHLY.sub(" ", _YEARLY.sub(" ", said))
    if _OTHER_THINGS.search(said):
        return None
    if not re.search(r"\d", said):
        said = plain(said)  # « mille deux cents » in letters
    found = [(_value(match), bool(match[2] or match[3])) for match in _AMOUNT.finditer(said)]
    return _meaning(_AMOUNT.sub("A", said), found, factor)


def _factor(unit: str, yearly: bool, monthly: bool) -> float | None:
    if yearly and monthly:
        return None
    if unit == "EUR/mois" and yearly:
        return 1 / 12
    return 12 if unit == "EUR/an" and monthly else 1


def _value(match: re.Match[str]) -> float:
    number = re.sub(r"[ .,'’](?=\d{3}(?!\d))", "", match[1]).replace(",", ".")
    return float(number) * (1000 if match[2] else 1)


def _meaning(shape: str, found: list[tuple[float, bool]], factor: float) -> Any:
    """Return the value of a text whose amounts were replaced by A (« moins de A »)."""
    values = [_whole(value * factor) for value, _ in found]
    if not values or len(values) > 2 or any(value >= _MOST for value in values):
        return None
    if len(values) == 2:
        low, high = sorted(values)
        if found[0][0] < low * 0.01 / factor or re.search(r"A ?k?", shape) is None:
            return None
        return [low, high] if _BETWEEN.search(shape) and low < high and values[0] == low else None
    value, marked = values[0], found[0][1]
    if not marked and 0 < value < _LEAST_WITHOUT_CURRENCY and shape.strip(" .") != "A":
        return None
    if re.search(r"\b(?:moins d[e']|max(?:imum)?|less than|under|pas plus de|en dessous de|below) ?A", shape):
        return [0, value] if value else None
    if re.search(r"\b(?:plus d[e']|au moins|minimum|more than|over|at least|au dessus de|above) ?A", shape):
        return [value, None]
    return value


def _whole(number: float) -> int | float:
    rounded = round(number, 2)
    return int(rounded) if rounded == int(rounded) else rounded
