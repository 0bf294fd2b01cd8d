"""The plain French gate: short sentences and everyday words. Pure.

Rules of easy reading (FALC, "facile à lire et à comprendre"): one idea a sentence,
a dozen words, everyday words, and a hard word explained where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from i18n.errors import Problem
from i18n.model import Catalog, Entry

SENTENCE_MAX = 15
"""The longest sentence allowed, in words: the project's own limit for all its French."""
AVERAGE_MAX = 10.0
"""The longest average of a catalog, in words a sentence."""

# "caf.fr" and "3.5" end no sentence: a stop is followed by a space or the end.
_STOP = re.compile(r"[.!?…]+[»\")]*(?:\s+|$)|\n+")
_WORD = re.compile(r"\{[^}]*\}|[^\W_]")
_EXPLAINED = re.compile(r"\s*(?:\(|:|=|, c.est[ -]|, c.est-à-dire)")


@dataclass(frozen=True, slots=True)
class PlainWord:
    """An administrative word, its plain equivalent, and other forms of it (plurals are implied)."""

    word: str
    plain: str
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Measure:
    """Sentence lengths of some texts, in words."""

    sentences: int
    average: float
    longest: int


def measure(texts: Iterable[str]) -> Measure:
    """Return how long the sentences of these texts are; zeros when there are none."""
    lengths = [_length(sentence) for text in texts for sentence in sentences(text)]
    average = sum(lengths) / len(lengths) if lengths else 0.0
    return Measure(len(lengths), average, max(lengths, default=0))


def sentences(text: str) -> tuple[str, ...]:
    """Return the sentences of a text; a new line ends one too."""
    return tuple(part for part in (piece.strip() for piece in _STOP.split(text)) if _WORD.search(part))


def check_plain(
    catalog: Catalog,
    words: Iterable[PlainWord],
    sentence_max: int = SENTENCE_MAX,
    average_max: float = AVERAGE_MAX,
) -> tuple[Problem, ...]:
    """Return what is not plain in the translated texts of a plain French catalog, by line.

    Long sentences and hard words are errors; a long average is a warning on the
    file. A hard word passes when its explanation follows: "(", ":", "c'est".
    Contexts that end in ``.nom`` hold official names: their words are not checked.
    """
    finders = [(word, _finder(word)) for word in words]
    entries = [entry for entry in catalog.entries.values() if entry.is_translated]
    problems = [
        Problem(catalog.path, entry.line, f"{entry.message.context} : {what}", hint)
        for entry in entries
        for what, hint in (*_long(entry, sentence_max), *_hard(entry, finders))
    ]
    average = measure(text for entry in entries for text in entry.strings).average
    if average > average_max:
        what = f"Les phrases ont {average:.1f} mots en moyenne, {average_max:g} au plus."
        problems.append(Problem(catalog.path, 0, what, "Coupez les plus longues.", "avertissement"))
    return tuple(sorted(problems))


def _length(sentence: str) -> int:
    return sum(1 for token in sentence.split() if _WORD.search(token))


def _long(entry: Entry, sentence_max: int) -> Iterator[tuple[str, str]]:
    for sentence in (one for text in entry.strings for one in sentences(text)):
        length = _length(sentence)
        if length > sentence_max:
            start = " ".join(sentence.split()[:5])
            what = f"une phrase de {length} mots, {sentence_max} au plus (« {start}... »)."
            yield what, "Coupez-la : une idée par phrase."


def _hard(entry: Entry, finders: Iterable[tuple[PlainWord, re.Pattern[str]]]) -> Iterator[tuple[str, str]]:
    if entry.message.context.endswith(".nom"):
        return
    for word, finder in finders:
        for text in entry.strings:
            found = [match for match in finder.finditer(text) if not _EXPLAINED.match(text, match.end())]
            if found:
                what = f"« {found[0][0]} » est un mot difficile."
                yield what, f"Écrivez plutôt : {word.plain}. Ou expliquez-le juste après, entre parenthèses."
                break


def _finder(word: PlainWord) -> re.Pattern[str]:
    forms = sorted((word.word, *word.forms), key=len, reverse=True)
    patterns = [r"\s+".join(rf"{re.escape(part)}[sx]?" for part in form.split()) for form in forms]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(patterns)})(?![\w-])", re.IGNORECASE)
