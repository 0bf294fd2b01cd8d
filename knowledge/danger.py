"""Recognises words of danger in what people type, in every language at once, before anything else is read.

Pure: no disk, no clock, nothing kept of the text. The phrases and the emergency cards are content
(``knowledge/urgences/*.yaml``), read by ``knowledge.danger_load``. A missed cry is worse than a false
alarm; what is only near, denied or a mere subject gives the gentle level, ``possible``. So does what the trained
ear (``knowledge.danger_ear``) hears beside the phrases; it also calms a gentle alarm where it is sure of nothing. Where
an encoder reads whole sentences (``knowledge.encoder``) both together decide instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from knowledge.danger_alarm import (
    Alarm,
    ByPhrases,
    DangerLexicon,
    EmergencyCard,
    EmergencyTexts,
    alarm_of,
    by_phrases,
    of_whom,
)
from knowledge.danger_clauses import around, is_small
from knowledge.danger_ear import Ear
from knowledge.danger_hear import CASES, Case, Level
from knowledge.danger_text import split
from knowledge.encoder import Encoder, Said

__all__ = ["CASES", "Alarm", "Case", "DangerLexicon", "EmergencyCard", "EmergencyTexts", "Level", "detect"]


_PLAIN = 4_000
"""From this cry on, the words around what was found are plainly one, whatever is asked beside them."""
_OWN = -1_000
"""The same for a sentence of its own, and for a gentle phrase that fills its clause: « jen peu plus 2 cet vie, je
cherche une... » is weighed as if the request were not there."""
_APART = 2_500
"""Both readings of a text lie no further apart where it matters: beyond, the first one decides and none waits."""
_TYPED = 3
"""Words of a text that nothing explains away: « viol », « numéro suicide ado »."""
_SYMBOL = "[0-9A-HJKMNP-TV-Z]"
_WORDLESS = re.compile(
    rf"[\d\s.,;:!?/()+-]*+|\s*+[YZ](?=\D{{0,19}}\d){_SYMBOL}{{3}}(?:[ -]?{_SYMBOL}{{4}}){{3}}[ -]?{_SYMBOL}\s*+",
    re.IGNORECASE,
)
"""Numbers, and the codes of invitations and of situations left for one opening, whole or in groups of four."""


def detect(lexicon: DangerLexicon, text: str) -> Alarm | None:
    """Return the gravest danger that ``text`` speaks of, or None.

    Every language is tried whatever the person's; of a text over 4,096 characters the first and last
    2,048 are read. Takes a millisecond for a sentence, three to six with an encoder, a bounded time for anything.
    Of numbers and codes, in which a network would hear words, the phrases alone decide.
    """
    if _WORDLESS.fullmatch(text):
        return by_phrases(lexicon, split(text)).alarm
    if lexicon.encoder:
        lexicon.encoder.begin(text)  # it reads while phrases are looked for
    pieces = split(text)
    found = by_phrases(lexicon, pieces)
    if lexicon.ear is None:
        return found.alarm
    if lexicon.encoder is None:
        return _with_the_ear(lexicon, lexicon.ear, found, pieces)
    if found.alarm:
        return found.alarm if is_typed(pieces) else _weighed(lexicon.ear, lexicon.encoder, found, text)
    opinion = lexicon.ear.listen(pieces)
    if Said(opinion, lexicon.encoder.read(text)).cry < lexicon.encoder.doubt:
        return None
    said = Said(opinion, lexicon.encoder.reread(text))
    if said.cry < lexicon.encoder.alarm:
        return None
    return _overheard(lexicon, (said.read.case, *said.read.others), lexicon.ear.language(pieces), found.child)


def is_typed(pieces: tuple[str, ...]) -> bool:
    """Return whether a text is no more than a few words, typed to look for help."""
    return len({piece for piece in pieces if piece[0].isalnum()}) <= _TYPED


def beside(found: ByPhrases, pieces: tuple[str, ...], text: str) -> list[tuple[str, int]]:
    """Return the words around what was found in a text, each with the cry from which on they plainly are one."""
    fills = found.alarm is not None and found.alarm.level == "possible" and not is_small(found.dangers, pieces)
    return [
        (each.text, _OWN if each.sentence or (fills and each.clause) else _PLAIN)
        for each in around(text, found.dangers)
    ]


def _reaches(ear: Ear, encoder: Encoder, text: str, least: int) -> bool:
    """Return whether a text is that much of a cry by all layers, which are asked where the first reading is near."""
    opinion = ear.listen(split(text))
    first = Said(opinion, encoder.read(text)).cry
    if abs(first - least) > _APART:
        return first > least
    return Said(opinion, encoder.reread(text)).cry >= least


def _with_the_ear(lexicon: DangerLexicon, ear: Ear, found: ByPhrases, pieces: tuple[str, ...]) -> Alarm | None:
    """Return the alarm once the ear was asked: it takes back what is small and calm, and hears what no phrase holds."""
    if found.alarm:
        small = found.alarm.level == "possible" and is_small(found.dangers, pieces)
        return None if small and _is_calm(ear, pieces) else found.alarm
    if ear.listen(pieces).score < ear.alarm:
        return None
    return _overheard(lexicon, (ear.case(pieces),), ear.language(pieces), found.child)


def _weighed(ear: Ear, encoder: Encoder, found: ByPhrases, text: str) -> Alarm | None:
    """Return what is left of an alarm of the phrases: the whole text says whether it is a cry.

    Words around what was found that plainly are one are never silenced by a request beside them: the alarm stays where
    the whole is not far from a cry, and is the gentle line where it is. Else a card becomes the gentle line where the
    whole is not far from one, and so does what was heard in words that are not as written; nothing is said of the rest.
    """
    assert found.alarm
    pieces = split(text)
    if Said(ear.listen(pieces), encoder.read(text)).cry > encoder.calm + _APART:
        return found.alarm
    passages = beside(found, pieces, text)
    plain = any(_reaches(ear, encoder, *each) for each in passages)  # while all layers go on with the whole
    if _reaches(ear, encoder, text, encoder.calm):
        return found.alarm
    near = _reaches(ear, encoder, text, encoder.silence)
    if near and plain:
        return found.alarm
    heard = plain or (near and (found.alarm.level == "sur" or not passages))
    return replace(found.alarm, level="possible") if heard else None


def _is_calm(ear: Ear, pieces: tuple[str, ...]) -> bool:
    return ear.listen(pieces, by_clause=True).score < ear.calm


def _overheard(lexicon: DangerLexicon, likely: Iterable[Case], language: str, child: bool) -> Alarm:
    """Return the gentle alarm for what no phrase of the lexicons holds; the likeliest danger comes first."""
    cases = list(dict.fromkeys(of_whom(case, child) for case in likely))
    return alarm_of(lexicon, cases, "possible", language, child)
