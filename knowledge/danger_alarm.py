"""The alarm that the phrases of all languages give, and what is answered to it: emergency cards are content.

Pure: no disk, no clock, nothing kept of the text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.danger_ear import Ear
from knowledge.danger_hear import CASES, Case, Danger, Level, Meaning, Tongue, heard_by
from knowledge.encoder import Encoder


@dataclass(frozen=True, slots=True)
class Alarm:
    """What a text cries for.

    ``numbers`` are ids of helplines, most fitting first, ``also`` those of them that are for another danger it may be;
    ``child`` is true when a child or a teenager speaks for themselves; ``language`` is that of the words found, not the
    person's ("" where the ear cannot tell).
    """

    case: Case
    level: Level
    language: str
    numbers: tuple[str, ...]
    child: bool = False
    also: tuple[str, ...] = ()


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
class ByPhrases:
    """What the phrases of the lexicons find in a text: the alarm, if any, of which dangers; whether a child speaks."""

    alarm: Alarm | None
    dangers: list[Danger]
    child: bool


def by_phrases(lexicon: DangerLexicon, pieces: tuple[str, ...]) -> ByPhrases:
    """Return what the phrases find in the folded pieces of a text (``danger_text.split``), each language by itself."""
    heard = [heard_by(tongue, pieces) for tongue in lexicon.tongues]
    alarmed = [left for each in heard if each.dangers and (left := each.without(heard)).dangers]
    # Whose words they mostly are decides the language of the card; between equals in Latin letters, not Arabic's.
    alarmed.sort(key=lambda each: (-each.known, each.dangers[0].meaning.language == "ar"))
    dangers = [danger for each in alarmed for danger in each.dangers]
    child = any(each.child for each in heard)
    return ByPhrases(_gravest(lexicon, dangers, child) if dangers else None, dangers, child)


def _gravest(lexicon: DangerLexicon, dangers: list[Danger], child: bool) -> Alarm:
    child = child or any(danger.meaning.child for danger in dangers)
    ranked = sorted(
        (danger.level != "sur", _is_bullying(danger, dangers), CASES.index(_case(danger.meaning, child)), place)
        for place, danger in enumerate(dangers)
    )
    level, meaning = dangers[ranked[0][3]].level, dangers[ranked[0][3]].meaning
    cases = list(dict.fromkeys(CASES[rank] for unsure, _, rank, _ in ranked if unsure == (level != "sur")))
    return alarm_of(lexicon, cases, level, meaning.language, child)


def alarm_of(lexicon: DangerLexicon, cases: Sequence[Case], level: Level, language: str, child: bool) -> Alarm:
    """Return the alarm for dangers, the one to answer first: its numbers, then the first number of each other one."""
    cards = [lexicon.card(case, language, child) for case in cases]
    also = tuple(dict.fromkeys(card.numbers[0] for card in cards[1:]))
    return Alarm(cases[0], level, language, tuple(dict.fromkeys([*cards[0].numbers, *also])), child, also)


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
    assert meaning.case
    return of_whom(meaning.case, child)


def of_whom(case: Case, child: bool) -> Case:
    """Return the danger; violence told by a child is a child in danger."""
    return "enfant-danger" if child and case == "violence" else case
