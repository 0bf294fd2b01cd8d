"""The emergency card in the person's language, « tu » included."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.speaker import Speaker
from knowledge.base import Label
from knowledge.danger import CASES, Alarm, Case, DangerLexicon, EmergencyCard


def emergency_card(speaker: Speaker, danger: DangerLexicon, alarm: Alarm) -> EmergencyCard:
    """Return the card of an alarm.

    Emergency texts are written in each language beside the danger words, not in the catalogs; only another way of
    speaking the same language (« tu ») is a catalog of theirs. What is written for children stays as it is.
    """
    language = speaker.language
    card = danger.card(alarm.case, language.register_of or language.id, alarm.child)
    if not language.register_of:
        return card
    title, discreet, gentle = speaker.unfilled(_short(alarm.case, card))
    lines = speaker.unfilled(_lines(alarm.case, card))
    return replace(card, title=title, lines=lines, discreet=discreet, gentle=gentle)


def _short(case: Case, card: EmergencyCard) -> tuple[Label, ...]:
    texts = (("titre", card.title), ("discret", card.discreet), ("possible", card.gentle))
    return tuple(Label(f"urgence.{case}.{part}", text) for part, text in texts)


def _lines(case: Case, card: EmergencyCard) -> tuple[Label, ...]:
    return tuple(Label(f"urgence.{case}.lignes.{number}", line) for number, line in enumerate(card.lines))


def emergency_labels(danger: DangerLexicon, language: str) -> Iterator[Label]:
    """Yield every sentence of the emergency cards of a language with its place."""
    for case in CASES:
        card = danger.card(case, language)
        yield from (*_short(case, card), *_lines(case, card))
