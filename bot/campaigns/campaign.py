"""A campaign and its life: written, approved by somebody else, planned, sent, ended. Pure.

Each step is a function from a campaign to the next one, or None when it may not be taken.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from pydantic import TypeAdapter, ValidationError

from bot.campaigns.audience import Audience


class State(StrEnum):
    """Where a campaign is in its life."""

    DRAFT = "brouillon"
    ASKED = "a_valider"
    APPROVED = "accord"
    PLANNED = "programme"
    SENDING = "envoi"
    PAUSED = "pause"
    DONE = "fini"
    STOPPED = "arrete"


UNDER_WAY = (State.PLANNED, State.SENDING, State.PAUSED)
ENDED = (State.DONE, State.STOPPED)
_DIGEST = 12


@dataclass(frozen=True, slots=True)
class Letter:
    """What is written and for whom. ``texts``: language -> words; ``opens``: a card, a theme or an https address."""

    title: str = ""
    texts: dict[str, str] = field(default_factory=dict)
    audience: Audience = field(default_factory=Audience)
    opens: str = ""

    @property
    def digest(self) -> str:
        """Return a short print of all of it: an approval is of this letter and of no other."""
        return sha256(_LETTER.dump_json(self)).hexdigest()[:_DIGEST]

    def text(self, language: str) -> str:
        """Return the words for a language: its own, else those it is a kind of, else French."""
        return self.texts.get(language) or self.texts.get(language.partition("@")[0]) or self.texts.get("fr", "")


@dataclass(frozen=True, slots=True)
class Body:
    """What is sealed of a campaign. ``authors``: keyed names of all who wrote in it, none of whom may approve it."""

    letter: Letter = field(default_factory=Letter)
    authors: tuple[str, ...] = ()
    approver: str = ""

    def dump(self) -> bytes:
        """Return bytes that ``load_body`` reads back."""
        return _BODY.dump_json(self)


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of the messages. ``total``: families in the list, -1 while there is none."""

    total: int = -1
    sent: int = 0
    gone: int = 0
    uncertain: int = 0

    def skipped(self, waiting: int = 0) -> int:
        """Return how many were left out: ended, paused, erased, or told enough this month."""
        return max(0, self.total - self.sent - self.gone - self.uncertain - waiting)


@dataclass(frozen=True, slots=True)
class Campaign:
    """One campaign. ``due``: when it may begin, in seconds since 1970; ``changed``: its last step, the same."""

    id: int
    state: State
    body: Body
    due: int = 0
    counts: Counts = field(default_factory=Counts)
    changed: int = 0

    @property
    def letter(self) -> Letter:
        """What it says."""
        return self.body.letter


Step = Callable[[Campaign], Campaign | None]
_LETTER = TypeAdapter(Letter)
_BODY = TypeAdapter(Body)


def load_body(body: bytes) -> Body | None:
    """Return a body from what ``dump`` gave, None when another version wrote it in another form."""
    try:
        return _BODY.validate_json(body)
    except ValidationError:
        return None


def written(change: Callable[[Letter], Letter], by: str) -> Step:
    """Return the step of changing a draft; whoever changes it can never approve it."""

    def step(campaign: Campaign) -> Campaign | None:
        if campaign.state is not State.DRAFT:
            return None
        body = campaign.body
        authors = tuple(dict.fromkeys((*body.authors, by)))
        return replace(campaign, body=replace(body, letter=change(body.letter), authors=authors, approver=""))

    return step


def asked(campaign: Campaign) -> Campaign | None:
    """Give a draft to somebody else to approve."""
    return replace(campaign, state=State.ASKED) if campaign.state is State.DRAFT else None


def approved(by: str, digest: str) -> Step:
    """Return the step of a second person's yes to a letter, as it was read."""

    def step(campaign: Campaign) -> Campaign | None:
        if campaign.state is not State.ASKED or not may_approve(campaign, by) or campaign.letter.digest != digest:
            return None
        return replace(campaign, state=State.APPROVED, body=replace(campaign.body, approver=by))

    return step


def may_approve(campaign: Campaign, by: str) -> bool:
    """Tell whether somebody wrote nothing of a campaign, whatever their role was or is."""
    return by not in campaign.body.authors


def back_to_draft(campaign: Campaign) -> Campaign | None:
    """Take a campaign of which nothing was sent back to its table; the yes is void."""
    begun = campaign.counts.total >= 0
    if begun or campaign.state not in (State.ASKED, State.APPROVED, State.PLANNED, State.PAUSED):
        return None
    return replace(campaign, state=State.DRAFT, due=0, body=replace(campaign.body, approver=""))


def planned(at: datetime) -> Step:
    """Return the step of fixing when an approved campaign begins."""

    def step(campaign: Campaign) -> Campaign | None:
        if campaign.state not in (State.APPROVED, State.PLANNED):
            return None
        return replace(campaign, state=State.PLANNED, due=int(at.timestamp()))

    return step


def paused(campaign: Campaign) -> Campaign | None:
    """Hold a campaign, begun or not."""
    return replace(campaign, state=State.PAUSED) if campaign.state in (State.PLANNED, State.SENDING) else None


def resumed(campaign: Campaign) -> Campaign | None:
    """Go on where it was held."""
    if campaign.state is not State.PAUSED:
        return None
    return replace(campaign, state=State.SENDING if campaign.counts.total >= 0 else State.PLANNED)


def stopped(campaign: Campaign) -> Campaign | None:
    """End a campaign for good."""
    return replace(campaign, state=State.STOPPED) if campaign.state in (State.APPROVED, *UNDER_WAY) else None
