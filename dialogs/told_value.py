"""Gives the value that a rule of dialogs/dits/ reads, from what it says itself or from the numbers in its words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dialogs.told_load import Rule

_BOUNDS = {"loyer": (50, 6000), "revenus_mois": (50, 20000), "anciennete_paris": (0, 600), "age_parent": (12, 99)}


def value_of(rule: Rule, numbers: Sequence[int]) -> Any:
    """Return the value of a rule, None without one.

    It is its own (a band of months as numbers), a month, an arrondissement, or a number within bounds.
    """
    if rule.reading == "valeur":
        return rule.value
    if isinstance(rule.value, list):
        return [int(bound) for bound in rule.value]
    number = int(rule.value) if rule.value else numbers[-1] if numbers else None
    if number is None:
        return None
    if rule.reading == "annees":
        number *= 12
    if rule.reading == "mois":
        return number if 1 <= number <= 9 else None
    if rule.reading == "arrondissement":
        number = number - 75000 if 75001 <= number <= 75020 else 16 if number == 75116 else number
        return str(number) if 1 <= number <= 20 else None
    low, high = _BOUNDS.get(rule.fact, (0, 10**6))
    fitting = [each for each in (number, *reversed(numbers)) if low <= each <= high]
    return fitting[0] if fitting and (rule.reading == "nombre" or fitting[0] == number) else None
