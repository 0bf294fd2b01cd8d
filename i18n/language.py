"""One language offered to families, and its plural rule; no file is read here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from gettext import c2py
from typing import TYPE_CHECKING, Literal

from babel.messages.plurals import get_plural

if TYPE_CHECKING:
    from collections.abc import Callable

Direction = Literal["ltr", "rtl"]


@dataclass(frozen=True, slots=True)
class Language:
    """One language: ``id`` (``en``, ``fr@facile``), its own name, how it is written.

    ``locale`` is the Babel locale of its formats and plurals (``en_GB``);
    ``rank`` orders languages in menus, smallest first.
    ``register_of``: for another way of speaking a language (« tu »), that language; empty otherwise. Such a catalog
    holds only the sentences that change; the others are right as they are.
    """

    id: str
    name: str
    direction: Direction
    locale: str
    rank: int
    register_of: str = ""


FRENCH = Language(id="fr", name="Français", direction="ltr", locale="fr_FR", rank=0)
"""The source language: it has no catalog, its sentences are the message ids."""


def plural_count(locale: str) -> int:
    """Return how many plural forms a locale has: 2 in English, 6 in Arabic."""
    return get_plural(locale).num_plurals


def plural_index(locale: str, n: int) -> int:
    """Return which plural form goes with ``n`` (0 is the first); French says "0 enfant"."""
    return _plural_rule(locale)(abs(n))


@lru_cache
def _plural_rule(locale: str) -> Callable[[int], int]:
    return c2py(get_plural(locale).plural_expr)
