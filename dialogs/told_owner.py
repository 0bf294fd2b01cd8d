"""Tells whose an age or a school class is, by the words between it and the people a French text names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from dialogs.phrases_load import Phrases
from dialogs.told_people import Person

_GAP_WORDS = (
    r",|\(|:|-|de|d|a|as|ont|on|age|agee|ages|agees|qui|il|elle|ils|elles|el|y|est|sont|c|maintenant"
    r"|actuellement|deja|tout"
    r"|juste|respectivement|environ|vient|viennent|avoir|faire|feter|fete|fetee|ses|leurs|eu|ne|nee|nes"
    r"|premature|prematuree"
    r"|autiste|trisomique|malade|dys\w*|multidys|unique|scolarise\w*|handicape\w*|polyhandicape\w*|moteur"
    r"|mental|sourde?|aveugle"
    r"|adore\w*|gemellaire|en|sa|son|cm 1|cm 2|cp|ce 1|ce 2|cm|1|ce|2|[3-6]e|1e|2e|seconde|terminale"
    r"|maternelle|primaire"
    r"|petite|moyenne|grande|section|college|lycee|au|la|l|le|non|verbal|verbale|tdah|hyperacti\w+"
    r"|asperger|et|enfin|presque|quasi"
    r"|pr|pour|ici|la|bien|diabetique|epileptique|aussi|qu"
)
GAP = re.compile(
    rf"(?: (?:{_GAP_WORDS}))*? ?|(?: [a-z]{{2,12}})? (?:(?:a|de|d|qui a|,|\(|, qui a|vient d avoir) )+"
    r"| (?:de|d) (?!un|une|plus|moins|pres)[a-z]{3,12} (?:(?:a|de|d|,|\() )*"
)
"""What may stand between a child and its age; one unknown word may be a first name."""

_TAKES_CARE = re.compile(
    r"\b(?:eleve|elevons|elever|garde (?!de|alternee)|gardons|heberge|hebergeons|m occupe de|occupons de"
    r"|confiee?s?"
    r"|a confie|vit|vivent|habite|habitent|recueilli\w*|tiers digne|tutelle|tutrice|tuteur|a (?:ma"
    r"|notre) charge"
    r"|j ai la charge|dont j ai la garde|(?:obtenu|ai|avons|eu) la garde de|kafala|placee? chez (?:moi|nous))\b"
)
_LIVES_WITH = re.compile(r"\b(?:vit|vivent|habite|habitent|garde|gardons) ")
_AT_OURS = re.compile(r"\b(?:avec moi|avec nous|chez moi|chez nous|a plein temps|depuis (?:que|le|la|son|sa))\b")
_NOT_HERE = re.compile(
    r"\b(?:attend\w*|avait|avais|avaient|perdu|perdions|perdre|deces de|mort de|morte de|enterre"
    r"|enceinte de|grossesse de) $"
)
_GOVERNED = re.compile(
    r"(?:(?:^|[,.;:!?()/+&-] |\b\d{5} |\b(?:j ai|j en ai|jai|on a|on a eu|nous avons|ai|avons|avec|et"
    r"|dont|plus|maman|papa|mere|pere"
    r"|parents?|solo|seule?|isolee?|celibataire|moi|eleve|elevons|elever|elevant|ayant|avoir|nourrir"
    r"|porter|loger|gerer|coucher"
    r"|bonjour|bonsoir|slt|salut|cc|coucou|bjr|hello|voila|et puis|aussi|deja|reste|rsa|ans|mois|femme"
    r"|homme|pr|puis|mec"
    r"|famille monoparentale|sommes|enceinte|maman solo|charge|c est pour|c pour|occupe|adopter|adopte"
    r"|accueilli|la mere|le pere|suis|sont|cherche .{0,20}pour)"
    r"(?: (?:seule?|aussi|donc|encore|deja|que|quand meme|la charge))? )(?:de |d |avec )?)$"
)
_NEVER = re.compile(
    r"\b(?:y a|chez|voir|vu|vois|connais|croise|garde|gardes|garder|rencontre|comme"
    r"|travaille (?:aupres d |avec |de )?|cadeau (?:pour )?"
    r"|aupres (?:de |d )|que pour|aides? pour|droits? pour|allocations? pour|film pour|peut|accompagne"
    r"|eleves|classe (?:de |d )?"
    r"|moyenne (?:de |d )?|vouloir|voudrais|aimerais|veux|veut|envie (?:de |d )|attend\w*|attends|avait"
    r"|avais|avaient|aurai\w*|aurions"
    r"|jamais|pas|plus (?:de |d )|sans|ami (?:de |d )|prenait|prend|accueille|places? (?:de |d |pour ))"
    r"(?: (?:qu |que )?)?$"
)
_FIRST_PERSON = re.compile(r"\b(?:je|j|me|m|moi|mon|ma|mes|nous|notre|nos|chui|jai|g)\b")
_WITH_SOMEBODY = re.compile(
    r"\b(?:chez|par|avec|de|d|du|pas|sans|a|au|aux|pour|suis|sommes|est|cherche\w*|recherche\w*|trouve\w*"
    r"|en) (?:la |le "
    r"|l |un |une |mon |ma |mes )?$"
)
_ASKS_AFTER = re.compile(r"\b(?:a t il|a t elle|peut il|peut elle|doit il|doit elle|a t on|peut on|est ce que)\b")
_OURSELVES = re.compile(r"\b(?:suis|sommes|est|chui) $")
_SOME_PARENTS = re.compile(
    r"\b(?:une|un|la|le|cette|les|des|son|sa|leur) (?:\w+ )?(?:mere|maman|papa|pere|parents?|famille|dame|femme|couple)"
    r" (?:\w+ )?(?:de|d|avec|a) $"
)
_WRITER_IS = re.compile(r"\b(?:suis|chui|sommes|est|c est|moi) (?:une|un|la|le|les|des) ")
_VERY_GENERAL = frozenset({"enfant", "enfants"})


@dataclass(frozen=True)
class Scene:
    """A plain French text ending with a space, the people it names, and the word lists."""

    text: str
    people: tuple[Person, ...]
    known: Phrases

    @cached_property
    def cares(self) -> bool:
        """Tell whether the writer says that a relative's child is brought up by her."""
        care = _TAKES_CARE.search(self.text)
        return care is not None and (not _LIVES_WITH.match(care[0] + " ") or _AT_OURS.search(self.text) is not None)

    def sentence(self, place: int) -> tuple[int, int]:
        """Return where the sentence around a place begins and ends."""
        start = max(self.text.rfind(mark, 0, place) for mark in ".!?;") + 1
        ends = [end for mark in ".!?;" if (end := self.text.find(mark, place)) >= 0]
        return start, min(ends, default=len(self.text) - 1) + 1

    def before(self, place: int) -> str:
        """Return what the sentence says before a place."""
        return self.text[self.sentence(place)[0] : place].lstrip(" ")

    def last_person(self, place: int, one: bool = False) -> Person | None:
        """Return the last person named before a place; with ``one``, several people at once do not count."""
        named = (each for each in reversed(self.people) if each.end <= place and not (one and each.plural))
        return next(named, None)

    def bound(self, place: int) -> Person | None:
        """Return the person whose age begins at a place: only words that link the two stand between them."""
        person = self.last_person(place)
        gap = self.text[person.end : place] if person else ""
        if person and person.plural and re.search(r"\b(?:il|elle|el) (?:a|vient|en a) ", gap):
            return None  # « il tape ses copines, il a 4 ans »
        return person if person and GAP.fullmatch(gap) else None


def asks_in_general(scene: Scene, place: int) -> bool:
    """Tell whether a place stands in a question about anybody, or in a supposition."""
    start, end = scene.sentence(place)
    before = scene.text[start:place]
    if scene.known.find("hypothese", f"{before} "):
        return True
    rest = re.split(" [,:]", scene.text[place:end])
    asks = (len(rest) == 1 and rest[0].rstrip().endswith("?")) or _ASKS_AFTER.search(rest[0])
    asked = asks or scene.known.find("question", re.split("[,:]", before)[-1] + " ")
    return bool(asked) and not _FIRST_PERSON.search(scene.text[:end])


def is_own(scene: Scene, person: Person, linked: bool = False) -> bool:
    """Tell whether a child named in a text is the writer's own.

    Args:
        scene: the text.
        person: the mention.
        linked: it goes on from another child of the writer (« ... et une fille de 3 ans »).
    """
    before = scene.before(person.start)
    if person.kind == "confie":
        return person.owner == "mien" and scene.cares
    if person.kind != "enfant" or person.owner == "son" or _NOT_HERE.search(before):
        return False
    if person.owner == "mien":
        return not re.search(r"\bsi $", before)
    if asks_in_general(scene, person.start) or _somebodys(scene, person):
        return False
    if person.owner == "le":
        return linked or _known_one(scene, person)
    if linked or _is_one_of(scene, person):
        return True
    if _SOME_PARENTS.search(before) and not _WRITER_IS.search(before):
        return False
    return _GOVERNED.search(before) is not None and not _NEVER.search(before)


def _is_one_of(scene: Scene, person: Person) -> bool:
    """Tell whether a child stands right after children counted: « 2 gosses, un de 2 ans, l'autre 4 »."""
    place = scene.people.index(person)
    if not place or not person.one or person.start - scene.people[place - 1].end > len(" , "):
        return False
    return bool(scene.people[place - 1].count) and is_own(scene, scene.people[place - 1])


def _somebodys(scene: Scene, person: Person) -> bool:
    """Tell whether somebody else is the subject of the sentence before a child named without « my »."""
    start = scene.sentence(person.start)[0]
    return any(
        each.kind == "tiers"
        and (
            (each.parent and not _OURSELVES.search(scene.before(each.start)))
            or not _WITH_SOMEBODY.search(scene.before(each.start))
        )
        for each in scene.people
        if start <= each.start < person.start
    )


def _known_one(scene: Scene, person: Person) -> bool:
    """Tell whether « la grande », « les petits » are the writer's: nobody else was named, no age of all children."""
    start = scene.sentence(person.start)[0]
    if any(each.kind in ("tiers", "moi") and start <= each.start < person.start for each in scene.people):
        return _FIRST_PERSON.search(scene.text[:start]) is not None and not any(
            each.kind == "tiers" and start <= each.start < person.start for each in scene.people
        )
    after = scene.text[person.end :]
    if person.plural:
        return re.match(r" de \d+ (?:ans|mois|- )", after) is None
    return person.noun not in _VERY_GENERAL
