"""Reads ages typed where no question asks for them: « 13 ans » before the subjects on offer."""

from __future__ import annotations

from datetime import date
from typing import Any

from dialogs.entry import entry_of
from dialogs.events import Asked
from dialogs.likely import OWN_AGE
from dialogs.model import Dialogs
from dialogs.phrase_patterns import bare
from dialogs.session import Session
from dialogs.topics import topic_of_age
from dialogs.values import months_of_bare_age, value_of
from knowledge.ages import age_span, birth_of
from knowledge.vocabulary import CHILDREN

_GROWN, _TOO_OLD = 18 * 12, 25 * 12
"""Months: from the first on, one age alone may be the child's or the writer's; from the second, the writer's only."""


def bare_ages(text: str, dialogs: Dialogs, session: Session, on: date) -> Asked | None:
    """Return what a text of ages alone says where no question is pending, None where it may mean something else.

    A young person tells their own age, everybody else those of children. A number without « ans » is an age only
    where the subject of that age is on offer: it may be an arrondissement everywhere else.
    """
    entry = entry_of(dialogs, session.plain)
    if session.pending is not None or session.offer is not None or (entry and entry.alone):
        return None
    if entry or bare(text).isdecimal():
        return _own_age(text, on) if entry else _number(bare(text), session, on)
    told = value_of("enfants", text, on)
    listed = told["liste"] if told else []
    if len(listed) > 1:
        return _children(listed, told["complet"])
    age = age_span(listed[0]["naissance"], on) if listed else None
    if age is not None and age.low < _GROWN:
        return _children(listed, "non")
    years = value_of("nombre", text, on)
    if years is None or "mois" in bare(text):
        return None
    return _own_age(text, on) if years * 12 >= _TOO_OLD else Asked(small_talk="age")


def _own_age(text: str, on: date) -> Asked | None:
    years = value_of("nombre", text, on) if not bare(text).isdecimal() else None
    return None if years is None else Asked(facts={OWN_AGE: years})


def _number(said: str, session: Session, on: date) -> Asked | None:
    months = months_of_bare_age(said)
    if months is None or topic_of_age(months // 12) not in session.offered:
        return None
    return _children([{"naissance": birth_of(months, months + 11, on)}], "non")


def _children(listed: list[dict[str, Any]], complete: str) -> Asked:
    return Asked(facts={CHILDREN: {"liste": listed, "complet": complete}})
