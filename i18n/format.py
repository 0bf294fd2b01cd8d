"""Amounts, dates, ages and lists as each language writes them. Pure; phones are in ``phone``.

Digits stay 0-9 in every language: they must match what is on French papers.
Nothing is isolated here except list items: ``placeholders.fill`` isolates what it inserts.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal, parse_pattern
from babel.units import format_unit

from i18n.direction import isolate
from i18n.language import Language

_CENT = Decimal("0.01")
_MONTHS_UNTIL = 36  # below three years parents count in months: "18 mois", "30 mois"


def money(amount: Decimal, language: Language) -> str:
    """Return an amount in euros: "200,77 €", "€200.77"; cents are left out when there are none.

    Rounded to the cent, half up.
    """
    locale = Locale.parse(language.locale)
    cents = amount.quantize(_CENT, ROUND_HALF_UP)
    pattern = parse_pattern(locale.currency_formats["standard"].pattern)
    if cents == cents.to_integral_value():
        pattern.frac_prec = (0, 0)
    return str(pattern.apply(cents, locale, currency="EUR", currency_digits=False))


def number(value: Decimal | int, language: Language) -> str:
    """Return a number with its thousands and decimal marks, three decimals at most."""
    return format_decimal(value, locale=language.locale)


def percent(value: Decimal | int, language: Language) -> str:
    """Return ``value`` hundredths as a percentage, two decimals at most: 85 -> "85 %"."""
    locale = Locale.parse(language.locale)
    pattern = parse_pattern(locale.percent_formats[None].pattern)
    pattern.frac_prec = (0, 2)
    return str(pattern.apply(Decimal(value) / 100, locale))


def day(value: date, language: Language) -> str:
    """Return a date in words: "1er avril 2026", "1 April 2026"."""
    text = format_date(value, "long", locale=language.locale)
    # CLDR writes "1 avril"; French says "1er avril", for the first of the month only.
    is_first_in_french = value.day == 1 and language.locale.split("_")[0] == "fr"
    return f"1er{text[1:]}" if is_first_in_french else text


def month(value: date, language: Language) -> str:
    """Return a month and its year: "avril 2026"."""
    return format_skeleton("yMMMM", value, locale=language.locale)


def age(months: int, language: Language) -> str:
    """Return an age: "18 mois", "2 ans", "30 mois"; from three years on, completed years.

    Raises ValueError below 0.
    """
    if months < 0:
        raise ValueError(f"an age is not negative: {months} months")
    if months and (months % 12 == 0 or months >= _MONTHS_UNTIL):
        return duration(months // 12, "year", language)
    return duration(months, "month", language)


def duration(count: int, unit: Literal["year", "month", "week", "day", "hour"], language: Language) -> str:
    """Return a number of years, months, weeks, days or hours: "2 ans", "18 mois"."""
    name = f"duration-{unit}"
    text = format_unit(count, name, locale=language.locale)
    # Where CLDR has the short form stand for the long one (months in Arabic), Babel prints the unit's id.
    return format_unit(count, name, length="short", locale=language.locale) if name in text else text


def items(texts: Sequence[str], language: Language, style: Literal["standard", "or"] = "standard") -> str:
    """Return texts as a list in a sentence, "a, b et c", or "a, b ou c" with style ``or``."""
    return format_list([isolate(text, language) for text in texts], style, locale=language.locale)
