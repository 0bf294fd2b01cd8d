"""Reads typed text as the answer to the question that is pending: a choice, a value, or neither."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from dialogs.answers import child_choice, children_of
from dialogs.events import Ambiguous, Answered, Event
from dialogs.lexicon import MOST_CHOICES, Lexicon, exact_choices, labels_of, near_choices
from dialogs.model import DONE, REFUSED, UNKNOWN, Dialogs, Question
from dialogs.phrases_load import Phrases
from dialogs.plain_text import plain
from dialogs.session import Session
from dialogs.values import months_of_bare_age, value_of
from dialogs.volunteered_clauses import read_clauses
from dialogs.volunteered_time import separation_since
from knowledge.vocabulary import AGE, DISTRICT

_FEW_WORDS = 6


class Answering:
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
            return self._answered(facts, exact.choices[0]) if exact.sure else Ambiguous(self.question.id, exact.choices)
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
        name = next(iter(self.question.fills), "")
        since = self._since(text) if name == "separation" else None
        if since:
            return since
        fact = self.dialogs.knowledge.vocabulary.get(name)
        value = value_of(self.question.parser, text, self.on, fact.unit if fact else "")
        if value is not None:
            return self._answered(facts, value={name: value})
        months = months_of_bare_age(said) if self.question.parser == "enfants" else None
        bands = [
            each.id for each in self.question.choices if months is not None and _holds(each.fills.get(AGE), months)
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
        choice = next((each.id for each in self.question.choices if each.fills.get("separation") == value), None)
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
        opening = [choice for choice, words in self.labels.items() if any(each.split()[:1] == [word] for each in words)]
        return Ambiguous(self.question.id, tuple(opening[:MOST_CHOICES])) if opening else None

    def _means(self, fills: Mapping[str, Any], word: str) -> bool:
        """Tell whether a choice sets its yes-or-no facts to this word."""
        kinds = {name: self.dialogs.knowledge.vocabulary.get(name) for name in fills}
        return any(fact is not None and fact.kind == "oui_non" and fills[name] == word for name, fact in kinds.items())

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
        return self._answered(facts, likely.choices[0]) if likely.sure else Ambiguous(self.question.id, likely.choices)


def _holds(band: Any, months: int) -> bool:
    return isinstance(band, list | tuple) and len(band) == 2 and int(band[0]) <= months <= int(band[1])
