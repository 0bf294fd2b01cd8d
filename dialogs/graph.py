"""Draws a tree as a Mermaid flowchart, with French labels: for reviews, not for families. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from dialogs.model import Dialogs, Tree
from dialogs.routes import reached
from dialogs.steps import Kind, Step, arrows, steps

_WIDTH = 60
_SHAPES: dict[Kind, str] = {
    "dire": ">{}]", "demander": "[{}]", "choisir": "[{}]", "si": "{{{}}}",
    "appeler": "[[{}]]", "proposer": "([{}])", "relais": "([{}])", "fin": "([{}])",
}  # fmt: skip
_NAMED: dict[Kind, str] = {"appeler": "Sous-arbre", "proposer": "Proposer", "relais": "Relais", "fin": "Fin"}


def mermaid(tree: Tree, dialogs: Dialogs) -> str:
    """Return a tree as Mermaid text.

    Questions are boxes, ``choisir`` a box that lists its groups, ``si`` a diamond with its two ways,
    sub-trees double boxes, ends rounded.
    """
    return "\n".join(["flowchart TD", *_nodes(tree, dialogs), *_arrows(tree)]) + "\n"


def _nodes(tree: Tree, dialogs: Dialogs) -> Iterator[str]:
    most = f"{tree.questions_max} question{'s' if tree.questions_max > 1 else ''} au plus"
    yield f"    debut([{_quoted(f'{_safe(tree.title)}<br/>{most}', cut=False)}])"
    for at, step in enumerate(steps(tree, dialogs)):
        yield f"    n{at}{_box(step)}"
    if len(tree.nodes) in reached(tree):
        yield '    suite(["retour à l\'arbre qui appelle"])'


def _box(step: Step) -> str:
    if step.kind == "choisir":
        lines = ["Choisir", *(f"{number}. {group}" for number, group in enumerate(step.groups, start=1))]
        return _SHAPES[step.kind].format(_quoted("<br/>".join(_safe(line) for line in lines), cut=False))
    named = f"{_NAMED[step.kind]} : " if step.kind in _NAMED else ""
    return _SHAPES[step.kind].format(_quoted(f"{named}{step.text}"))


def _arrows(tree: Tree) -> Iterator[str]:
    yield "    debut --> n0"
    for arrow in arrows(tree):
        way = f"-- {arrow.answer} -->" if arrow.answer else "-->"
        end = f"n{arrow.end}" if arrow.end < len(tree.nodes) else "suite"
        yield f"    n{arrow.start} {way} {end}"


def _quoted(text: str, cut: bool = True) -> str:
    """Return a text in quotes as Mermaid reads it, cut to a line's width."""
    if cut:
        text = text if len(text) <= _WIDTH else text[: _WIDTH - 1].rstrip() + "…"
        text = _safe(text)
    return f'"{text}"'


def _safe(text: str) -> str:
    # Mermaid reads #...; as an entity and keeps no quote inside quotes.
    return text.replace("#", "#35;").replace('"', "#quot;").replace("<", "#lt;").replace(">", "#gt;")
