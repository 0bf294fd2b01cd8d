"""Spells out the small language in which editors write phrases of danger; see ``urgences/fr.yaml``."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from itertools import chain, permutations, product

from knowledge.danger_brackets import expand
from knowledge.danger_hear import CASES, Kind, Meaning
from knowledge.danger_near import STEM
from knowledge.danger_nuance import NUANCES
from knowledge.danger_source import Source
from knowledge.danger_text import spelled, split, words
from knowledge.danger_tree import ANY_WORD, ANY_WORDS
from knowledge.reader import Block

Spellings = Mapping[str, tuple[str, ...]]
Groups = dict[frozenset[tuple[str, ...]], str]  # the word sequences of a bracket -> its name
_CUT = re.compile(r"[()| ]")
_CLASS = re.compile(r"(<[a-z0-9-]+>|\*|\.\.\.)")
_BARE_ELISION = re.compile(r"\b(?:d|l|qu)'\s*$")  # « (de|d') » stands before a word that drops it when typed
_ANY_ORDER = " & "
_STEM_MIN = 3  # letters; a sign of another script says more
_LEVELS: tuple[tuple[str, Kind, bool], ...] = (
    ("sur", "sur", False),
    ("possible", "possible", False),
    ("enfant", "sur", True),
)
_OTHERS: tuple[tuple[str, Kind], ...] = (
    ("sauf", "sauf"),
    ("contextes", "contexte"),
    ("voix_enfant", "enfant"),
)


def spellings(source: Source) -> dict[str, tuple[str, ...]]:
    """Return folded SMS spelling -> the folded words it stands for."""
    block = source.block(source.root, "ecritures")
    for key in block:
        if len(words(key, {}).tokens) != 1:
            source.problem(block, key, f"'{key}' doit être un seul mot")
    return {token: words(source.text(block, key), {}).tokens for key in block for token in words(key, {}).tokens}


def classes(source: Source, spelt: Spellings) -> dict[str, list[tuple[str, ...]]]:
    """Return ``<language:name>`` -> the word sequences of each class."""
    block = source.block(source.root, "classes")
    found: dict[str, list[tuple[str, ...]]] = {}
    for name in block:
        sequences = found.setdefault(_class_name(source, name), [])
        for position, phrase in enumerate(source.texts(block, name)):
            with _noted(source, block, name, position, phrase):
                sequences.extend(_symbols(text, source, spelt, ()) for text in expand(phrase))
    return found


def see_through(source: Source) -> Iterator[tuple[str, bool]]:
    """Yield each word that may stand inside any phrase, and whether it negates the phrase."""
    yield from ((word, False) for word in single_words(source, source.root, "transparents"))
    yield from ((word, True) for word in negations(source, "dedans"))


def negations(source: Source, place: str) -> list[str]:
    """Return the negations that count ``dedans``, ``avant`` or ``apres`` a phrase."""
    return single_words(source, source.block(source.root, "negations"), place)


def single_words(source: Source, block: Block, key: str) -> list[str]:
    """Return the folded words of a list of words."""
    return list(chain.from_iterable(words(text, {}).tokens for text in source.texts(block, key)))


def phrases(source: Source, spelt: Spellings, groups: Groups) -> Iterator[tuple[tuple[str, ...], Meaning]]:
    """Yield every phrase of a file with what it stands for; adds its brackets to ``groups``."""
    cases = source.block(source.root, "motifs")
    source.check_keys(cases, CASES)
    for case in CASES:
        block = source.block(cases, case)
        source.check_keys(block, ("sur", "possible"), ("enfant",))
        for key, kind, child in _LEVELS:
            for found in _sequences(source, block, key, spelt, groups):
                yield found, Meaning(kind, source.language, case, child)
    for key, kind in _OTHERS:
        for found in _sequences(source, source.root, key, spelt, groups):
            yield found, Meaning(kind, source.language)
    toning = source.block(source.root, "nuances")
    source.check_keys(toning, (), NUANCES)
    for nuance in NUANCES:
        for found in _sequences(source, toning, nuance, spelt, groups):
            yield found, Meaning(nuance, source.language)
    _pieces.cache_clear()  # megabytes, which nothing reads once the file is compiled


def _class_name(source: Source, name: str) -> str:
    return f"<{source.language}:{name}>"


@contextmanager
def _noted(source: Source, block: Block, key: str, position: int, phrase: str) -> Iterator[None]:
    """Turn a ValueError about a phrase into a problem of the file."""
    try:
        yield
    except ValueError as error:
        hint = "voyez le mode d'emploi en tête de fr.yaml"
        source.problem(block, key, f"« {phrase} » : {error}", hint, position)


def _sequences(source: Source, block: Block, key: str, spelt: Spellings, groups: Groups) -> Iterator[tuple[str, ...]]:
    """Yield the symbols of every phrase under ``key``."""
    known = {_class_name(source, name) for name in source.block(source.root, "classes")}
    read: dict[str, list[tuple[str, ...]]] = {}
    for position, phrase, ordered in _in_any_order(source.texts(block, key)):
        with _noted(source, block, key, position, phrase):
            chunks = []
            for chunk in _chunks(ordered):
                if chunk not in read:
                    # In one order at every start: between equals, the first phrase wins.
                    read[chunk] = sorted(_choices(chunk, source, spelt, known, groups))
                chunks.append(read[chunk])
            for choice in product(*chunks):
                if not (found := tuple(chain.from_iterable(choice))):
                    raise ValueError("cette phrase peut être vide : gardez au moins un mot")
                yield found


def _in_any_order(texts: Iterable[str]) -> Iterator[tuple[int, str, str]]:
    """Yield each phrase with its place, and as it reads in each order: « a & b » is « a ... b » and « b ... a »."""
    for position, phrase in enumerate(texts):
        for order in permutations(phrase.split(_ANY_ORDER)):
            yield position, phrase, f" {ANY_WORDS} ".join(order)


def _chunks(phrase: str) -> list[str]:
    """Return ``phrase`` cut at the spaces outside brackets, whole when « | » stands outside brackets."""
    chunks, depth, start = [], 0, 0
    for mark in _CUT.finditer(phrase):
        depth += (mark[0] == "(") - (mark[0] == ")")
        if mark[0] == "|" and not depth:
            return [phrase]
        if mark[0] == " " and not depth:
            chunks.append(phrase[start : mark.start()])
            start = mark.end()
    return [*chunks, phrase[start:]]


def _choices(
    chunk: str, source: Source, spelt: Spellings, known: Collection[str], groups: Groups
) -> set[tuple[str, ...]]:
    """Return what may stand for ``chunk``; all its plain words together make one nameless class."""
    found = {_symbols(text, source, spelt, known) for text in expand(chunk)}
    plain = frozenset(symbols for symbols in found if symbols and not any(symbol[0] in "<*." for symbol in symbols))
    if len(plain) < 2:
        return found
    # Thousands of spelled-out phrases become one short path: the tree stays small and quick to walk.
    return (found - plain) | {(groups.setdefault(plain, f"<{len(groups)}>"),)}


def _symbols(text: str, source: Source, spelt: Spellings, known: Collection[str]) -> tuple[str, ...]:
    symbols: list[str] = []
    for part in _CLASS.split(text):
        if not _CLASS.fullmatch(part):
            if "<" in part or ">" in part:
                raise ValueError("un nom de classe s'écrit <nom>, en minuscules sans accent")
            symbols.extend(_plain(_BARE_ELISION.sub("", part), spelt))
        elif part in (ANY_WORD, ANY_WORDS):
            symbols.append(part)
        elif (name := _class_name(source, part[1:-1])) in known:
            symbols.append(name)
        else:
            raise ValueError(f"la classe {part} n'existe pas dans ce fichier")
    return tuple(symbols)


def _plain(text: str, spelt: Spellings) -> Iterator[str]:
    """Yield the folded words of ``text``, those written with a « ~ » at their end as stems."""
    if STEM not in text:
        yield from spelled(_pieces(text), spelt).tokens
        return
    *begun, last = text.split(STEM)
    for chunk in begun:
        *tokens, stem = spelled(_pieces(chunk), spelt).tokens or ("",)
        if len(stem) < _STEM_MIN and stem.isascii():
            raise ValueError(f"« {stem}{STEM} » est trop court : au moins {_STEM_MIN} lettres")
        yield from (*tokens, f"{stem}{STEM}")
    yield from spelled(_pieces(last), spelt).tokens


@lru_cache(maxsize=50_000)
def _pieces(text: str) -> tuple[str, ...]:
    """Return the folded words of a text of a file; the same words come back in thousands of phrases."""
    return split(text)
