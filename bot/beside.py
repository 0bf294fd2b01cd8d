"""The features around a conversation, asked one after the other: one that fails costs nobody an answer."""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from datetime import datetime

import structlog

from bot.errors import StoreUnavailable
from bot.feature import Feature, Turn
from bot.screen import Incoming, Reply
from dialogs.effects import Effect
from dialogs.understand import leaves_fast

log = structlog.get_logger()


class Beside:
    """All features of a service, in the order in which they are asked."""

    def __init__(self, features: Sequence[Feature]) -> None:
        self._features = features

    async def answer(self, turn: Turn) -> Reply | None:
        """Return the answer of the first feature that has one; none is asked about a wish to leave fast.

        Raises:
            StoreUnavailable: what a feature keeps is out of reach.
        """
        if turn.incoming.text and leaves_fast(turn.incoming.text):
            return None  # whatever waits for a text: somebody may be coming into the room
        for feature in self._features:
            try:
                reply = await feature.answer(turn)
            except StoreUnavailable:
                raise
            except Exception as error:
                _report("answer", feature, error)
                continue
            if reply is not None:
                return reply
        return None

    async def after(self, turn: Turn, effects: Sequence[Effect], reply: Reply) -> Reply:
        """Return an ordinary reply with what features add to it."""
        for feature in self._features:
            try:
                reply = await feature.after(turn, effects, reply)
            except Exception as error:
                _report("after", feature, error)
        return reply

    async def overheard(self, incoming: Incoming, now: datetime) -> None:
        """Tell all features of a cry."""
        for feature in self._features:
            try:
                await feature.overheard(incoming, now)
            except Exception as error:
                _report("overheard", feature, error)

    def keeps_nothing(self, incoming: Incoming) -> bool:
        """Tell whether a feature wants a message not to be written down."""
        return any(feature.keeps_nothing(incoming) for feature in self._features)

    def forget(self, person: str) -> None:
        """Let all features drop what they remember of someone in memory."""
        for feature in self._features:
            feature.forget(person)


def _report(what: str, feature: Feature, error: Exception) -> None:
    """Log which feature failed and where in the code; the error's text may quote somebody."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f"{frames[-1].filename.rsplit('/', 1)[-1]}:{frames[-1].lineno}" if frames else ""
    log.error("feature_failed", feature=type(feature).__name__, what=what, kind=type(error).__name__, where=where)
