"""Lists what is known of a family, each line with the question that can change it."""

from __future__ import annotations

from datetime import date

from dialogs import wording
from dialogs.describe import choice_label, name_label, noted
from dialogs.model import Dialogs, Question
from dialogs.session import Session
from knowledge.base import Label
from knowledge.vocabulary import CHILDREN


def changeable(dialogs: Dialogs, session: Session, on: date) -> tuple[tuple[str, Label, Label], ...]:
    """Return (question id, its short name, the answer) for all that is known or was refused, in file order."""
    lines = []
    for question in dialogs.questions.values():
        if any(_asks(dialogs, session, name) not in (None, question.id) for name in question.fills):
            continue  # another question gave that fact: one line each
        answer = _answer(dialogs, session, question, on)
        if answer:
            lines.append((question.id, name_label(question), answer))
    return tuple(lines)


def _asks(dialogs: Dialogs, session: Session, name: str) -> str | None:
    """Return the question that a known fact is changed by: the one that gave it, else the first that can."""
    if name not in session.facts:
        return None
    asked = session.facts[name].question
    able = [question.id for question in dialogs.questions.values() if name in question.fills]
    return asked if asked in able else next(iter(able), None)


def _answer(dialogs: Dialogs, session: Session, question: Question, on: date) -> Label | None:
    for name in question.fills:
        label = noted(dialogs, name, session.facts[name].value, on) if name in session.facts else None
        if label:
            return label  # told since, perhaps: an answer counts more than a refusal
    if question.speaks:
        spoken = next((each for each in question.choices if each.language == session.language), None)
        return choice_label(question, spoken) if spoken and question.id in session.settled else None
    if question.id in session.refused:
        return wording.REFUSED_TEXT
    fact = dialogs.knowledge.vocabulary.get(question.fills[0]) if question.fills else None
    children = session.facts.get(CHILDREN)
    if fact is None or fact.scope != "enfant" or children is None:
        return None
    values = [child[fact.id] for child in children.value["liste"] if fact.id in child]
    return noted(dialogs, fact.id, values[0], on) if values else None
