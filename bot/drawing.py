"""Draws the effects of a turn as a reply in one language, and says what is true of that language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot import wording
from bot.content import Library
from bot.screen import Block, Reply
from bot.screens import Screens
from dialogs.effects import Effect, People, Say, Show, Wipe
from knowledge.content import Knowledge

_MOSTLY = 0.5
_NUMBERS_SHOWN = 8


def draw(library: Library, effects: Sequence[Effect], language: str, now: datetime, *, private: bool) -> Reply:
    """Return the reply of one turn; a screen that holds French for want of a translation says so.

    ``now`` is a moment of the day it is in Paris: amounts, dates and opening hours are those of that moment.
    """
    speaker = library.speaker(language, now.date(), now)
    screens = Screens(speaker, library.content.dialogs, library.danger)
    drawn = screens.draw(effects)
    if speaker.untranslated and language != "fr" and drawn:
        note = Block("note", speaker.say(wording.FRENCH_ONLY))
        drawn = (*drawn[:-1], replace(drawn[-1], blocks=(*drawn[-1].blocks, note)))
    return Reply(
        drawn,
        speaker.language.id,
        speaker.language.direction,
        private=private,
        cards=tuple(screens.cards),
        numbers=tuple(screens.numbers),
        ended=any(isinstance(effect, Show | Wipe) for effect in effects),
    )


def vital_numbers(knowledge: Knowledge) -> tuple[Effect, ...]:
    """Return the numbers to call in danger, those that save lives first; none that is open only at times."""
    lines = [line for line in knowledge.helplines if line.in_service and line.cases and not line.period]
    lines.sort(key=lambda line: (line.level != "vital", -line.weight, line.id))
    people = People(tuple(line.id for line in lines[:_NUMBERS_SHOWN]))
    return Say(wording.EMERGENCY_TITLE), Say(wording.NOT_ALONE), people


def how_it_was_translated(library: Library, language: str) -> tuple[Effect, ...]:
    """Tell who chooses a language that most of its sentences were read by nobody yet."""
    origin = library.catalogs.origin(language)
    return (Say(wording.MACHINE_MADE),) if origin.share("machine") > _MOSTLY else ()
