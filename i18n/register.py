"""Tells whether a French sentence says « vous » to its reader: such sentences have another form in « tu ». Pure."""

from __future__ import annotations

import re

_NOUN = re.compile(r"\brendez-vous\b|« vous »", re.IGNORECASE)
_POLITE = re.compile(r"\b(?:vous|votre|vos|vôtres?)\b|\b(?!(?:chez|assez|nez|rez)\b)\w+ez\b", re.IGNORECASE)


def says_vous(text: str) -> bool:
    """Return whether a sentence holds « vous », « votre », « vos » or a verb in -ez.

    « rendez-vous » is a noun, and what stands alone between quotes is only named.
    """
    return _POLITE.search(_NOUN.sub("", text)) is not None
