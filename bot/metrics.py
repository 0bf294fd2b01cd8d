"""How the service is doing, in numbers, for Prometheus; none of them speaks of a person, a subject or a danger."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from time import perf_counter

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from bot.content import Library
from bot.conversation import Conversation, Pack
from bot.crypto import Vault
from bot.feature import Feature
from bot.screen import Incoming, Reply
from bot.store.protocol import Store

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)


class Metrics:
    """The numbers of one process."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self.turns = Histogram(
            "passerelle_turn_seconds", "Turns of all channels, from what was received to the reply.",
            buckets=_SECONDS, registry=self._registry,
        )  # fmt: skip
        self.failures = Counter("passerelle_turn_failures", "Turns that ended in an error.", registry=self._registry)
        self._answers = Counter(
            "passerelle_http_answers", "Answers of the web pages.", ["status"], registry=self._registry
        )
        self._cards = Gauge("passerelle_cards", "Cards being served.", registry=self._registry)
        self._problems = Gauge(
            "passerelle_content_problems", "Problems of the files now, while an older version serves.",
            registry=self._registry,
        )  # fmt: skip

    def answered(self, status: int) -> None:
        """Count one answer of the web pages, by the hundred of its status: 2xx, 3xx..."""
        self._answers.labels(f"{status // 100}xx").inc()

    def text(self, library: Library) -> bytes:
        """Return every number in the format of Prometheus."""
        self._cards.set(len(library.content.knowledge.cards))
        self._problems.set(library.refused)
        return generate_latest(self._registry)


class MeasuredConversation(Conversation):
    """A conversation whose turns are timed."""

    def __init__(
        self,
        library: Callable[[], Library],
        store: Store,
        vault: Vault,
        metrics: Metrics,
        features: Sequence[Feature] = (),
    ) -> None:
        super().__init__(library, store, vault, features)
        self._metrics = metrics

    async def handle(self, incoming: Incoming, now: datetime, pack: Pack | None = None) -> Reply:
        """See ``Conversation.handle``."""
        started = perf_counter()
        with self._metrics.failures.count_exceptions():
            reply = await super().handle(incoming, now, pack)
        self._metrics.turns.observe(perf_counter() - started)
        return reply
