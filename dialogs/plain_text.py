"""Turns typed text into one plain line of words: no case, accents or apostrophes, numbers in digits.

« J'ai deux p'tits de 2ans et 7 an » becomes « j ai 2 petits de 2 ans et 7 ans ». It knows spelling and
numbers
(dialogs/phrases/), never what a sentence means.
"""

from __future__ import annotations

import re
import unicodedata

from dialogs.phrase_patterns import fold_letters
from dialogs.phrases_load import Phrases, phrases

WINDOW = 2_000
"""Characters read of a text: its first three quarters of WINDOW and its last quarter; people say who they
are at
the start and what they want at the end. Danger words are looked for in the whole text, elsewhere."""

_BY_EAR = tuple(
    (re.compile(rf"\b{heard}\b", re.IGNORECASE), meant)
    for heard, meant in (
        (r"(?<=\d) [éè] (?=\d)", " et "),
        (r"(?<=an|ns) [éè] (?=\d|une?\b|l[ae]\b|m[ao]n?\b)", " et "),
        ("j[éèê]", "j'ai"),
        ("m[éè]", "mes"),
        ("l[éè]", "les"),
        ("s[éè]", "c'est"),
        ("[éè]", "est"),
    )
)
"""Words written as they sound, told from « je », « me » and « le » by their accent alone."""

_POLITE = re.compile(r"\bs'? ?il (?:vous|te) pla[iî]t\b|\b(?:stp|svp|please)\b")
_PIECE = re.compile(r"\d+|[^\W\d_]+|[.,;:!?()/&+\n-]")
_GROUPED = re.compile(r"(?<!\d)(\d{1,3})[   ](\d{3})(?!\d)")
_SHORTENED = (
    (re.compile(r"\b(ca)n't\b"), r"\1n not"),
    (re.compile(r"n't\b"), " not"),
    # « 2,5 ans » is two and a half, or 2 and 5: neither is sure
    (re.compile(r"(?<![\d,])(\d{1,2}),5(?= ?ans?\b)"), r"\1 virgule 5"),
    (re.compile(r"\bweek[ -]?ends?\b"), "weekend"),
    (re.compile(r"\b(le|du) 9[ -]([1-5])\b"), r"\1 9\2"),  # « j'habite le 9-3 »
    (re.compile(r"\bi'm\b"), "i am"),
    (re.compile(r"\b(i|we|they|you)'ve\b"), r"\1 have"),
    (re.compile(r"'re\b"), " are"),
    (re.compile(r"\bp'ti(?=ts?\b|tes?\b)"), "peti"),
    (re.compile(r"\bquatre[ -]vingts?\b"), "quatrevingt"),
)
_ORDINAL_ENDINGS = frozenset({"e", "er", "ere", "eme", "em", "ieme", "iem", "nd", "nde", "st", "th", "rd"})
_ROMAN_NUMBERS = (
    "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x",
    "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii", "xviii", "xix", "xx",
)  # fmt: skip
_ROMAN = {roman: str(number) for number, roman in enumerate(_ROMAN_NUMBERS, start=1)}
# « vie », « ive », « vif » are words: an ordinal in Roman digits is read only where it cannot be one.
_NOT_ROMAN = frozenset({"ie", "vie", "ive", "ve", "ier"})


def plain(text: str) -> str:
    """Return the words of ``text`` in plain form, separated by single spaces, at most about ``WINDOW`` of
    them.

    Punctuation marks stand alone between spaces; a line break is a full stop. Any text is accepted.
    """
    known = phrases()
    text = shortened(text).replace("½", " 1/2")
    for pattern, replacement in _BY_EAR:
        text = pattern.sub(replacement, text)
    text = _POLITE.sub(" ", fold_letters(text))
    for pattern, replacement in _SHORTENED:
        text = pattern.sub(replacement, text)
    pieces = _PIECE.findall(_GROUPED.sub(r"\1\2", text.replace("'", " ")))
    words = _ordinals([word for piece in pieces for word in _spelled(piece, known)])
    return " ".join(_numbers(_without_hyphens(words), known))


def shortened(text: str) -> str:
    """Return the beginning and the end of a long text, ``WINDOW`` characters in all; a short one as it is."""
    if len(text) <= WINDOW:
        return text
    cut = WINDOW // 4
    return f"{text[: 3 * cut]}\n{text[-cut:]}"


def _spelled(piece: str, known: Phrases) -> tuple[str, ...]:
    if piece == "\n":
        return (".",)
    if piece.isdecimal():
        # every script has its own digits; here they all become 0 to 9
        return ("".join(str(unicodedata.decimal(digit)) for digit in piece),)
    if piece in known.spellings:
        return known.spellings[piece]
    return (known.repaired(piece),)


def _ordinals(words: list[str]) -> list[str]:
    """Join « 19 e » and turn « xixe » or « paris xix » into « 19e »."""
    joined: list[str] = []
    for word in words:
        before = joined[-1] if joined else ""
        if word in _ORDINAL_ENDINGS and before.isdecimal() and len(before) <= 2:
            joined[-1] = f"{int(before)}e"
        elif word == "moi" and before.removesuffix("e").isdecimal():
            joined.append("mois")
        elif before == "paris" and word in _ROMAN:
            joined.append(f"{_ROMAN[word]}e")
        else:
            joined.append(_roman_ordinal(word))
    return joined


def _roman_ordinal(word: str) -> str:
    if word[:1] not in "ivx" or word in _NOT_ROMAN:
        return word
    for ending in ("ieme", "eme", "e"):
        number = _ROMAN.get(word.removesuffix(ending)) if word.endswith(ending) else None
        if number:
            return f"{number}e"
    return word


def _without_hyphens(words: list[str]) -> list[str]:
    """Drop hyphens inside words (« dix-neuf »), keep those between two numbers (« 2-7 » may be a range)."""
    last = len(words) - 1
    return [
        word
        for place, word in enumerate(words)
        if word != "-" or (0 < place < last and words[place - 1].isdecimal() and words[place + 1].isdecimal())
    ]


_TENS_THAT_ADD = frozenset({20, 30, 40, 50, 60, 80})


def _numbers(words: list[str], known: Phrases) -> list[str]:
    """Write numbers said in words with digits; « un » stays an article unless a unit of time follows."""
    out: list[str] = []
    place = 0
    while place < len(words):
        value, used = _number_at(words, place, known)
        if used:
            out.append(value)
            place += used
        else:
            out.append(words[place])
            place += 1
    return out


def _number_at(words: list[str], place: int, known: Phrases) -> tuple[str, int]:
    """Return the number written in words at a place and how many words it takes; ("", 0) for none."""
    if words[place] in known.units_one and words[place + 1 : place + 2] and words[place + 1] in known.time_words:
        return "1", 1
    total, used, chunk = 0, 0, 0
    while place + used < len(words):
        ahead = place + used
        word = words[ahead]
        if (
            word == "et"
            and chunk % 100 in _TENS_THAT_ADD
            and words[ahead + 1 : ahead + 2] in (["un"], ["une"], ["onze"], ["unieme"])
        ):
            used, word = used + 1, words[ahead + 1]
        if word in known.ordinals and _adds(chunk, known.ordinals[word]):
            return f"{total + chunk + known.ordinals[word]}e", used + 1
        value = known.numbers.get(word, 1 if chunk % 100 in _TENS_THAT_ADD and word in ("un", "une", "one") else 0)
        if value >= 100 and used <= 6:
            chunk = max(1, chunk) * value
            if value == 1000:
                total, chunk = total + chunk, 0
        elif value and _adds(chunk, value):
            chunk += value
        else:
            break
        used += 1
    return (str(total + chunk), used) if used and total + chunk else ("", 0)


def _adds(chunk: int, value: int) -> bool:
    """Tell whether « soixante » « dix » or « vingt » « deux » go on as one number."""
    rest = chunk % 100
    return rest == 0 or (rest in _TENS_THAT_ADD and value < 20) or (rest in (10, 70, 90) and 7 <= value <= 9)
