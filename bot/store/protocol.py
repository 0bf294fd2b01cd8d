"""What the service asks of its memory, whatever keeps it; ``sqlite`` and ``memory`` keep it.

A session is an opaque JSON object here: its meaning and its versions belong to the dialogs.
Every moment is passed in, with a time zone; what has an age is forgotten at the second.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from typing import Any, Literal, Protocol

Json = Mapping[str, Any]
Kind = Literal["send", "edit", "delete"]

SESSION_SILENCE = timedelta(hours=24)
OFFER_LIFE = timedelta(hours=24)
PENDING_LIFE = timedelta(hours=24)  # Telegram itself drops an undelivered update after 24 hours
PROCESSED_LIFE = timedelta(hours=48)
MESSAGE_LIFE = timedelta(hours=48)  # a bot may delete a message for 48 hours
OUTBOX_LIFE = timedelta(minutes=10)
STAFF_LIFE = timedelta(days=365)  # then the coordination has to renew it: who left the job does not stay in the team
STAFF_INVITE_LIFE = timedelta(days=60)  # open for 30 days at most, then told apart from an unknown code for 30 more
STAFF_LOG_LIFE = timedelta(days=183)  # six months, the least the Cnil advises for logs (deliberation 2021-122)
SUGGESTION_LIFE = timedelta(days=180)  # two meetings of the steering committee
NEWS_LIFE = timedelta(days=425)  # a year of silence, and two months to answer whether the yes still holds
LIST_LIFE = timedelta(days=14)  # of the families of a campaign, whatever becomes of it
PIECE_LIFE = timedelta(hours=24)  # a piece of a relay not delivered after so long would arrive out of its time
WISH_LIFE = timedelta(days=7)  # a wish to be called back lapses
RELAY_LIFE = WISH_LIFE + timedelta(days=2)  # a backstop: relays end by themselves before
KEPT_AFTER_CLOSE = timedelta(hours=24)  # then the topic of a closed relay is deleted with its messages
TOPIC_LIFE = timedelta(days=30)  # a backstop too, for a group that cannot be reached any more


class Keep(Enum):
    """What to say instead of a session when a turn leaves the saved one alone."""

    AS_IS = "as is"


@dataclass(frozen=True, slots=True)
class Saved:
    """A session as it is kept; its language is kept apart too, and outlives an unreadable session."""

    session: Json = field(repr=False)
    language: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A session is there but cannot be read: start again politely, in the same language."""

    language: str


@dataclass(frozen=True, slots=True)
class Pending:
    """An update received and not yet processed; ``body`` is what ``receive`` was given."""

    update_id: int
    person: str
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message to send, edit or delete; ``body`` is the channel's own words, with the chat in it."""

    kind: Kind
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message that a crash left in the outbox.

    ``may_repeat``: a *send* was cut between call and answer; sending it again may show it
    twice. Always false for an edit or a deletion, which may be done twice without a trace.
    """

    id: int
    person: str
    kind: Kind
    body: bytes = field(repr=False)
    may_repeat: bool


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure leaves to do: messages still deletable in the chat, and the ids of the farewell."""

    messages: tuple[str, ...] = field(repr=False)
    outbox: tuple[int, ...] = ()
    in_team: bool = False
    """The person still has a place in the team."""


class Store(Protocol):
    """The whole memory of the service.

    ``person`` is always a name made by ``Vault.person``, never a chat. Every method
    may raise StoreUnavailable, and has then changed nothing.
    """

    async def load(self, person: str, now: datetime) -> Saved | Unreadable | None:
        """Return the session; None when there is none or after 24 h of silence."""

    async def receive(self, update_id: int, person: str, body: bytes, now: datetime) -> bool:
        """Keep an update until it is processed; False when it is already there or already processed."""

    async def pending(self, now: datetime) -> list[Pending]:
        """Return what a crash left unprocessed, in the order of update ids, at most 24 h old."""

    async def commit(
        self,
        person: str,
        session: Json | Keep | None,
        *,
        now: datetime,
        language: str,
        update_id: int | None = None,
        outbox: Sequence[Outgoing] = (),
    ) -> list[int]:
        """End a turn in one transaction; return the outbox ids of what is now to be sent, in order.

        Args:
            person: whose turn it was.
            session: what to keep from now on, for 24 h; None forgets it, ``Keep.AS_IS`` leaves it alone.
            now: the moment of the turn.
            language: kept beside the session.
            update_id: the update that this turn answers, if it had one; it is no longer pending.
            outbox: what the turn says.

        Raises:
            AlreadyProcessed: this update was committed before.
        """

    async def sending(self, outbox_id: int, now: datetime) -> bool:
        """Note that the call is about to be made; False when it must not be: expired, erased or done."""

    async def sent(self, outbox_id: int, ref: str | None, now: datetime) -> None:
        """Forget a delivered message; remember its reference for 48 h, even if it was erased meanwhile."""

    async def dropped(self, outbox_id: int) -> None:
        """Forget a message that will never be delivered."""

    async def due(self, now: datetime) -> list[Delivery]:
        """Return what a crash left undelivered, oldest first, less than 10 minutes old.

        To be called at the start, before any new turn: it cannot tell a message
        cut by a crash from one that is being sent.
        """

    async def remember_message(self, person: str, ref: str, now: datetime) -> None:
        """Keep the reference of a message of the chat, for 48 h, apart from any fact."""

    async def messages(self, person: str, now: datetime) -> list[str]:
        """Return the references still deletable, oldest first, each once."""

    async def forget_messages(self, person: str, refs: Sequence[str]) -> None:
        """Forget references, once the messages are deleted in the chat."""

    async def offer(self, person: str, content: Json, now: datetime, life: timedelta = OFFER_LIFE) -> str:
        """Keep something that waits for a yes or for a desk; return its one-time code."""

    async def take(self, code: str, now: datetime) -> Json | None:
        """Return an offer and forget it; None when it is unknown, expired, erased or already taken."""

    async def erase(
        self,
        person: str,
        now: datetime,
        *,
        update_id: int | None = None,
        outbox: Sequence[Outgoing] = (),
        fast: bool = False,
        gone: bool = False,
    ) -> Erased:
        """Forget someone in one transaction: session, undelivered messages, pending updates, offers, reminders, news.

        The pending updates count as processed, so that a turn under way cannot bring
        anything back. Message references stay until ``forget_messages``, for 48 h at most.

        Args:
            person: who asked for it.
            now: the moment of the request.
            update_id: the update that asked for it, if any.
            outbox: the farewell, kept in the same transaction.
            fast: « Quitter vite », by somebody whose phone may be read: reminders and news are paused, not deleted.
            gone: the person left for good, or has the operator erase them: their place in the team goes too, which
                the erasure of a conversation leaves.

        Raises:
            AlreadyProcessed: this update was committed before; nothing is erased.
        """

    async def purge(self, now: datetime) -> int:
        """Forget all that is past its time; return how many things were forgotten.

        When the clock was set back, what would now outlive its life is given that life, no more.
        """

    async def close(self) -> None:
        """Finish what was asked, then let go of the disk; the store cannot be used any more."""


LIVES = {
    "sessions": SESSION_SILENCE,
    "pending": PENDING_LIFE,
    "processed": PROCESSED_LIFE,
    "messages": MESSAGE_LIFE,
    "outbox": OUTBOX_LIFE,
    "staff": STAFF_LIFE,
    "staff_invites": STAFF_INVITE_LIFE,
    "staff_log": STAFF_LOG_LIFE,
    "suggestions": SUGGESTION_LIFE,
    "campaign_people": LIST_LIFE,
    "relays": RELAY_LIFE,
    "relay_queue": PIECE_LIFE,
    "relay_topics": TOPIC_LIFE,
}
"""How long each kind of thing lives at most. Offers have each their own life."""

LATEST = {"relays": WISH_LIFE, "relay_topics": KEPT_AFTER_CLOSE}
"""How far away the moment can be at which a thing is looked at again."""


def seconds(now: datetime) -> int:
    """Return a moment as whole seconds since 1970; ValueError for one without a time zone."""
    if now.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return int(now.timestamp())


def until(now: datetime, life: timedelta) -> int:
    """Return the second from which something kept now for ``life`` is forgotten."""
    return seconds(now) + int(life.total_seconds())
