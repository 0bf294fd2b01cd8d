"""A relay as plain data, what may happen to it, and what comes of it. Times are whole seconds since 1970."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Literal, TypeAlias

FIRST_WORD = timedelta(minutes=10)
"""After so long without anybody, the family is told so."""

GIVE_UP = timedelta(minutes=60)
"""After so long without anybody the relay ends: words must not go where nobody reads."""

SILENCE = timedelta(minutes=15)
"""A family that waits so long for a worker's next word is told, and so is the team."""

IDLE = timedelta(hours=24)
"""An open relay in which nobody writes ends."""

CALL = timedelta(hours=12)
"""How long a family has to answer the worker who calls back."""

KEPT_AFTER_ERASE = timedelta(hours=1)
"""The same when the family erased everything or left fast: time for the team to read that it left."""

MOMENTS = ("matin", "midi", "apres-midi", "soir", "indifferent")
To = Literal["family", "team"]
Moment: TypeAlias = str
"""When a family would like to be called back: one of ``MOMENTS``."""


CARRIED = frozenset({"", "photo", "voice", "audio", "video", "video_note", "animation", "sticker", "document"})
"""Kinds of messages that are brought to the other side; "" is a text. A position, a contact... are not: in one touch
they say where a family lives, or who somebody is."""


class Stage(StrEnum):
    """How far a relay is; one that has ended is nowhere."""

    WAITING = "waiting"
    """The family is there, nobody has taken it yet; what it writes already reaches the team's topic."""
    WISHED = "wished"
    """The family would like to be called back; what it writes is for the assistant."""
    CALLED = "called"
    """A worker calls back; nothing passes until the family says that it is there."""
    OPEN = "open"
    """Both talk."""


@dataclass(frozen=True, slots=True)
class Relay:
    """``name``: how the family reads the worker; ``asked``: since when the family waits for a word, 0: it does not."""

    stage: Stage
    pseudonym: str
    since: int
    due: int
    """When ``Ticked`` has something to do."""
    worker: str = ""
    """Keyed name of the worker who took it."""
    name: str = ""
    who: str = ""
    """How the team reads the worker."""
    asked: int = 0
    told: bool = False
    """Whether the family was told that it waits in vain."""
    moment: Moment = ""


# --- what may happen ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Wrote:
    """The family sent a message, known by its number; ``reply``: the number of the one that it answers."""

    message: int
    reply: int | None = None


@dataclass(frozen=True, slots=True)
class Left:
    """The family ends the relay, or withdraws its wish."""


@dataclass(frozen=True, slots=True)
class Wished:
    """The family would rather be called back."""

    moment: Moment


@dataclass(frozen=True, slots=True)
class Joined:
    """The family answers the worker who calls back."""


@dataclass(frozen=True, slots=True)
class Later:
    """The family would rather be called back another time."""


@dataclass(frozen=True, slots=True)
class Took:
    """A worker takes the relay."""

    worker: str
    name: str
    who: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """Somebody of the team wrote in the topic."""

    worker: str
    message: int
    reply: int | None = None


@dataclass(frozen=True, slots=True)
class Offered:
    """A worker sends a prepared text."""

    worker: str
    template: str


@dataclass(frozen=True, slots=True)
class Passed:
    """A worker hands the relay back to the team; ``lost``: because they are no worker any more."""

    lost: bool = False


@dataclass(frozen=True, slots=True)
class Closed:
    """The team ends the relay."""


@dataclass(frozen=True, slots=True)
class Ticked:
    """``due`` has come."""


@dataclass(frozen=True, slots=True)
class Cut:
    """One side cannot be reached any more."""

    side: To


Event: TypeAlias = Wrote | Left | Wished | Joined | Later | Took | Said | Offered | Passed | Closed | Cut | Ticked

# --- what comes of it --------------------------------------------------------------------------------------------

Values: TypeAlias = dict[str, str]


@dataclass(frozen=True, slots=True)
class Copy:
    """Bring one message to the other side, without its sender."""

    to: To
    message: int
    reply: int | None = None


@dataclass(frozen=True, slots=True)
class Tell:
    """Say a sentence of ``words`` to the family or of ``staff_words`` to the team."""

    to: To
    word: str
    values: Values = field(default_factory=dict)


Act: TypeAlias = Copy | Tell


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a relay is after an event (None: ended), and what is to be brought or said, in order."""

    relay: Relay | None
    acts: tuple[Act, ...] = ()
