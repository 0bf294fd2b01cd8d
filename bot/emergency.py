"""The emergency card in the person's language, « tu » included."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.buttons import Buttons, Row
from bot.speaker import Speaker
from dialogs.events import Did
from knowledge.base import Label
from knowledge.danger import CASES, Alarm, Case, DangerLexicon, EmergencyCard


def emergency_card(speaker: Speaker, danger: DangerLexicon, alarm: Alarm) -> EmergencyCard:
    """Return the card of an alarm, in the language of the words that raised it where that one has a card.

    Emergency texts are written in each language beside the danger words, not in the catalogs; only another way of
    speaking the same language (« tu ») is a catalog of theirs. What is written for children stays as it is.
    """
    language = speaker.language
    if other := other_language(speaker, danger, alarm):
        return danger.card(alarm.case, other, alarm.child)
    card = danger.card(alarm.case, language.register_of or language.id, alarm.child)
    if not language.register_of:
        return card
    title, discreet, gentle = speaker.unfilled(_short(alarm.case, card))
    lines = speaker.unfilled(_lines(alarm.case, card))
    return replace(card, title=title, lines=lines, discreet=discreet, gentle=gentle)


def ways_on(speaker: Speaker, danger: DangerLexicon, alarm: Alarm) -> tuple[Row, Row]:
    """Return the two ways on from an emergency, « continue » and « leave fast », in the language of its card."""
    buttons = Buttons(speaker)
    other = other_language(speaker, danger, alarm)
    if not other:
        return buttons.ways_out("continuer"), buttons.ways_out("quitter")
    texts = danger.texts[other]
    go_on = buttons.button(texts.go_on, Did("continuer"), "▶️", quiet=True, language=other)
    return (go_on,), (buttons.button(texts.leave_fast, Did("quitter"), "🚪", quiet=True, language=other),)


def other_language(speaker: Speaker, danger: DangerLexicon, alarm: Alarm) -> str:
    """Return the language of an alarm that is not the one spoken, "" when it is or has no card.

    A cry in Bengali in the middle of a French conversation gets its answer in Bengali, the buttons too.
    """
    spoken = speaker.language.id.partition("@")[0]
    return alarm.language if alarm.language in danger.texts and alarm.language != spoken else ""


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
