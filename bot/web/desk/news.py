"""« Quoi de neuf »: what was checked since a day, and the amounts that hold since then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from bot.speaker import Speaker
from knowledge.content import AnyCard, Knowledge
from knowledge.model import Right

DEFAULT_SPAN = timedelta(days=31)
FARTHEST = date(2020, 1, 1)


@dataclass(frozen=True, slots=True)
class NewAmount:
    """A right with an amount that holds since a day."""

    card: str
    name: str
    what: str
    amount: str
    since: date


@dataclass(frozen=True, slots=True)
class News:
    """Days, the latest first, each with the (id, name) of the cards checked then; and new amounts."""

    since: date
    checked: tuple[tuple[date, tuple[tuple[str, str], ...]], ...]
    amounts: tuple[NewAmount, ...]


def since_of(text: str, today: date) -> date:
    """Return the day someone asked about; a month ago for none or nonsense, never before 2020 nor after today."""
    try:
        asked = date.fromisoformat(text)
    except ValueError:
        return today - DEFAULT_SPAN
    return min(max(asked, FARTHEST), today)


def news(knowledge: Knowledge, speaker: Speaker, since: date, today: date) -> News:
    """Return what is new since a day, that day included."""
    fresh = [card for card in knowledge.cards if since <= card.freshness.checked_on <= today]
    fresh.sort(key=lambda card: (-card.freshness.checked_on.toordinal(), card.name))
    days = tuple(
        (day, tuple(map(_line, cards))) for day, cards in groupby(fresh, lambda card: card.freshness.checked_on)
    )
    amounts = [each for right in knowledge.rights for each in _amounts(right, speaker, since, today)]
    return News(since, days, tuple(sorted(amounts, key=lambda each: (-each.since.toordinal(), each.name))))


def _line(card: AnyCard) -> tuple[str, str]:
    return card.id, card.name


def _amounts(right: Right, speaker: Speaker, since: date, today: date) -> list[NewAmount]:
    found = []
    for line in right.amounts:
        parameter = speaker.knowledge.parameters.values.get(line.parameter or "")
        begun = [value.since for value in parameter.values if value.since <= today] if parameter else []
        if parameter and begun and begun[-1] >= since:
            found.append(NewAmount(right.id, right.name, line.text, speaker.amount(parameter), begun[-1]))
    return found
