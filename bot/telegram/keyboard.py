"""Rows of buttons as Telegram's inline keyboard, within its limits."""

from collections.abc import Sequence

import structlog
from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.screen import Button
from bot.telegram.limits import BUTTON_TEXT, CALLBACK_BYTES, KEYBOARD_BUTTONS, ROW_BUTTONS

_log = structlog.get_logger(__name__)


def keyboard(rows: Sequence[Sequence[Button]]) -> InlineKeyboardMarkup | None:
    """Return the keyboard, None when no button is left.

    A row too wide goes on in the next. A button that Telegram would refuse is left out
    and counted in the log, since it would take the whole message with it.
    """
    asked = [[button for button in row if _fits(button)] for row in rows]
    laid = [row[at : at + ROW_BUTTONS] for row in asked for at in range(0, len(row), ROW_BUTTONS)]
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


def _fits(button: Button) -> bool:
    return bool(button.text.strip()) and 1 <= len(button.payload.encode()) <= CALLBACK_BYTES


def _button(button: Button) -> InlineKeyboardButton:
    text = button.text.strip()
    label = text if len(text) <= BUTTON_TEXT else text[: BUTTON_TEXT - 1].rstrip() + "…"
    return InlineKeyboardButton(label, callback_data=button.payload)
