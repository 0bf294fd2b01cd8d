"""Finds the phone numbers of a line of text, so that a phone can dial them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from phonenumbers import PhoneNumberMatcher

from i18n.phone import phone, phone_uri
from knowledge.base import Label
from knowledge.content import Knowledge
from knowledge.messages import field_label
from knowledge.model import Helpline

_ISOLATES = "\u2068\u2069"
_AT_THE_END = re.compile(rf"[\d\s]+(?=[{_ISOLATES}.]*$)")
VITAL = ("tel-police", "tel-sms114", "tel-violences-femmes")
"""Shown on every page that is not an answer."""


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a line; ``href`` dials it."""

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Number:
    """A helpline for a page: its name, its number as it is written, what dials it."""

    name: Label
    written: str
    href: str


def spans(line: str, short: dict[str, str], *, anywhere: bool = False) -> tuple[Span, ...]:
    """Return a line in pieces, each phone number a link.

    Args:
        line: any text, phone numbers written as in France.
        short: known numbers as they are written -> what dials them; links at the end of a line only,
            because « 17 » may be anything elsewhere.
        anywhere: whether they are links wherever they stand: lines about danger hold no other numbers.
    """
    pieces: list[Span] = []
    end = 0
    for start, stop, href in _numbers(line, short, anywhere):
        pieces += [Span(line[end:start]), Span(line[start:stop], href)]
        end = stop
    pieces.append(Span(line[end:]))
    return tuple(piece for piece in pieces if piece.text)


def _numbers(line: str, short: dict[str, str], anywhere: bool) -> list[tuple[int, int, str]]:
    """Return where the numbers of a line begin and end, in order, and what dials each."""
    found = [(each.start, each.end, phone_uri(each.raw_string)) for each in PhoneNumberMatcher(line, "FR")]
    if anywhere:
        listed = "|".join(sorted(map(re.escape, short), key=len, reverse=True))
        known = re.finditer(rf"(?<!\w)(?:{listed})(?!\w)", line)
        apart = [each for each in known if all(each.end() <= at or end <= each.start() for at, end, _ in found)]
        return sorted([*found, *((each.start(), each.end(), short[each[0]]) for each in apart)])
    last = _AT_THE_END.search(line, found[-1][1] if found else 0)
    written = last[0].strip() if last else ""
    if last and written in short:
        start = last.start() + last[0].index(written)
        found.append((start, start + len(written), short[written]))
    return found


def short_numbers(knowledge: Knowledge) -> dict[str, str]:
    """Return the numbers of helplines, services and steps as screens write them, with what dials them.

    Worked out once for each content: it takes longer than all the rest of a page.
    """
    if not _KNOWN or _KNOWN[0][0] is not knowledge:
        _KNOWN[:] = [(knowledge, _short_numbers(knowledge))]
    return _KNOWN[0][1]


_KNOWN: list[tuple[Knowledge, dict[str, str]]] = []
"""The numbers of the content that serves now, the last one asked about."""


def _short_numbers(knowledge: Knowledge) -> dict[str, str]:
    steps = (step.phone for right in knowledge.rights for step in right.steps)
    called = {phone(number): phone_uri(number) for number in steps if number}
    called |= {phone(each.phone): phone_uri(each.phone) for each in knowledge.services if each.phone}
    return called | {phone(line.number): dialled(line) for line in knowledge.helplines if line.in_service}


def dialled(line: Helpline) -> str:
    """Return what reaches a helpline from a phone: a call, or a message for one that is written to."""
    return f"sms:{line.sms}" if line.sms == line.number else phone_uri(line.number)


def vital(knowledge: Knowledge) -> tuple[Number, ...]:
    """Return the numbers that every page of trouble shows: police, emergency by SMS, violence."""
    found = (knowledge.by_id.get(name) for name in VITAL)
    return tuple(_number(line) for line in found if isinstance(line, Helpline))


def _number(line: Helpline) -> Number:
    return Number(field_label(line, "nom", line.name), phone(line.number), dialled(line))
