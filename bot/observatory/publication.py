"""The numbers of a month as anybody may read them: one choice of what is hidden, for page, files and terminal.

Pure. What was asked is published beside arrondissement, language and link, as exact numbers; how far visits went, as a
span for each subject, then as « at least » beside the same three: two spans of one sum could be undone.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import chain

from bot.observatory.suppression import FLOOR, at_least, band, hidden
from bot.observatory.visit import (
    ASKED,
    CARD_OPENED,
    CARD_SHOWN,
    HELPED,
    MISREAD,
    NO_CAMPAIGN,
    OPENED,
    SHOWN,
    UNKNOWN,
    UNMET,
    Axis,
    Key,
)
from knowledge.geography import PARIS
from knowledge.vocabulary import OUTSIDE

Counts = Mapping[Key, int]
Orders = Mapping[Axis, Sequence[str]]
"""Axis -> its values, in the order in which they are hidden."""
OTHERS = "autres"
DISTRICTS = (UNKNOWN, OUTSIDE, *map(str, sorted(PARIS)))
"""In the order in which they are hidden beside small ones: the unknown tells least, the centre has fewest families."""


@dataclass(frozen=True, slots=True)
class Line:
    """One published number. ``axis`` empty: the sum over all values.

    ``count``: exact, None when it is hidden or not exact; ``low`` to ``high``: the span, both included; ``low`` alone:
    so many at least.
    """

    kind: str
    subject: str
    axis: Axis = ""
    value: str = ""
    count: int | None = None
    low: int | None = None
    high: int | None = None


def publish(counts: Counts, languages: Iterable[str], links: Mapping[str, str]) -> tuple[Line, ...]:
    """Return the lines of a month.

    Args:
        counts: everything counted in it.
        languages: those that were offered, French first: all are in each line by language, used or not.
        links: campaign of a link -> its title, of those that are announced. Others are told together: whoever writes a
            name for one family's link and opens it often enough would learn whether that family did.
    """
    seen = sorted({key.value for key in counts if key.axis == "langue"})
    spoken = tuple(dict.fromkeys((*languages, *seen)))
    titled, titles = _titled(counts, links)
    orders: Orders = {"arrondissement": DISTRICTS, "langue": spoken, "campagne": (NO_CAMPAIGN, OTHERS, *titles)}
    return (
        *chain.from_iterable(_subject(titled, subject, orders) for subject in _subjects(counts, ASKED)),
        *_crossed(counts, MISREAD, "", "langue", spoken),
        *chain.from_iterable(_alone(counts, HELPED, subject) for subject in _subjects(counts, HELPED)),
        *chain.from_iterable(_card(counts, kind) for kind in (CARD_SHOWN, CARD_OPENED)),
    )


def dump(lines: Iterable[Line]) -> str:
    """Return lines as they are kept."""
    return json.dumps([asdict(line) for line in lines], ensure_ascii=False)


def load(text: str) -> tuple[Line, ...]:
    """Return lines as :func:`dump` kept them."""
    return tuple(Line(**line) for line in json.loads(text))


def _subject(counts: Counts, subject: str, orders: Orders) -> Iterator[Line]:
    tables = [tuple(_crossed(counts, ASKED, subject, axis, order)) for axis, order in orders.items()]
    if not tables[0]:
        return
    yield from tables[0]
    yield from chain.from_iterable(table[1:] for table in tables[1:])
    for kind in (SHOWN, OPENED):
        low, high = band(counts.get(Key(kind, subject, "", ""), 0), tables[0][0].count)
        yield Line(kind, subject, low=low, high=high)
    for line in chain.from_iterable(table[1:] for table in tables):
        yield from _reached(counts, line)


def _reached(counts: Counts, asked: Line) -> Iterator[Line]:
    """Yield how far at least those of one cell went, where anything can be said."""
    for kind in (SHOWN, OPENED, UNMET):
        part = counts.get(Key(kind, asked.subject, asked.axis, asked.value), 0)
        if asked.count is not None and (low := at_least(part, asked.count)):
            yield Line(kind, asked.subject, asked.axis, asked.value, low=low)


def _crossed(counts: Counts, kind: str, subject: str, axis: Axis, order: Sequence[str]) -> Iterator[Line]:
    """Yield the sum of a line and its cells; nothing when the sum is under the floor."""
    cells = {value: counts.get(Key(kind, subject, axis, value), 0) for value in order}
    whole = sum(cells.values())
    if whole < FLOOR:
        return
    yield Line(kind, subject, count=whole)
    out = hidden(cells, order)
    for value, count in cells.items():
        yield Line(kind, subject, axis, value, None if value in out else count)


def _titled(counts: Counts, links: Mapping[str, str]) -> tuple[Counts, tuple[str, ...]]:
    """Return the numbers with links named by their titles, all others together; and the titles, in order."""
    totals: Counter[str] = Counter()
    for key, count in counts.items():
        totals[key.value] += count if key.kind == ASKED and key.axis == "campagne" else 0
    named = {name: title for name, title in links.items() if totals[name] >= FLOOR}
    titled: Counter[Key] = Counter()
    for key, count in counts.items():
        is_link = key.axis == "campagne" and key.value != NO_CAMPAIGN
        titled[key._replace(value=named.get(key.value, OTHERS)) if is_link else key] += count
    return titled, tuple(sorted(named.values()))


def _alone(counts: Counts, kind: str, subject: str) -> Iterator[Line]:
    count = counts.get(Key(kind, subject, "", ""), 0)
    if count >= FLOOR:
        yield Line(kind, subject, count=count)


def _card(counts: Counts, kind: str) -> Iterator[Line]:
    for subject in _subjects(counts, kind):
        low, high = band(counts[Key(kind, subject, "", "")])
        if low >= FLOOR:
            yield Line(kind, subject, low=low, high=high)


def _subjects(counts: Counts, kind: str) -> list[str]:
    return sorted({key.subject for key in counts if key.kind == kind})
