"""How a screen lies in the outbox until it is sent, and how it comes back after a crash."""

from dataclasses import dataclass, field
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from bot.screen import Reply, Screen
from bot.store.protocol import Delivery, Outgoing
from bot.telegram.outgoing import Part


@dataclass(frozen=True, slots=True)
class _Row:
    """The body of an outbox row, as JSON; the store seals it."""

    chat: int
    screen: Screen
    channel: Literal["telegram"] = field(kw_only=True)


_ROW = TypeAdapter(_Row)


def pack(chat: int, reply: Reply) -> list[Outgoing]:
    """Return the outbox rows of a reply, one per screen, to be committed with the session."""
    return [Outgoing("send", _ROW.dump_json(_Row(chat, screen, channel="telegram"))) for screen in reply.screens]


def part_of(delivery: Delivery) -> Part | None:
    """Return what to send for a row, None for a row of another channel or of a form no longer known."""
    try:
        row = _ROW.validate_json(delivery.body)
    except ValidationError:
        return None
    return Part(row.chat, delivery.person, row.screen, delivery.id)
