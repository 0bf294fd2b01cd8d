"""Tells whether « il a » or « elle vient d'avoir » before an age speaks of a child of the writer."""

from __future__ import annotations

import re

from dialogs.told_owner import Scene, is_own

_PRONOUN = re.compile(
    r"(?<!\S)(?P<who>il|elle|ils|elles|el|lui|l autre|qui|c est|et(?= a ))"
    r"(?: (?:n|en|y|ne|est|a|as|on|ont|vient|viennent|d|de|avoir|faire|feter|fete|ses|eu|maintenant|deja|tout"
    r"|juste|respectivement|que"
    r"|seulement|aujourd|hui|la|pile|bien|environ|age|agee|ages|agees|leurs|vont|sur|c est|les))* ?$"
)
_HAS = re.compile(r"\b(?:a|ont|as|est|sont|en a|avoir|ages?|agees?|feter|c est|lui|eu)\b")


def pronoun_of(scene: Scene, place: int) -> bool:
    """Tell whether « il a », « elle vient d'avoir » stands just before a place and speaks of a child of the writer."""
    before = scene.before(place)
    said = _PRONOUN.search(before)
    if not said or not _HAS.search(said[0]):
        return False
    one = not said["who"].startswith(("ils", "elles"))
    last = scene.last_person(place - len(before) + said.start(), one)
    if last is None or last.kind == "confie":
        return last is None or scene.cares
    if last.kind == "enfant":
        return is_own(scene, last) or (last.owner != "un" and last.owner != "son")
    return last.kind in ("proche", "moi")
