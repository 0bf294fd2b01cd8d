"""Tells whether an arrondissement is that of a place one goes to, not of the home: « l'école est dans le 5e »."""

from __future__ import annotations

import re

from dialogs.phrases_load import Phrases
from dialogs.phrases_story import StoryPattern
from dialogs.told_load import Tongue

_PLACE = StoryPattern(
    r"\b(?<!chez )(?:au|a la|a l|la|le|l|du|de l|son|sa|mon|ma|notre|leur|nos|ses|leurs) <lieu_ou_l_on_va> "
)
_LIVES = StoryPattern(r"\b(?:<vit_quelque_part>|<cherche_quelque_chose>) ")
_COMMA = r"(?:vv|,)"
_CUT = re.compile(rf" (?:{_COMMA}|mais|et) ")
_WAY = re.compile(
    rf"(?!{_COMMA} )(?:(?!{_COMMA} )[^\W\d]\S* ){{0,5}}"
    rf"(?:(?:rue|avenue|boulevard|bd) (?:\w+ ){{1,4}}{_COMMA} )?(?:\w+ ){{0,2}}?"
)
"""What may stand between a place and its arrondissement: a few words, or the name of its street and a comma."""


def is_where_one_goes(before: str, known: Phrases) -> bool:
    """Tell whether French words end with a place one goes to, just before its arrondissement.

    Args:
        before: the sentence up to the number, in plain words.
        known: the word lists.
    """
    return _ends_with(before, _PLACE.of(known), _LIVES.of(known))


def is_elsewhere(before: str, tongue: Tongue) -> bool:
    """Tell the same in another language, by its own words; without them nothing is elsewhere."""
    return tongue.places is not None and _ends_with(before, tongue.places, tongue.lives)


def _ends_with(before: str, places: re.Pattern[str], lives: re.Pattern[str] | None) -> bool:
    for place in places.finditer(before):
        clause = max((cut.end() for cut in _CUT.finditer(before, 0, place.start() + 1)), default=0)
        if _WAY.fullmatch(before, place.end()) and not (lives and lives.search(before, clause)):
            return True
    return False
