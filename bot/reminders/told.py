"""What a conversation tells that reminders need, and what of it differs from what is kept. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bot.reminders.record import Child, Record, child_of, is_grown
from dialogs.plain_text import plain
from dialogs.values import PREGNANCY, value_of
from dialogs.volunteered import facts_of
from knowledge.ages import birth_span, month_text, this_month
from knowledge.calendar_anchors import LOST
from knowledge.calendar_anchors import PREGNANCY as MONTHS_OF_PREGNANCY
from knowledge.vocabulary import CHILDREN, DISTRICT

_FOR_PARENTS = (None, "parent", "futur_parent")


@dataclass(frozen=True, slots=True)
class Family:
    """What is needed of one family. ``rough``: children whose month is not known well enough."""

    children: tuple[Child, ...] = ()
    complete: bool = False
    term: Child | None = None
    district: str | None = None
    rough: int = 0
    not_expecting: bool = False
    """It was said that no child is on its way."""

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing of it can be reminded of."""
        return not self.children and self.term is None


def family_of(facts: Mapping[str, Any], on: date) -> Family | None:
    """Return what reminders need of some facts in plain form, and nothing else.

    None for whom reminders are not made: a young person who speaks for herself, somebody who helps a family, and
    a family that lost a child.
    """
    if facts.get("profil") not in _FOR_PARENTS or lost(facts):
        return None
    told = facts.get(CHILDREN, {})
    births = [birth for child in told.get("liste", ()) if not _is_grown(birth := child.get("naissance"), on)]
    now = month_text(this_month(on))
    found = [child_of(birth, number, on) for number, birth in enumerate(births, start=1)]
    sure = [each for each in found if each]
    coming = next((each for each in sure if each.first > now), None)
    return Family(
        tuple(each for each in sure if each.first <= now),
        told.get("complet") == "oui",
        coming or term_of(facts.get(PREGNANCY), len(births) + 1, on),
        _district(facts.get(DISTRICT)),
        len(found) - len(sure),
        coming is None and facts.get(PREGNANCY) in (0, [0, 1]),
    )


def _is_grown(birth: Any, on: date) -> bool:
    span = birth_span(birth) if isinstance(birth, str | list) else None
    return span is not None and span.high is not None and is_grown(month_text(int(span.high)), on)


def lost(facts: Mapping[str, Any]) -> bool:
    """Tell whether a family said that it lost a child."""
    said = facts.get("deces")
    return bool(LOST.intersection(said if isinstance(said, list) else [said]))


def term_of(month: Any, number: int, on: date) -> Child | None:
    """Return the due date of a pregnancy told by its month (5, or [5, 7] for the 5th or the 6th)."""
    low, high = (month[0], month[-1]) if isinstance(month, list) and month else (month, month)
    if not isinstance(low, int | float) or not low:
        return None
    high = low if high is None else high - 1 if isinstance(month, list) else high
    now, left = this_month(on), MONTHS_OF_PREGNANCY - int(low)
    # « Au 5e mois »: more than four months have passed, five at most; the birth falls in one month or the next.
    return child_of([month_text(now + MONTHS_OF_PREGNANCY - int(high)), month_text(now + left + 1)], number, on)


def typed_family(text: str, on: date) -> Family | None:
    """Return the family that a typed answer gives (« mai 2024, mars 2020, 19e »), None when it gives none."""
    parts = [part.strip() for part in re.split(r"[,;\n]", text) if part.strip()]
    homes = {part: home for part in parts if (home := value_of("arrondissement", part, on)) is not None}
    rest = ", ".join(part for part in parts if part not in homes)
    facts = dict(facts_of(plain(rest), on, asked=True))
    facts |= {DISTRICT: next(iter(homes.values()))} if homes else {}
    children = value_of("enfants", rest, on)
    if children is not None:
        facts[CHILDREN] = children
    if not facts.get(CHILDREN) and not facts.get(PREGNANCY):
        return None
    kept = {name: facts[name] for name in (CHILDREN, PREGNANCY, DISTRICT) if name in facts}
    return family_of(kept, on)


def differs(record: Record, family: Family) -> bool:
    """Tell whether a conversation is about other children, another due date or another home than what is kept.

    What a conversation does not say differs from nothing.
    """
    strangers = [each for each in family.children if not any(each.may_be(one) for one in record.children)]
    missing = family.complete and len(family.children) + family.rough < len(record.children)
    coming = family.term is not None and not (record.term and record.term.may_be(family.term))
    coming = coming or (family.not_expecting and record.term is not None)
    moved = family.district is not None and family.district != record.district
    return bool(strangers) or missing or coming or moved


def updated(record: Record, family: Family, *, whole: bool) -> Record:
    """Return the record of a family told anew; a child told before keeps its number and what it was told.

    Args:
        record: what is kept.
        family: what is told now.
        whole: it is all there is; else children and a due date that are not spoken of stay.
    """
    left = list(record.children)
    used = max((each.number for each in (*left, *((record.term,) if record.term else ()))), default=0)
    children: list[Child] = []
    for child in family.children:
        same = next((each for each in left if each.may_be(child)), None)
        if same:
            left.remove(same)
            children.append(replace(child, number=same.number, since=same.since))
        else:
            used += 1
            children.append(replace(child, number=used))
    born = record.term and any(each.may_be(record.term) for each in family.children)
    term = None if whole or born or family.not_expecting else record.term
    if family.term:
        same_term = record.term if record.term and record.term.may_be(family.term) else None
        term = replace(family.term, number=(same_term or family.term).number, since=(same_term or family.term).since)
        term = term if same_term else replace(term, number=used + 1)
    return replace(
        record,
        children=tuple(children if whole or family.complete else [*children, *left]),
        complete=family.complete,
        term=term,
        district=family.district or record.district,
        term_asked=record.term_asked and term is not None and term == record.term,
    )


def corrected(record: Record, family: Family) -> Record:
    """Return the record with what somebody typed: it is all there is now.

    But for one month that says only that the expected child came: the others stay.
    """
    born = record.term and [child.may_be(record.term) for child in family.children] == [True]
    if not born:
        return updated(record, family, whole=True)
    return replace(updated(record, replace(family, complete=False), whole=False), complete=record.complete)


def _district(value: Any) -> str | None:
    return str(value) if isinstance(value, str | int) else None
