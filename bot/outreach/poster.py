"""What a poster or a notebook card says, in each chosen language; nothing sensitive is ever named on paper."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.outreach import words
from bot.outreach.codes import grouped
from bot.speaker import Speaker
from knowledge.base import Label
from knowledge.content import Knowledge
from knowledge.messages import field_label
from knowledge.model import Place

if TYPE_CHECKING:
    from bot.content import Library
from bot.discreet import is_hidden

MOST_LANGUAGES = 4
"""On one poster: with more, no line is read from two metres away."""


@dataclass(frozen=True, slots=True)
class Saying:
    """What one language says: the subject, what happens, how to come, and that it is free."""

    tag: str
    direction: str
    subject: str
    what: str
    scan: str
    type: str
    free: str


@dataclass(frozen=True, slots=True)
class Poster:
    """One paper. ``address``: behind the square; ``site``: where a code is typed, empty for none."""

    code: str
    address: str
    site: str
    sayings: tuple[Saying, ...]


def poster(code: str, address: str, site: str, subject: Label, speakers: Iterable[Speaker]) -> Poster:
    """Return the paper of a code, in the languages of the speakers, in their order.

    Args:
        code: a link code.
        address: opens it.
        site: the service's own address, without https://.
        subject: see :func:`subject_of`.
        speakers: one a language.
    """
    return Poster(grouped(code), address, site, tuple(_saying(each, subject) for each in speakers))


def _saying(speaker: Speaker, subject: Label) -> Saying:
    say, language = speaker.say, speaker.language
    tag = language.id.partition("@")[0]
    texts = (say(each) for each in (subject, words.WHAT, words.SCAN, words.TYPE, words.FREE))
    return Saying(tag, language.direction, *texts)


def subject_of(target: str, library: Library, *, discreet: bool = False) -> Label:
    """Return the subject in simple words, or a neutral sentence where naming it could harm who is seen reading it.

    Args:
        target: the id of a topic or a card, empty for none.
        library: the content.
        discreet: asks for the neutral sentence whatever the subject.
    """
    knowledge = library.content.knowledge
    if discreet or is_hidden(target, library):
        return words.NEUTRAL
    topic = knowledge.topic_by_id.get(target)
    if topic:
        return Label(f"theme.{topic.id}.phrase", topic.phrase)
    return _card_subject(target, knowledge)


def _card_subject(target: str, knowledge: Knowledge) -> Label:
    card = knowledge.by_id.get(target)
    if card is None or isinstance(card, Place):
        return words.NEUTRAL
    return field_label(card, "resume", card.summary)
