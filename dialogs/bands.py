"""Compares what is known, perhaps roughly, with the answers of a question. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dialogs.model import Choice, Question


def is_told(question: Question, told: Mapping[str, Any]) -> bool:
    """Tell whether what is known is just what one answer says: « je suis au collège », several values still open."""
    return question.kind == "choix" and any(
        choice.fills and all(told.get(name) == value for name, value in choice.fills.items())
        for choice in question.choices
    )


def is_vague(question: Question, told: Mapping[str, Any]) -> bool:
    """Tell whether a number is known as a band that none of the question's answers holds whole."""
    for name in question.fills:
        band = _band(told.get(name))
        if band is not None and not any(_holds(choice.fills.get(name), band) for choice in question.choices):
            return True
    return False


def may_be(choice: Choice, told: Mapping[str, Any]) -> bool:
    """Tell whether an answer may still be true beside the bands of numbers that are known."""
    for name, value in choice.fills.items():
        known, answer = _band(told.get(name)), _band(value, alone=True)
        if known and answer and not (_ends_after(known, answer[0]) and _ends_after(answer, known[0])):
            return False
    return True


def _band(value: Any, *, alone: bool = False) -> tuple[int, int | None] | None:
    """Return a band [from, up to but not including]; a number alone as one too when asked for."""
    if alone and isinstance(value, int):
        return value, value + 1
    if isinstance(value, list) and len(value) == 2 and isinstance(value[0], int):
        return value[0], value[1]
    return None


def _ends_after(band: tuple[int, int | None], number: int) -> bool:
    return band[1] is None or band[1] > number


def _holds(value: Any, band: tuple[int, int | None]) -> bool:
    answer = _band(value, alone=True)
    if answer is None or answer[0] > band[0]:
        return False
    return answer[1] is None or (band[1] is not None and band[1] <= answer[1])
