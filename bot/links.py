"""Link codes: a subject or a card and a few harmless facts, in at most 64 characters that can be read aloud.

Crockford base32 (no I, L, O, U), upper or lower case, spaces and hyphens ignored, two characters of checksum:
a typing error or two characters swapped are noticed. The same code opens Telegram and the web. Only facts of
sensitivity 0 travel: arrondissement, a child's birth quarter, the language. Layout:

    version(1) target(3) [D district(1)] [A quarter(2)]* [G language(1)] [C length(1) campaign(1-8)] checksum(2)
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dialogs.events import Started
from knowledge.ages import MAX_AGE, birth_span, month_text, this_month
from knowledge.codes import ALPHABET, NOTHING
from knowledge.content import Knowledge
from knowledge.vocabulary import CHILDREN, DISTRICT, OUTSIDE

VERSION = "1"
MAX_LENGTH = 64  # Telegram's start parameter, core.telegram.org/bots/features#deep-linking
MAX_CHILDREN, MAX_CAMPAIGN = 6, 8
LANGUAGES = ("fr", "fr@facile", "en", "ar", "fr@tu")
"""Permanent order: a language keeps its number for ever; new ones come last."""
_FIRST_YEAR = 1990  # quarters are counted from here: two characters last until 2245
_PRIME = 1021  # the largest prime under 32²: weights below it notice any single change and any swap


class LinkError(ValueError):
    """A code that is incomplete, mistyped, or of an unknown version; the message is in French."""


@dataclass(frozen=True, slots=True)
class Link:
    """What a code holds. ``target``: a topic or card code of three characters, empty for none."""

    target: str = ""
    district: str | None = None
    births: tuple[str, ...] = ()
    """Birth months (« 2024-11 »); the code keeps the quarter."""
    language: str | None = None
    campaign: str = ""
    version: str = field(default=VERSION)


def encode_link(link: Link) -> str:
    """Return the code of a link.

    Raises:
        LinkError: a part that a code cannot hold.
    """
    parts = [link.version, link.target or NOTHING]
    if link.district:
        parts += ["D", ALPHABET[0 if link.district == OUTSIDE else int(link.district)]]
    for birth in link.births[:MAX_CHILDREN]:
        parts += ["A", _two(_quarter(birth))]
    if link.language:
        if link.language not in LANGUAGES:
            raise LinkError(f"langue « {link.language} » inconnue des liens")
        parts += ["G", ALPHABET[LANGUAGES.index(link.language)]]
    if link.campaign:
        campaign = campaign_name(link.campaign)
        parts += ["C", ALPHABET[len(campaign)], campaign]
    body = "".join(parts)
    code = body + _checksum(body)
    if set(code) - set(ALPHABET) or len(code) > MAX_LENGTH:
        raise LinkError("ce lien ne tient pas dans un code")
    return code


def campaign_name(text: str) -> str:
    """Return the name of a campaign as links hold it.

    Raises:
        LinkError: it does not fit.
    """
    found = normal(text)
    if not 1 <= len(found) <= MAX_CAMPAIGN or set(found) - set(ALPHABET):
        raise LinkError(f"nom de campagne « {text} » : 1 à {MAX_CAMPAIGN} lettres ou chiffres, sans accent ni U")
    return found


def normal(text: str) -> str:
    """Return a code as it is compared: capitals, no spaces or hyphens, I and L read as 1, O as 0."""
    kept = "".join(char for char in text.upper() if char not in " -_\t")
    return kept.translate(str.maketrans("ILO", "110"))


def parse_link(text: str) -> Link:
    """Return what a code holds.

    Raises:
        LinkError: too long, a wrong character, a wrong checksum, an unknown version or part.
    """
    code = normal(text[: 4 * MAX_LENGTH])
    if not 6 <= len(code) <= MAX_LENGTH or set(code) - set(ALPHABET):
        raise LinkError("ce code n'est pas complet")
    body, check = code[:-2], code[-2:]
    if _checksum(body) != check:
        raise LinkError("ce code contient une erreur de frappe")
    return unchecked(body)


def unchecked(body: str) -> Link:
    """Return what a code without its checksum holds.

    Raises:
        LinkError: a wrong character, an unknown version or part.
    """
    if body[:1] != VERSION or len(body) < 4 or set(body) - set(ALPHABET):
        raise LinkError("ce code vient d'une autre version")
    target = "" if body[1:4] == NOTHING else body[1:4]
    return _parts(iter(body[4:]), target)


def _parts(chars: Iterator[str], target: str) -> Link:
    found: dict[str, Any] = {}
    births: list[str] = []
    for tag in chars:
        if tag == "D":
            number = _values(chars, 1)
            found["district"] = OUTSIDE if number == 0 else str(number)
        elif tag == "A":
            births.append(_month(_values(chars, 2)))
        elif tag == "G":
            number = _values(chars, 1)
            found["language"] = LANGUAGES[number] if number < len(LANGUAGES) else None
        elif tag == "C":
            found["campaign"] = "".join(next(chars, "") for _ in range(_values(chars, 1)))
        else:
            raise LinkError("ce code vient d'une autre version")
    if found.get("district") and not (found["district"] == OUTSIDE or int(found["district"]) <= 20):
        raise LinkError("ce code n'est pas complet")
    return Link(target, births=tuple(births), **found)


def decode_link(text: str, knowledge: Knowledge, on: date) -> Started:
    """Return the opening of a conversation that a code stands for; a card that is gone leaves the facts.

    Raises:
        LinkError: see :func:`parse_link`.
    """
    link = parse_link(text)
    names = {code: name for name, code in knowledge.codes.items()}
    target = names.get(link.target, "")
    facts: dict[str, Any] = {}
    if link.district:
        facts[DISTRICT] = link.district
    oldest = this_month(on) - MAX_AGE
    births = [[month_text(first), month_text(first + 2)] for first in map(_index, link.births) if first >= oldest]
    if births:
        facts[CHILDREN] = {"liste": [{"naissance": birth} for birth in births], "complet": "non"}
    is_topic = target in knowledge.topic_by_id
    return Started(tree=target if is_topic else None, card=None if is_topic else target or None, facts=facts)


def target_of(text: str, knowledge: Knowledge) -> str:
    """Return the topic or card that a code leads to, empty for none and for a code that cannot be read."""
    try:
        target = parse_link(text).target
    except LinkError:
        return ""
    return next((name for name, code in knowledge.codes.items() if code == target), "")


def _checksum(body: str) -> str:
    total = sum(weight * (ALPHABET.index(char) + 1) for weight, char in enumerate(body, start=1)) % _PRIME
    return _two(total)


def _two(number: int) -> str:
    return ALPHABET[number // 32] + ALPHABET[number % 32]


def _values(chars: Iterator[str], count: int) -> int:
    number = 0
    for _ in range(count):
        char = next(chars, None)
        if char is None:
            raise LinkError("ce code n'est pas complet")
        number = number * 32 + ALPHABET.index(char)
    return number


def _index(birth: str) -> int:
    span = birth_span(birth)
    if span is None:
        raise LinkError(f"« {birth} » n'est pas un mois de naissance")
    return int(span.low)


def _quarter(birth: str) -> int:
    quarter = (_index(birth) - _FIRST_YEAR * 12) // 3
    if not 0 <= quarter < 32 * 32:
        raise LinkError(f"mois de naissance « {birth} » hors limites")
    return quarter


def _month(quarter: int) -> str:
    return month_text(_FIRST_YEAR * 12 + quarter * 3)
