"""What is written down of an update before it is answered: all but what may never be."""

import asyncio
from collections import OrderedDict, defaultdict
from enum import Enum

import structlog

from bot.errors import StoreUnavailable
from bot.telegram.incoming import Arrival
from bot.telegram.timing import Timing
from bot.telegram.turns import Conversation

REMEMBERED = 10_000
"""Numbers of the last updates taken in; Telegram repeats an update soon or never."""

_log = structlog.get_logger(__name__)


class Kept(Enum):
    """What became of an arrival when it came."""

    ON_DISK = "on disk"
    NOWHERE = "nowhere"
    UNDER_WAY = "under way"
    KNOWN = "known"


class Intake:
    """Keeps arrivals until they are answered."""

    def __init__(self, conversation: Conversation, timing: Timing) -> None:
        self._conversation = conversation
        self._timing = timing
        self._unwritten: defaultdict[str, dict[int, asyncio.Future[None]]] = defaultdict(dict)
        self._known: OrderedDict[int, None] = OrderedDict()

    async def keep(self, arrival: Arrival) -> Kept:
        """Return where an arrival is; what is nowhere is to be answered at once, then given to ``answered``.

        One that was kept nowhere and answered before a restart is known no more: it is answered again.
        """
        if arrival.update_id in self._known:
            return Kept.KNOWN
        if arrival.update_id in self._unwritten.get(arrival.person, ()):
            return Kept.UNDER_WAY
        if not self._may_be_written(arrival):
            return self._nowhere(arrival)
        store = self._conversation.store
        try:
            new = await store.receive(arrival.update_id, arrival.person, arrival.dump(), self._timing.now())
        except StoreUnavailable:
            _log.warning("telegram.store_unavailable")
            return self._nowhere(arrival)
        # Also in memory: a repeat may come when nothing of this person may be written any more.
        self._remember(arrival)
        return Kept.ON_DISK if new else Kept.KNOWN

    def ahead_of(self, arrival: Arrival) -> list[asyncio.Future[None]]:
        """Return the person's earlier updates that are nowhere; each is done once it is answered."""
        unwritten = self._unwritten.get(arrival.person, {})
        return [each for number, each in unwritten.items() if number < arrival.update_id]

    def answered(self, arrival: Arrival) -> None:
        """Note that an arrival was answered."""
        unwritten = self._unwritten.get(arrival.person)
        if not unwritten or arrival.update_id not in unwritten:
            return
        self._remember(arrival)
        unwritten.pop(arrival.update_id).set_result(None)
        if not unwritten:
            del self._unwritten[arrival.person]

    def _nowhere(self, arrival: Arrival) -> Kept:
        self._unwritten[arrival.person][arrival.update_id] = asyncio.get_running_loop().create_future()
        return Kept.NOWHERE

    def _remember(self, arrival: Arrival) -> None:
        self._known[arrival.update_id] = None
        if len(self._known) > REMEMBERED:
            self._known.popitem(last=False)

    def _may_be_written(self, arrival: Arrival) -> bool:
        if arrival.kind != "turn":
            return arrival.kind != "group"
        # Behind a message that opens a guarded subject, the next one belongs to that subject already.
        if arrival.at_once or self.ahead_of(arrival):
            return False
        return not self._conversation.keeps_nothing(arrival.incoming())
