"""What a team is made of: roles, members, what each role may press. No clock, no disk."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.store.protocol import STAFF_LIFE, STAFF_LOG_LIFE
from knowledge.base import Label

MEMBERSHIP = STAFF_LIFE
"""How long a place in the team lasts unless the coordination renews it: 365 days."""
INVITATION = timedelta(days=7)
LONGEST_INVITATION = timedelta(days=30)
REMEMBERED = timedelta(days=30)
"""How long a used or expired invitation is still told apart from an unknown code."""
LOG_LIFE = STAFF_LOG_LIFE
LOG_LINES = 10_000
"""Lines of the log at most: the oldest go first."""
SOON = timedelta(days=30)
"""Before its end, a place is said to end soon."""
NAME_LENGTH = 24

_NAME = re.compile(rf"[^\W_][\w' .-]{{0,{NAME_LENGTH - 1}}}")
_NUMBER = re.compile(r"(\d[ .-]?){6}")
"""A telephone, a Caf number, a chat: six digits in a row are somebody's."""


class Role(StrEnum):
    """What somebody is in the team; the value is what operators type."""

    PROMENEUR = "promeneur"
    GUICHET = "guichet"
    REDACTEUR = "redacteur"
    COORDINATION = "coordination"


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the team. ``person``: keyed name; ``address``: where a message reaches them; ``until``: aware."""

    person: str
    role: Role
    address: bytes = field(repr=False)
    name_for_staff: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the log: when (to the minute), who by their name in the team, what."""

    at: datetime
    who: str
    action: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the menu ``/equipe``, for the roles that have it; ``payload`` is pressed by nobody else."""

    label: Label
    payload: str
    roles: frozenset[Role]
    picto: str = ""


def is_name(text: str) -> bool:
    """Tell whether a text can be somebody's name in the team: 1 to 24 signs, and no long number."""
    return _NAME.fullmatch(text) is not None and not _NUMBER.search(text)


def harmless(detail: str) -> str:
    """Return a detail as it may be written in the log: one short line, no number that could be somebody's."""
    line = " ".join(detail.split())[:60]
    return "" if _NUMBER.search(line) or "@" in line else line
