"""Gives an age without a noun to a child or to the writer: « à 8 mois il hurle », « 18 ans, à la rue »."""

from __future__ import annotations

import re

from dialogs.told_ages import Aged
from dialogs.told_owner import Scene, asks_in_general, is_own
from dialogs.told_pronoun import pronoun_of

_MAJORITY = 18
_LIKELY_A_CHILD = 12
"""Below this age few write themselves."""

_CLAUSE_START = re.compile(
    r"(?:^|[,.;:!?()] |\b(?:et|mais|bonjour|bonsoir|slt|salut|cc|bjr|coucou|svp|section|maternelle|cp"
    r"|c[em] [12]|[3-6]e) )(?P<at>a )?$"
)
_A_NAME = re.compile(
    r"(?:^|[,.;:!?(] |\bet )(?!papa|maman|qui|cela|lui|tout|personne|quelqu|aussi|elle)[a-z]{3,12} (?:en )?a $"
)
_CLAUSE_END = re.compile(
    r" ?(?:$|[,.;:!?()]|(?:et|mais|en|au|elle|il|ils|el|autiste|dys\w*|tdah|plus|plu|je|on|enceinte|a la"
    r"|a l|sans|chez|mes|pas|ma|mon) )"
)
_WRITER_AFTER = re.compile(
    r" (?:, |\. )?(?:(?:et|deja|moi|toujours|seule?) )*(?:etudiante?|lyceenn?e?|collegienn?e?|apprentie?"
    r"|enceinte|sans \w+|celibataire|je|j|chui|au chomage|a la rue"
    r"|maman|papa|mere|pere|isolee?|on me|mes parents|ma mere|mon pere|en recherche|en galere|diplomee?"
    r"|majeure?|seule? (?!avec)|nouvelle? a"
    r"|arrivee?|sortie? de)\b"
)
_WRITER_BEFORE = re.compile(
    r"(?:\bje suis\b|\bje m appelle\b|\bmoi c est\b|\bc est moi\b|\bmoi\b|\bcelibataire\b|\bveuve?\b"
    r"|\betudiante?\b|\blyceen(?:ne)?\b|\bmon age\b"
    r"|\bfemme\b|\bmineure?\b|\bmajeure?\b)[^.;!?]*, $"
)
_CHILD_AFTER = re.compile(
    r" (?:, )?(?:(?:et demie?|la|en|au|college|cp|ce 1|ce 2|cm 1|cm 2|petite|moyenne|grande|section"
    r"|maternelle) )*(?:il|elle|el|ils|elles|i|on lui|mon (?:fils|bebe|petit|grand|gars)"
    r"|ma (?:fille|petite|grande|puce)|notre (?:fils|fille|bebe)|le petit|la petite)\b"
)
_NOT_NOW = re.compile(
    r"^ (?:il|elle) (?:ne |n )?(?:\w+ait|etait|avait|a \w+e|sera|aura|pourra|faut|peut|faudra|y a"
    r"|est possible)\b"
)
_IMPERSONAL = re.compile(r"^ (?:, )?(?:il|on) (?:y|faut|peut|est possible|doit|reste|s agit|a le droit|faudra)\b")
_THIRD_PERSON = re.compile(
    r"\b(?:il|elle|el|son|sa|lui|mon fils|ma fille|mon ado|ma grande|mon grand|l ecole|la maitresse"
    r"|l aesh|aesh|le college)\b"
)
_A_YOUNG_WRITER = re.compile(
    r"\b(?:mes parents|ma mere|mon pere|mes vieux|ma daronne|mon daron|mes darons|chui|je vais en cours"
    r"|mon lycee|mon bahut|mon beau pere"
    r"|ma belle mere|je suis (?:en|au)|mon foyer|mon educ\w*|mes profs)\b"
)
_LIVING = re.compile(
    r"\b(?:enceinte|je vis|je dors|je suis (?:a |sans|seule?|en|au)|me retrouve|jsuis|je galere|j habite)\b"
)
_LATER = re.compile(r"\b(?:j ai (?!pas|plus|besoin|que)\w+|quitte|arrete|commence|tombee|ete)\b")


def is_childs(scene: Scene, aged: Aged) -> bool:
    """Tell whether an age without a noun is that of a child of the writer."""
    if asks_in_general(scene, aged.start) and aged.years and not scene.people:
        return False
    before, after = scene.before(aged.start), scene.text[aged.end :]
    if pronoun_of(scene, aged.start):
        return True
    starts = _CLAUSE_START.search(before)
    if not starts:
        return _A_NAME.search(before) is not None and aged.years and aged.first < _MAJORITY
    if starts["at"]:
        return _CHILD_AFTER.match(after) is not None and not _NOT_NOW.match(after) and not _IMPERSONAL.match(after)
    if _CLAUSE_END.match(after) is None or _told_by_the_writer(aged, before, after):
        return _CHILD_AFTER.match(after) is not None and not _NOT_NOW.match(after)
    return _looks_like_a_child(scene, aged)


def _told_by_the_writer(aged: Aged, before: str, after: str) -> bool:
    said = _WRITER_AFTER.match(after) or _WRITER_BEFORE.search(before)
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
        return _CHILD_AFTER.match(scene.text[aged.end :]) is not None
    if aged.first >= _MAJORITY or _A_YOUNG_WRITER.search(scene.text):
        return False
    return aged.first < _LIKELY_A_CHILD or _THIRD_PERSON.search(sentence) is not None


def is_writers(scene: Scene, aged: Aged) -> bool:
    """Tell whether an age without a noun is the writer's own; those of past events are not."""
    if not aged.years or aged.first > 99 or asks_in_general(scene, aged.start):
        return False
    before, after = scene.before(aged.start), scene.text[aged.end :]
    starts = _CLAUSE_START.search(before)
    if starts and (_WRITER_AFTER.match(after) or (not starts["at"] and _WRITER_BEFORE.search(before))):
        return True
    if starts and not starts["at"] and _A_YOUNG_WRITER.search(scene.text) and _CLAUSE_END.match(after):
        return True
    clause = re.split(r"[,;:.!?]", before)[-1]
    return bool(
        before.endswith(" a ") and _LIVING.search(clause) and not _LATER.search(clause) and _CLAUSE_END.match(after)
    )
