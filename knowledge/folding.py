"""Turns text into words that can be compared, in any script: no case, accents or hidden characters.

It knows how words are written, never what they mean. Words of danger have a folding of their own
(``danger_text``), which also hears SMS spellings.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from threading import Lock
from typing import Any

import snowballstemmer  # type: ignore[import-untyped]  # ships no stubs

LONGEST_WORD = 40
"""Characters kept of one word."""

# Marks are part of the word in scripts of India and South-East Asia; elsewhere they are accents.
_KEPT_MARKS = "".join(
    re.escape(chr(code)) for code in range(0x0900, 0x1900) if unicodedata.category(chr(code))[0] == "M"
)
_WORD = re.compile(f"[^\\W_](?:[^\\W_]|[{_KEPT_MARKS}])*")
_LETTERS = str.maketrans(
    {"œ": "oe", "æ": "ae", "ى": "ي", "ی": "ي", "ة": "ه", "ٱ": "ا", "ک": "ك", "ـ": None}
    | dict.fromkeys("’‘ʼʻ`´′＇", "'")
)
_ACRONYM = re.compile(r"\b(?:[a-z]\.){2,}(?:[a-z]\b)?")
_GROUPS = re.compile(r"(?:\+33|(?<!\d)0)(?:[ .-]?\d){9}(?!\d)|(?<!\d)116[ .]\d{3}(?!\d)|(?<!\d)3\d \d\d(?!\d)")
# Scripts written without spaces: Thai, Lao, Burmese, Khmer, Japanese, Chinese.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
_ARABIC = re.compile("[\u0600-\u06ff]")
_ARTICLE = re.compile("^(?:وال|بال|لل|ال)(?=..)")


def fold(text: str, longest: int = 100_000) -> str:
    """Return ``text`` without case, accents, tashkeel or hidden characters, at most ``longest`` characters.

    « Élysée » gives « elysee », « A.S.F. » gives « asf », « 01 44 52 » stays apart but a whole telephone
    number becomes one word.
    """
    text = text[:longest].casefold().translate(_LETTERS)
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).casefold()[:longest].translate(_LETTERS)
        text = unicodedata.normalize("NFC", "".join(map(_kept, text)))
    text = _ACRONYM.sub(lambda match: match[0].replace(".", ""), text)
    return _GROUPS.sub(lambda match: _digits(match[0]), text)


@lru_cache(maxsize=4096)
def _kept(char: str) -> str:
    """Return a character, a digit of any script as 0 to 9, a space for a control, nothing for an accent."""
    category = unicodedata.category(char)
    if category == "Nd":
        return str(unicodedata.decimal(char))
    if category == "Cc":
        return " "
    if category in ("Cf", "Cs", "Co", "Cn") or (category[0] == "M" and not 0x900 <= ord(char) < 0x1900):
        return ""
    return char


def _digits(number: str) -> str:
    digits = re.sub(r"\D", "", number)
    return f"0{digits[2:]}" if number.startswith("+33") else digits


def words(text: str) -> tuple[str, ...]:
    """Return the words of a folded text in order; pairs of characters where a script has no spaces."""
    found: list[str] = []
    for word in _WORD.findall(text):
        if word.isascii():
            found.append(word[:LONGEST_WORD])
        elif _UNSPACED.search(word):
            found += _pairs(word)
        else:
            found.append(_ARTICLE.sub("", word)[:LONGEST_WORD])
    return tuple(found)


def _pairs(word: str) -> list[str]:
    found: list[str] = []
    place = 0
    for run in _UNSPACED.finditer(word):
        found += [word[place : run.start()]] if run.start() > place else []
        signs = run[0]
        found += [signs[at : at + 2] for at in range(max(1, len(signs) - 1))]
        place = run.end()
    return [*found, word[place:]] if place < len(word) else found


_FRENCH = snowballstemmer.stemmer("french")
_ARAB = snowballstemmer.stemmer("arabic")
_RUSSIAN = snowballstemmer.stemmer("russian")
_TAMIL = snowballstemmer.stemmer("tamil")
_OTHERS = (
    (_ARABIC, _ARAB),
    (re.compile("[\u0400-\u04ff]"), _RUSSIAN),  # most endings of Ukrainian are the same
    (re.compile("[\u0b80-\u0bff]"), _TAMIL),
)
_ONE_AT_A_TIME = Lock()  # a stemmer keeps the word it works on in itself


_SHORTEST_STEM = 4  # letters: a shorter one that does not begin the word may be anything
_FEMININE = re.compile(r"ees?$")


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return the stem of a folded word: French Snowball, that of Arabic, Russian or Tamil for their letters.

    A word with a digit (« c2s », « 6e ») is its own stem.
    """
    if any(map(str.isdigit, word)):  # not isalpha: the marks of Tamil are no letters
        return word
    with _ONE_AT_A_TIME:
        return str(_stemmer(word).stemWord(word))


def _stemmer(word: str) -> Any:
    if word.isascii():
        return _FRENCH
    return next((stemmer for letters, stemmer in _OTHERS if letters.search(word)), _FRENCH)


def root(word: str) -> str:
    """Return the stem of a folded word, the same for « impayé », « impayée » and « impayés ».

    Snowball knows the feminine by its accent, which folding took away. Its few letters of « loyer », « loi », are
    another word.
    """
    short = stem(_FEMININE.sub("e", word))
    return short if len(short) >= _SHORTEST_STEM or word.startswith(short) else word.removesuffix("s")
