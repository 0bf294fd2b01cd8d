"""Turns typed text of any language but French and English into plain words between single spaces, numbers in digits.

It knows signs, scripts and numbers, never what a sentence means.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from dialogs.phrase_patterns import fold_letters

_HAN = re.compile("([\u3400-\u4dbf\u4e00-\u9fff])")
_PIECE = re.compile(r"\d+|[^\W\d_]+|[.;:!?()/&+\n]")
_MIXED = re.compile(r"\w+|[.;:!?()/&+\n]")
"""In Arabic typed in Latin letters a digit is a letter."""

_HALF_YEARS = re.compile(r"(?<=(?<![\d.,])\d)[.,]5(?= ?[^\W\d])")
"""« 2,5 years » is one age and no list of two: its year is kept, the half is left out."""

_COMMA = "vv"
"""A comma, as the word it is in texts and patterns."""

_CYRILLIC_APOSTROPHE = re.compile("(?<=[\u0400-\u04ff])'(?=[\u0400-\u04ff])")
_TENS_AND = re.compile(r"\b(?:([2-9]) )?10(?: ([1-9]))?\b")
_HUNDREDS = re.compile(r"\b([1-9]) 百(?: (\d{1,2})\b)?")
_AND_TEN = re.compile(r"\b([1-9]) 10\b")
"""« Eleven » is « ten one » in Chinese, « one ten » in Arabic."""

_TENS = frozenset({"20", "30", "40", "50", "60"})
_AND = frozenset({"y", "e", "si", "و"})

_ENDS = str.maketrans(
    {"؟": "?", "。": ".", "！": "!", "？": "?", "،": ",", "，": ",", "、": ",", "।": ".", "¿": " ", "¡": " "}
)


def spaced(text: str) -> str:
    """Return a text without case, accents or vowel marks, Chinese signs apart, digits of any script as 0 to 9."""
    folded = fold_letters(text.replace("ı", "i").replace("İ", "i").translate(_ENDS))
    kept = "".join(char for char in folded if unicodedata.category(char) != "Mc")
    digits = re.sub(r"\d", lambda digit: str(unicodedata.decimal(digit[0])), kept)
    return _HAN.sub(r" \1 ", re.sub(r"\s*,(\??)", rf" {_COMMA}\1 ", digits))


def joined(text: str) -> str:
    """Return a text in which an apostrophe between Cyrillic letters is left out: « п'ятому » is one word."""
    return _CYRILLIC_APOSTROPHE.sub("", text)


def said_words(text: str, language: str, numbers: Mapping[str, str]) -> str:
    """Return the words and marks of a text between single spaces, numbers said in words as digits."""
    folded = re.sub(r"(?<=\d)[\s\u00a0.](?=\d{3}\b)", "", spaced(_HALF_YEARS.sub("", text)))
    if language == "tr":  # « 10. bölge » is the tenth
        folded = re.sub(r"(?<=\d)\. (?=[a-z])", " ", folded)
    pieces = (_MIXED if language == "ar-latn" else _PIECE).findall(joined(folded).replace("'", " "))
    if language == "ar":  # « and » is a letter of the next word
        pieces = [part for piece in pieces for part in _without_and(piece, numbers)]
    said = " ".join(_in_digits(pieces, numbers))
    if language == "ar":
        return _AND_TEN.sub(r"1\1", said)
    return _HUNDREDS.sub(_of_hundreds, _TENS_AND.sub(_of_tens, said)) if language == "zh" else said


def _of_tens(match: re.Match[str]) -> str:
    return str(10 * int(match[1] or 1) + int(match[2] or 0))


def _of_hundreds(match: re.Match[str]) -> str:
    """« Six hundred five » is 650 in Chinese."""
    rest = int(match[2] or 0)
    return str(100 * int(match[1]) + (rest if rest > 9 else 10 * rest))


def _without_and(piece: str, numbers: Mapping[str, str]) -> tuple[str, ...]:
    rest = piece.removeprefix("و")
    if piece[:1] in ("ل", "ب") and piece[1:] in numbers:
        return piece[:1], piece[1:]
    return ("و", rest) if rest != piece and rest in numbers and rest[:2] != "ال" else (piece,)


def _in_digits(pieces: list[str], numbers: Mapping[str, str]) -> list[str]:
    """Return words with numbers in digits; tens and ones in words are one: « сорок два », « treinta y cinco »."""
    out: list[str] = []
    place = 0
    while place < len(pieces):
        number = numbers.get(pieces[place])
        ahead = place + (2 if pieces[place + 1 : place + 2] and pieces[place + 1] in _AND else 1)
        ones = numbers.get(pieces[ahead], "") if ahead < len(pieces) else ""
        if number in _TENS and len(ones) == 1:
            out.append(str(int(number) + int(ones)))
            place = ahead + 1
        elif number and len(number) == 1 and ones in _TENS and pieces[place + 1] == "و":  # the ones come first
            out.append(str(int(ones) + int(number)))
            place = ahead + 1
        else:
            out.append(number or pieces[place])
            place += 1
    return out
