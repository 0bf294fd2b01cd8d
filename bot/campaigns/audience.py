"""Whom a campaign is for: arrondissements, a child's age, a theme; never a sensitive one. Pure.

The number reached is told so that nobody can be found in it (see :class:`Reach`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from bot.campaigns.consent import Consent
from knowledge.base import Label
from knowledge.content import Knowledge

FLOOR = 10
"""Below this many families, no number is told; above, tens."""

BANDS = {
    "0-2": (0, 35), "3-5": (36, 71), "6-10": (72, 131), "11-14": (132, 179), "15-17": (180, 215), "18-25": (216, 311),
}  # fmt: skip
"""Ages of a child, in months from and to."""

BAND_NAMES = {
    "0-2": "moins de 3 ans", "3-5": "3 à 5 ans", "6-10": "6 à 10 ans", "11-14": "11 à 14 ans",
    "15-17": "15 à 17 ans", "18-25": "18 à 25 ans",
}  # fmt: skip

THEMES = (
    "accueillir-enfant", "accompagner-enfant", "pre-ado-ado", "jeune-autonomie", "insertion", "logement",
    "numerique", "ecrans", "loisirs-vacances",
)  # fmt: skip
"""The themes that a family may tick and a campaign may choose; this list is closed."""

SENSITIVE = frozenset(
    ("devenir-parent", "deuil", "handicap", "decrochage-scolaire", "separation", "violences", "garde-insertion",
     "epuisement-parental", "acces-droits-sante", "harcelement", "famille-recomposee", "incarceration")
)  # fmt: skip
"""No list of families is ever made on these: health, loss, danger, a separation, a pregnancy that may have ended."""

DISTRICTS = tuple(str(number) for number in range(1, 21))


@dataclass(frozen=True, slots=True)
class Audience:
    """Empty parts choose nobody out. One age and one theme at most: with several, small groups could be told apart."""

    districts: tuple[str, ...] = ()
    band: str = ""
    theme: str = ""

    def takes(self, consent: Consent, month: int) -> bool:
        """Tell whether a family is meant, in a month as an index; one that did not say where it lives or how old
        its children are is meant only where that does not matter."""
        if self.districts and consent.district not in self.districts:
            return False
        return self.but_for_districts(consent, month)

    def but_for_districts(self, consent: Consent, month: int) -> bool:
        """Tell whether a family is meant wherever it lives."""
        if self.theme and self.theme not in consent.themes:
            return False
        return not self.band or any(_may_be(birth, BANDS[self.band], month) for birth in consent.births)


def _may_be(birth: tuple[int, int], ages: tuple[int, int], month: int) -> bool:
    """Tell whether a child born between two months may have an age; a few weeks before birth count as 0."""
    first, last = birth
    youngest, oldest = max(0, month - last), month - first
    return youngest <= ages[1] and oldest >= ages[0]


@dataclass(frozen=True, slots=True)
class Reach:
    """How many families an age and a theme reach, by arrondissement and in all, each in tens, under the floor 0.

    What is added up is already rounded: adding or taking away an arrondissement always changes the number by the
    same tens, whatever the others are, so that no choice of arrondissements tells more than the ten of each one.
    """

    everywhere: int
    by_district: dict[str, int]

    def of(self, districts: Iterable[str]) -> int:
        """Return the number told for some arrondissements, for all when there are none; 0 means under the floor."""
        chosen = tuple(districts)
        return sum(self.by_district.get(each, 0) for each in chosen) if chosen else self.everywhere


def reach(audience: Audience, consents: Iterable[Consent], month: int) -> Reach:
    """Return how many families an audience reaches, its arrondissements left aside."""
    counts: Counter[str] = Counter(
        consent.district for consent in consents if audience.but_for_districts(consent, month)
    )
    return reach_of(counts)


def reach_of(counts: Counter[str]) -> Reach:
    """Return the numbers that may be told of counts by arrondissement (empty: not said)."""
    return Reach(in_tens(counts.total()), {name: in_tens(counts[name]) for name in DISTRICTS})


def in_tens(number: int) -> int:
    """Return a number rounded down to tens, 0 under the floor."""
    return number // FLOOR * FLOOR


def theme_label(theme: str, knowledge: Knowledge) -> Label:
    """Return the name of a theme."""
    return Label(f"theme.{theme}.nom", knowledge.topic_by_id[theme].name)
