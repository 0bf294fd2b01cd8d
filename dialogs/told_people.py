"""Finds who a French text speaks of: the writer's children, those taken in, the writer, and everybody else.

The words are in dialogs/phrases/fr.yaml. A mention is only where it stands and how it is owned (« ma », « la »,
« une », a number); whether it counts is for ``told_children``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from dialogs.phrases_load import Phrases
from dialogs.phrases_story import StoryPattern

Kind = Literal["enfant", "confie", "proche", "tiers", "moi"]
"""A child; a relative's child; a parent of the child or a partner; anybody else; the one who writes."""

Owner = Literal["mien", "le", "son", "un", ""]
_MINE = frozenset({"mon", "ma", "mes", "notre", "nos"})
_THE = frozenset({"le", "la", "l", "les"})
_HIS = frozenset({"son", "sa", "ses", "leur", "leurs", "ce", "cet", "cette", "ces"})
_SOME_PARENT = frozenset(
    {"couple", "maman", "mere", "papa", "pere", "parent", "femme", "famille", "famille monoparentale"}
)
_BORN_TOGETHER = {"jumeaux": 2, "jumelles": 2, "triples": 3, "triplees": 3}
_OF_SOMEBODY = re.compile(r" (?:de|d|du|des|a) (?=(?:la |le |l |ma |mon |mes |une |un |notre |sa |son )?(\w+ ?\w*))")
_JUST_BORN = frozenset({"nouveau ne", "nouveau nee"})
_UNNAMED_SEVERAL = re.compile(
    r"(?<!\S)(?<!tous )(?<!toutes )(?P<owner>mes|nos|les) (?P<count>\d{1,2})(?P<noun>)"
    r"(?= (?:,|\(|:|en|au|a la|sont|ont|ne|qui|\.)(?!\S))"
)
_UNNAMED_ONE = re.compile(
    r"(?<!\S)(?P<owner>un|une|l|1)(?: (?P<rank>un|une|autre))?(?P<noun>)"
    r"(?= (?:d |de |a |qui a )?\d{1,2} (?:ans?|mois|semaines?)(?!\S))"
)
_ORDINAL = re.compile(
    r"(?<!\S)(?<!dans )(?<!sur )(?<!paris )(?P<owner>le|la|l|mon|ma) (?P<rank>[1-6]e)(?P<noun>)"
    r"(?= (?:(?:de |a |qui a |, )?\d{1,2}(?: ans?| mois| $|,)|est |qui |en ))"
)
"""Children told by a number or a rank alone: « mes deux », « un de 6 ans », « le deuxième a 7 ans »."""

_I_AM = re.compile(r"\b(?:suis|chui|c est) $")
_SIBLINGS = StoryPattern(r"<fratrie>")
_BRINGS_UP = StoryPattern(r"\b<eleve_un_proche> $")
_NEEDS_OWNER = frozenset({"eleve", "eleves", "parents", "gens", "famille"})
_PUPILS = frozenset({"collegien", "collegienne", "lyceen", "lyceenne"})
_SOME = StoryPattern(r"\b<pour_quelqu_un> $")
_GRANDCHILD = re.compile(r"\b(?:petite fille|petit fils|petites filles|petits enfants)\b")
_SPECIFIC = re.compile(r"(?:fils|filles?|garcons?|gars)$")


@dataclass(frozen=True, slots=True)
class Person:
    """One mention of somebody. ``count``: how many are said, None when not; ``together``: born at once, else 1."""

    start: int
    end: int
    kind: Kind
    owner: Owner
    noun: str
    count: int | None
    plural: bool
    rank: bool

    @property
    def together(self) -> int:
        """Return how many children were born at once: 2 for twins."""
        return _BORN_TOGETHER.get(self.noun, 1)

    @property
    def parent(self) -> bool:
        """Tell whether it is some parent: « pour un couple avec deux enfants »."""
        return self.kind == "tiers" and self.noun in _SOME_PARENT

    @property
    def one(self) -> bool:
        """Tell whether it is a child without a noun: « un de 6 ans », « l'autre »."""
        return not self.noun or self.noun in ("un", "une", "autre")

    @property
    def specific(self) -> bool:
        """Tell whether the noun names some of the children (« filles ») rather than all of them."""
        return _SPECIFIC.match(self.noun) is not None

    @property
    def newborn(self) -> bool:
        """Tell whether the noun alone says the age."""
        return self.noun in _JUST_BORN


def people_in(text: str, known: Phrases) -> list[Person]:
    """Return every person named in a plain text, in order; the longer of two mentions that overlap."""
    found: list[Person] = []
    for kind, pattern in _patterns(known):
        for match in pattern.finditer(text):
            person = _person(kind, match, known)
            if person:
                found.append(person)
    kept: list[Person] = []
    for person in sorted(found, key=lambda each: (each.start, -each.end)):
        if not kept or person.start >= kept[-1].end:
            kept.append(person)
        elif person.end > kept[-1].end and person.kind != "enfant":
            kept[-1] = person
    return [_of_somebody(person, text, known) for person in kept]


def _person(kind: Kind, match: re.Match[str], known: Phrases) -> Person | None:
    said = match.groupdict()
    owner = said["owner"] or ""
    count = int(said["count"]) if said.get("count") else None
    whose = _whose(owner, kind, match)
    rank = bool(said.get("rank"))
    noun = said.get("rank") or said["noun"]
    if (rank and not whose and count is None) or (noun in _NEEDS_OWNER and whose in ("", "le")):
        return None
    if (noun == "famille" and whose == "mien") or (noun == "proprietaire" and not whose):
        return None  # « propriétaire de mon logement » is the writer
    plural = owner in ("mes", "nos", "les", "des", "ses", "leurs") or (count or 1) > 1
    who = _kind(kind, noun, whose, match, known)
    return Person(match.start(), match.end(), who, whose, noun, count, plural, rank)


def _whose(owner: str, kind: Kind, match: re.Match[str]) -> Owner:
    if kind == "moi" and owner in _THE and _I_AM.search(match.string[: match.start()]):
        return "un"  # « je suis la maman de Kenza »
    return "mien" if owner in _MINE else "le" if owner in _THE else "son" if owner in _HIS else "un" if owner else ""


def _kind(kind: Kind, noun: str, whose: Owner, match: re.Match[str], known: Phrases) -> Kind:
    """Return who a noun stands for beside its owner and the words before: « ma femme » is not the writer."""
    before = match.string[: match.start()]
    if kind == "moi" and whose in ("mien", "le", "son"):
        return "tiers" if whose == "mien" and noun not in ("femme", "homme", "meuf") else "proche"
    if kind == "moi" and whose == "un" and _SOME.of(known).search(before):
        return "tiers"
    if kind == "tiers" and _SIBLINGS.of(known).fullmatch(noun) and _BRINGS_UP.of(known).search(before):
        return "confie"
    if kind == "enfant" and noun in _PUPILS and whose in ("", "un") and "c est m" not in match.string:
        return "tiers" if whose == "un" and _SOME.of(known).search(before) else "moi"
    return "confie" if kind == "enfant" and whose in ("mien", "") and _GRANDCHILD.search(match[0]) else kind


def _of_somebody(person: Person, text: str, known: Phrases) -> Person:
    """Return a child or a parent as a stranger's when the words after it say so: « la fille de ma voisine »."""
    owner = _OF_SOMEBODY.match(text, person.end)
    if person.kind not in ("enfant", "proche") or not owner or person.owner == "mien":
        return person
    others = ("tiers_nom", "proche_nom") if person.kind == "enfant" else ("tiers_nom", "confie_nom")
    if any(re.match(rf"{known.families[name]}\b", owner[1]) for name in others):
        return Person(
            person.start, person.end, "tiers", person.owner, person.noun, person.count, person.plural, person.rank
        )
    return person


@cache
def _patterns(known: Phrases) -> tuple[tuple[Kind, re.Pattern[str]], ...]:
    words = known.families
    owner = r"(?:(?P<owner>mon|ma|mes|notre|nos|le|la|l|les|un|une|des|son|sa|ses|leur|leurs|ce|cet|cette|ces) )?"
    adjectives = rf"(?:(?:{words['adjectif']}|tout|toute) )*"
    head = rf"(?<!\S){owner}{adjectives}(?:(?P<count>\d{{1,2}}) )?{adjectives}"
    named = rf"(?:(?P<noun>{words['enfant_nom']})|(?P<rank>{words['enfant_de_rang']}))"
    child = rf"{head}{named}(?: {words['enfant_suite']})*(?!\S)"
    plain_head = rf"(?<!\S){owner}{adjectives}"
    return (
        ("enfant", re.compile(child)),
        ("enfant", _UNNAMED_SEVERAL),
        ("enfant", _UNNAMED_ONE),
        ("enfant", _ORDINAL),
        ("confie", re.compile(rf"{plain_head}(?P<noun>{words['confie_nom']})(?!\S)")),
        ("proche", re.compile(rf"{plain_head}(?P<noun>{words['proche_nom']})(?!\S)")),
        ("tiers", re.compile(rf"{plain_head}(?P<noun>{words['tiers_nom']})(?!\S)")),
        ("moi", re.compile(rf"{plain_head}(?P<noun>{words['moi_nom']})(?!\S)")),
    )
