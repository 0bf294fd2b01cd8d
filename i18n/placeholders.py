"""Placeholders in sentences, and the numbers a translation must not change.

A placeholder is a name in braces: ``{asf-taux-partiel}``, ``{tel:tel-samu}``, ``{n}``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from i18n.direction import isolate
from i18n.language import Language

_PLACEHOLDER = re.compile(r"\{([a-z0-9][a-z0-9_:.-]*)\}")
# French, English and Arabic thousands and decimal marks; a group has exactly three digits.
_NUMBER = re.compile(r"\d+(?:[ \u00a0\u202f.,'٬]\d{3}(?!\d))*(?:[.,٫]\d+)?")
_DECIMALS = re.compile(r"[.,٫](\d+)$")


def placeholders(text: str) -> frozenset[str]:
    """Return the names between braces in a sentence."""
    return frozenset(_PLACEHOLDER.findall(text))


def stray_braces(text: str) -> bool:
    """Return whether a brace is left that belongs to no placeholder, as in ``{ n }``."""
    return any(brace in _PLACEHOLDER.sub("", text) for brace in "{}")


def fill(text: str, values: Mapping[str, str], language: Language) -> str:
    """Return the sentence with each placeholder replaced by its value.

    Values are isolated when ``language`` is written from right to left. Give
    the language of the sentence itself: French while it is not translated.

    Raises KeyError for a placeholder that has no value.
    """
    return _PLACEHOLDER.sub(lambda found: isolate(values[found[1]], language), text)


def numbers(text: str) -> frozenset[str]:
    """Return the numbers written in digits, placeholders left out, in one spelling.

    "1 200,50", "1,200.50" and "1200.50" are the same number. A lone mark before
    three digits is read as a thousands mark.
    """
    return frozenset(_canonical(found) for found in _NUMBER.findall(_PLACEHOLDER.sub(" ", text)))


def _canonical(number: str) -> str:
    # Marks before exactly three digits part thousands; before one, two or more than three, decimals.
    decimals = _DECIMALS.search(number)
    fraction = decimals[1] if decimals and len(decimals[1]) != 3 else ""
    whole = number[: -len(fraction) - 1] if fraction else number
    return ".".join(part for part in (_digits(whole), _digits(fraction)) if part)


def _digits(text: str) -> str:
    return "".join(str(unicodedata.decimal(sign)) for sign in text if sign.isdecimal())
