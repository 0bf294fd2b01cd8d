"""Turns an answer into facts: a choice pressed, children added one by one, facts volunteered in a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from dialogs.model import DONE, REFUSED, UNKNOWN, Choice, Dialogs, Question
from dialogs.session import Origin, Session
from knowledge.ages import birth_of
from knowledge.vocabulary import AGE, CHILDREN

MAX_CHILDREN = 15  # as knowledge.facts allows
NO_CHILD = "aucun"
_CHILD_PREFIX = "enfant-"


class Unfit(ValueError):
    """An answer that does not belong to its question; the question is asked again."""


def choose(dialogs: Dialogs, session: Session, question: Question, choice_id: str, on: date) -> Session:
    """Return the session after a press on a question that is being asked.

    Raises:
        Unfit: no such choice.
    """
    if session.changing == question.id and _starts_over(session, question, choice_id):
        session = forget(dialogs, session, question)
    if choice_id in (UNKNOWN, REFUSED):
        return _refuse(session, question, choice_id)
    if question.kind == "enfants":
        return _choose_child(dialogs, session, question, choice_id, on)
    if question.kind == "lesquels":
        return _choose_which(dialogs, session, question, choice_id, on)
    choice = question.choice(choice_id)
    if choice is None:
        raise Unfit(choice_id)
    spoken = replace(session, language=choice.language or session.language)
    return close(_fill(dialogs, spoken, choice.fills, question, on), question)


def _starts_over(session: Session, question: Question, choice_id: str) -> bool:
    """Tell whether a press replaces an earlier answer, rather than adding to presses before it."""
    if question.kind == "lesquels":
        return choice_id in (UNKNOWN, REFUSED)
    return question.kind == "choix" or children_of(session)[1]


def is_answered(session: Session, question: Question) -> bool:
    """Tell whether a question has an answer, pressed, refused or told."""
    if question.id in (*session.trail, *session.refused, *session.settled):
        return True
    return any(name in session.facts for name in question.fills)


def close(session: Session, question: Question) -> Session:
    """Return the session with a question answered for good.

    Once the ages are told, what was said before of one child is its own if there is only one; else it is left out:
    nobody knows which child was meant.
    """
    if question.kind == "enfants":
        session = _with_what_was_said(session)
    trail = (*(each for each in session.trail if each != question.id), question.id)
    refused = tuple(each for each in session.refused if each != question.id)
    settled = tuple(dict.fromkeys((*session.settled, question.id))) if question.speaks else session.settled
    return replace(session, trail=trail, refused=refused, pending=None, changing=None, settled=settled)


def _with_what_was_said(session: Session) -> Session:
    known = session.facts.get(CHILDREN)
    kept = replace(session, of_child={})
    if known is None or len(known.value["liste"]) != 1:
        return kept
    child = {**session.of_child, **known.value["liste"][0]}
    told = replace(known, value={**known.value, "liste": [child]})
    return replace(kept, facts={**kept.facts, CHILDREN: told})


def _refuse(session: Session, question: Question, choice_id: str) -> Session:
    listed, complete = children_of(session)
    if choice_id == UNKNOWN and question.kind == "enfants" and listed and not complete:
        return close(session, question)  # « je ne sais pas » after some ages: these stay, there may be more
    closed = close(session.without(question.id), question)
    return replace(closed, refused=(*closed.refused, question.id))


def _fits_child(child: Mapping[str, Any], question: Question) -> bool:
    return all(child.get(name) == value for name, value in question.only_children.items())


def _fill(dialogs: Dialogs, session: Session, fills: Mapping[str, Any], question: Question, on: date) -> Session:
    vocabulary = dialogs.knowledge.vocabulary
    own: dict[str, Any] = {}
    for name, value in fills.items():
        fact = vocabulary.get(name)
        if fact is not None and fact.scope == "enfant":
            session = _fill_children(session, {name: value}, None, question, on)
        else:
            own[name] = value
    return session.with_facts(own, "dit", on.isoformat(), question.id) if own else session


def children_of(session: Session) -> tuple[list[dict[str, Any]], bool]:
    """Return the children known so far and whether the list is complete."""
    known = session.facts.get(CHILDREN)
    if known is None:
        return [], False
    return [dict(child) for child in known.value["liste"]], known.value["complet"] == "oui"


def is_only_child(session: Session) -> bool:
    """Tell whether the family has one child: one press then says of which child something is true."""
    listed, complete = children_of(session)
    return complete and len(listed) == 1


def with_children(
    session: Session,
    listed: list[dict[str, Any]],
    complete: bool,
    origin: Origin,
    on: date,
    question: str | None,
) -> Session:
    """Return the session with this list of children."""
    value = {"liste": listed[:MAX_CHILDREN], "complet": "oui" if complete else "non"}
    return session.with_facts({CHILDREN: value}, origin, on.isoformat(), question)


def _fill_children(
    session: Session, fills: Mapping[str, Any], which: int | None, question: Question, on: date
) -> Session:
    """Fill facts of one child (its position) or of all; the list keeps the question that gave the ages."""
    listed, complete = children_of(session)
    for number, child in enumerate(listed):
        if which == number or (which is None and _fits_child(child, question)):
            child.update(fills)
    known = session.facts.get(CHILDREN)
    asked = known.question if known else question.id
    return with_children(session, listed, complete, known.origin if known else "dit", on, asked)


def _choose_child(dialogs: Dialogs, session: Session, question: Question, choice_id: str, on: date) -> Session:
    listed, _ = children_of(session)
    if choice_id == DONE:
        if not listed:
            raise Unfit(choice_id)
        return close(with_children(session, listed, True, "dit", on, question.id), question)
    choice = question.choice(choice_id)
    if choice is None:
        raise Unfit(choice_id)
    if choice.fills.get(CHILDREN) == NO_CHILD:
        return close(with_children(session, [], True, "dit", on, question.id), question)
    low, high = band_of(choice)
    listed.append({"naissance": birth_of(low, high, on)})
    return _held(with_children(session, listed, False, "dit", on, question.id), question)


def _held(session: Session, question: Question) -> Session:
    """Return the session held at a question that takes several presses, until « C'est tout »."""
    return replace(session, changing=question.id)


def band_of(choice: Choice) -> tuple[int, int]:
    """Return the ages in months, both included, that a choice of the question about children stands for."""
    low, high = choice.fills[AGE]
    return int(low), int(high)


def child_number(choice_id: str) -> int | None:
    """Return which child a choice of a *lesquels* question names, counted from 0; None if it names none."""
    number = choice_id.removeprefix(_CHILD_PREFIX)
    return int(number) if choice_id.startswith(_CHILD_PREFIX) and number.isdecimal() else None


def child_choice(number: int) -> str:
    """Return the choice id of a child in a *lesquels* question."""
    return f"{_CHILD_PREFIX}{number}"


def is_marked(child: Mapping[str, Any], question: Question) -> bool:
    """Tell whether a child was pressed already in a *lesquels* question."""
    return all(child.get(name) == value for name, value in question.choices[0].fills.items())


def _narrowed(known: Any, told: Any) -> Any:
    """Return what is left of the values still possible when « not this one » is told; a value known stays."""
    if known is None or not isinstance(told, list):
        return told if known is None or not isinstance(known, str) else known
    left = [value for value in ([known] if isinstance(known, str) else known) if value in told]
    return left[0] if len(left) == 1 else left or told


def _choose_which(dialogs: Dialogs, session: Session, question: Question, choice_id: str, on: date) -> Session:
    listed, complete = children_of(session)
    number = child_number(choice_id)
    if choice_id == DONE:
        for child in listed:
            if not is_marked(child, question):
                child.update({name: _narrowed(child.get(name), value) for name, value in question.else_fills.items()})
        known = session.facts.get(CHILDREN)
        origin, asked = (known.origin, known.question) if known else ("dit", question.id)
        return close(with_children(session, listed, complete, origin, on, asked), question)
    if number is None or number >= len(listed):
        raise Unfit(choice_id)
    marked = is_marked(listed[number], question)
    fills = dict(question.else_fills) if marked else dict(question.choices[0].fills)
    filled = _fill_children(session, fills, number, question, on)
    return close(filled, question) if is_only_child(session) and not marked else _held(filled, question)


def forget(dialogs: Dialogs, session: Session, question: Question) -> Session:
    """Return the session as if a question had never been answered, a child's attributes included."""
    session = session.without(question.id)
    vocabulary = dialogs.knowledge.vocabulary
    facts = [fact for name in question.fills if (fact := vocabulary.get(name))]
    own = {fact.id for fact in facts if fact.scope == "enfant"}
    kept = {name: known for name, known in session.facts.items() if name not in {fact.id for fact in facts} - own}
    if own and CHILDREN in kept:
        known = kept[CHILDREN]
        listed = [{name: value for name, value in child.items() if name not in own} for child in known.value["liste"]]
        kept[CHILDREN] = replace(known, value={**known.value, "liste": listed})
    return replace(session, facts=kept)


def volunteer(session: Session, facts: Mapping[str, Any], origin: Origin, on: date) -> Session:
    """Return the session with facts said in a sentence; what a link says never replaces what was said."""
    fresh = {name: value for name, value in facts.items() if origin != "lien" or name not in session.facts}
    told = fresh.pop(CHILDREN, None)
    session = session.with_facts(fresh, origin, on.isoformat(), None) if fresh else session
    return _volunteer_children(session, told, origin, on) if told else session


def _volunteer_children(session: Session, told: Mapping[str, Any], origin: Origin, on: date) -> Session:
    listed, complete = children_of(session)
    if complete and told["complet"] != "oui":
        return session  # "mon fils de 3 ans" after a full list names one of them
    new = [dict(child) for child in told["liste"]]
    if told["complet"] != "oui":
        births = [child.get("naissance") for child in listed]
        new = listed + [child for child in new if child.get("naissance") not in births]
    return with_children(session, new, told["complet"] == "oui", origin, on, None)
