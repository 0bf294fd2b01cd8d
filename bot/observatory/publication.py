"""The numbers of a month as anybody may read them: one choice of what is hidden, for page, files and terminal.

Pure. Each number is crossed once: what was asked, with arrondissement, language and campaign, as exact numbers; how far
visits went, with one thing each, as spans. A number crossed twice is an equation more for who wants to undo it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import chain

from bot.observatory.suppression import FLOOR, band, hidden
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
OTHERS = "autres"
DISTRICTS = (UNKNOWN, OUTSIDE, *map(str, sorted(PARIS)))
"""In the order in which they are hidden beside small ones: the unknown tells least, the centre has fewest families."""


@dataclass(frozen=True, slots=True)
class Line:
    """One published number. ``axis`` empty: the sum over all values.

    ``count``: exact, None when it is hidden or given as a span; ``low`` to ``high``: the span, both included.
    """

    kind: str
    subject: str
    axis: Axis = ""
    value: str = ""
    count: int | None = None
    low: int | None = None
    high: int | None = None


def publish(counts: Counts, languages: Iterable[str]) -> tuple[Line, ...]:
    """Return the lines of a month.

    Args:
        counts: everything counted in it.
        languages: those that were offered, French first: all are in each line by language, used or not.
    """
    seen = sorted({key.value for key in counts if key.axis == "langue"})
    spoken = tuple(dict.fromkeys((*languages, *seen)))
    return (
        *chain.from_iterable(_subject(counts, subject, spoken) for subject in _subjects(counts, ASKED)),
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


def _subject(counts: Counts, subject: str, languages: Sequence[str]) -> Iterator[Line]:
    lines = tuple(_crossed(counts, ASKED, subject, "arrondissement", DISTRICTS))
    if not lines:
        return
    yield from lines
    yield from tuple(_crossed(counts, ASKED, subject, "langue", languages))[1:]
    merged, campaigns = _merged(counts, subject)
    yield from tuple(_crossed(merged, ASKED, subject, "campagne", campaigns))[1:]
    whole = lines[0].count
    for kind in (SHOWN, OPENED):
        yield _part(counts, Key(kind, subject, "", ""), whole)
    for line in lines[1:]:
        if line.count is not None and line.count >= 2 * FLOOR - 1:  # with fewer, a span would tell nothing
            yield _part(counts, Key(UNMET, subject, "arrondissement", line.value), line.count)


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


def _merged(counts: Counts, subject: str) -> tuple[Counts, tuple[str, ...]]:
    """Return the numbers of a subject by campaign, small campaigns together; and the campaigns, in order."""
    totals: dict[str, int] = {}
    for key, count in counts.items():
        if key.kind == ASKED and key.axis == "campagne":
            totals[key.value] = totals.get(key.value, 0) + count
    named = tuple(sorted(name for name, total in totals.items() if total >= FLOOR and name != NO_CAMPAIGN))
    merged: dict[Key, int] = {}
    for name in totals:
        shown = name if name in (NO_CAMPAIGN, *named) else OTHERS
        key = Key(ASKED, subject, "campagne", shown)
        merged[key] = merged.get(key, 0) + counts.get(key._replace(value=name), 0)
    return merged, (NO_CAMPAIGN, OTHERS, *named)


def _part(counts: Counts, key: Key, whole: int | None) -> Line:
    low, high = band(counts.get(key, 0), whole)
    return Line(*key, low=low, high=high)


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
