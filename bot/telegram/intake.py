"""What is written down of an update before it is answered: all but what may never be."""

from collections import defaultdict
from enum import Enum

import structlog

from bot.errors import StoreUnavailable
from bot.telegram.incoming import Arrival
from bot.telegram.timing import Timing
from bot.telegram.turns import Conversation

_log = structlog.get_logger(__name__)


class Kept(Enum):
    """What became of an arrival when it came."""

    ON_DISK = "on disk"
    NOWHERE = "nowhere"
    KNOWN = "known"


class Intake:
    """Keeps arrivals until they are answered."""

    def __init__(self, conversation: Conversation, timing: Timing) -> None:
        self._conversation = conversation
        self._timing = timing
        self._unwritten: defaultdict[str, set[int]] = defaultdict(set)

    async def keep(self, arrival: Arrival) -> Kept:
        """Return where an arrival is; what is nowhere is to be answered at once, then given to ``answered``.

        One that is nowhere and was answered before is refused by its number, later.
        """
        if self._may_not_be_written(arrival):
            self._unwritten[arrival.person].add(arrival.update_id)
            return Kept.NOWHERE
        store = self._conversation.store
        try:
            new = await store.receive(arrival.update_id, arrival.person, arrival.dump(), self._timing.now())
        except StoreUnavailable:
            _log.warning("telegram.store_unavailable")
            self._unwritten[arrival.person].add(arrival.update_id)
            return Kept.NOWHERE
        return Kept.ON_DISK if new else Kept.KNOWN

    def answered(self, arrival: Arrival) -> None:
        """Note that an arrival was answered."""
        self._unwritten[arrival.person].discard(arrival.update_id)
        if not self._unwritten[arrival.person]:
            del self._unwritten[arrival.person]

    def _may_not_be_written(self, arrival: Arrival) -> bool:
        if arrival.kind != "turn":
            return arrival.kind == "group"
        # Behind a message that opens a guarded subject, the next one belongs to that subject already.
        return arrival.person in self._unwritten or self._conversation.keeps_nothing(arrival.incoming())
