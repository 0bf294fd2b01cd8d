"""Sequences of symbols in four arrays: a hundred thousand steps as objects weigh twenty times as much."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence, Set
from itertools import pairwise

ANY_WORD, ANY_WORDS = "*", "..."
_CODE = "I"  # four bytes: thirteen languages need a hundred thousand steps
_WIDE = 8  # steps after one from which they are found by name, not one after the other


class Tree:
    """What may follow what, and what ends where; a step is a number, and the tree begins at step 0.

    Steps are numbered breadth first: those after one step are neighbours, and step 0 is after none. They keep the order
    in which they were given, but for « ... », which comes first: nothing typed is taken for it.

    Args:
        names: the symbols; several trees may share them.
        first: step -> the first step after it; one more at the end.
        symbol: step -> the place in ``names`` of the symbol that leads to it.
        end: step -> where what it ends begins in ``ended``; one more at the end.
        ended: what the sequences stand for.
    """

    __slots__ = ("_wide", "end", "ended", "first", "leads", "loose", "names", "symbol", "waits")

    def __init__(
        self, names: Sequence[str], first: array[int], symbol: array[int], end: array[int], ended: array[int]
    ) -> None:
        self.names, self.first, self.symbol, self.end, self.ended = names, first, symbol, end, ended
        loose = names.index(ANY_WORDS) if ANY_WORDS in names else -1
        self.loose = bytes(number == loose for number in symbol)
        """Step -> 1 where « ... » leads to it: any words pass there."""
        self.leads = bytes(begin < after for begin, after in pairwise(first))
        """Step -> 1 where anything goes on from it."""
        self.waits = bytes(begin < after and self.loose[begin] for begin, after in pairwise(first))
        """Step -> 1 where « ... » is the first that goes on from it."""
        self._wide = {
            step: {names[symbol[after]]: after for after in range(begin, end)}
            for step, (begin, end) in enumerate(pairwise(first))
            if end - begin > _WIDE
        }

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Tree):
            return NotImplemented
        return self.arrays == other.arrays and list(self.names) == list(other.names)

    __hash__ = None  # type: ignore[assignment]

    @property
    def arrays(self) -> tuple[array[int], ...]:
        """All that makes the tree, but for the names."""
        return self.first, self.symbol, self.end, self.ended

    def follow(self, step: int, name: str) -> int:
        """Return the step that a symbol leads to; 0 when it leads nowhere."""
        if wide := self._wide.get(step):
            return wide.get(name, 0)
        for after in range(self.first[step], self.first[step + 1]):
            if self.names[self.symbol[after]] == name:
                return after
        return 0

    def shared(self, step: int, said: Mapping[str, object]) -> Sequence[tuple[str, int]]:
        """Return the symbols of ``said`` that go on from a step, and where to, in the order of the fewer ones."""
        names, symbol = self.names, self.symbol
        begin, end = self.first[step], self.first[step + 1]
        if end - begin == 1:
            name = names[symbol[begin]]
            return ((name, begin),) if name in said else ()
        if end - begin < len(said):
            return [(name, after) for after in range(begin, end) if (name := names[symbol[after]]) in said]
        follow = self._wide.get(step) or {names[symbol[after]]: after for after in range(begin, end)}
        return [(name, follow[name]) for name in said if name in follow]

    def goes_on(self, step: int, said: Set[str]) -> bool:
        """Tell whether anything of ``said`` goes on from a step."""
        names, symbol = self.names, self.symbol
        begin, end = self.first[step], self.first[step + 1]
        if end - begin == 1:
            return names[symbol[begin]] in said
        if wide := self._wide.get(step):
            return not wide.keys().isdisjoint(said)
        return any(names[symbol[after]] in said for after in range(begin, end))

    def ends(self, step: int) -> Sequence[int]:
        """Return what the sequences that end at a step stand for."""
        begin, end = self.end[step], self.end[step + 1]
        return self.ended[begin:end] if begin < end else ()


def tree_of(sequences: Iterable[tuple[Sequence[str], int]], names: Sequence[str]) -> Tree:
    """Return the tree of some sequences, each with what it stands for; ``names`` holds every symbol of theirs once."""
    follow: list[dict[str, int]] = [{}]
    ends: list[list[int]] = [[]]
    for symbols, payload in sequences:
        step = 0
        for symbol in symbols:
            if (after := follow[step].get(symbol)) is None:
                after = follow[step][symbol] = len(follow)
                follow.append({})
                ends.append([])
            step = after
        if payload not in ends[step]:
            ends[step].append(payload)
    return _packed(follow, ends, names)


def _packed(follow: list[dict[str, int]], ends: list[list[int]], names: Sequence[str]) -> Tree:
    """Number the steps breadth first; each is numbered when the one before it is met."""
    place = {name: number for number, name in enumerate(names)}
    first, symbol, end, ended = array(_CODE), array(_CODE, [0]), array(_CODE), array(_CODE)
    order = [0]
    for step in order:
        first.append(len(order))
        after = follow[step]
        if ANY_WORDS in after:
            after = {ANY_WORDS: after[ANY_WORDS], **after}
        symbol.extend([place[name] for name in after])
        order.extend(after.values())
        end.append(len(ended))
        ended.extend(ends[step])
    first.append(len(order))
    end.append(len(ended))
    return Tree(names, first, symbol, end, ended)
