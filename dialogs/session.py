"""What is kept of a conversation between two messages: facts and a short trail, never a node.

A session is plain data and goes through JSON at every turn. Each version has an upgrade step; stored samples of
every version are tested for ever (tests/dialogs/samples).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

VERSION = 2
Origin = Literal["dit", "lien", "deduit"]


class UnreadableSession(ValueError):
    """A stored session that this version cannot read; ``language`` is what could be saved of it."""

    def __init__(self, language: str) -> None:
        super().__init__("unreadable session")
        self.language = language


@dataclass(frozen=True, slots=True)
class Known:
    """One fact with where it comes from and the question it answers (None: volunteered in a sentence or a link)."""

    value: Any
    origin: Origin
    day: str
    question: str | None = None


@dataclass(frozen=True, slots=True)
class LinkOffer:
    """What a link brought, until the person says that it is about them."""

    tree: str | None
    card: str | None
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Session:
    """One person's conversation. ``stack``: trees chosen, in order; ``trail``: questions answered, in order.

    ``settled``: questions on how to speak that were answered; they stay so whatever is talked about next.
    ``of_child``: what was said of one child whose age is not known yet: « mon fils ne va plus en cours ».
    ``named``: cards that a sentence named beside its subject, shown first. ``offered``: trees on screen to choose from.
    """

    language: str = "fr"
    facts: Mapping[str, Known] = field(default_factory=dict)
    refused: tuple[str, ...] = ()
    trail: tuple[str, ...] = ()
    stack: tuple[str, ...] = ()
    pending: str | None = None
    changing: str | None = None
    offer: LinkOffer | None = None
    settled: tuple[str, ...] = ()
    of_child: Mapping[str, Any] = field(default_factory=dict)
    named: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()

    @property
    def plain(self) -> dict[str, Any]:
        """Facts without their origin, as the knowledge base takes them."""
        return {name: known.value for name, known in self.facts.items()}

    def with_facts(self, facts: Mapping[str, Any], origin: Origin, day: str, question: str | None) -> Session:
        """Return the session with more facts; a value already there is replaced."""
        added = {name: Known(value, origin, day, question) for name, value in facts.items()}
        return replace(self, facts={**self.facts, **added})

    def afresh(self) -> Session:
        """Return the session before any subject: what is known stays known, its questions may be asked again."""
        return replace(self, stack=(), trail=(), pending=None, changing=None, offer=None, named=(), offered=())

    def without(self, question: str) -> Session:
        """Return the session as if a question had never been answered."""
        kept = {name: known for name, known in self.facts.items() if known.question != question}
        return replace(
            self,
            facts=kept,
            refused=tuple(each for each in self.refused if each != question),
            trail=tuple(each for each in self.trail if each != question),
            settled=tuple(each for each in self.settled if each != question),
        )


def dump(session: Session) -> dict[str, Any]:
    """Return a session as JSON-ready data."""
    offer = session.offer
    return {
        "version": VERSION,
        "language": session.language,
        "facts": {
            name: [known.value, known.origin, known.day, known.question] for name, known in session.facts.items()
        },
        "refused": list(session.refused),
        "trail": list(session.trail),
        "stack": list(session.stack),
        "pending": session.pending,
        "changing": session.changing,
        "offer": {"tree": offer.tree, "card": offer.card, "facts": dict(offer.facts)} if offer else None,
        "settled": list(session.settled),
        "of_child": dict(session.of_child),
        "named": list(session.named),
        "offered": list(session.offered),
    }


def _from_1(data: dict[str, Any]) -> dict[str, Any]:
    return {**data, "version": 2, "settled": []}


UPGRADES: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {1: _from_1}
"""Version -> the step that turns its data into the next version's."""


def load(data: Any) -> Session:
    """Return a session from what :func:`dump` gave, in this version or an older one.

    Raises:
        UnreadableSession: anything else; a conversation then starts again politely, in the same language.
    """
    language = data.get("language") if isinstance(data, dict) else None
    language = language if isinstance(language, str) else "fr"
    try:
        while data["version"] != VERSION:
            data = UPGRADES[data["version"]](data)
        return _read(data)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UnreadableSession(language) from error


def _read(data: dict[str, Any]) -> Session:
    offer = data["offer"]
    pending, changing = data["pending"], data["changing"]
    if not all(each is None or isinstance(each, str) for each in (pending, changing)):
        raise ValueError("pending")
    return Session(
        language=str(data["language"]),
        facts={
            str(name): Known(value, origin, day, question)
            for name, (value, origin, day, question) in data["facts"].items()
        },
        refused=tuple(map(str, data["refused"])),
        trail=tuple(map(str, data["trail"])),
        stack=tuple(map(str, data["stack"])),
        pending=pending,
        changing=changing,
        offer=LinkOffer(offer["tree"], offer["card"], dict(offer["facts"])) if offer else None,
        settled=tuple(map(str, data["settled"])),
        of_child=dict(data.get("of_child", {})),  # sessions stored before these were kept have none
        named=tuple(map(str, data.get("named", ()))),
        offered=tuple(map(str, data.get("offered", ()))),
    )
