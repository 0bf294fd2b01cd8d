"""A tree step by step, in French words and with where each step leads: for reviews, not for families. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from dialogs.model import Dialogs, Node, Pick, Tree
from dialogs.routes import places
from knowledge.condition import Condition

Kind = Literal["dire", "demander", "choisir", "si", "appeler", "proposer", "relais", "fin"]
_WORDS = {
    "egal": "est", "parmi": "est parmi", "moins_de": "moins de", "au_plus": "au plus",
    "a_partir_de": "à partir de", "plus_de": "plus de", "au_plus_bareme": "sous le barème",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """One node: its kind, its own id if it has one, what it says or does."""

    kind: Kind
    name: str | None
    text: str
    groups: tuple[str, ...] = ()
    """For ``choisir``: the questions of each group, in order."""


@dataclass(frozen=True, slots=True)
class Arrow:
    """A way from a step to a later one, by their positions; one past the last is the return to the caller."""

    start: int
    end: int
    answer: Literal["", "oui", "non"] = ""


def steps(tree: Tree, dialogs: Dialogs) -> tuple[Step, ...]:
    """Return the steps of a tree, in order."""
    return tuple(_step(node, tree, dialogs) for node in tree.nodes)


def arrows(tree: Tree) -> Iterator[Arrow]:
    """Yield the ways between steps."""
    known = places(tree)
    for at, node in enumerate(tree.nodes):
        if node.test:
            yield Arrow(at, known.get(node.then or "", at + 1), "oui")
            yield Arrow(at, known.get(node.otherwise or "", at + 1), "non")
        elif not node.ends:
            yield Arrow(at, at + 1)


def _step(node: Node, tree: Tree, dialogs: Dialogs) -> Step:
    if node.say:
        return Step("dire", node.id, node.say)
    if node.ask:
        question = dialogs.questions.get(node.ask)
        return Step("demander", node.id, question.text if question else node.ask)
    if node.pick:
        return Step("choisir", node.id, "", tuple(_groups(node.pick, dialogs)))
    if node.test:
        return Step("si", node.id, condition_text(node.test))
    if node.call:
        called = dialogs.trees.get(node.call)
        return Step("appeler", node.id, called.title if called else node.call)
    if node.offer:
        known = dialogs.knowledge.topic_by_id
        topics = node.offer.topics or tree.topics
        return Step("proposer", node.id, ", ".join(known[each].name if each in known else each for each in topics))
    if node.human:
        card = dialogs.knowledge.by_id.get(node.human)
        return Step("relais", node.id, card.name if card else node.human)
    return Step("fin", node.id, node.end or "")


def _groups(pick: Pick, dialogs: Dialogs) -> Iterator[str]:
    for group in pick.groups:
        names = [dialogs.questions[name].name if name in dialogs.questions else name for name in group.questions]
        yield ", ".join(names) + (f" ({group.most} au plus)" if group.most else "")


def condition_text(node: Condition) -> str:
    """Return a condition in a few French words."""
    if node.child:
        count = f"{node.child.at_least} enfants" if node.child.at_least else "un enfant"
        inner = " et ".join(condition_text(part) for part in node.child.all_of)
        return f"{count} : {inner}" if inner else count
    if node.none_of:
        return f"pas ({condition_text(node.none_of)})"
    if node.parts:
        return (" et " if node.all_of else " ou ").join(condition_text(part) for part in node.parts)
    if not node.fact:
        return node.says or "à vérifier"
    operator, operand = node.operators[0]
    value = ", ".join(operand) if isinstance(operand, tuple) else getattr(operand, "parameter", operand)
    return f"{node.fact} {_WORDS[operator]} {value}"
