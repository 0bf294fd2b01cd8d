"""What goes wrong, by chance: 429, faults of the server, cut connections."""

from collections import Counter, defaultdict
from random import Random

from tests.fake_botapi.faults import Fault

WRITING = ("sendMessage", "editMessageText")


class Trouble:
    """Give it to the server as ``trouble``. Answers to presses are spared: nobody makes them twice."""

    def __init__(self, seed, clock, share=0.04):
        self._chance, self._clock, self._share = Random(seed), clock, share
        self._streak = Counter()
        self.made = Counter()
        self.cut_after = Counter()
        """For each chat, how often a message arrived without its answer: so often it may be seen twice."""
        self.held = defaultdict(list)
        """For each chat, the spans in which Telegram wanted to hear nothing."""

    def __call__(self, method, params):
        chat = params.get("chat_id")
        spared = method not in (*WRITING, "getUpdates", "deleteMessages")
        if spared or self._chance.random() > self._share or self._streak[chat] > 2:
            self._streak[chat] = 0
            return None
        self._streak[chat] += 1
        kind = self._chance.choice(("429", "5xx", "before", "after")) if method != "getUpdates" else "5xx"
        self.made[kind] += 1
        if kind == "429":
            seconds = self._chance.choice((1, 2, 5))
            self.held[chat].append((self._clock.seconds, self._clock.seconds + seconds))
            return Fault(method, retry_after=seconds)
        if kind == "5xx":
            return Fault(method, self._chance.choice((500, 502, 504)), "Internal Server Error")
        if kind == "after":
            self.cut_after[chat] += method in WRITING
        return Fault(method, cut=kind)
