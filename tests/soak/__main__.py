"""``make soak``: a hundred thousand turns with everything that can go wrong; 1 as exit code when a promise is broken.

SOAK_TURNS=20000 does fewer. The seeds are fixed: what broke once breaks again.
"""

import asyncio
import os
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from bot.content import load_library
from tests.soak.campaign import campaign
from tests.soak.kills import soak_with_kills
from tests.soak.run import Summary, soak

TURNS = 100_000
PART = 10_000
"""Turns with one store; each part has people, troubles and a seed of its own."""

KILLED = 0.05
"""Share of the turns in real time, with kills."""


async def main(turns):
    """Run everything; return what broke."""
    library, broken, total, start = load_library(), [], Counter(), time.monotonic()
    killed = int(turns * KILLED)
    plan = [(min(PART, turns - killed - at), number) for number, at in enumerate(range(0, turns - killed, PART))]
    for size, number in plan:
        with tempfile.TemporaryDirectory() as folder:
            summary = await part(soak(library, Path(folder), size, seed=number, webhook=number % 2 == 1))
        told("webhook" if number % 2 else "polling", number, summary, broken, total, start)
    with tempfile.TemporaryDirectory() as folder:
        summary = await part(soak_with_kills(library, Path(folder), killed, seed=2026))
    told("kill -9", 2026, summary, broken, total, start)
    broken += await campaign(library)
    print(f"in all: {dict(total)}, {len(broken)} broken, {time.monotonic() - start:.0f} s")
    return broken


async def part(running):
    """Return the summary of a part; one that cannot end is a broken promise, and the others go on."""
    try:
        return await running
    except TimeoutError:
        return Summary(broken=["an answer never came"])


def told(kind, seed, summary, broken, total, start):
    """Print one part and add it to the rest."""
    total.update(summary.troubles)
    total.update(turns=summary.turns, calls=summary.calls, wiped=summary.wiped)
    broken += summary.broken
    print(
        f"{kind:<8} seed {seed:<5} {summary.turns} turns of {summary.people} people, {summary.calls} calls, "
        f"{dict(summary.troubles)}, {summary.wiped} wiped: {len(summary.broken)} broken "
        f"({time.monotonic() - start:.0f} s)",
        flush=True,
    )
    for each in summary.broken[:20]:
        print(f"    {each}")


if __name__ == "__main__":
    sys.exit(1 if asyncio.run(main(int(os.environ.get("SOAK_TURNS", TURNS)))) else 0)
