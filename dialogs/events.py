"""What can happen in a conversation: a closed list. Channels make these, the engine consumes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from knowledge.danger import Alarm

Action = Literal[
    "retour",
    "changer",
    "pourquoi",
    "menu",
    "langue",
    "humain",
    "quitter",
    "effacer",
    "continuer",
    "recommencer",
    "aide",
    "reponses",
    "dates",
]
ACTIONS: tuple[Action, ...] = (
    "retour", "changer", "pourquoi", "menu", "langue", "humain", "quitter", "effacer", "continuer", "recommencer",
    "aide", "reponses", "dates",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Started:
    """The conversation is opened, perhaps from a link (a tree or a card, and facts that are not sensitive)."""

    tree: str | None = None
    card: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    bad_link: bool = False


@dataclass(frozen=True, slots=True)
class Chose:
    """A button of a question was pressed; the question may be an old one."""

    question: str
    choice: str


@dataclass(frozen=True, slots=True)
class Picked:
    """A tree was chosen in the menu."""

    tree: str


@dataclass(frozen=True, slots=True)
class Answered:
    """Typed text that answers the pending question: a choice, or plain facts (ages, an arrondissement...)."""

    question: str
    choice: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    also: Mapping[str, Any] = field(default_factory=dict)
    """Other facts volunteered in the same text."""


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Typed text near several choices of the pending question (« vouliez-vous dire »), or near several trees."""

    question: str | None
    choices: tuple[str, ...] = ()
    trees: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A sentence: facts it holds (never guessed), trees it is about, cards it names. All empty: not understood.

    ``of_child``: what it says of one child without its age; ``named``: cards to show first, beside the subjects.
    """

    facts: Mapping[str, Any] = field(default_factory=dict)
    trees: tuple[str, ...] = ()
    cards: tuple[str, ...] = ()
    small_talk: Literal["merci", "bonjour", "non-texte", "insulte", "rien", "nombre", "age", "peine", ""] = ""
    of_child: Mapping[str, Any] = field(default_factory=dict)
    named: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Did:
    """One of the actions always within reach."""

    action: Action


@dataclass(frozen=True, slots=True)
class Opened:
    """A card is opened in full."""

    card: str


@dataclass(frozen=True, slots=True)
class Paged:
    """More results are asked for: the number of cards already shown."""

    start: int


@dataclass(frozen=True, slots=True)
class Changed:
    """An answered question is to be asked again."""

    question: str


@dataclass(frozen=True, slots=True)
class Spoke:
    """A language is chosen."""

    language: str


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The person says whether what a link brought is about them."""

    yes: bool


Event: TypeAlias = (
    Started | Chose | Picked | Answered | Ambiguous | Asked | Did | Opened | Paged | Changed | Spoke | Confirmed | Alarm
)
