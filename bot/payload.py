"""Buttons as short texts, and back: at most 64 bytes, nothing personal, nothing that must be remembered.

A payload names what was pressed, never where it stood: an old button is recognised by the engine, which
compares its question with the one that is pending.
"""

from __future__ import annotations

from typing import get_args

from dialogs.events import Action, Changed, Chose, Confirmed, Did, Event, Opened, Paged, Picked, Spoke

MAX_BYTES = 64
"""Telegram's limit for callback data (Bot API, #inlinekeyboardbutton); other channels keep to it too."""

URGENT = "urgence"
"""Shows the emergency numbers at any moment; it is no event of a conversation."""

PRIVACY = "confidentialite"
"""Says what is kept and for how long; no event of a conversation either."""

LINK = "lien"
"""Asks for a link to hand to a family; for workers, and no event of a conversation."""

_ACTIONS = frozenset(get_args(Action))


def encode(event: Event) -> str:
    """Return the payload of an event that a button can be.

    Raises:
        TypeError: an event that no button makes.
    """
    match event:
        case Chose(question, choice):
            return f"c|{question}|{choice}"
        case Picked(tree):
            return f"t|{tree}"
        case Did(action):
            return f"a|{action}"
        case Opened(card):
            return f"f|{card}"
        case Paged(start):
            return f"p|{start}"
        case Changed(question):
            return f"m|{question}"
        case Spoke(language):
            return f"l|{language}"
        case Confirmed(yes):
            return f"o|{int(yes)}"
    raise TypeError(f"no button makes {type(event).__name__}")


def decode(payload: str) -> Event | None:
    """Return the event of a payload, None for anything else (forged, or from another version)."""
    kind, *parts = payload.split("|")
    match kind, parts:
        case "c", [question, choice]:
            return Chose(question, choice)
        case "t", [tree]:
            return Picked(tree)
        case "a", [action] if action in _ACTIONS:
            return Did(action)  # type: ignore[arg-type]  # just checked against the closed list
        case "f", [card]:
            return Opened(card)
        case "p", [start] if start.isascii() and start.isdigit() and len(start) < 5:
            return Paged(int(start))
        case "m", [question]:
            return Changed(question)
        case "l", [language]:
            return Spoke(language)
        case "o", ["0" | "1" as yes]:
            return Confirmed(yes == "1")
    return None
