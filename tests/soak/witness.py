"""Notes all that the conversation was told and answered, so that it can be told again and compared."""

import asyncio
from collections import Counter, defaultdict
from contextlib import contextmanager

import structlog

from bot.conversation import Conversation
from bot.errors import AlreadyProcessed
from bot.store import MemoryStore
from bot.telegram.limiter import URGENT, ChatLimiter
from bot.telegram.text import messages

EXPECTED = frozenset(
    {
        "telegram.menu_not_published",
        "telegram.call_refused",  # only of the kinds below
        "telegram.unreachable",
        "session_unreadable",
    }
)


class Witness(Conversation):
    """The real conversation; ``told``: for each person what it answered, in order."""

    def __init__(self, library, store, vault):
        super().__init__(library, store, vault)
        self._made = library, vault
        self.told = defaultdict(list)
        self.pages = Counter()
        self.wiped = Counter()
        self.busy = 0
        self.changed = asyncio.Event()

    async def handle(self, incoming, now, pack=None):
        reply = await super().handle(incoming, now, pack)
        pages, answer = digest(reply)
        self.told[incoming.person].append((incoming, now, answer))
        self.pages[incoming.person] += pages
        self.wiped[incoming.person] += bool(reply.wiped)
        return reply

    async def forget(self, incoming, now):
        found = await super().forget(incoming, now)
        self.told[incoming.person].append((incoming, now, None))
        self.wiped[incoming.person] += 1
        return found

    async def told_again(self, person):
        """Return the session and the answers of someone told the same things alone, with nothing going wrong."""
        library, vault = self._made
        alone, answers = Conversation(library, MemoryStore(), vault), []
        for incoming, now, answer in self.told[person]:
            try:
                answers.append(
                    digest(await alone.handle(incoming, now))[1] if answer else await left(alone, incoming, now)
                )
            except AlreadyProcessed:
                answers.append("twice")
        return await session_of(alone.store, person, self.told[person][-1][1]), answers


async def left(conversation, incoming, now):
    """Let someone leave; there is no answer to that."""
    await conversation.forget(incoming, now)


async def session_of(store, person, now):
    """Return what is kept of someone, None when nothing is."""
    saved = await store.load(person, now)
    return saved and (saved.language, saved.session)


def digest(reply):
    """Return how many messages an answer takes, and what makes it the same as another."""
    pages = tuple(text for screen in reply.screens for text in messages(screen))
    return len(pages), hash((pages, reply.language, reply.wiped))


class WitnessLimiter(ChatLimiter):
    """The real pace; ``left``: when each call to a chat left, whether urgent, and how it ended."""

    def __init__(self, timing):
        super().__init__(timing)
        self._clock = timing.monotonic
        self.left = []

    async def process_request(self, callback, args, kwargs, endpoint, data, rate_limit_args):
        chat = data.get("chat_id")

        async def leaving(*given, **more):
            if chat is not None:
                self.left.append((self._clock(), chat, endpoint, rate_limit_args == URGENT))
            return await callback(*given, **more)

        return await super().process_request(leaving, args, kwargs, endpoint, data, rate_limit_args)


@contextmanager
def listening():
    """Give a counter of what is logged as a warning or worse while the block runs."""
    heard = Counter()

    def note(_, method, event):
        if method in ("warning", "error", "critical", "exception"):
            heard[method, event["event"], str(event.get("kind", event.get("error", "")))] += 1
        raise structlog.DropEvent

    before = structlog.get_config()
    structlog.configure(processors=[note])
    try:
        yield heard
    finally:
        structlog.configure(**before)
