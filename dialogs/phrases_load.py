"""Reads the word lists and sentence patterns of dialogs/phrases/ (one file per language) and compiles them.

The files ship with the code and are read once. All languages are tried on every text: people mix them, and a
language is never switched in silence. This module does not know what a fact means.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import Field
from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from dialogs.phrase_patterns import alternatives, bare, compile_patterns, fold_letters
from dialogs.phrases_check import read_phrases, refuse_unknown_names
from dialogs.phrases_story import StoryWords, story_families
from knowledge.base import FactId, Model, YesNo

FOLDER = Path(__file__).parent / "phrases"
_SHORTEST_REPAIRED = 6  # shorter words have too many neighbours one letter away


class RuleText(Model):
    """One rule as it is written: what the patterns say of a family, and what undoes it.

    ``denied``: the patterns hold their own negation. ``presupposed``: true in a question or after « si » too
    (« mon ex »). ``of_other``: the sentence speaks of the other parent. ``kind``: who reads the rest
    (a duration since the separation, the month of a pregnancy).
    """

    fact: FactId = Field(alias="fait")
    value: Any = Field(alias="valeur")
    patterns: tuple[str, ...] = Field(alias="motifs", min_length=1)
    unless: tuple[str, ...] = Field((), alias="sauf")
    denied: YesNo = Field(False, alias="nie")
    presupposed: YesNo = Field(False, alias="toujours")
    of_other: YesNo = Field(False, alias="autre_parent")
    kind: str = Field("", alias="lecture")


class PhraseFile(Model):
    """The shape of one language's file."""

    spellings: dict[str, str] = Field(default_factory=dict, alias="orthographe")
    repaired: tuple[str, ...] = Field((), alias="mots_repares")
    numbers: dict[str, int] = Field(default_factory=dict, alias="nombres")
    ordinals: dict[str, int] = Field(default_factory=dict, alias="ordinaux")
    months: dict[str, int] = Field(default_factory=dict, alias="mois")
    families: dict[str, tuple[str, ...]] = Field(default_factory=dict, alias="familles")
    cues: dict[str, tuple[str, ...]] = Field(default_factory=dict, alias="indices")
    rules: tuple[RuleText, ...] = Field((), alias="regles")
    answers: dict[str, tuple[str, ...]] = Field(default_factory=dict, alias="reponses")
    lists: dict[str, tuple[str, ...]] = Field(default_factory=dict, alias="listes")
    story: StoryWords | None = Field(None, alias="recits")


@dataclass(frozen=True, slots=True)
class Rule:
    """One compiled rule; ``opens`` holds the patterns that begin a clause without saying « je »."""

    fact: str
    value: Any
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None
    denied: bool
    presupposed: bool
    of_other: bool
    kind: str


@dataclass(frozen=True, slots=True, eq=False)
class Phrases:
    """Everything of dialogs/phrases/, all languages together, compiled."""

    spellings: dict[str, tuple[str, ...]]
    repairable: tuple[str, ...]
    known_words: frozenset[str]
    numbers: dict[str, int]
    ordinals: dict[str, int]
    months: dict[str, int]
    families: dict[str, str]
    cues: dict[str, re.Pattern[str]]
    rules: tuple[Rule, ...]
    answers: dict[str, frozenset[str]]
    lists: dict[str, frozenset[str]]
    units_one: frozenset[str] = frozenset({"un", "une", "one", "a"})
    time_words: frozenset[str] = frozenset(
        {
            "an",
            "ans",
            "mois",
            "semaine",
            "semaines",
            "jour",
            "jours",
            "year",
            "years",
            "month",
            "months",
            "week",
            "weeks",
        }
    )

    def repaired(self, word: str) -> str:
        """Return the key word one letter away from a long unknown word, or the word itself."""
        if len(word) < _SHORTEST_REPAIRED or word in self.known_words:
            return word
        near = extractOne(word, self.repairable, scorer=OSA.distance, score_cutoff=1)
        return near[0] if near and near[0][0] == word[0] else word

    def find(self, cue: str, text: str, start: int = 0) -> re.Match[str] | None:
        """Return the first place of a cue (« negation »...) in a plain text that ends with a space."""
        return self.cues[cue].search(text, start)


@cache
def phrases() -> Phrases:
    """Return the compiled phrases; the files are read at the first call only.

    Raises:
        knowledge.reader.ContentError: a file cannot be read, or is not of the form it should have.
    """
    files, families = _files()
    repairable = tuple(fold_letters(word) for file in files for word in file.repaired)
    spellings = {
        fold_letters(wrong): tuple(fold_letters(right).replace("'", " ").split())
        for file in files
        for wrong, right in file.spellings.items()
    }
    rules = tuple(_rule(rule, families) for file in files for rule in file.rules)
    return Phrases(
        spellings=spellings,
        repairable=repairable,
        known_words=_known_words(files, repairable),
        numbers={fold_letters(word): number for file in files for word, number in file.numbers.items()},
        ordinals={fold_letters(word): number for file in files for word, number in file.ordinals.items()},
        months={fold_letters(word): number for file in files for word, number in file.months.items()},
        families=families,
        cues=_cues(files, families),
        rules=rules,
        answers=_answers(files),
        lists={name: frozenset(words) for file in files for name, words in file.lists.items()},
    )


def _files() -> tuple[list[PhraseFile], dict[str, str]]:
    """Return the files and the expression of each family; every ``<name>`` in them is one."""
    read = [read_phrases(path, PhraseFile) for path in sorted(FOLDER.glob("*.yaml"))]
    files, blocks = [file for file, _ in read], [block for _, block in read]
    names = {name for file in files for name in file.families}
    refuse_unknown_names(blocks, names)
    families: dict[str, str] = {}
    for name in names:
        words = [word for file in files for word in file.families.get(name, ())]
        families[name] = alternatives(sorted(words, key=len, reverse=True), families)
    return files, families | story_families([file.story for file in files if file.story])


def _cues(files: list[PhraseFile], families: dict[str, str]) -> dict[str, re.Pattern[str]]:
    names = {name for file in files for name in file.cues}
    return {
        name: compile_patterns([each for file in files for each in file.cues.get(name, ())], families) for name in names
    }


def _answers(files: list[PhraseFile]) -> dict[str, frozenset[str]]:
    names = {name for file in files for name in file.answers}
    return {name: frozenset(bare(each) for file in files for each in file.answers.get(name, ())) for name in names}


def _rule(rule: RuleText, families: dict[str, str]) -> Rule:
    return Rule(
        fact=rule.fact,
        value=rule.value,
        pattern=compile_patterns(rule.patterns, families),
        unless=compile_patterns(rule.unless, families) if rule.unless else None,
        denied=rule.denied,
        presupposed=rule.presupposed,
        of_other=rule.of_other,
        kind=rule.kind,
    )


def _known_words(files: list[PhraseFile], repairable: tuple[str, ...]) -> frozenset[str]:
    """Return every word the files name: a word that means something is never taken for a misspelling."""
    texts = [text for file in files for rule in file.rules for text in (*rule.patterns, *rule.unless)]
    texts += [text for file in files for group in (*file.cues.values(), *file.families.values()) for text in group]
    words = {word for text in texts for word in re.findall(r"\w+", fold_letters(text))}
    words |= {word for file in files for listed in file.lists.values() for word in listed}
    return frozenset(words | set(repairable) | {fold_letters(word) for file in files for word in file.numbers})
