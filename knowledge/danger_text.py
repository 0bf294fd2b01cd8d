"""Turns typed text into plain words that can be compared, in any script.

It knows spelling (accents, SMS, elisions, sounds of French), never what a word means: that is
``knowledge/urgences/*.yaml``. In scripts of India the vowel signs are part of the word and stay; each
Chinese sign is a word of its own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

# Two windows hold a whole Telegram message (4,096 characters). Of a longer text the beginning and the end are
# read: a cry for help opens or closes what people paste, and reading must stay short whatever is sent.
WINDOW = 2_048

_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼʻ`´′＇", "'"))
_LETTERS = str.maketrans(
    {"œ": "oe", "æ": "ae", "ى": "ي", "ی": "ي", "ې": "ي", "ة": "ه", "ٱ": "ا", "ک": "ك", "ـ": None}
    # Typed one for the other: Turkish ı and i, Ukrainian ґ and г; Bengali vowels, nasals and dots that sound alike.
    | {"ı": "i", "ґ": "г", "ী": "ি", "ূ": "ু", "ণ": "ন", "ষ": "শ", "়": None, "ঁ": None}
    | {chr(first + digit): str(digit) for first in (0x660, 0x6F0, 0x966, 0x9E6, 0xBE6) for digit in range(10)}
    | {chr(code): None for code in range(32) if chr(code) not in "\t\n\r"}
)
_HIDDEN = frozenset({"Mn", "Me", "Cf", "Cc", "Cs", "Co", "Cn"})  # marks, zero-width, direction overrides
_REPEATED = re.compile(r"([^\W\d_])\1+")
_ENGLISH_ENDING = re.compile(r"(?<=[a-z])(?<!\b[jmtslcnd])'(?=(?:t|s|m|re|ve|ll|d)\b)")
_CYRILLIC_APOSTROPHE = re.compile(r"(?<=[Ѐ-ӿ])'(?=[Ѐ-ӿ])")
_INDIA = ("\u0900", "\u0dff")  # scripts whose marks are vowels: Devanagari, Bengali, Tamil and their neighbours
_MARKS = "".join(re.escape(chr(code)) for code in range(0x900, 0xE00) if unicodedata.category(chr(code))[0] == "M")
_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_PIECE = re.compile(rf"[{_HAN}]|[^\W_{_HAN}](?:[^\W_{_HAN}]|[{_MARKS}])*|[.,;:!?…\n()؟،؛。、।]")
_DROPPED = frozenset({"l", "d", "qu", "jusqu", "lorsqu", "puisqu"})
_JOINED = frozenset({"j", "m", "t", "s", "c"})
_HAVE = frozenset({"a", "ai", "as", "ont", "avait", "avais", "avaient", "aura"})
_VOWELS = frozenset("aeiouyh")


_SENTENCE_ENDS = frozenset(".!?\n؟۔。।")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text in order, the positions that follow a punctuation mark, and those that begin a sentence."""

    tokens: tuple[str, ...]
    breaks: frozenset[int]
    sentences: frozenset[int] = frozenset()


def fold(text: str) -> str:
    """Return ``text`` without case, accents, tashkeel, tatweel, hidden characters or doubled letters.

    About twice ``WINDOW`` characters come back at most, whatever the length of ``text``.
    """
    if len(text) <= 2 * WINDOW:
        return _fold_part(text)[: 2 * WINDOW]
    # One character can unfold into eighteen (U+FDFA), hence the second cut.
    return f"{_fold_part(text[:WINDOW])[:WINDOW]}\n{_fold_part(text[-WINDOW:])[-WINDOW:]}"


def _fold_part(text: str) -> str:
    text = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES)).casefold().translate(_LETTERS)
    if not text.isascii():
        category, (first, last) = unicodedata.category, _INDIA
        text = "".join(
            char for char in text if char in "\n\t" or first <= char <= last or category(char) not in _HIDDEN
        )
        text = _CYRILLIC_APOSTROPHE.sub("", text)
    return _REPEATED.sub(r"\1", text)


def words(text: str, spellings: Mapping[str, tuple[str, ...]]) -> Words:
    """Return the words of ``text`` in one spelling: « j'ai », « j ai », « jai » give the same word.

    Args:
        text: anything, of any length.
        spellings: folded SMS spelling -> the words it stands for.
    """
    return spelled(split(text), spellings)


def split(text: str) -> tuple[str, ...]:
    """Return the folded words of ``text``, elisions settled, and its punctuation marks, in order."""
    if text.isascii() and text.isalpha() and len(text) <= WINDOW:
        return (_REPEATED.sub(r"\1", text.casefold()),)  # one plain word, as most choices of a phrase are
    return tuple(_join(_PIECE.findall(_ENGLISH_ENDING.sub("", fold(text)))))


def spelled(pieces: Iterable[str], spellings: Mapping[str, tuple[str, ...]]) -> Words:
    """Return what :func:`split` gave as words, SMS spellings replaced by what they stand for."""
    tokens: list[str] = []
    breaks: set[int] = set()
    sentences: set[int] = set()
    for piece in pieces:
        if piece[0].isalnum():
            tokens.extend(spellings.get(piece, (piece,)))
        else:
            breaks.add(len(tokens))
            if piece in _SENTENCE_ENDS:
                sentences.add(len(tokens))
    return Words(tuple(tokens), frozenset(breaks), frozenset(sentences))


def _join(pieces: list[str]) -> Iterator[str]:
    """Yield words with French elisions settled: l', d', qu' dropped; j', m', t', s', c' joined; n' is ne."""
    position = 0
    while position < len(pieces):
        piece = pieces[position]
        follower = pieces[position + 1] if position + 1 < len(pieces) else ""
        position += 1
        if follower[:1] not in _VOWELS:
            yield piece
        elif piece in _JOINED or (piece == "l" and follower in _HAVE):
            yield piece + follower
            position += 1
        elif piece == "n":
            yield "ne"
        elif piece not in _DROPPED:
            yield piece


_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"ph", "f"), (r"sch|ch|sh", "$"), (r"qu|q|ck|c(?![eiy])|x(?=c)", "k"), (r"c|z|ç", "s"),
        (r"ge(?=[ao])|g(?=[eiy])", "j"), (r"gu(?=[eiy])", "g"), (r"h", ""), (r"eau|au", "o"),
        (r"ou", "w"), (r"oi", "wa"), (r"(?:ai|ei|i)[nm](?![aeiouynm])", "5"),
        (r"[ae][nm](?![aeiouynm])", "1"), (r"o[nm](?![aeiouynm])", "3"), (r"y", "i"),
        (r"ai|ei", "e"), (r"oeu|eu|oe", "e"),
        (r"(?:ents?|er|ez|ets?|e+s?|[tdspx]+)$", ""),
    )
)  # fmt: skip


def sound(word: str) -> str:
    """Return roughly how a folded word sounds in French; « mourire » and « mourir » sound alike."""
    for pattern, replacement in _SOUNDS:
        word = pattern.sub(replacement, word)
    return _REPEATED.sub(r"\1", word)


_SKELETON = tuple(
    (re.compile(pattern), letter)
    for pattern, letter in (
        (r"kh|5", "x"), (r"gh", "g"), (r"ch|sh", "$"), (r"dj", "j"), (r"[dt]h", "d"), (r"9|q|c", "k"), (r"7", "h"),
        (r"8", "h"), (r"[aeiouyw2]", ""),
    )
)  # fmt: skip


def skeleton(word: str) -> str:
    """Return the consonants of Arabic typed in Latin letters; « kaydrebni » and « kidrabni » share theirs."""
    for pattern, letter in _SKELETON:
        word = pattern.sub(letter, word)
    return _REPEATED.sub(r"\1", word)


def deletions(word: str) -> Iterator[str]:
    """Yield ``word`` and each word made by leaving one letter out."""
    yield word
    for position in range(len(word)):
        yield word[:position] + word[position + 1 :]
