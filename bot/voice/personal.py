"""Hides in a text what could tell who wrote it: numbers, addresses, dates, links, names that are announced as such.

A name that nothing announces cannot be told from another word: whoever wrote it reads the result before it is sent.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

import phonenumbers

_FLAGS = re.IGNORECASE
_EMAIL = re.compile(r"[\w.+'-]+\s?(?:@|\(at\)|\[at\]|\barobase\b)\s?[\w-]+(?:\s?\.\s?[\w-]+)+", _FLAGS)
_LINK = re.compile(r"(?:https?://|www\.|t\.me/)\S+|(?<![\w.])@\w{3,}", _FLAGS)
_WAYS = (
    r"rue|avenue|av\.|bd|boulevard|place|impasse|all[ée]e|chemin|quai|passage|villa|square|cit[ée]|cours|route|sentier"
    r"|r[ée]sidence|hameau|faubourg|porte"
)
_NUMBERED = r"\d{1,4}\s*(?:bis|ter|quater|[a-d]\b)?\s*,?\s*"
_REST = r"[^,.;:!?\n\u060c]{0,50}"
_ADDRESS = re.compile(
    rf"\b{_NUMBERED}(?:{_WAYS})\b{_REST}"
    rf"|\b\d{{1,4}}\s+(?:[\w'-]+\s){{1,4}}(?:street|road|avenue|lane|square|st\.|rd\.)(?!\w)"
    rf"|(?:\d{{1,4}}\s*[,،]?\s*)?(?:شارع|نهج|زنقة)\s+\S+(?:\s+\S+){{0,3}}",
    _FLAGS,
)
_LEAST_DIGITS = 9  # of a bank account: fewer among letters are words and a number beside them
_IBAN = re.compile(r"\b(?:[A-Z]{2}\s?\d{2}(?:[\s.-]?[A-Z0-9]){11,30}|[A-Za-z]{2}\d{2}[A-Za-z0-9]{11,30})\b")
_NUMBER = re.compile(r"(?<![\w])[+(]?\d(?:(?:[\s./()_\u00a0\u202f-]{0,3}|,)\d){5,}(?:[\s-]?[A-Za-z](?![\w@.'’]))?")
_MONTHS = (
    r"janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[ûu]t|septembre|octobre|novembre|d[ée]cembre"
    r"|january|february|march|april|may|june|july|august|september|october|november|december"
    r"|يناير|فبراير|مارس|أبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر"
)
_DATE = re.compile(
    rf"\b\d{{1,2}}\s?[/.-]\s?\d{{1,2}}\s?[/.-]\s?\d{{2,4}}\b|\b\d{{4}}-\d{{2}}-\d{{2}}\b"
    rf"|\b\d{{1,2}}(?:er|st|nd|rd|th)?\s+(?:of\s+)?(?:{_MONTHS})(?:,?\s+\d{{4}})?"
    rf"|\b(?:{_MONTHS})\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}",
    _FLAGS,
)
_SAID = re.compile(
    r"(?<!\w)(?:(?:m|s|t)['’ ]\s?appel(?:les?|lent|lait|aient)"
    r"|(?:mon|ton|son|leur|notre|le)\s+(?:pr[ée])?nom(?:\s+de(?:\s+[^\W\d_]+){1,3}?)?\s*(?:est|c['’]est|:)"
    r"|moi\s*,?\s*c['’]est|je\s+me\s+nomme|se\s+nomme|nomm[ée]e?s?|pr[ée]nomm[ée]e?s?|sign[ée]\s*:?"
    r"|my\s+name(?:\s+is|['’]s|\s*:)|(?:his|her|their|our)\s+name(?:\s+is|['’]s)"
    r"|(?:i\s+am|i['’]m|is|are)\s+called|call\s+me|named"
    r"|mme\.?|madame|mlle\.?|mademoiselle|monsieur|mr\.?|mrs\.?|ms\.?|dr\.?|docteur"
    r"|(?:أنا\s+)?(?:اسمي|إسمي|اسمه|اسمها|إسمه|إسمها|أدعى|يدعى|تدعى)(?:\s+هو|\s+هي)?|السيدة?|الدكتورة?)\s*[:,]?\s+",
    _FLAGS,
)
_CAPITAL = re.compile(
    r"(?<!\w)(?:[Jj]e\s+suis|[Cc]['’]est|[Ii]\s+am|[Ii]['’]m|[Dd]e\s+la\s+part\s+de|M\.)\s+(?=[A-ZÀ-Þ])"
)
_WORD = re.compile(r"[^\W\d_](?:[\w'’-]|\.(?=\w))*")
_ELIDED = re.compile(r"(?:[cdjlmnst]|qu)['’](?![A-ZÀ-Þ])")
_STOP = frozenset(
    word
    for line in (
        "et ou mais je tu il elle on nous vous ils elles de du des le la les un une qui que est sont a à au aux avec",
        "pour dans sur ma mon mes sa son ses ai avons habite vis suis",
        "and or but i he she we they from at in who that is am have live with my the an to for",
        "في من و لدي عندي أسكن هو هي أن على مع عمري ولدي",
    )
    for word in line.split()
)
_PARTICLES = frozenset(("de", "du", "des", "le", "la", "el", "al", "ben", "von", "van", "da", "dos"))
_MOST_NAMES = 3


class Mark(NamedTuple):
    """Something to hide: where it starts and ends, and what it is (a key of ``words.MARKS``)."""

    start: int
    end: int
    kind: str


def cleaned(text: str, mark: Callable[[str], str]) -> tuple[str, tuple[str, ...]]:
    """Return a text without what could tell who wrote it, and the kinds of what was hidden, in order.

    Args:
        text: as it was typed.
        mark: returns what is put in the place of something of a kind.
    """
    kept, kinds, at = [], [], 0
    for found in _apart(sorted(_marks(text))):
        kept += [text[at : found.start], f"[{mark(found.kind)}]"]
        kinds.append(found.kind)
        at = found.end
    return "".join((*kept, text[at:])).strip(), tuple(dict.fromkeys(kinds))


def _marks(text: str) -> Iterator[Mark]:
    for kind, pattern in (
        ("courriel", _EMAIL),
        ("lien", _LINK),
        ("adresse", _ADDRESS),
        ("date", _DATE),
        ("numero", _NUMBER),
    ):
        yield from (Mark(*match.span(), kind) for match in pattern.finditer(text))
    for call in phonenumbers.PhoneNumberMatcher(text, "FR", leniency=phonenumbers.Leniency.POSSIBLE):
        if sum(char.isdigit() for char in call.raw_string) > 5:  # 115, 3919: numbers that everybody may call
            yield Mark(call.start, call.end, "telephone")
    for iban in _IBAN.finditer(text):
        if sum(char.isdigit() for char in iban.group()) >= _LEAST_DIGITS:
            yield Mark(*iban.span(), "numero")
    yield from _names(text)


def _names(text: str) -> Iterator[Mark]:
    for said in (*_SAID.finditer(text), *_CAPITAL.finditer(text)):
        end = said.end()
        is_written_as_name = text[end : end + 1].isupper()
        # Without capitals nothing tells where a name ends: one word more is better than one too few.
        for _ in range(_MOST_NAMES if is_written_as_name else _MOST_NAMES - 1):
            found = _name(text, end, capital=is_written_as_name and end > said.end())
            if found is None:
                break
            end = found
        if end > said.end():
            yield Mark(said.end(), end, "nom")


def _name(text: str, at: int, *, capital: bool) -> int | None:
    """Return where a word of a name ends that begins at a place, particles before it included; None without one."""
    word = _WORD.match(text, _next(text, at))
    if word and word.group() in _PARTICLES:
        after = _WORD.match(text, _next(text, word.end()))
        word = after if after and after.group()[0].isupper() else word
    if word is None or word.group().casefold() in _STOP or _ELIDED.match(word.group()):
        return None
    return None if capital and not word.group()[0].isupper() else word.end()


def _next(text: str, at: int) -> int:
    while at < len(text) and text[at] in " -\u00a0":
        at += 1
    return at


def _apart(marks: list[Mark]) -> Iterator[Mark]:
    """Yield marks that do not touch: those that overlap as one, of the kind of the longest."""
    held: list[Mark] = []
    for mark in marks:
        if held and mark.start >= max(each.end for each in held):
            yield _joined(held)
            held = []
        held.append(mark)
    if held:
        yield _joined(held)


def _joined(held: list[Mark]) -> Mark:
    # Phone numbers are numbers too: what is said is the more precise one.
    longest = max(held, key=lambda mark: (mark.end - mark.start, mark.kind == "telephone"))
    return Mark(min(each.start for each in held), max(each.end for each in held), longest.kind)
