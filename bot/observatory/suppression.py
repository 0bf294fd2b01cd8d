"""What may be published of numbers: nothing under the floor, and nothing from which it could be worked out.

Pure. The two ways are independent of each other, and each number is published in one way only:

* :func:`hidden` for exact numbers whose sum is published too: small ones are hidden, and others with them, so that
  what is missing from the sum could lie in any of them;
* :func:`band` for numbers that are part of a published one (those among 34 families who...): a span of at least ten
  values, and at least ten for the rest too. Bands are never published with their sum.
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
