"""Gives an age without a noun to a child or to the writer: « à 8 mois il hurle », « 18 ans, à la rue »."""

from __future__ import annotations

import re

from dialogs.phrases_story import StoryPattern
from dialogs.told_ages import Aged
from dialogs.told_owner import Scene, asks_in_general, is_own
from dialogs.told_pronoun import pronoun_of

_MAJORITY = 18
_LIKELY_A_CHILD = 12
"""Below this age few write themselves."""

_CLAUSE_START = StoryPattern(r"(?:^|[,.;:!?()] |\b<debut_de_propos> )(?P<at>a )?$")
_A_NAME = StoryPattern(r"(?:^|[,.;:!?(] |\bet )(?!<pas_un_prenom>)[a-z]{3,12} (?:en )?a $")
_CLAUSE_END = StoryPattern(r" ?(?:$|[,.;:!?()]|<fin_de_propos> )")
_WRITER_AFTER = StoryPattern(
    r" (?:, |\. )?(?:(?:et|deja|moi|toujours|seule?) )*(?:<suit_son_propre_age>|<metier>|seule? (?!avec))\b"
)
_WRITER_BEFORE = StoryPattern(r"\b<precede_son_propre_age>\b[^.;!?]*, $")
_A_TRADE = StoryPattern(r"^(?:(?:bonjour|bonsoir|slt|bjr) (?:, )?)?<metier> (?:, |de )$")
_CHILD_AFTER = StoryPattern(r" (?:, )?(?:<classe_apres_age> )*<enfant_apres_age>\b")
_NOT_NOW = StoryPattern(r"^ (?:il|elle) (?:ne |n )?(?:<pas_maintenant>|\w+ait|a \w+e)\b")
_IMPERSONAL = StoryPattern(r"^ (?:, )?(?:il|on) <sans_sujet>\b")
_THIRD_PERSON = StoryPattern(r"\b<parle_d_un_enfant>\b")
_A_YOUNG_WRITER = StoryPattern(r"\b<ecrit_un_jeune>\b")
_LIVING = StoryPattern(r"\b<vit_ainsi>\b")
_LATER = StoryPattern(r"\b(?:j ai (?!pas|plus|besoin|que)\w+|<a_fini>)\b")


def is_childs(scene: Scene, aged: Aged) -> bool:
    """Tell whether an age without a noun is that of a child of the writer."""
    if asks_in_general(scene, aged.start) and aged.years and not scene.people:
        return False
    before, after = scene.before(aged.start), scene.text[aged.end :]
    if pronoun_of(scene, aged.start):
        return True
    starts = _CLAUSE_START.of(scene.known).search(before)
    if not starts:
        return _A_NAME.of(scene.known).search(before) is not None and aged.years and aged.first < _MAJORITY
    if starts["at"]:
        return (
            _CHILD_AFTER.of(scene.known).match(after) is not None
            and not _NOT_NOW.of(scene.known).match(after)
            and not _IMPERSONAL.of(scene.known).match(after)
        )
    if _CLAUSE_END.of(scene.known).match(after) is None or _told_by_the_writer(scene, aged, before, after):
        return _CHILD_AFTER.of(scene.known).match(after) is not None and not _NOT_NOW.of(scene.known).match(after)
    return _looks_like_a_child(scene, aged)


def _told_by_the_writer(scene: Scene, aged: Aged, before: str, after: str) -> bool:
    said = _WRITER_AFTER.of(scene.known).match(after) or _WRITER_BEFORE.of(scene.known).search(before)
    return said is not None and aged.first >= _LIKELY_A_CHILD and not re.match(r"(?:il|elle|el) ", before)


def _looks_like_a_child(scene: Scene, aged: Aged) -> bool:
    """Tell whether an age that stands alone is a child's: named before, too young to write, or spoken of as « il »."""
    last = scene.last_person(aged.start)
    start, end = scene.sentence(aged.start)
    if last and last.start >= start and last.kind == "enfant":
        return is_own(scene, last, linked=False)
    if last and last.start >= start and last.kind == "tiers":
        return False
    sentence = scene.text[start:end]
    if len(aged.spans) > 1:
        named = any(each.kind == "enfant" and each.owner != "son" for each in scene.people)
        return named or re.search(r"\b(?:j en ai|on en a) \d", scene.text) is not None
    if not aged.years:
        return _CHILD_AFTER.of(scene.known).match(scene.text[aged.end :]) is not None
    if aged.first >= _MAJORITY or _A_YOUNG_WRITER.of(scene.known).search(scene.text):
        return False
    return aged.first < _LIKELY_A_CHILD or _THIRD_PERSON.of(scene.known).search(sentence) is not None


def is_writers(scene: Scene, aged: Aged) -> bool:
    """Tell whether an age without a noun is the writer's own; those of past events are not."""
    if not aged.years or aged.first > 99 or asks_in_general(scene, aged.start):
        return False
    before, after = scene.before(aged.start), scene.text[aged.end :]
    if aged.first >= _MAJORITY and _A_TRADE.of(scene.known).search(before):
        return True  # « aide-soignante de 34 ans, deux enfants »
    starts = _CLAUSE_START.of(scene.known).search(before)
    if starts and (
        _WRITER_AFTER.of(scene.known).match(after)
        or (not starts["at"] and _WRITER_BEFORE.of(scene.known).search(before))
    ):
        return True
    if (
        starts
        and not starts["at"]
        and _A_YOUNG_WRITER.of(scene.known).search(scene.text)
        and _CLAUSE_END.of(scene.known).match(after)
    ):
        return True
    clause = re.split(r"[,;:.!?]", before)[-1]
    return bool(
        before.endswith(" a ")
        and _LIVING.of(scene.known).search(clause)
        and not _LATER.of(scene.known).search(clause)
        and _CLAUSE_END.of(scene.known).match(after)
    )
