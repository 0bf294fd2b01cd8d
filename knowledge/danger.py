"""Recognises words of danger in what people type, in every language at once, before anything else is read.

Pure: no disk, no clock, nothing kept of the text. The phrases and the emergency cards are content
(``knowledge/urgences/*.yaml``), read by ``knowledge.danger_load``. A missed cry is worse than a false
alarm; what is only near, denied or a mere subject gives the gentle level, ``possible``. So does what the trained
ear (``knowledge.danger_ear``) hears beside the phrases; it also calms a gentle alarm where it is sure of nothing. Where
an encoder reads whole sentences (``knowledge.encoder``) both together decide instead.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from knowledge.danger_clauses import around, is_small
from knowledge.danger_ear import Ear
from knowledge.danger_hear import CASES, Case, Danger, Level, Meaning, Tongue, heard_by
from knowledge.danger_text import split
from knowledge.encoder import Encoder, Said

__all__ = ["CASES", "Alarm", "Case", "DangerLexicon", "EmergencyCard", "EmergencyTexts", "Level", "detect"]


PLAIN = 3_500
"""From this cry on, the words around what was found are plainly one, whatever is asked beside them."""
_OWN_CLAUSE = 900
"""The same for a gentle phrase that fills its clause: « jen peu plus 2 cet vie, je cherche une... »."""
_APART = 2_500
"""Both readings of a text lie no further apart where it matters: beyond, the first one decides and none waits."""
_TYPED = 3
"""Words of a text that nothing explains away: « viol », « numéro suicide ado »."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """What a text cries for.

    ``numbers`` are ids of helplines, most fitting first; ``child`` is true when a child or a teenager speaks
    for themselves; ``language`` is that of the words found, not the person's ("" where the ear cannot tell).
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
class DangerLexicon:
    """All tongues, each heard by itself, what is said about danger in each language, and the trained ear if any."""

    tongues: tuple[Tongue, ...]
    texts: Mapping[str, EmergencyTexts]
    ear: Ear | None = None
    encoder: Encoder | None = None
    """Reads whole sentences, where its libraries are installed."""

    def card(self, case: Case, language: str, child: bool = False) -> EmergencyCard:
        """Return the card of ``case``, in French where ``language`` has none."""
        texts = self.texts.get(language) or self.texts["fr"]
        return (texts.child_cards if child and case in texts.child_cards else texts.cards)[case]


@dataclass(frozen=True, slots=True)
class _ByPhrases:
    """What the phrases of the lexicons find in a text: the alarm, if any, of which dangers; whether a child speaks."""

    alarm: Alarm | None
    dangers: list[Danger]
    child: bool


def detect(lexicon: DangerLexicon, text: str) -> Alarm | None:
    """Return the gravest danger that ``text`` speaks of, or None.

    Every language is tried whatever the person's; of a text over 4,096 characters the first and last
    2,048 are read. Takes a millisecond for a sentence, three to six with an encoder, a bounded time for anything.
    """
    if lexicon.encoder:
        lexicon.encoder.begin(text)  # it reads while phrases are looked for
    pieces = split(text)
    found = _by_phrases(lexicon, pieces)
    if lexicon.ear is None:
        return found.alarm
    if lexicon.encoder is None:
        return _with_the_ear(lexicon, lexicon.ear, found, pieces)
    if found.alarm:
        alone = len({piece for piece in pieces if piece[0].isalnum()}) <= _TYPED
        return found.alarm if alone else _weighed(lexicon.ear, lexicon.encoder, found, text)
    opinion = lexicon.ear.listen(pieces)
    if Said(opinion, lexicon.encoder.read(text)).cry < lexicon.encoder.doubt:
        return None
    said = Said(opinion, lexicon.encoder.reread(text))
    if said.cry < lexicon.encoder.alarm:
        return None
    return _overheard(lexicon, said.read.case, lexicon.ear.language(pieces), found.child)


def _reaches(ear: Ear, encoder: Encoder, text: str, least: int) -> bool:
    """Return whether a text is that much of a cry by all layers, which are asked where the first reading is near."""
    opinion = ear.listen(split(text))
    first = Said(opinion, encoder.read(text)).cry
    if abs(first - least) > _APART:
        return first > least
    return Said(opinion, encoder.reread(text)).cry >= least


def _by_phrases(lexicon: DangerLexicon, pieces: tuple[str, ...]) -> _ByPhrases:
    heard = [heard_by(tongue, pieces) for tongue in lexicon.tongues]
    alarmed = [left for each in heard if each.dangers and (left := each.without(heard)).dangers]
    # Whose words they mostly are decides the language of the card; between equals in Latin letters, not Arabic's.
    alarmed.sort(key=lambda each: (-each.known, each.dangers[0].meaning.language == "ar"))
    dangers = [danger for each in alarmed for danger in each.dangers]
    child = any(each.child for each in heard)
    return _ByPhrases(_gravest(lexicon, dangers, child) if dangers else None, dangers, child)


def _with_the_ear(lexicon: DangerLexicon, ear: Ear, found: _ByPhrases, pieces: tuple[str, ...]) -> Alarm | None:
    """Return the alarm once the ear was asked: it takes back what is small and calm, and hears what no phrase holds."""
    if found.alarm:
        small = found.alarm.level == "possible" and is_small(found.dangers, pieces)
        return None if small and _is_calm(ear, pieces) else found.alarm
    if ear.listen(pieces).score < ear.alarm:
        return None
    return _overheard(lexicon, ear.case(pieces), ear.language(pieces), found.child)


def _weighed(ear: Ear, encoder: Encoder, found: _ByPhrases, text: str) -> Alarm | None:
    """Return what is left of an alarm of the phrases: the whole text says whether it is a cry.

    Words around what was found that plainly are one decide alone: no request silences them; nor is taken back what was
    heard in words that are not as written. Else a card becomes the gentle line, and nothing is said where the text is
    far from a cry.
    """
    assert found.alarm
    if _reaches(ear, encoder, text, encoder.calm):
        return found.alarm
    sure = found.alarm.level == "sur"
    plain = PLAIN if sure or is_small(found.dangers, split(text)) else _OWN_CLAUSE
    passages = around(text, found.dangers)
    if not passages or any(_reaches(ear, encoder, each, plain) for each in passages):
        return found.alarm
    heard = sure and _reaches(ear, encoder, text, encoder.silence)
    return replace(found.alarm, level="possible") if heard else None


def _is_calm(ear: Ear, pieces: tuple[str, ...]) -> bool:
    return ear.listen(pieces, by_clause=True).score < ear.calm


def _overheard(lexicon: DangerLexicon, case: Case, language: str, child: bool) -> Alarm:
    """Return the gentle alarm for what no phrase of the lexicons holds."""
    case = "enfant-danger" if child and case == "violence" else case
    return Alarm(case, "possible", language, lexicon.card(case, language, child).numbers, child)


def _gravest(lexicon: DangerLexicon, dangers: list[Danger], child: bool) -> Alarm:
    child = child or any(danger.meaning.child for danger in dangers)
    ranked = sorted(
        (danger.level != "sur", _is_bullying(danger, dangers), CASES.index(_case(danger.meaning, child)), place)
        for place, danger in enumerate(dangers)
    )
    level, meaning = dangers[ranked[0][3]].level, dangers[ranked[0][3]].meaning
    cases = list(dict.fromkeys(CASES[rank] for unsure, _, rank, _ in ranked if unsure == (level != "sur")))
    cards = [lexicon.card(case, meaning.language, child) for case in cases]
    # The card of the gravest danger, then the first number of each other one.
    numbers = dict.fromkeys([*cards[0].numbers, *(card.numbers[0] for card in cards[1:])])
    return Alarm(cases[0], level, meaning.language, tuple(numbers), child)


def _is_bullying(danger: Danger, dangers: list[Danger]) -> bool:
    """Return whether a gentle danger is only a part of a longer gentle phrase about bullying, which then comes first.

    « On me harcèle » may be said of a home; « on me harcèle au collège » says where. A home named (« mon mari me
    harcèle devant l'école ») is no part of it. What may kill sooner keeps its place.
    """
    return (
        danger.level == "possible"
        and danger.meaning.case in ("violence", "enfant-danger")
        and any(
            other.level == "possible" and other.meaning.case == "cyber" and danger.words < other.words
            for other in dangers
        )
    )


def _case(meaning: Meaning, child: bool) -> Case:
    """Return the case; violence told by a child is a child in danger."""
    assert meaning.case
    return "enfant-danger" if child and meaning.case == "violence" else meaning.case
