"""The coverage matrix: for each topic, arrondissement and age band, whether something can be offered.

A cell is covered when a card that is not excluded has a place in the arrondissement or one that touches it,
or when a card without conditions serves all Paris or is remote. Known gaps: ``knowledge/lacunes.yaml``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Literal, NamedTuple

from pydantic import Field

from dialogs.report import Section
from knowledge.ages import birth_of
from knowledge.base import Model, Sentence, Slug
from knowledge.content import AnyCard, Knowledge
from knowledge.criteria import NON
from knowledge.geography import CENTRE, NEIGHBOURS, PARIS
from knowledge.match import Matcher
from knowledge.model import Helpline, Right
from knowledge.vocabulary import CHILDREN, DISTRICT

Band = Literal["grossesse", "0-2", "3-5", "6-10", "11-15", "16-17", "18-24"]
BANDS: dict[Band, tuple[int, int] | None] = {
    "grossesse": None, "0-2": (0, 35), "3-5": (36, 71), "6-10": (72, 131), "11-15": (132, 191),
    "16-17": (192, 215), "18-24": (216, 299),
}  # fmt: skip
"""Ages in months, both included; None: an expected child."""


class Gap(Model):
    """Cells known to be empty, and why; without list, all arrondissements or all ages."""

    topic: Slug = Field(alias="theme")
    districts: tuple[int, ...] = Field((), alias="arrondissements")
    bands: tuple[Band, ...] = Field((), alias="ages")
    reason: Sentence = Field(alias="raison")

    def holds(self, cell: Cell) -> bool:
        """Tell whether a cell is among those this gap excuses."""
        near = not self.districts or cell.district in self.districts
        return self.topic == cell.topic and near and (not self.bands or cell.band in self.bands)


class GapFile(Model):
    """The shape of lacunes.yaml."""

    gaps: tuple[Gap, ...] = Field((), alias="lacunes")


class Cell(NamedTuple):
    """One square of the matrix."""

    topic: str
    district: int
    band: Band


class Offer(NamedTuple):
    """What a cell holds: cards that can be met near, and cards for all Paris or remote (numbers of cards)."""

    near: int
    wide: int


def family(district: int, band: Band, matcher: Matcher) -> dict[str, Any]:
    """Return what is known of the family of a cell: its home, and one child of that age or one expected."""
    ages = BANDS[band]
    facts: dict[str, Any] = {DISTRICT: str(district)}
    if ages is None:
        return {**facts, "grossesse_mois": [1, 10]}
    return {**facts, CHILDREN: {"liste": [{"naissance": birth_of(*ages, matcher.on)}], "complet": "oui"}}


def matrix(matcher: Matcher) -> dict[Cell, Offer]:
    """Return what each cell holds."""
    knowledge = matcher.knowledge
    homes = {card.id: _districts(card, knowledge) for card in matcher.cards}
    cells: dict[Cell, Offer] = {}
    for district in sorted(PARIS):
        around = {district, *NEIGHBOURS[district], *(CENTRE if district in CENTRE else ())}
        for band in BANDS:
            verdicts = matcher.verdicts(matcher.state(family(district, band, matcher)))
            left = [card for card, verdict in zip(matcher.cards, verdicts, strict=True) if verdict is not NON]
            near = Counter(topic for card in left if homes[card.id] & around for topic in card.topics)
            everywhere = [card for card in left if _for_all(card)]
            wide = Counter(topic for card in everywhere for topic in card.topics)
            wide += Counter(topic.id for topic in knowledge.topics for card in everywhere if card.id in topic.always)
            cells |= {
                Cell(topic.id, district, band): Offer(near[topic.id], wide[topic.id]) for topic in knowledge.topics
            }
    return cells


def _districts(card: AnyCard, knowledge: Knowledge) -> set[int]:
    """Return where a card can be met: its own places, or those of the services that help to claim it."""
    if isinstance(card, Helpline):
        return set()
    services = card.helped_by if isinstance(card, Right) else (card.id,)
    return {place.district for service in services for place in knowledge.places_of.get(service, ())}


def _for_all(card: AnyCard) -> bool:
    return card.conditions is None and card.zone in ("paris", "ile-de-france", "france", "a-distance")


def prove_coverage(matcher: Matcher, gaps: Sequence[Gap]) -> Section:
    """Return the matrix in short, with the empty cells that no known gap explains."""
    cells = matrix(matcher)
    empty = [cell for cell, offer in cells.items() if not any(offer)]
    problems = [
        f"rien pour le thème '{cell.topic}', {cell.district}e arrondissement, {cell.band}"
        for cell in empty
        if not any(gap.holds(cell) for gap in gaps)
    ]
    problems += [
        f"la lacune notée pour '{gap.topic}' n'existe pas ou plus : retirez-la de lacunes.yaml"
        for gap in gaps
        if not any(gap.holds(cell) for cell in empty)
    ]
    figures = {
        "cases": len(cells),
        "avec un lieu proche": sum(offer.near > 0 for offer in cells.values()),
        "à distance seulement": sum(offer.near == 0 < offer.wide for offer in cells.values()),
        "vides": len(empty),
    }
    title = "Couverture : thème, arrondissement, âge"
    return Section(title, figures, tuple(problems), table=tuple(_rows(cells)))


def _rows(cells: dict[Cell, Offer]) -> Iterator[str]:
    """Yield one line a topic: for each age band, cards met near home where there are fewest."""
    topics = list(dict.fromkeys(cell.topic for cell in cells))
    width = max(map(len, topics), default=0)
    yield "Fiches avec un lieu proche, dans l'arrondissement le moins servi :"
    yield " " * width + "".join(f"{band:>11}" for band in BANDS)
    for topic in topics:
        fewest = [min(cells[Cell(topic, district, band)].near for district in PARIS) for band in BANDS]
        yield f"{topic:{width}}" + "".join(f"{count:>11}" for count in fewest)
