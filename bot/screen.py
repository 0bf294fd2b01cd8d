"""What a channel draws: short blocks of text in the person's language and rows of buttons. No channel knows more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Style = Literal["texte", "titre", "note", "alerte", "question", "liste", "fiche", "champ"]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph. ``fiche``: one result, with its card id; ``champ``: a field of a card, title and lines.

    ``link``: an https address or ``tel:`` number the block points to; channels show what they can. ``language``:
    the tag of a text that is not in the reply's language, for a voice to know how to say it.
    """

    style: Style
    text: str
    title: str = ""
    lines: tuple[str, ...] = ()
    card: str | None = None
    link: str | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class Button:
    """A press; ``payload`` is at most 64 bytes (Telegram's limit, Bot API #inlinekeyboardbutton)."""

    text: str
    payload: str
    choice: str = ""
    on: bool = False
    quiet: bool = False
    """A small, secondary button (back, change, why...)."""
    language: str = ""
    """As of a block."""


@dataclass(frozen=True, slots=True)
class Screen:
    """One message: blocks, then rows of buttons."""

    blocks: tuple[Block, ...]
    rows: tuple[tuple[Button, ...], ...] = ()
    question: str | None = None
    progress: tuple[int, int] | None = None
    typed: bool = False
    urgent: bool = False
    code: str = ""
    """A link code to hand over: channels that can draw its square below."""


@dataclass(frozen=True, slots=True)
class Reply:
    """Everything one turn answers, in order.

    ``private``: nothing of this turn may be written to disk (danger, guarded tree): it is sent at once.
    ``wiped``: the person asked to erase or to leave fast; the channel deletes what it can.
    """

    screens: tuple[Screen, ...]
    language: str
    direction: Literal["ltr", "rtl"] = "ltr"
    private: bool = False
    wiped: Literal["", "effacer", "quitter"] = ""
    forgotten: tuple[str, ...] = ()
    """Message references that the channel should delete now (known after a wipe)."""
    cards: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    ended: bool = False
    outbox: tuple[int, ...] = ()
    """Outbox ids, one per screen, when the reply was committed to the store before sending."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a channel received from one person: a text, a press, or an opening with an optional link code."""

    person: str
    """Keyed hash of channel and chat: never a clear id."""
    text: str | None = None
    payload: str | None = None
    start: str | None = None
    """Link code of /start or /l/CODE, empty string for a plain start."""
    language: str | None = None
    """A hint (Telegram's setting, Accept-Language): used for a new conversation only."""
    update_id: int | None = None
    other: str = ""
    """Kind of a message that is not text: voice, photo, sticker, location, contact..."""
    message: int | None = None
    """The channel's number of the message that the person wrote."""
    reply_to: int | None = None
    """The number of the message that it answers."""
    address: bytes = b""
    """What the channel needs to send again after a crash (encrypted by the store); empty: never sent again."""
