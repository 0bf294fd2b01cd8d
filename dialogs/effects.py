"""What a conversation wants shown: a closed list, in French labels with their place; screens translate them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from knowledge.base import Label
from knowledge.danger import Alarm
from knowledge.match import Explanation
from knowledge.milestone import Milestone


@dataclass(frozen=True, slots=True)
class Say:
    """One sentence or two."""

    label: Label


@dataclass(frozen=True, slots=True)
class Option:
    """A button of a question; ``on``: already pressed (several presses possible)."""

    choice: str
    label: Label
    picto: str = ""
    on: bool = False


@dataclass(frozen=True, slots=True)
class Ask:
    """A question with its buttons. ``number`` of at most ``most`` questions."""

    question: str
    label: Label
    hint: Label | None
    options: tuple[Option, ...]
    number: int
    most: int
    typed: bool
    """A typed value is understood too (age, arrondissement, amount)."""


@dataclass(frozen=True, slots=True)
class Result:
    """One card that fits, with one line of reason; places are ids, nearest first."""

    card: str
    explanation: Explanation
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Handover:
    """What a worker hands to a family: a link to a topic or a card (its id), with the arrondissement."""

    target: str
    district: str | None


@dataclass(frozen=True, slots=True)
class Coming:
    """A date that comes; without ``opens``: after an event whose day is not asked, or an age too vague.

    ``ages``: of the children it is about, in months from and to; empty when there is one child, or none.
    """

    milestone: Milestone
    opens: date | None
    until: date | None
    ages: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Show:
    """Part of the results: sure ones, then those to check (probable or still unknown); never a wall."""

    fits: tuple[Result, ...]
    to_check: tuple[Result, ...]
    start: int
    total: int
    first: bool
    turn_to: tuple[str, ...] = ()
    """Cards of people to turn to, always some on the first page."""
    ahead: tuple[Coming, ...] = ()
    """What comes next for this family, on the first page."""
    more_dates: bool = False
    for_worker: bool = False
    """Shown to someone who helps a family, not to the family."""
    handover: Handover | None = None


@dataclass(frozen=True, slots=True)
class ShowCard:
    """One card in full."""

    card: str
    explanation: Explanation | None
    places: tuple[str, ...]
    district: str | None
    for_worker: bool = False
    handover: Handover | None = None


@dataclass(frozen=True, slots=True)
class Menu:
    """Groups of the first screen, then trees to choose from, in order; ``likely``: only those that seem meant.

    ``entry``: the screen is that of an entry; ``afresh``: who works with families may go on to the next one.
    """

    trees: tuple[str, ...]
    likely: bool = False
    groups: tuple[str, ...] = ()
    entry: str | None = None
    afresh: bool = False


@dataclass(frozen=True, slots=True)
class Guess:
    """« Vouliez-vous dire » with the nearest choices of a question."""

    question: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Noted:
    """What was understood in a sentence, shown back: for each fact its short name and its value."""

    lines: tuple[tuple[Label, Label], ...]


@dataclass(frozen=True, slots=True)
class Answers:
    """What is known, to change one: question id, its short name, the answer."""

    lines: tuple[tuple[str, Label, Label], ...]


@dataclass(frozen=True, slots=True)
class Languages:
    """The choice of languages."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """« Votre lien dit ... est-ce bien vous ? », lines as in :class:`Noted`."""

    lines: tuple[tuple[Label, Label], ...]


@dataclass(frozen=True, slots=True)
class Emergency:
    """The emergency card of a case (sure), or one gentle line (possible); the person may go on afterwards."""

    alarm: Alarm


@dataclass(frozen=True, slots=True)
class People:
    """Persons and numbers to turn to."""

    cards: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dates:
    """All the dates that come for this family, soonest first."""

    dates: tuple[Coming, ...]


@dataclass(frozen=True, slots=True)
class Wipe:
    """Everything that can be deleted is to be deleted; ``fast``: leave at once, show nothing."""

    fast: bool


Effect: TypeAlias = (
    Say
    | Ask
    | Show
    | ShowCard
    | Menu
    | Guess
    | Noted
    | Answers
    | Languages
    | Proposal
    | Emergency
    | People
    | Dates
    | Wipe
)
