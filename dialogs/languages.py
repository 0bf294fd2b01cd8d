"""Recognises the language a text is written in: by script, by small words, then by a detector when one is installed.

It only says what it recognised. Nobody's language is switched: the conversation offers it.
"""

from __future__ import annotations

import importlib
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import Field

from dialogs.phrase_patterns import fold_letters
from knowledge.base import Model
from knowledge.reader import read

FILE = Path(__file__).parent / "langues.yaml"
_READ = 600
"""Characters looked at; people keep to one language, or mix two from the start."""

_SCRIPTS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (language, re.compile(f"[{signs}]"))
    for language, signs in (
        ("ar", "\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff"),
        ("zh", "\u3400-\u4dbf\u4e00-\u9fff"),
        ("bn", "\u0980-\u09ff"),
        ("ta", "\u0b80-\u0bff"),
        ("ru", "\u0400-\u052f"),
    )
)
_UKRAINIAN = re.compile("[іїєґ]", re.IGNORECASE)
_OF_UKRAINE = frozenset({"де", "та", "що", "немає", "шукаю", "добрий", "день", "моя", "чоловік", "дитина", "потрібна"})
_OF_RUSSIA = re.compile("[ыэъё]", re.IGNORECASE)
_TYPED_ARABIC = re.compile(
    r"\b(?=\w*[a-z])(?!\d+(?:e|er|em|eme|ieme|ans?|mois|h|kg|m|g|bis|x|nd|th|st|rd)\b)\w*[379]\w*\b"
)
_WORD = re.compile(r"[^\W\d_]+|\w+")
_SIGN, _DIGIT_IN_WORD, _ENOUGH, _CLEAR, _TIE = 1.5, 2.0, 2.0, 1.5, 0.5
_SUREST_OTHER = 0.9
_FEWEST_WORDS, _FEWEST_HEARD = 4, 0.15
"""Words from which a text of which so few are small words of a language we know is in another one."""


class Marks(Model):
    """The small words of one language, and the letters it alone has."""

    words: tuple[str, ...] = Field(alias="mots")
    signs: str = Field("", alias="signes")


class Invitation(Model):
    """What is said to someone who writes in a language, in that language.

    ``to_go_on`` and its button when the language is offered; ``otherwise`` when it is not, with two buttons: the
    numbers to call and a person. ``offered_as``: the language to offer, when it is not the one written.
    """

    offered_as: str = Field("", alias="langue")
    to_go_on: str = Field("", alias="continuer")
    button: str = Field("", alias="bouton")
    otherwise: str = Field("", alias="autrement")
    numbers: str = Field("", alias="numeros")
    person: str = Field("", alias="personne")


class LanguageFile(Model):
    """The shape of langues.yaml."""

    languages: dict[str, Marks] = Field(alias="langues")
    invitations: dict[str, Invitation] = Field(alias="propositions")


@dataclass(frozen=True, slots=True)
class Spoken:
    """The language recognised (None: nothing tells), whether it is clear, and all that the text may mix."""

    language: str | None
    clear: bool
    mixed: frozenset[str]


@cache
def _file() -> LanguageFile:
    return LanguageFile.model_validate(read(FILE))


def invitation(language: str) -> Invitation:
    """Return what is said to someone who writes in a language, or in one this service says nothing in."""
    said = _file().invitations
    return said.get(language, said["autre"])


@cache
def _marks() -> dict[str, tuple[str, ...]]:
    """Return small word -> the languages it belongs to."""
    file = _file()
    found: dict[str, tuple[str, ...]] = {}
    for language, marks in file.languages.items():
        for word in {fold_letters(each) for each in marks.words}:
            found[word] = (*found.get(word, ()), language)
    return found


@cache
def _signs() -> dict[str, str]:
    file = _file()
    return {sign: language for language, marks in file.languages.items() for sign in marks.signs}


def is_small_word(word: str) -> bool:
    """Tell whether a folded word is one of the small words of a language: it is no misspelling of another."""
    return word in _marks()


def spoken(text: str, hint: str | None = None) -> Spoken:
    """Return the language of a text.

    Args:
        text: anything, of any length; its beginning is looked at.
        hint: the language the channel says the person reads, which settles what the text leaves open.
    """
    text = text[:_READ]
    by_script = _by_script(text)
    if by_script:
        return Spoken(by_script, True, frozenset({by_script}))
    scores = _scores(text)
    ranked = sorted(scores.items(), key=lambda each: -each[1])
    best, score = ranked[0] if ranked else (None, 0.0)
    count = len(text.split())
    if best is None or (count >= _FEWEST_WORDS and score < _FEWEST_HEARD * count):
        return _by_detector(text)
    rival = ranked[1][1] if len(ranked) > 1 else 0.0
    if hint and scores.get(hint, 0.0) >= score - _TIE:
        best = hint
    mixed = frozenset(name for name, value in ranked if value >= max(1.0, score * 0.4))
    clear = score >= _ENOUGH and score >= rival * _CLEAR
    return Spoken(best, clear, mixed | {best})


def _by_script(text: str) -> str | None:
    """Return the language of the script that most letters are of, None for Latin letters or an unknown script."""
    letters = sum(char.isalpha() for char in text)
    for language, signs in _SCRIPTS:
        if 2 * len(signs.findall(text)) >= letters > 0 or (
            language == "zh" and 3 * len(signs.findall(text)) > letters > 0
        ):
            return _slavic(text) if language == "ru" else language
    return None


def _slavic(text: str) -> str:
    if _UKRAINIAN.search(text):
        return "uk"
    if _OF_RUSSIA.search(text):
        return "ru"
    said = set(re.findall(r"\w+", text.casefold()))
    return "uk" if said & _OF_UKRAINE else "ru"


def _scores(text: str) -> dict[str, float]:
    """Return how much each language of langues.yaml is heard in a text of Latin letters."""
    marks, signs = _marks(), _signs()
    lowered = text.casefold().replace("’", "'")
    found: dict[str, float] = defaultdict(float)
    for sign in set(lowered) & signs.keys():
        found[signs[sign]] += _SIGN
    for word in _WORD.findall(fold_letters(lowered).replace("ı", "i").replace("'", " ")):
        languages = marks.get(word, ())
        for language in languages:
            found[language] += 1.0 / len(languages) ** 0.5
    found["ar-latn"] += _DIGIT_IN_WORD * len(_TYPED_ARABIC.findall(fold_letters(lowered)))
    return {language: score for language, score in found.items() if score}


def _by_detector(text: str) -> Spoken:
    """Return what the optional detector hears in a text that no small word explains."""
    detector = _detector()
    if detector is None or len(text.split()) < _FEWEST_WORDS or not any(char.isalpha() for char in text):
        return Spoken(None, False, frozenset())
    language, sure = detector.classify(text)
    return Spoken(str(language), bool(sure >= _SUREST_OTHER), frozenset({str(language)}))


@cache
def _detector() -> Any:
    """Return py3langid's identifier with shares instead of logarithms, None when the extra is not installed."""
    try:
        library = importlib.import_module("py3langid.langid")
    except ImportError:
        return None
    return library.LanguageIdentifier.from_model_file(library.MODEL_FILE, norm_probs=True)
