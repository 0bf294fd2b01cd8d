"""What was compiled of danger, as JSON values: a start that finds it again does not compile thirteen languages.

Only what this very code made of these very files is taken back: anything else is compiled again.
"""

from __future__ import annotations

import platform
import sys
from array import array
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol

import yaml

from knowledge.danger_alarm import EmergencyCard, EmergencyTexts
from knowledge.danger_hear import Meaning, Tongue
from knowledge.danger_match import Grammar
from knowledge.danger_near import NearWords, assembled
from knowledge.danger_slips import Slips
from knowledge.danger_tree import Tree

Texts = Mapping[str, EmergencyTexts]
Compiled = tuple[Tongue, Texts]
_HERE = Path(__file__).parent
_CODE_FILES = (*sorted(_HERE.glob("danger*.py")), _HERE / "reader.py")
# Read with the code, which a later update may replace. Letters are folded as this Python knows them.
_CODE = sha256(
    b"\0".join(path.read_bytes() for path in _CODE_FILES)
    + f"{yaml.__version__} {platform.python_version()} {sys.byteorder}".encode()
).hexdigest()


class Shelf(Protocol):
    """Where JSON values are kept from one start to the next."""

    def kept(self, key: str) -> Any | None:
        """Return the value kept under a key, None when there is none or it is damaged."""

    def keep(self, key: str, value: Any) -> None:
        """Keep a value under a key."""


def key_of(files: Iterable[Path]) -> str | None:
    """Return the key of what this code makes of some files, as they are now; None when one cannot be read."""
    try:
        parts = [sha256(path.name.encode() + b"\0" + path.read_bytes()).hexdigest() for path in files]
    except OSError:
        return None
    return sha256("\0".join([_CODE, *parts]).encode()).hexdigest()


def as_json(tongue: Tongue, texts: Texts) -> dict[str, Any]:
    """Return a tongue and what is said about danger in its languages as a JSON value; see :func:`from_json`."""
    return {
        "grammar": _grammar_json(tongue.grammar),
        "toning": _grammar_json(tongue.toning),
        "meanings": [[each.kind, each.language, each.case, each.child] for each in tongue.meanings],
        "spellings": {key: list(words) for key, words in tongue.spellings.items()},
        "denied": [sorted(tongue.denied_before), sorted(tongue.denied_after)],
        "alone": tongue.alone,
        "texts": {language: asdict(said) for language, said in texts.items()},
    }


def _grammar_json(grammar: Grammar) -> dict[str, Any]:
    near = grammar.near
    place = {name: number for number, name in enumerate(grammar.phrases.names)}
    return {
        "names": list(grammar.phrases.names),
        "words": len(near.slips.words),
        "slips": [_text(near.slips.begin), _text(near.slips.found)],
        "stems": sorted(near.stems),
        "usual": sorted(near.usual),
        "sounds": {key: [place[word] for word in words] for key, words in near.sounds.items()},
        "skeletons": {key: [place[word] for word in words] for key, words in near.skeletons.items()},
        "phrases": [_text(each) for each in grammar.phrases.arrays],
        "classes": [_text(each) for each in grammar.classes.arrays],
        "class_names": [place[name] for name in grammar.class_names],
        "see_through": dict(grammar.see_through),
        "sizes": [grammar.class_size, grammar.loose_max],
    }


def from_json(kept: Any) -> Compiled | None:
    """Return what :func:`as_json` was given, None when ``kept`` is anything else."""
    try:
        texts = {language: _texts(said) for language, said in kept["texts"].items()}
        return _tongue(kept), texts
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        return None


def _tongue(kept: dict[str, Any]) -> Tongue:
    before, after = kept["denied"]
    return Tongue(
        grammar=_grammar(kept["grammar"]),
        toning=_grammar(kept["toning"]),
        meanings=tuple(Meaning(*each) for each in kept["meanings"]),
        spellings={key: tuple(said) for key, said in kept["spellings"].items()},
        denied_before=frozenset(before),
        denied_after=frozenset(after),
        alone=kept["alone"],
    )


def _grammar(kept: dict[str, Any]) -> Grammar:
    names = tuple(kept["names"])
    words = names[: kept["words"]]
    class_size, loose_max = kept["sizes"]
    return Grammar(
        phrases=Tree(names, *map(_array, kept["phrases"])),
        classes=Tree(names, *map(_array, kept["classes"])),
        class_names=tuple(names[place] for place in kept["class_names"]),
        see_through=kept["see_through"],
        near=_near(kept, words),
        class_size=class_size,
        loose_max=loose_max,
    )


def _near(kept: dict[str, Any], words: tuple[str, ...]) -> NearWords:
    def spelled_out(found: dict[str, list[int]]) -> dict[str, tuple[str, ...]]:
        return {key: tuple(words[place] for place in places) for key, places in found.items()}

    slips = Slips(words, *map(_array, kept["slips"]))
    sounds, skeletons = spelled_out(kept["sounds"]), spelled_out(kept["skeletons"])
    return assembled(slips, kept["stems"], kept["usual"], sounds, skeletons)


def _texts(kept: dict[str, Any]) -> EmergencyTexts:
    cards, child_cards = (
        {case: _card(card) for case, card in kept.pop(name).items()} for name in ("cards", "child_cards")
    )
    return EmergencyTexts(cards, child_cards, **kept)


def _card(kept: dict[str, Any]) -> EmergencyCard:
    return EmergencyCard(**kept | {"lines": tuple(kept["lines"]), "numbers": tuple(kept["numbers"])})


def _text(numbers: array[int]) -> str:
    return b64encode(numbers.tobytes()).decode("ascii")


def _array(text: str) -> array[int]:
    found = array("I")
    found.frombytes(b64decode(text, validate=True))
    return found
