"""Writing direction: marks that keep numbers and names in order inside right-to-left text."""

from __future__ import annotations

from i18n.language import Language

FIRST_STRONG_ISOLATE = "\u2068"
POP_DIRECTIONAL_ISOLATE = "\u2069"


def isolate(text: str, language: Language) -> str:
    """Return ``text`` between isolation marks when ``language`` reads from right to left.

    For numbers, phone numbers, addresses and names inside a sentence, and for
    a whole French sentence on a page in Arabic. What is empty or already
    isolated stays as it is. A number alone is then laid out from left to right
    (Unicode Standard Annex 9, rules X5c and P3).
    """
    if language.direction == "ltr" or not text or _is_isolated(text):
        return text
    return f"{FIRST_STRONG_ISOLATE}{text}{POP_DIRECTIONAL_ISOLATE}"


def _is_isolated(text: str) -> bool:
    return text.startswith(FIRST_STRONG_ISOLATE) and text.find(POP_DIRECTIONAL_ISOLATE) == len(text) - 1
