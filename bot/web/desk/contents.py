"""What editors look at: how fresh the cards are, the trees, what is covered where. Worked out from the content."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from bot.sheet.map import shaded_svg
from bot.web.desk.tree_svg import NAMES, RETURN, tree_svg
from dialogs.coverage import BANDS, Band, Cell, Offer
from dialogs.graph import mermaid
from dialogs.model import Dialogs, Tree
from dialogs.steps import Arrow, Step, arrows, steps
from knowledge.content import Knowledge
from knowledge.geography import PARIS

SOON = timedelta(days=60)
State = Literal["en retard", "bientôt", "à jour"]
_SHADES = (("#ffffff", "#1c2530"), ("#d5eaec", "#1c2530"), ("#9fd0d6", "#1c2530"), ("#3f96a3", "#1c2530"),
           ("#0a5a66", "#ffffff"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class CardLine:
    """One card and its dates."""

    id: str
    name: str
    kind: str
    checked_on: date
    method: str
    review_by: date
    confidence: str
    state: State


@dataclass(frozen=True, slots=True)
class TreeLine:
    """One tree: its steps in words, drawn as SVG, and as Mermaid text."""

    id: str
    title: str
    most: int
    steps: tuple[str, ...]
    drawing: str
    mermaid: str


def card_lines(knowledge: Knowledge, on: date) -> tuple[CardLine, ...]:
    """Return every card, what is to be looked at first first."""
    lines = []
    for card in knowledge.cards:
        fresh = card.freshness
        state: State = "en retard" if fresh.overdue(on) else "bientôt" if fresh.review_by - on <= SOON else "à jour"
        lines.append(
            CardLine(
                card.id, card.name, card.kind, fresh.checked_on, fresh.method, fresh.review_by, fresh.confidence, state
            )
        )
    return tuple(sorted(lines, key=lambda line: (line.review_by, line.name)))


def tree_lines(dialogs: Dialogs) -> tuple[TreeLine, ...]:
    """Return every tree, in the order of their titles."""
    found = sorted(dialogs.trees.values(), key=lambda tree: tree.title)
    return tuple(_tree(tree, dialogs) for tree in found)


def _tree(tree: Tree, dialogs: Dialogs) -> TreeLine:
    found, ways = steps(tree, dialogs), tuple(arrows(tree))
    drawn = tree_svg(f"Dessin de l'arbre « {tree.title} »", found, ways)
    said = tuple(_said(at, found, ways) for at in range(len(found)))
    return TreeLine(tree.id, tree.title, tree.questions_max, said, drawn, mermaid(tree, dialogs))


def _said(at: int, found: tuple[Step, ...], ways: tuple[Arrow, ...]) -> str:
    """Return a step in words, with where it leads when that is not simply the next one."""
    step = found[at]
    text = " ; puis ".join(step.groups) or step.text
    leads = [f"{way.answer} : {_place(way.end, len(found))}" for way in ways if way.start == at and way.answer]
    return f"{NAMES[step.kind]} : {text}" + (f" ({', '.join(leads)})" if leads else "")


def _place(at: int, count: int) -> str:
    return f"étape {at + 1}" if at < count else RETURN.text


def coverage_table(cells: dict[Cell, Offer]) -> tuple[tuple[str, tuple[tuple[Band, int], ...]], ...]:
    """Return (topic id, for each age band the cards met near home in the arrondissement where there are fewest)."""
    topics = dict.fromkeys(cell.topic for cell in cells)
    return tuple(
        (topic, tuple((band, min(cells[Cell(topic, each, band)].near for each in PARIS)) for band in BANDS))
        for topic in topics
    )


def place_counts(knowledge: Knowledge, topic: str) -> dict[int, int]:
    """Return how many places each arrondissement has for a subject (all subjects for an empty one)."""
    counts = dict.fromkeys(sorted(PARIS), 0)
    for service in knowledge.services:
        if not topic or topic in service.topics:
            for place in knowledge.places_of.get(service.id, ()):
                counts[place.district] += 1
    return counts


def place_map(counts: dict[int, int]) -> str:
    """Return the arrondissements as SVG, darker where there are more places."""
    # As many arrondissements in each shade: one that has far more than the others would make them all alike.
    ranked = sorted(count for count in counts.values() if count)
    shades = len(_SHADES) - 1
    levels = {each: 1 + ranked.index(count) * shades // len(ranked) if count else 0 for each, count in counts.items()}
    return shaded_svg({each: _SHADES[level] for each, level in levels.items()})
