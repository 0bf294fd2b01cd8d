"""What a family gets with and without one answer, and with each other answer to the same question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from bot.web.desk.asked import Asked
from bot.web.desk.situation import situation
from dialogs.model import Dialogs, Question
from knowledge.criteria import INCONNU, NON, OUI, PROBABLE, Verdict
from knowledge.match import Matcher

_WORDS = {OUI: "remplit les conditions", PROBABLE: "probable", INCONNU: "à compléter", NON: "non"}


@dataclass(frozen=True, slots=True)
class Change:
    """One card whose verdict is another one: its id, its name, the verdict now, the verdict then."""

    card: str
    name: str
    now: str
    then: str
    gained: bool


@dataclass(frozen=True, slots=True)
class Other:
    """Another answer (empty words: none at all), and what it changes."""

    answer: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One question (its id and its words), the answer given to it, and what every other answer would change."""

    id: str
    question: str
    answer: str
    others: tuple[Other, ...]


def comparison(asked: Asked, dialogs: Dialogs, matcher: Matcher, on: date) -> Comparison | None:
    """Return what the answer to ``asked.compare`` decides, None when that question has no answer."""
    question = dialogs.questions.get(asked.compare)
    chosen = question.choice(asked.answers.get(question.id, "")) if question else None
    if question is None or chosen is None:
        return None
    now = _verdicts(asked, dialogs, matcher, on)
    others = [Other("", _changes(matcher, now, _verdicts(_answering(asked, question, ""), dialogs, matcher, on)))]
    for choice in question.choices:
        if choice is not chosen:
            then = _verdicts(_answering(asked, question, choice.id), dialogs, matcher, on)
            others.append(Other(choice.text, _changes(matcher, now, then)))
    return Comparison(question.id, question.name, chosen.text, tuple(others))


def _answering(asked: Asked, question: Question, choice: str) -> Asked:
    answers = {name: value for name, value in asked.answers.items() if name != question.id}
    return replace(asked, answers=answers | ({question.id: choice} if choice else {}))


def _verdicts(asked: Asked, dialogs: Dialogs, matcher: Matcher, on: date) -> Mapping[str, Verdict]:
    state = matcher.state(situation(asked, dialogs, on).facts)
    return dict(zip((card.id for card in matcher.cards), matcher.verdicts(state), strict=True))


def _changes(matcher: Matcher, now: Mapping[str, Verdict], then: Mapping[str, Verdict]) -> tuple[Change, ...]:
    changed = [card for card in matcher.cards if now[card.id] is not then[card.id]]
    changed.sort(key=lambda card: (-max(now[card.id], then[card.id]), -card.weight, card.name))
    return tuple(
        Change(card.id, card.name, _WORDS[now[card.id]], _WORDS[then[card.id]], then[card.id] > now[card.id])
        for card in changed
    )
