"""Turns what people type into one event: danger first, then an answer, facts, cards, trees; never a dead end.

Pure: no disk, clock or network at the time of the call. It does not decide what comes next: the engine does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from dialogs.answering import Answering
from dialogs.cards_named import cards_named, is_a_name
from dialogs.events import ACTIONS, Ambiguous, Asked, Confirmed, Did, Event
from dialogs.heard import with_ages
from dialogs.lexicon import Lexicon
from dialogs.model import Dialogs
from dialogs.phrase_patterns import bare
from dialogs.phrases_load import Phrases, phrases
from dialogs.plain_text import shortened
from dialogs.session import Session
from dialogs.topics import MOST_TREES, is_a_subject, meant, trees_near, weighed
from dialogs.utterance import Utterance
from knowledge.danger import DangerLexicon, detect
from knowledge.vocabulary import CHILDREN

_SHORT = 10
"""Words of a text up to which an insult is its whole meaning."""

_LONGEST_NUMBER = 12
_THANKFUL = re.compile("[\U0001f44d\U0001f64f\u2764\U0001f970\U0001f60d\U0001f618\U0001f495-\U0001f49f\U0001f44f]")
_MARKS = "?!.…,;:-()/ ؟،¿¡\n"
_WRITTEN_FOR_MACHINES = re.compile(
    r"ignore[sz]? (?:all |toutes? )?(?:tes |les |vos |your |the |previous )*(?:consignes|instructions|r[eè]gles|rules)"
    r"|^\s*(?:system|assistant) ?:|\{\s*\"\w+\"\s*:",
    re.IGNORECASE,
)
"""Orders and data meant for programs: no family's need, and nothing here obeys them."""

_FEW_WORDS = 3
"""Up to so many words, a vague sign of a subject leaves the word to the search over cards: « orthophoniste »."""

__all__ = [
    "Lexicon",
    "Utterance",
    "leaves_fast",
    "likely_subjects",
    "meaning_of",
    "subjects_in",
    "understand",
    "understand_safe",
]


def understand(
    text: str, dialogs: Dialogs, session: Session, lexicon: Lexicon, danger: DangerLexicon, on: date
) -> Event:
    """Return what a typed text means at this point of a conversation.

    Args:
        text: anything, of any length; danger is looked for in the whole, the rest in its beginning and end.
        dialogs: questions and trees.
        session: the conversation; what its link brought, its pending question and its children are looked at.
        lexicon: labels and names in the person's language.
        danger: the words of danger, in every language.
        on: today, for ages and durations.
    """
    return detect(danger, text) or understand_safe(text, dialogs, session, lexicon, on)


def understand_safe(
    text: str, dialogs: Dialogs, session: Session, lexicon: Lexicon, on: date, *, worried: bool = False
) -> Event:
    """Return the same for a text in which danger was looked for already; ``worried``: it may be there."""
    return meaning_of(Utterance(shortened(text), lexicon, on, worried), dialogs, session)


def meaning_of(utterance: Utterance, dialogs: Dialogs, session: Session) -> Event:
    """Return the same of an utterance."""
    known = phrases()
    text, said = utterance.text, utterance.said
    small = _small_talk(said, text, known)
    if small is not None:
        return small
    if session.offer is not None:
        word = next((word for word in ("oui", "non") if _without_courtesy(said, known) in known.answers[word]), None)
        if word:
            return Confirmed(word == "oui")
    facts = with_ages(utterance.facts)
    question = dialogs.questions.get(session.pending or "") if session.offer is None else None
    if question is not None:
        answer = Answering(dialogs, session, utterance.lexicon, question, known, utterance.on).read(
            text, _without_courtesy(said, known), facts
        )
        if answer is not None:
            return answer
    elif said.replace(" ", "").isdecimal() and not facts and len(said) <= _LONGEST_NUMBER:
        return Asked(small_talk="nombre")
    event = _sentence(utterance, dialogs, facts, known)
    return replace(event, of_child=_of_one_child(utterance.facts)) if isinstance(event, Asked) else event


def _of_one_child(told: Mapping[str, Any]) -> dict[str, Any]:
    """Return what facts say of the only child they tell of, when its age was not said; {} otherwise."""
    listed = told[CHILDREN]["liste"] if CHILDREN in told else []
    return dict(listed[0]) if len(listed) == 1 and "naissance" not in listed[0] else {}


def leaves_fast(text: str) -> bool:
    """Tell whether a text asks to leave fast, and nothing else; it needs no language and no session."""
    known = phrases()
    return _without_courtesy(bare(shortened(text)), known) in known.answers.get("action-quitter", ())


def subjects_in(text: str, dialogs: Dialogs, lexicon: Lexicon) -> tuple[str, ...]:
    """Return the trees that a text may be about, surely or nearly, whatever else it says."""
    text = shortened(text)
    return _offered(dialogs, (*weighed(lexicon, text, {}).ranked(), *trees_near(lexicon, bare(text))))


def likely_subjects(utterance: Utterance, dialogs: Dialogs) -> tuple[str, ...]:
    """Return the trees that a text speaks of, the likeliest first, at most three; () where nothing speaks of any."""
    return _offered(dialogs, utterance.trees.likely())[:MOST_TREES]


def _small_talk(said: str, text: str, known: Phrases) -> Asked | None:
    if not said:
        return _without_words(text)
    if said in known.answers["merci"]:
        return Asked(small_talk="merci")
    if said in known.answers["bonjour"]:
        return Asked(small_talk="bonjour")
    if said in known.answers["rien"] or _WRITTEN_FOR_MACHINES.search(text):
        return Asked(small_talk="rien")
    return Asked(small_talk="insulte") if known.find("insulte", f"{said} ") and len(said.split()) <= _SHORT else None


def _without_words(text: str) -> Asked:
    """Return what signs alone mean: a question mark or dots ask to begin, a thumb or a heart thanks."""
    if text.strip() and not text.strip(_MARKS):
        return Asked(small_talk="rien")
    return Asked(small_talk="merci" if _THANKFUL.search(text) else "non-texte")


def _without_courtesy(said: str, known: Phrases) -> str:
    """Return « non » for « non merci »: courtesy at either end is not part of an answer."""
    words = said.split()
    while len(words) > 1 and words[-1] in known.answers["merci"]:
        words.pop()
    while len(words) > 1 and words[0] in known.answers["bonjour"] | known.answers["merci"]:
        words.pop(0)
    return " ".join(words)


def _sentence(utterance: Utterance, dialogs: Dialogs, facts: Mapping[str, Any], known: Phrases) -> Event:
    said, lexicon = utterance.said, utterance.lexicon
    for action in ACTIONS:
        if said in known.answers.get(f"action-{action}", ()):
            return Did(action)
    cards = cards_named(lexicon, utterance.text, said)
    ranked = utterance.trees.ranked()
    only_a_card = is_a_name(lexicon, said) and not is_a_subject(lexicon, said)
    trees = () if only_a_card else _offered(dialogs, meant(ranked))
    if not (facts or cards or trees):
        near = _offered(dialogs, _guessed(utterance, tuple(ranked)))[:MOST_TREES]
        if len(near) > 1:
            return Ambiguous(None, trees=near)
        trees = near
    return Asked(facts=facts, trees=trees, cards=cards)


def _guessed(utterance: Utterance, ranked: tuple[str, ...]) -> tuple[str, ...]:
    """Return the trees that a text may be about though no word is sure; in doubt of danger, if the whole says so."""
    if utterance.worried:
        return tuple(tree for tree in ranked if utterance.trees.odds.get(tree, 0.0) > 0)
    vague = ranked if len(utterance.said.split()) > _FEW_WORDS else ()
    return vague or trees_near(utterance.lexicon, utterance.said)


def _offered(dialogs: Dialogs, trees: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(tree for tree in trees if tree in dialogs.trees and not dialogs.trees[tree].callable_only)
