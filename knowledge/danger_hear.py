"""What one language makes of a text: the phrases found, what explains them away, how sure they are.

Pure: it knows phrases and their meanings, not what is answered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import Literal, get_args

from knowledge.danger_match import Grammar, Match, find
from knowledge.danger_nuance import Nuance, nuances
from knowledge.danger_text import Words, spelled

Level = Literal["sur", "possible"]
Case = Literal["sante", "suicide", "enfant-danger", "violence", "rue", "cyber"]
CASES: tuple[Case, ...] = get_args(Case)  # what may kill soonest comes first when a text holds several
Kind = Literal["sur", "possible", "sauf", "contexte", "enfant"] | Nuance

_SUBJECT_SIZE = 2  # « violences conjugales » in a film or an essay is a subject; a longer phrase is a story
_SPOKEN = 6  # words in a row that show a language
_GUESSING = 0.4  # a text of which fewer words are known is in another language: nothing is guessed in it
_FOREIGN = 0.8  # of the words that another tongue knows: one that knows fewer guesses nothing
_SAID_WHOLE = ("doute", "vrai")  # nuances that hold their negations: « je rigole pas »
_SURE_SIZE = 2  # a sure phrase with guessed words stays sure if it has this many words plus the guesses' cost


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a phrase stands for: a danger, a harmless turn, a subject of study, or a child's voice."""

    kind: Kind
    language: str
    case: Case | None = None
    child: bool = False


@dataclass(frozen=True, slots=True)
class Tongue:
    """The compiled phrases of one language, or of several that share their words and mix in one sentence."""

    grammar: Grammar
    toning: Grammar
    """The phrases that only tone down, kept apart: their words change nothing of what is heard or guessed."""
    meanings: tuple[Meaning, ...]
    spellings: Mapping[str, tuple[str, ...]]
    denied_before: frozenset[str]
    denied_after: frozenset[str]
    alone: bool = False
    """Whether it is heard only where the words are its own: function words of Spanish stand in French too."""


@dataclass(frozen=True, slots=True)
class Danger:
    """One danger found: how sure, what it means, the words that say so, whether one of them is misspelled."""

    level: Level
    meaning: Meaning
    words: frozenset[str]
    guessed: bool


@dataclass(frozen=True, slots=True)
class Heard:
    """What one tongue makes of a text.

    ``harmless`` holds the words of each harmless turn, ``toned`` those of each danger toned down; ``known`` counts the
    words that the tongue knows, ``own`` names them where it matters.
    """

    dangers: tuple[Danger, ...] = ()
    harmless: tuple[frozenset[str], ...] = ()
    child: bool = False
    known: int = 0
    toned: tuple[frozenset[str], ...] = ()
    own: frozenset[str] = frozenset()

    def without(self, others: Sequence[Heard]) -> Heard:
        """Return the same without the dangers that a harmless turn of another tongue holds whole.

        Where another tongue knows many more words of the text, nothing is guessed, and what is said in its own words
        is never sure: a fall off a bicycle in French is no kick in Portuguese. Nor is what another tongue toned down.
        """
        rest = [other for other in others if other is not self]
        turns = [turn for other in rest for turn in other.harmless]
        toned = [words for other in rest for words in other.toned]
        foreign = [other.own for other in rest if _FOREIGN * other.known > self.known]
        kept = tuple(
            replace(each, level="possible") if any(each.words <= own for own in (*foreign, *toned)) else each
            for each in self.dangers
            if not (foreign and each.guessed) and not any(each.words <= turn for turn in turns)
        )
        return replace(self, dangers=kept)


def heard_by(tongue: Tongue, pieces: tuple[str, ...]) -> Heard:
    """Return the dangers that ``tongue`` finds in a text, split into words; nothing in a text of other words."""
    near = tongue.grammar.near
    if near.initials.isdisjoint(piece[0] for piece in pieces):
        return Heard()
    said = near.separate(spelled(pieces, tongue.spellings), tongue.toning.near.vocabulary)
    known = [near.knows(token) for token in said.tokens]
    if tongue.alone and not _is_spoken(known):
        return Heard()
    guess = not tongue.alone or sum(known) >= _GUESSING * len(known)
    found = [(match, tongue.meanings[match.payload]) for match in find(tongue.grammar, said, guess=guess)]
    child = any(meaning.kind == "enfant" and not match.cost for match, meaning in found)
    turns = [match for match, meaning in found if meaning.kind == "sauf" and not match.negated]
    dangers, toned = _toned(tongue, said, _dangers(tongue, said, found, turns))
    harmless = tuple(frozenset(said.tokens[turn.start : turn.end]) for turn in turns)
    own = frozenset(token for token, is_known in zip(said.tokens, known, strict=True) if is_known)
    return Heard(dangers, harmless, child, sum(known), toned, own)


def _dangers(
    tongue: Tongue, said: Words, found: Sequence[tuple[Match, Meaning]], turns: Sequence[Match]
) -> list[tuple[Match, Danger]]:
    """Return the dangers among the phrases found that no harmless turn and no subject of study explains."""
    studied = any(meaning.kind == "contexte" for _, meaning in found)
    return [
        (match, Danger(level, meaning, frozenset(said.tokens[match.start : match.end]), match.cost > 0))
        for match, meaning in found
        if meaning.case
        and not any(_explains(turn, match, said.sentences) for turn in turns)
        and not (studied and meaning.kind == "possible" and match.size <= _SUBJECT_SIZE)
        and (level := _level(tongue, said, match, meaning))
    ]


def _toned(
    tongue: Tongue, said: Words, dangers: Sequence[tuple[Match, Danger]]
) -> tuple[tuple[Danger, ...], tuple[frozenset[str], ...]]:
    """Return the dangers, sure ones as possible ones where a laugh, a story or a doubt is near; the words of these."""
    if not any(danger.level == "sur" for _, danger in dangers):
        return tuple(danger for _, danger in dangers), ()
    found = ((match, tongue.meanings[match.payload].kind) for match in find(tongue.toning, said, guess=False))
    toning = nuances(
        ((match, kind) for match, kind in found if kind in _SAID_WHOLE or not _is_denied(tongue, said, match)),
        tongue.grammar.loose_max,
    )
    soft = [danger.level == "sur" and toning.soften(match, danger.meaning.case) for match, danger in dangers]
    paired = [(danger, is_soft) for (_, danger), is_soft in zip(dangers, soft, strict=True)]
    kept = tuple(replace(danger, level="possible") if is_soft else danger for danger, is_soft in paired)
    return kept, tuple(danger.words for danger, is_soft in paired if is_soft)


def _is_spoken(known: list[bool]) -> bool:
    """Return whether half of the words are known somewhere: of the whole text if short, of six in a row if not."""
    within = sum(known[:_SPOKEN])
    most = within
    for position in range(_SPOKEN, len(known)):
        within += known[position] - known[position - _SPOKEN]
        most = max(most, within)
    return most >= 2 and 2 * most >= min(len(known), _SPOKEN)


def _explains(turn: Match, danger: Match, sentences: Set[int]) -> bool:
    """Return whether a harmless turn explains a danger.

    One that is only a part of a longer danger does not (« il me tue » in « j'ai peur qu'il me tue »), nor a denied
    one (« il ne respire pas bien »), nor one that begins or ends in a sentence where the danger has no word.
    """
    if any(danger.end <= begin < turn.end or turn.start < begin <= danger.start for begin in sentences):
        return False
    touches = turn.start < danger.end and danger.start < turn.end
    is_part = danger.start <= turn.start and turn.end <= danger.end and turn.size < danger.size
    return touches and not is_part


def _level(tongue: Tongue, said: Words, match: Match, meaning: Meaning) -> Level | None:
    if meaning.kind not in ("sur", "possible"):
        return None
    unsure = match.cost > 0 and match.size < _SURE_SIZE + match.cost
    if meaning.kind == "possible" or unsure or _is_denied(tongue, said, match):
        return "possible"
    return "sur"


def _is_denied(tongue: Tongue, said: Words, match: Match) -> bool:
    """Return whether a negation stands inside the phrase or touches it within the same clause."""
    before, after = match.start - 1, match.end
    return (
        match.negated
        or (before >= 0 and match.start not in said.breaks and said.tokens[before] in tongue.denied_before)
        or (after < len(said.tokens) and after not in said.breaks and said.tokens[after] in tongue.denied_after)
    )
