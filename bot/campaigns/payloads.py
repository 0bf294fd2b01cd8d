"""What the buttons of news and campaigns send: « k| », then exact forms only; anything else is nobody's."""

from __future__ import annotations

import re

OFFER, YES, NO, MINE, END = "k|offre", "k|oui", "k|non", "k|moi", "k|fin"
PAUSE, RESUME, AGAIN, UPDATE = "k|pause", "k|reprendre", "k|encore", "k|maj"
FORGET_DISTRICT, FORGET_BIRTHS = "k|sans-lieu", "k|sans-age"
FAMILY = frozenset((OFFER, YES, NO, MINE, END, PAUSE, RESUME, AGAIN, UPDATE, FORGET_DISTRICT, FORGET_BIRTHS))
DESK, NEW = "k|c", "k|n"

_THEME = re.compile(r"k\|t\|([a-z0-9-]{1,40})", re.ASCII)
_STAFF = re.compile(r"k\|([a-z]{1,6})\|([1-9][0-9]{0,8})(?:\|([A-Za-z0-9@-]{1,40}))?", re.ASCII)


def theme(name: str) -> str:
    """Return the payload that ticks a theme."""
    return f"k|t|{name}"


def theme_of(payload: str) -> str | None:
    """Return the theme of such a payload, None for any other."""
    found = _THEME.fullmatch(payload)
    return found[1] if found else None


def staff(verb: str, number: int, value: str = "") -> str:
    """Return the payload of a press of the team on one campaign."""
    return f"k|{verb}|{number}|{value}" if value else f"k|{verb}|{number}"


def staff_of(payload: str) -> tuple[str, int, str] | None:
    """Return the verb, the campaign and the value of such a payload, None for any other."""
    found = _STAFF.fullmatch(payload)
    return (found[1], int(found[2]), found[3] or "") if found else None
