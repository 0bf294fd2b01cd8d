"""Reads by which words people say what they need (dialogs/sujets/, one file per language), ready to be looked up.

All languages are looked up in every text, since people mix them. A cue is written for people: words in order with
at most a few words between, ``a|b`` alternatives, ``racine*`` any ending, ``&`` at the start for words anywhere.
In Chinese a cue is a piece of the text. This module does not rank.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import Literal

from pydantic import Field

from knowledge.base import Model, Slug
from knowledge.danger_text import skeleton, sound
from knowledge.folding import fold, words
from knowledge.reader import read

FOLDER = Path(__file__).parent / "sujets"
Heard = Literal["francais", "arabe", "lettres"]
"""How misspellings of a language are met: by its French sound, by the consonants of typed Arabic, by letters only."""

_WEIGHTS = {"sur": 3.0, "mots": 2.0, "peut_etre": 1.0}
_ELIDED = re.compile(r"^(?:[ldjmntsc]|qu|jusqu)'(?=.)")
HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_EMPTY = frozenset(
    {"a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "m", "n", "ne", "s", "se"}
    | {"un", "une", "the", "of", "el", "los", "las", "da", "do"}
)
_SHORTEST_HEARD = 4
_MOST_ALTERNATIVES = 400


class TopicWords(Model):
    """The cues of one topic: sure, about it, perhaps about it."""

    sur: tuple[str, ...] = ()
    mots: tuple[str, ...] = ()
    peut_etre: tuple[str, ...] = ()


class SubjectFile(Model):
    """The shape of one language's file."""

    language: str = Field(alias="langue")
    topics: dict[Slug, TopicWords] = Field(alias="themes")
    not_meant: tuple[str, ...] = Field((), alias="rien")


@dataclass(frozen=True, slots=True)
class Cue:
    """One way to speak of a topic ("" for words that mean none): keys to meet, in order unless ``anywhere``."""

    topic: str
    weight: float
    keys: tuple[str, ...]
    language: str
    anywhere: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Cues:
    """Every cue: by the key that tells most, and the Chinese ones as pieces of text."""

    by_key: dict[str, tuple[Cue, ...]]
    pieces: tuple[Cue, ...]
    starts: frozenset[str]
    heard: dict[str, tuple[str, ...]]
    """Sound or consonants -> keys of the words that sound so."""
    known: tuple[str, ...]
    """Whole words that cues hold, for near spellings."""


@cache
def cues() -> Cues:
    """Return the compiled cues; the files are read at the first call only.

    Raises:
        knowledge.reader.ContentError: a file cannot be read.
    """
    by_key: dict[str, list[Cue]] = defaultdict(list)
    heard: dict[str, set[str]] = defaultdict(set)
    pieces: list[Cue] = []
    known: set[str] = set()
    for path in sorted(FOLDER.glob("*.yaml")):
        file = SubjectFile.model_validate(read(path))
        for cue in _cues_of(file):
            if HAN.search(cue.keys[0]):
                pieces.append(cue)
                continue
            by_key[max(cue.keys, key=len)].append(cue)
            for key in cue.keys:
                known |= {key} if key.isalpha() and key.isascii() and len(key) > _SHORTEST_HEARD else set()
                for said in _as_heard(key, file.language):
                    heard[said].add(key)
    return Cues(
        by_key={key: tuple(listed) for key, listed in by_key.items()},
        pieces=tuple(pieces),
        starts=frozenset(key for listed in by_key.values() for cue in listed for key in cue.keys if key[-1] == "*"),
        heard={said: tuple(sorted(keys)) for said, keys in heard.items()},
        known=tuple(sorted(known)),
    )


@cache
def cued_topics() -> frozenset[str]:
    """Return the topics that have cues."""
    known = cues()
    return frozenset(cue.topic for listed in (*known.by_key.values(), known.pieces) for cue in listed)


def _cues_of(file: SubjectFile) -> list[Cue]:
    found = [cue for text in file.not_meant for cue in _compiled("", 0.0, text, file.language)]
    for topic, said in file.topics.items():
        for level, weight in _WEIGHTS.items():
            found += [cue for text in getattr(said, level) for cue in _compiled(topic, weight, text, file.language)]
    return found


def _compiled(topic: str, weight: float, text: str, language: str) -> list[Cue]:
    anywhere = text.startswith("&")
    parts = [[key for each in part.split("|") if (key := _key(each))] for part in text.removeprefix("&").split()]
    spelled = [listed for listed in parts if listed] or [[part.casefold()] for part in text.split()]
    return [Cue(topic, weight, keys, language, anywhere) for keys in list(product(*spelled))[:_MOST_ALTERNATIVES]]


def _key(part: str) -> str:
    """Return the key of one written word: « # » any number, « séparé* » a beginning, "" for an empty word."""
    if part == "#":
        return part
    star = "*" if part.endswith("*") else ""
    folded = dotless(fold(_ELIDED.sub("", part.rstrip("*").casefold().replace("’", "'"))))
    if HAN.search(folded):
        return folded
    word = "".join(words(folded))
    if not star and word in _EMPTY:
        return ""
    return word + star if star or not word.isascii() else singular(word)


def dotless(text: str) -> str:
    """Return ``text`` with the Turkish ı as i."""
    return text.replace("ı", "i")


def singular(word: str) -> str:
    """Return a word of Latin letters without the endings that French and its neighbours add to nouns."""
    if len(word) <= 3 or not word.isascii():
        return word
    bare = word.rstrip("sx") if len(word) > 4 else word
    return bare[:-1] if len(bare) > 4 and bare.endswith("e") else bare or word


def _as_heard(key: str, language: str) -> list[str]:
    if not (key.isalpha() and key.isascii() and len(key) >= _SHORTEST_HEARD):
        return []
    if language == "fr":
        return [f"~{said}"] if len(said := sound(key)) >= 3 else []
    return [f"^{said}"] if language == "ar-latn" and len(said := skeleton(key)) >= 3 else []
