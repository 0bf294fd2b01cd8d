"""People who press what they see, type what they like, answer too fast, go away and come back."""

import asyncio
from collections import Counter, defaultdict
from random import Random

from tests.soak.words import COMMANDS, MEDIA, STRANGE, TYPED

PATIENCE = 250.0
"""Real seconds before an answer is given up as lost."""


class Answered:
    """Counts what was answered in each chat, for those who wait for it."""

    def __init__(self):
        self.count = Counter()
        self._events = defaultdict(asyncio.Event)

    def one(self, chat):
        """Note that one update of a chat is done with."""
        self.count[chat] += 1
        self._events[chat].set()

    async def reaches(self, chat, number):
        """Wait until so many updates of a chat are done with."""
        async with asyncio.timeout(PATIENCE):
            while self.count[chat] < number:
                self._events[chat].clear()
                await self._events[chat].wait()


class Someone:
    """One person; all they do comes from their own numbers, so a seed tells a whole life."""

    def __init__(self, parent, clock, seed, answered):
        self.parent, self.clock, self.chance = parent, clock, Random(seed)
        self._answered = answered
        self.made = 0
        self.away = self.ever_away = False

    async def live(self, turns):
        """Do so many things, one after the other or several at once."""
        self._say("/start")
        while self.made < turns:
            if self.chance.random() < 0.85:
                await self._wait()
                await self.clock.sleep(self.chance.expovariate(1.0))
            self._act()
        await self._wait()

    def _act(self):
        if self.away:
            self.parent.unblocks()
            self.away = False
        roll = self.chance.random()
        if roll < 0.003:
            self._go_away()
        elif roll < 0.10:
            self._say(self.chance.choice(TYPED))
        elif roll < 0.15:
            self._say(self.chance.choice(COMMANDS))
        elif roll < 0.18:
            self.parent.sends(self.chance.choice(MEDIA))
            self.made += 1
        elif roll < 0.23:
            self._press(self.chance.choice(STRANGE), None)
        elif roll < 0.24:
            self._delete_something()
        else:
            self._press_something()
        if self.chance.random() < 0.02:
            self.parent.api.updates.repeat()

    def _press_something(self):
        shown = [bubble for bubble in reversed(self.parent.bubbles) if bubble.rows]
        if not shown:
            self._say("/start")
            return
        bubble = shown[0] if self.chance.random() < 0.9 else self.chance.choice(shown)
        payloads = [payload for row in bubble.rows for _, payload in row]
        weights = [
            0.05 if payload in ("a|quitter", "a|effacer") else 1 + 4 * (payload[:2] in ("c|", "t|"))
            for payload in payloads
        ]
        self._press(self.chance.choices(payloads, weights)[0], bubble)

    def _press(self, payload, bubble):
        self.parent.presses_payload(payload, bubble)
        self.made += 1

    def _say(self, text):
        self.parent.writes(text)
        self.made += 1

    def _delete_something(self):
        if self.parent.bubbles:
            self.parent.chat.bubbles.pop(self.chance.choice(self.parent.bubbles).id)

    def _go_away(self):
        self.parent.blocks()
        self.made += 1
        self.away = self.ever_away = True

    async def _wait(self):
        """Wait until all that was done is answered."""
        await self._answered.reaches(self.parent.id, self.made)
