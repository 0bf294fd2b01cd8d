"""Turns what people type into one event: danger first, then an answer, facts, cards, trees; never a dead end.

Pure: no disk, clock or network at the time of the call. It does not decide what comes next: the engine does.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from dialogs.answers import child_choice, children_of
from dialogs.events import ACTIONS, Ambiguous, Answered, Asked, Did, Event
from dialogs.lexicon import MOST_CHOICES, Lexicon, exact_choices, labels_of, near_choices
from dialogs.model import DONE, REFUSED, UNKNOWN, Dialogs, Question
from dialogs.phrases_load import Phrases, bare, phrases
from dialogs.plain_text import plain, shortened
from dialogs.session import Session
from dialogs.topics import cards_named, trees_about, trees_near
from dialogs.values import months_of_bare_age, value_of
from dialogs.volunteered import facts_of
from dialogs.volunteered_clauses import read_clauses
from dialogs.volunteered_time import separation_since
from knowledge.danger import DangerLexicon, detect
from knowledge.vocabulary import AGE, DISTRICT

__all__ = ["Lexicon", "understand", "understand_safe"]

_FEW_WORDS = 6


def understand(
    text: str, dialogs: Dialogs, session: Session, lexicon: Lexicon, danger: DangerLexicon, on: date
) -> Event:
    """Return what a typed text means at this point of a conversation.

    Args:
        text: anything, of any length; danger is looked for in the whole, the rest in its beginning and end.
        dialogs: questions and trees.
        session: the conversation; only its pending question and its children are looked at.
        lexicon: labels and names in the person's language.
        danger: the words of danger, in every language.
        on: today, for ages and durations.
    """
    return detect(danger, text) or understand_safe(text, dialogs, session, lexicon, on)


def understand_safe(text: str, dialogs: Dialogs, session: Session, lexicon: Lexicon, on: date) -> Event:
    """Return the same for a text in which danger was looked for already."""
    known = phrases()
    text = shortened(text)
    said = bare(text)
    small = _small_talk(said, text, known)
    if small is not None:
        return small
    facts = facts_of(plain(text), on)
    question = dialogs.questions.get(session.pending or "")
    if question is not None:
        answer = _Answer(dialogs, session, lexicon, question, known, on).read(
            text, _without_courtesy(said, known), facts
        )
        if answer is not None:
            return answer
    return _sentence(text, said, dialogs, lexicon, facts, known)


def _small_talk(said: str, text: str, known: Phrases) -> Asked | None:
    if not said:
        return Asked() if "?" in text else Asked(small_talk="non-texte")
    if said in known.answers["merci"]:
        return Asked(small_talk="merci")
    return Asked(small_talk="bonjour") if said in known.answers["bonjour"] else None


def _without_courtesy(said: str, known: Phrases) -> str:
    """Return « non » for « non merci »: courtesy at either end is not part of an answer."""
    words = said.split()
    while len(words) > 1 and words[-1] in known.answers["merci"]:
        words.pop()
    while len(words) > 1 and words[0] in known.answers["bonjour"] | known.answers["merci"]:
        words.pop(0)
    return " ".join(words)


def _sentence(
    text: str, said: str, dialogs: Dialogs, lexicon: Lexicon, facts: Mapping[str, Any], known: Phrases
) -> Event:
    for action in ACTIONS:
        if said in known.answers.get(f"action-{action}", ()):
            return Did(action)
    cards = cards_named(lexicon, text, said)
    trees = _offered(dialogs, trees_about(lexicon, said, facts))
    if not (facts or cards or trees):
        near = _offered(dialogs, trees_near(lexicon, said))
        if len(near) > 1:
            return Ambiguous(None, trees=near)
        trees = near
    return Asked(facts=facts, trees=trees, cards=cards)


def _offered(dialogs: Dialogs, trees: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(tree for tree in trees if tree in dialogs.trees and not dialogs.trees[tree].callable_only)


class _Answer:
    """Reads a text as the answer to the pending question; every step gives an event, or None to go on."""

    def __init__(
        self,
        dialogs: Dialogs,
        session: Session,
        lexicon: Lexicon,
        question: Question,
        known: Phrases,
        on: date,
    ) -> None:
        self.dialogs, self.session, self.question, self.known, self.on = dialogs, session, question, known, on
        self.labels = labels_of(lexicon, question)

    def read(self, text: str, said: str, facts: Mapping[str, Any]) -> Event | None:
        """Return the answer that a text gives, or None when it speaks of something else."""
        exact = exact_choices(self.labels, said) if self.question.kind != "lesquels" else None
        if exact:
            return (
                self._answered(facts, exact.choices[0])
                if exact.sure
                else Ambiguous(self.question.id, exact.choices)
            )
        return (
            self._set_answer(said)
            or self._value(text, said, facts)
            or self._told(facts)
            or self._yes_no(said)
            or self._near(text, said, facts)
        )

    def _answered(
        self, told: Mapping[str, Any], choice: str | None = None, value: Mapping[str, Any] | None = None
    ) -> Answered:
        also = {name: each for name, each in told.items() if name not in self.question.fills}
        return Answered(self.question.id, choice, dict(value or {}), also)

    def _set_answer(self, said: str) -> Event | None:
        if said in self.known.answers["ne-sais-pas"]:
            return Answered(self.question.id, UNKNOWN)
        if said in self.known.answers["refuse"]:
            return Answered(self.question.id, REFUSED)
        if self.question.kind != "choix" and said in self.known.answers["termine"]:
            return Answered(self.question.id, DONE)
        return None

    def _value(self, text: str, said: str, facts: Mapping[str, Any]) -> Event | None:
        name = self.question.fills[0]
        since = self._since(text) if name == "separation" else None
        if since:
            return since
        fact = self.dialogs.knowledge.vocabulary.get(name)
        value = value_of(self.question.parser, text, self.on, fact.unit if fact else "")
        if value is not None:
            return self._answered(facts, value={name: value})
        months = months_of_bare_age(said) if self.question.parser == "enfants" else None
        bands = [
            each.id
            for each in self.question.choices
            if months is not None and _holds(each.fills.get(AGE), months)
        ]
        return Ambiguous(self.question.id, tuple(bands)) if bands else None

    def _since(self, text: str) -> Event | None:
        """Read « depuis 3 mois » or « 2 ans » as the time since the separation."""
        said = plain(text)
        if len(said.split()) > _FEW_WORDS:
            return None
        value = separation_since(f"{said} ", self.on, self.known) or separation_since(
            f"depuis {said} ", self.on, self.known
        )
        choice = next(
            (each.id for each in self.question.choices if each.fills.get("separation") == value), None
        )
        return Answered(self.question.id, choice) if choice else None

    def _told(self, facts: Mapping[str, Any]) -> Event | None:
        """Read a volunteered fact that the question asks for; several values still possible are no answer."""
        told = {name: facts[name] for name in self.question.fills if name in facts}
        vocabulary = self.dialogs.knowledge.vocabulary
        for name, value in told.items():
            fact = vocabulary.get(name)
            if name != DISTRICT and isinstance(value, list) and fact is not None and fact.possible:
                return None
        if not told:
            return None
        choice = next((each.id for each in self.question.choices if dict(each.fills) == told), None)
        return self._answered(facts, choice=choice, value=None if choice else told)

    def _yes_no(self, said: str) -> Event | None:
        word = next((each for each in ("oui", "non") if said in self.known.answers[each]), None)
        if word is None:
            return None
        if self.question.kind == "lesquels":
            return self._which(word)
        sure = [each.id for each in self.question.choices if self._means(each.fills, word)]
        if len(sure) == 1:
            return Answered(self.question.id, sure[0])
        opening = [
            choice
            for choice, words in self.labels.items()
            if any(each.split()[:1] == [word] for each in words)
        ]
        return Ambiguous(self.question.id, tuple(opening[:MOST_CHOICES])) if opening else None

    def _means(self, fills: Mapping[str, Any], word: str) -> bool:
        """Tell whether a choice sets its yes-or-no facts to this word."""
        kinds = {name: self.dialogs.knowledge.vocabulary.get(name) for name in fills}
        return any(
            fact is not None and fact.kind == "oui_non" and fills[name] == word
            for name, fact in kinds.items()
        )

    def _which(self, word: str) -> Event | None:
        """« non » says it of no child, « oui » of the only one; of several, the question stays."""
        if word == "non":
            return Answered(self.question.id, DONE)
        return Answered(self.question.id, child_choice(0)) if len(children_of(self.session)[0]) == 1 else None

    def _near(self, text: str, said: str, facts: Mapping[str, Any]) -> Event | None:
        """Read a short text by its likeness to a label, unless it asks something or speaks of someone else.

        Where a value can be written, only the value counts: « 13 » inside a sentence is no arrondissement.
        """
        if self.question.kind == "lesquels" or self.question.parser in ("arrondissement", "enfants"):
            return None
        likely = near_choices(self.labels, said)
        reading = read_clauses(plain(text), self.known)
        asks = "?" in text or any(clause.asked_from is not None for clause in reading.clauses)
        if likely is None or asks or any(who == "tiers" for _, who in reading.speakers):
            return None
        return (
            self._answered(facts, likely.choices[0])
            if likely.sure
            else Ambiguous(self.question.id, likely.choices)
        )


def _holds(band: Any, months: int) -> bool:
    return isinstance(band, list | tuple) and len(band) == 2 and int(band[0]) <= months <= int(band[1])
