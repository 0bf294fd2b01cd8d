"""Rows of buttons as Telegram's inline keyboard, within its limits."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain, groupby
from unicodedata import bidirectional, category, east_asian_width

import structlog
from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.screen import Button
from bot.telegram.limits import BUTTON_TEXT, CALLBACK_BYTES, KEYBOARD_BUTTONS, ROW_BUTTONS, ROW_COLUMNS

_JOINED = re.compile("\N{ZERO WIDTH JOINER}.")
"""What is drawn into the pictogram before it."""

_ASIDE = re.compile(r"(?<=\S) \([^()]*[)…]$")
"""What stands in brackets at the end, such as the French name: the message above says it whole."""

_log = structlog.get_logger(__name__)


def keyboard(rows: Sequence[Sequence[Button]]) -> InlineKeyboardMarkup | None:
    """Return the keyboard, None when no button is left.

    A row too wide for a small phone goes on in the next; small buttons flow over their rows.
    A button that Telegram would refuse is left out and counted in the log, since it would take
    the whole message with it.
    """
    asked = [[button for button in row if _fits(button)] for row in rows]
    laid = [part for row in _flowing(asked) for part in _parted(row)]
    kept: list[list[InlineKeyboardButton]] = []
    left = KEYBOARD_BUTTONS
    for row in laid:
        if row[:left]:
            kept.append([_button(each) for each in row[:left]])
        left -= len(row[:left])
    lost = sum(map(len, rows)) - sum(map(len, kept))
    if lost:
        _log.error("telegram.buttons_left_out", count=lost)
    return InlineKeyboardMarkup(kept) if kept else None


def _flowing(rows: Sequence[Sequence[Button]]) -> Iterator[Sequence[Button]]:
    """Yield the rows; small buttons that follow each other are one row where one of theirs is too wide."""
    for quiet, group in groupby(rows, lambda row: all(button.quiet for button in row)):
        kept = list(group)
        yield from kept if not quiet or all(map(_readable, kept)) else [list(chain.from_iterable(kept))]


def _parted(row: Sequence[Button]) -> Iterator[Sequence[Button]]:
    """Yield a row in as few parts as its labels allow: buttons side by side are all of one width."""
    at = 0
    while at < len(row):
        most = min(len(row) - at, ROW_BUTTONS)
        room = next((size for size in range(most, 1, -1) if _readable(row[at : at + size])), 1)
        yield row[at : at + room]
        at += room


def _readable(buttons: Sequence[Button]) -> bool:
    """Return whether labels side by side are seen whole."""
    return all(_columns(button.text) <= ROW_COLUMNS // len(buttons) - 2 for button in buttons)


def _columns(text: str) -> float:
    """Return the width of a label in Latin letters."""
    return sum(map(_width, _JOINED.sub("", text.strip())))


def _width(character: str) -> float:
    if category(character) in ("Mn", "Cf"):
        return 0
    if category(character) == "So" or east_asian_width(character) in "WF":
        return 2
    return 0.8 if bidirectional(character) == "AL" else 1  # Arabic letters are narrow


def _fits(button: Button) -> bool:
    return bool(button.text.strip()) and 1 <= len(button.payload.encode()) <= CALLBACK_BYTES


def _button(button: Button) -> InlineKeyboardButton:
    text = button.text.strip()
    if _columns(text) > ROW_COLUMNS - 2:
        text = _ASIDE.sub("", text)
    label = text if len(text) <= BUTTON_TEXT else text[: BUTTON_TEXT - 1].rstrip() + "…"
    return InlineKeyboardButton(label, callback_data=button.payload)
