"""Reads dialogs/dits/ (one file per language): how people state facts of themselves, beside the rules of phrases/.

Patterns have the notation of ``phrase_patterns``. Signs of India lose their vowel marks and Chinese signs stand
apart, in patterns and texts alike. This module does not know what a fact means.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from dialogs.phrase_patterns import alternatives, compile_patterns
from dialogs.phrases_check import read_phrases
from dialogs.told_kin_words import AgesText, KinWords, kin_words
from dialogs.told_words import joined, spaced
from knowledge.base import FactId, Model, YesNo

FOLDER = Path(__file__).parent / "dits"
Reading = Literal[
    "valeur", "nombre", "mois", "annees", "arrondissement",
    "ans", "ages", "mois_enfant", "combien", "enfant", "enfants", "trait", "depuis",
]  # fmt: skip
"""What a rule gives: its value; the number said; the month of a pregnancy; a child's age in years, in months; how many
children; an arrondissement; something true of the only child, of each child; a number of years, in months; the ages in
years of several children; something true of the child it is said of, in French; the year since when."""

_DENIES = re.compile(r"\b(?:pas|pa|plus|plu|pu|jamais|rien|aucune?|ni|ne|n)\b")
_WORD_START, _AFTER_AND = r"(?<!\S)", r"(?<!\S)و?"
"""In Arabic « and » is the first letter of the next word."""


class RuleText(Model):
    """One rule as it is written."""

    fact: FactId = Field(alias="fait")
    value: Any = Field("", alias="valeur")
    patterns: tuple[str, ...] = Field(alias="motifs", min_length=1)
    unless: tuple[str, ...] = Field((), alias="sauf")
    reading: Reading = Field("valeur", alias="lecture")
    anyone: YesNo = Field(False, alias="de_tous")
    despite: YesNo = Field(False, alias="malgre_tiers")
    unless_before: tuple[str, ...] = Field((), alias="sauf_avant")
    alongside: tuple[str, ...] = Field((), alias="avec")


class SaidFile(Model):
    """The shape of one language's file."""

    language: str = Field(alias="langue")
    numbers: dict[str, int] = Field(default_factory=dict, alias="nombres")
    families: dict[str, tuple[str, ...]] = Field(default_factory=dict, alias="familles")
    others: tuple[str, ...] = Field((), alias="tiers")
    hosts: tuple[str, ...] = Field((), alias="chez")
    doubt: tuple[str, ...] = Field((), alias="doute")
    past: tuple[str, ...] = Field((), alias="passe")
    places: tuple[str, ...] = Field((), alias="lieux")
    lives: tuple[str, ...] = Field((), alias="habite")
    now: tuple[str, ...] = Field((), alias="maintenant")
    ages: AgesText | None = None
    rules: tuple[RuleText, ...] = Field(alias="regles")


@dataclass(frozen=True, slots=True)
class Rule:
    """One compiled rule. ``anyone``: true even after words of doubt; ``despite``: even beside somebody else.

    ``unless_before``: undone by these words anywhere before in the clause; ``alongside``: these stand in the text too;
    ``denies``: the rule itself holds a negation.
    """

    fact: str
    value: Any
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None
    reading: Reading
    anyone: bool
    despite: bool
    unless_before: re.Pattern[str] | None
    alongside: re.Pattern[str] | None
    denies: bool


@dataclass(frozen=True, slots=True, eq=False)
class Tongue:
    """The rules of one language.

    ``others``: words for people who are not the family; ``hosts``: beside them, the family lives at theirs;
    ``doubt``: wish, fear, if; ``past``: was, used to; ``places``: where one goes without living there (school, work),
    until ``lives`` says otherwise; ``now``: what ends the past.
    """

    language: str
    numbers: dict[str, str]
    others: re.Pattern[str] | None
    hosts: re.Pattern[str] | None
    doubt: re.Pattern[str] | None
    past: re.Pattern[str] | None
    places: re.Pattern[str] | None
    lives: re.Pattern[str] | None
    now: re.Pattern[str] | None
    kin: KinWords | None
    rules: tuple[Rule, ...]


@cache
def tongues() -> dict[str, Tongue]:
    """Return the compiled rules by language; the files are read at the first call only.

    Raises:
        knowledge.reader.ContentError: a file cannot be read, or is not of the form it should have.
    """
    files = [read_phrases(path, SaidFile)[0] for path in sorted(FOLDER.glob("*.yaml"))]
    return {file.language: _tongue(file) for file in files}


def _tongue(file: SaidFile) -> Tongue:
    families: dict[str, str] = {}
    for name, words in file.families.items():
        families[name] = alternatives(sorted(map(spaced, words), key=len, reverse=True), families)

    def compiled(patterns: tuple[str, ...]) -> re.Pattern[str] | None:
        if not patterns:
            return None
        found = compile_patterns(map(spaced, patterns), families)
        return re.compile(found.pattern.replace(_WORD_START, _AFTER_AND, 1)) if file.language == "ar" else found

    rules = tuple(
        Rule(
            fact=each.fact,
            value=each.value,
            pattern=pattern,
            unless=compiled(each.unless),
            reading=each.reading,
            anyone=each.anyone,
            despite=each.despite,
            unless_before=compiled(each.unless_before),
            alongside=compiled(each.alongside),
            denies=any(_DENIES.search(motif) for motif in each.patterns),
        )
        for each in file.rules
        if (pattern := compiled(each.patterns))
    )
    numbers = {joined(spaced(word)).strip(): str(number) for word, number in file.numbers.items()}
    kin = kin_words(file.ages, lambda said: joined(spaced(said))) if file.ages else None
    around = (file.others, file.hosts, file.doubt, file.past, file.places, file.lives, file.now)
    others, hosts, doubt, past, places, lives, now = map(compiled, around)
    return Tongue(file.language, numbers, others, hosts, doubt, past, places, lives, now, kin, rules)
