"""Tells whether « il a » or « elle vient d'avoir » before an age speaks of a child of the writer."""

from __future__ import annotations

from dialogs.phrases_story import StoryPattern
from dialogs.told_owner import Scene, is_own

_PRONOUN = StoryPattern(
    r"(?<!\S)(?P<who>il|elle|ils|elles|el|lui|l autre|qui|c est|et(?= a ))(?: <autour_du_pronom>)* ?$"
)
_HAS = StoryPattern(r"\b<a_un_age>\b")


def pronoun_of(scene: Scene, place: int) -> bool:
    """Tell whether « il a », « elle vient d'avoir » stands just before a place and speaks of a child of the writer."""
    before = scene.before(place)
    said = _PRONOUN.of(scene.known).search(before)
    if not said or not _HAS.of(scene.known).search(said[0]):
        return False
    one = not said["who"].startswith(("ils", "elles"))
    last = scene.last_person(place - len(before) + said.start(), one)
    if last is None or last.kind == "confie":
        return last is None or scene.cares
    if last.kind == "enfant":
        return is_own(scene, last) or (last.owner != "un" and last.owner != "son")
    return last.kind in ("proche", "moi")
