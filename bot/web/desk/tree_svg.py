"""Draws a tree as SVG: its steps from top to bottom, the ways that skip some of them down its right side. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from textwrap import wrap

from dialogs.steps import Arrow, Kind, Step

NAMES: dict[Kind, str] = {
    "dire": "Dire", "demander": "Demander", "choisir": "Choisir la plus utile", "si": "Si", "appeler": "Sous-arbre",
    "proposer": "Proposer", "relais": "Passer la main", "fin": "Finir",
}  # fmt: skip
RETURN = Step("fin", None, "retour à l'arbre qui appelle")
_LINE, _PAD, _GAP, _WIDTH, _SIGNS, _LANE = 20, 10, 34, 460, 56, 38


@dataclass(frozen=True, slots=True)
class _Box:
    """A step with its place: the lines it shows and its upper and lower edge."""

    step: Step
    lines: tuple[str, ...]
    top: int
    bottom: int

    @property
    def middle(self) -> int:
        return (self.top + self.bottom) // 2


def tree_svg(title: str, steps: tuple[Step, ...], ways: tuple[Arrow, ...]) -> str:
    """Return a tree as SVG for a page that styles it; ``title`` names it to those who do not see it.

    Args:
        title: of the tree.
        steps: of the tree, in order; a way past the last leads back to the tree that called.
        ways: between them, forward only.
    """
    if any(way.end == len(steps) for way in ways):
        steps = (*steps, RETURN)
    boxes = tuple(_boxes(steps))
    lanes = _lanes(ways)
    width = _WIDTH + 2 + _LANE * (1 + max(lanes.values(), default=-1))
    height = boxes[-1].bottom + 2
    parts = (
        *(_straight(boxes, way) for way in ways if way not in lanes),
        *(_around(boxes, way, lane) for way, lane in lanes.items()),
        *(_drawn(box) for box in boxes),
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="arbre" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" role="img" aria-label="{escape(title)}">{"".join(parts)}</svg>'
    )


def _boxes(steps: tuple[Step, ...]) -> Iterator[_Box]:
    top = 2
    for step in steps:
        texts = (step.text, *(f"{number}. {group}" for number, group in enumerate(step.groups, start=1)))
        lines = tuple(line for text in texts for line in wrap(text, _SIGNS))
        bottom = top + 2 * _PAD + _LINE * (1 + len(lines))
        yield _Box(step, lines, top, bottom)
        top = bottom + _GAP


def _lanes(ways: tuple[Arrow, ...]) -> dict[Arrow, int]:
    """Return the lane of each way that skips steps: the nearest one that is free all along."""
    taken: list[int] = []
    found: dict[Arrow, int] = {}
    for way in sorted((way for way in ways if way.end > way.start + 1), key=lambda way: (way.start, way.end)):
        lane = next((at for at, end in enumerate(taken) if end <= way.start), len(taken))
        taken[lane : lane + 1] = [way.end]
        found[way] = lane
    return found


def _straight(boxes: tuple[_Box, ...], way: Arrow) -> str:
    start, end, x = boxes[way.start].bottom, boxes[way.end].top, _WIDTH // 2
    return f'<path d="M{x} {start}V{end}"/>{_head(x, end, down=True)}{_answer(x + 8, start + 20, way)}'


def _around(boxes: tuple[_Box, ...], way: Arrow, lane: int) -> str:
    # It leaves below the middle and arrives above it, so that two ways of one box never lie on each other.
    start, end = boxes[way.start].middle + 6, boxes[way.end].middle - 6
    x = _WIDTH + _LANE * lane + 16
    return (
        f'<path d="M{_WIDTH} {start}H{x}V{end}H{_WIDTH}"/>{_head(_WIDTH, end, down=False)}'
        f"{_answer(x + 5, start + 18, way)}"
    )


def _head(x: int, y: int, *, down: bool) -> str:
    points = f"{x},{y} {x - 5},{y - 9} {x + 5},{y - 9}" if down else f"{x},{y} {x + 9},{y - 5} {x + 9},{y + 5}"
    return f'<polygon points="{points}"/>'


def _answer(x: int, y: int, way: Arrow) -> str:
    return f'<text class="reponse" x="{x}" y="{y}">{way.answer}</text>' if way.answer else ""


def _drawn(box: _Box) -> str:
    name = f"{NAMES[box.step.kind]}{f' « {box.step.name} »' if box.step.name else ''}"
    first = box.top + _PAD + 14
    lines = "".join(
        f'<text x="14" y="{first + _LINE * at}">{escape(line)}</text>' for at, line in enumerate(box.lines, start=1)
    )
    round_edge = 18 if box.step.kind in ("proposer", "relais", "fin") else 4
    return (
        f'<g class="{box.step.kind}"><rect x="1" y="{box.top}" width="{_WIDTH - 1}" '
        f'height="{box.bottom - box.top}" rx="{round_edge}"/>'
        f'<text class="genre" x="14" y="{first}">{escape(name)}</text>{lines}</g>'
    )
