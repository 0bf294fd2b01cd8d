"""A campaign to 250,000 families in simulated time: how steady, how long, how much memory."""

import asyncio
import resource
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from bot.campaigns.audience import Audience
from bot.campaigns.counting import Counting
from bot.campaigns.pace import RATE
from bot.campaigns.sender import Sender
from bot.content import load_library
from bot.feature import Outcome
from tests.bot.campaigns.conftest import TUESDAY, VirtualClock, opened_tables, sent_all

FAMILIES = 250_000
CHUNK = 10_000
NIGHT = 60.0
"""Seconds without a message that are no part of the pace: the hours when nothing is sent."""


class Phones:
    """Phones that keep no message: how often each was written to, and how long the sending took."""

    def __init__(self, clock):
        self.clock, self.seen = clock, bytearray(FAMILIES + 1)
        self.lasted, self.last = 0.0, None

    async def push(self, address, screen, *, silent=False):
        """Take a message."""
        self.seen[int(address)] += 1
        waited = 0.0 if self.last is None else self.clock.seconds - self.last
        self.lasted += waited if waited < NIGHT else 0.0
        self.last = self.clock.seconds
        return Outcome.SENT


async def campaign(library):
    """Send one to 250,000 families; print what it took and return what broke."""
    with tempfile.TemporaryDirectory() as folder:
        tables = await opened_tables(Path(folder))
        for first in range(1, FAMILIES + 1, CHUNK):
            await tables.families(range(first, first + CHUNK), district=str(first % 20 + 1))
        number, clock = await tables.campaign(), VirtualClock()
        phones = Phones(clock)
        counted = perf_counter()
        reached = await Counting(tables.news).number(Audience(), TUESDAY)
        counted = perf_counter() - counted
        before, start = _memory(), perf_counter()
        sender = Sender(tables.campaigns, tables.sending, tables.news, lambda: library, clock.clock)
        await sent_all(sender, phones, tables, number)
        took, grown = perf_counter() - start, _memory() - before
        counts, left = await tables.counts(number), await tables.rows()
        await tables.store.close()
    rate = FAMILIES / phones.lasted
    print(
        f"campaign {FAMILIES} families: {rate:.2f} a second of the clock for {RATE:.0f} set, {took:.0f} s of work, "
        f"counted in {counted:.1f} s, {grown:.0f} MB more",
        flush=True,
    )
    promises = {
        "the pace": abs(rate / RATE - 1) <= 0.02,
        "once each": set(phones.seen[1:]) == {1},
        "the counts": (counts.total, counts.sent) == (FAMILIES, FAMILIES) and reached == FAMILIES,
        "the list is gone": left == 0,
        "bounded memory": grown < 60,
    }
    return [f"{FAMILIES} families: {name}" for name, held in promises.items() if not held]


def _memory():
    """Return the most memory this process ever had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(1 if asyncio.run(campaign(load_library())) else 0)
