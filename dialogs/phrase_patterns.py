"""Spelling, and the small notation of sentence patterns that people write (dialogs/phrases/fr.yaml)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_HIDDEN = frozenset({"Mn", "Me", "Cf", "Cc", "Cs", "Co", "Cn"})
_APOSTROPHES = str.maketrans(
    dict.fromkeys("’‘ʼʻ`´′＇", "'") | {"œ": "oe", "æ": "ae", "\r": "\n", "–": "-", "—": ",", "‐": "-", "‑": "-"}
)


class _Seen(dict[int, int | None]):
    """Letter -> what is seen of it: itself, a space for a tab, nothing; each looked up once."""

    def __missing__(self, code: int) -> int | None:
        self[code] = seen = None if unicodedata.category(chr(code)) in _HIDDEN else code
        return seen


_SEEN = _Seen({ord("\n"): ord("\n"), ord("\t"): ord(" ")})


def fold_letters(text: str) -> str:
    """Return ``text`` without case, accents, control or direction characters; line breaks stay."""
    return unicodedata.normalize("NFKD", text.translate(_APOSTROPHES)).casefold().translate(_SEEN)


def bare(text: str) -> str:
    """Return only the words of a text, folded, between single spaces: whole answers are compared by it."""
    return " ".join(re.findall(r"\w+", fold_letters(text).replace("'", " ")))


_CLAUSE_ENDS = {
    "^^": r"(?:^|(?<=vv )|(?<=[:(/+&-] )|(?<=\bet )|(?<=\bmais )"
    r"|(?<=\bbonjour )|(?<=\bbonsoir )|(?<=\bslt )|(?<=\bbjr )|(?<=\bcc ))",
    "$$": r"(?=$|vv |[:()/+&-] |et |mais |je |j |on |qui |comment |que? )",
}
"""Where a clause begins and ends, in texts whose commas are the word « vv »."""
_PART = re.compile(r"\([^()]*\)\??|\S+")


def compile_patterns(patterns: Iterable[str], families: dict[str, str]) -> re.Pattern[str]:
    """Return one expression for patterns written for people.

    Words are separated by spaces; ``a|b`` and ``(a b|c)`` are alternatives; a final ``?`` makes a part
    optional;
    ``séparé*`` any ending; ``<nom>`` a family of words; ``~`` up to three words; ``#`` a number; ``^`` and
    ``$``
    the ends of a text; ``^^`` and ``$$`` those of a clause. The text must end with a space.
    """
    parts = "|".join(_pattern(pattern, families) for pattern in patterns)
    return re.compile(rf"(?<!\S)(?:{parts})")


def _pattern(pattern: str, families: dict[str, str]) -> str:
    return "".join(_part(part, families) for part in _PART.findall(pattern))


def _part(part: str, families: dict[str, str]) -> str:
    if part in _CLAUSE_ENDS:
        return _CLAUSE_ENDS[part]
    if part in ("^", "$"):
        return "^(?:(?:bonjour|et|hello|hi|also|aussi) )?" if part == "^" else "$"
    if part == "~":
        return r"(?:\w\S* ){0,3}?"
    optional = part.endswith("?") and len(part) > 1
    inner = part.removesuffix("?").removeprefix("(").removesuffix(")")
    return f"(?:{alternatives(inner.split('|'), families)} )" + ("?" if optional else "")


def alternatives(words: Iterable[str], families: dict[str, str]) -> str:
    """Return a group that matches any of these words or groups of words, families spelled out."""
    return "(?:" + "|".join(_words(each, families) for each in words) + ")"


def _words(text: str, families: dict[str, str]) -> str:
    pieces = _PIECES.findall(fold_letters(text).replace("'", " "))
    return " ".join(
        families[piece[1:-1]] if piece[0] == "<" else piece.replace("*", r"\w*").replace("#", r"\d+")
        for piece in pieces
    )


_PIECES = re.compile(r"<\w+>|[\w*#]+")
