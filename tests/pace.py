"""How much longer a long text takes than a short one: what is promised of hostile texts is a bounded time."""

import gc
from collections.abc import Callable
from time import thread_time

SHORT, LONG = 10_000, 100_000
"""Signs of both texts."""
_TIMES = 2


def slower(read: Callable[[str], object], text_of: Callable[[int], str]) -> float:
    """Return how many times longer ``read`` takes for a long text than for a short one, in processor time of this thread.

    The better of two of each counts, the second text one sign shorter than the first so that nothing read is remembered,
    and no garbage is collected meanwhile: a worker that ran a thousand tests before holds much of it.
    """
    read(text_of(100))
    gc.collect()
    gc.disable()
    try:
        short = min(_time(read, text_of(SHORT - each)) for each in range(_TIMES))
        return min(_time(read, text_of(LONG - each)) for each in range(_TIMES)) / short
    finally:
        gc.enable()


def _time(read: Callable[[str], object], text: str) -> float:
    start = thread_time()
    read(text)
    return thread_time() - start
