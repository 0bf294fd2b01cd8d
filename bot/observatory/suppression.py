"""What may be published of numbers: nothing under the floor, and nothing from which it could be worked out.

Pure. The three ways are independent of each other, and each number is published in one way only:

* :func:`hidden` for exact numbers whose sum is published too: small ones are hidden, and others with them, so that
  what is missing from the sum could lie in any of them;
* :func:`band` for numbers that are part of a published one (those among 34 families who...): a span of at least ten
  values, and at least ten for the rest too. Bands are never published with their sum;
* :func:`at_least` for the same parts once more, beside an arrondissement, a language, a link. What it is given is drawn
  (a visit in five is left out, anew each time), so that it says « so many », and never « not more ».
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

FLOOR = 10
"""Fewer visits than this are never told apart from none."""


def hidden(cells: Mapping[str, int], order: Sequence[str]) -> frozenset[str]:
    """Return which cells of a line not to publish, when the sum of the line is published.

    The first of ``order`` is hidden with any small one, however large it is: the sum then leaves each small cell
    anywhere from 0 to 9. The choice never depends on the size of what is hidden beside the small ones, as one could
    conclude from it.

    Args:
        cells: value -> number; all values there can be, those with 0 too; their sum is at least the floor.
        order: all values, those that matter least to a reader first; known to everybody.
    """
    small = {value for value, count in cells.items() if count < FLOOR}
    if not small:
        return frozenset()
    found = small | {order[0]}
    for value in order:
        if len(found) > 1 and sum(cells[each] for each in found) >= FLOOR:
            break
        found.add(value)
    return frozenset(found)


def band(part: int, whole: int | None = None) -> tuple[int, int | None]:
    """Return between which numbers (both included) a count lies, as it may be published.

    Spans begin at 0, 10, 20...; the last one before ``whole`` is longer, so that it and what it leaves of the whole
    have at least ten values each. Without ``whole``: spans of ten, as far as it takes.

    Args:
        part: the count, at least 0 and at most ``whole``.
        whole: what it is part of, published; at least the floor.
    """
    start = part - part % FLOOR
    if whole is None:
        return start, start + FLOOR - 1
    last = max(0, whole - (FLOOR - 1)) // FLOOR * FLOOR
    return (last, whole) if start >= last else (start, start + FLOOR - 1)


def at_least(part: int, whole: int) -> int:
    """Return how many there are at least, as it may be published: a multiple of ten, 0 for nothing to say.

    Any nine of ``whole`` may not be among them, and as the count was drawn, all of ``whole`` may. So it is for any
    number of such lines together, and beside the :func:`band` of their sum: its last span leaves nine out too, and
    multiples of ten never add up to more than its beginning.

    Args:
        part: how many were drawn among those who did something.
        whole: what it is part of, published.
    """
    return max(0, min(part, whole - (FLOOR - 1)) // FLOOR * FLOOR)
