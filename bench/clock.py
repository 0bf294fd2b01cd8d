"""Measures two things side by side: medians over interleaved rounds, so that a noisy machine slows both."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import NamedTuple


class Pair(NamedTuple):
    """Two medians of one run, in milliseconds."""

    ours: float
    peer: float

    @property
    def ratio(self) -> float:
        """Ours over the peer's: below 1, ours is faster."""
        return self.ours / self.peer


def side_by_side(ours: Callable[[], object], peer: Callable[[], object], rounds: int = 60, each: int = 5) -> Pair:
    """Return the medians of two functions called in turn, after a warm-up."""
    ours(), peer()
    found: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for which, call in enumerate((ours, peer)):
            start = time.perf_counter()
            for _ in range(each):
                call()
            found[which].append((time.perf_counter() - start) / each * 1000)
    return Pair(*(statistics.median(times) for times in found))


def line(what: str, pair: Pair, peer: str, target: str) -> str:
    """Return one printed row."""
    return f"{what:<46} {pair.ours:9.3f} ms   {pair.ratio:7.2f} x {peer} ({pair.peer:.3f} ms)   target {target}"
