"""Recognises words of danger in what people type, in every language at once, before anything else is read.

Pure: no disk, no clock, nothing kept of the text. The phrases and the emergency cards are content
(``knowledge/urgences/*.yaml``), read by ``knowledge.danger_load``. A missed cry is worse than a false
alarm; what is only near, denied or a mere subject gives the gentle level, ``possible``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from knowledge.danger_match import Grammar, Match, find
from knowledge.danger_text import Words, words

Level = Literal["sur", "possible"]
Case = Literal["sante", "suicide", "enfant-danger", "violence", "rue", "cyber"]
CASES: tuple[Case, ...] = get_args(Case)  # what may kill soonest comes first when a text holds several
Kind = Literal["sur", "possible", "sauf", "contexte", "enfant"]

_SUBJECT_SIZE = 2  # « violences conjugales » in a film or an essay is a subject; a longer phrase is a story
_SURE_SIZE = 2  # a sure phrase with guessed words stays sure if it has this many words plus the guesses' cost


@dataclass(frozen=True, slots=True)
class Alarm:
    """What a text cries for.

    ``numbers`` are ids of helplines, most fitting first; ``child`` is true when a child or a teenager speaks
    for themselves; ``language`` is that of the words found, not the person's.
    """

    case: Case
    level: Level
    language: str
    numbers: tuple[str, ...]
    child: bool = False


@dataclass(frozen=True, slots=True)
class EmergencyCard:
    """One emergency card in one language; texts hold numbers as ``{tel:ID}`` only.

    ``discreet`` is for someone whose phone may be read; ``gentle`` is the single line of level ``possible``.
    """

    title: str
    lines: tuple[str, ...]
    numbers: tuple[str, ...]
    discreet: str
    gentle: str


@dataclass(frozen=True, slots=True)
class EmergencyTexts:
    """All that is said in one language about danger; ``child_cards`` say « tu »."""

    cards: Mapping[Case, EmergencyCard]
    child_cards: Mapping[Case, EmergencyCard]
    go_on: str
    leave_fast: str
    call: str
    write: str


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a phrase stands for: a danger, a harmless turn, a subject of study, or a child's voice."""

    kind: Kind
    language: str
    case: Case | None = None
    child: bool = False


@dataclass(frozen=True, slots=True)
class DangerLexicon:
    """The compiled phrases and texts of every language."""

    grammar: Grammar
    meanings: tuple[Meaning, ...]
    spellings: Mapping[str, tuple[str, ...]]
    denied_before: frozenset[str]
    denied_after: frozenset[str]
    texts: Mapping[str, EmergencyTexts]

    def card(self, case: Case, language: str, child: bool = False) -> EmergencyCard:
        """Return the card of ``case``, in French where ``language`` has none."""
        texts = self.texts.get(language) or self.texts["fr"]
        return (texts.child_cards if child and case in texts.child_cards else texts.cards)[case]


def detect(lexicon: DangerLexicon, text: str) -> Alarm | None:
    """Return the gravest danger that ``text`` speaks of, or None.

    Every language is tried whatever the person's; of a text over 4,096 characters the first and last
    2,048 are read. Takes under a millisecond for a sentence, a bounded time for anything.
    """
    said = lexicon.grammar.near.separate(words(text, lexicon.spellings))
    found = [(match, lexicon.meanings[match.payload]) for match in find(lexicon.grammar, said)]
    child = any(meaning.kind == "enfant" and not match.cost for match, meaning in found)
    studied = any(meaning.kind == "contexte" for _, meaning in found)
    alarms = [
        (level, meaning)
        for match, meaning in _without_harmless(found)
        if not (studied and meaning.kind == "possible" and match.size <= _SUBJECT_SIZE)
        and (level := _level(lexicon, said, match, meaning))
    ]
    return _gravest(lexicon, alarms, child)


def _without_harmless(found: list[tuple[Match, Meaning]]) -> list[tuple[Match, Meaning]]:
    """Return the dangers that no harmless turn of phrase explains.

    A denied turn explains nothing (« il ne respire pas bien »), nor does one that is only a part of a longer
    danger (« il me tue » in « j'ai peur qu'il me tue »).
    """
    turns = [match for match, meaning in found if meaning.kind == "sauf" and not match.negated]
    return [
        (match, meaning)
        for match, meaning in found
        if meaning.case and not any(_explains(turn, match) for turn in turns)
    ]


def _explains(turn: Match, danger: Match) -> bool:
    touches = turn.start < danger.end and danger.start < turn.end
    is_part = danger.start <= turn.start and turn.end <= danger.end and turn.size < danger.size
    return touches and not is_part


def _level(lexicon: DangerLexicon, said: Words, match: Match, meaning: Meaning) -> Level | None:
    if meaning.kind not in ("sur", "possible"):
        return None
    unsure = match.cost > 0 and match.size < _SURE_SIZE + match.cost
    if meaning.kind == "possible" or unsure or _is_denied(lexicon, said, match):
        return "possible"
    return "sur"


def _is_denied(lexicon: DangerLexicon, said: Words, match: Match) -> bool:
    """Return whether a negation stands inside the phrase or touches it within the same clause."""
    before, after = match.start - 1, match.end
    return (
        match.negated
        or (before >= 0 and match.start not in said.breaks and said.tokens[before] in lexicon.denied_before)
        or (after < len(said.tokens) and after not in said.breaks and said.tokens[after] in lexicon.denied_after)
    )


def _gravest(lexicon: DangerLexicon, alarms: list[tuple[Level, Meaning]], child: bool) -> Alarm | None:
    if not alarms:
        return None
    child = child or any(meaning.child for _, meaning in alarms)
    ranked = sorted(
        (level != "sur", CASES.index(_case(meaning, child)), place) for place, (level, meaning) in enumerate(alarms)
    )
    level, meaning = alarms[ranked[0][2]]
    cases = list(dict.fromkeys(CASES[rank] for unsure, rank, _ in ranked if unsure == (level != "sur")))
    cards = [lexicon.card(case, meaning.language, child) for case in cases]
    # The card of the gravest danger, then the first number of each other one.
    numbers = dict.fromkeys([*cards[0].numbers, *(card.numbers[0] for card in cards[1:])])
    return Alarm(cases[0], level, meaning.language, tuple(numbers), child)


def _case(meaning: Meaning, child: bool) -> Case:
    """Return the case; violence told by a child is a child in danger."""
    assert meaning.case
    return "enfant-danger" if child and meaning.case == "violence" else meaning.case
