"""Draws a tree as a Mermaid flowchart, with French labels: for reviews, not for families. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from dialogs.model import Dialogs, Node, Pick, Tree
from dialogs.routes import places, reached
from knowledge.condition import Condition

_WIDTH = 60
_WORDS = {
    "egal": "est", "parmi": "est parmi", "moins_de": "moins de", "au_plus": "au plus",
    "a_partir_de": "à partir de", "plus_de": "plus de", "au_plus_bareme": "sous le barème",
}  # fmt: skip


def mermaid(tree: Tree, dialogs: Dialogs) -> str:
    """Return a tree as Mermaid text.

    Questions are boxes, ``choisir`` a box that lists its groups, ``si`` a diamond with its two ways,
    sub-trees double boxes, ends rounded.
    """
    return "\n".join(["flowchart TD", *_nodes(tree, dialogs), *_arrows(tree)]) + "\n"


def _nodes(tree: Tree, dialogs: Dialogs) -> Iterator[str]:
    most = f"{tree.questions_max} question{'s' if tree.questions_max > 1 else ''} au plus"
    yield f"    debut([{_quoted(f'{_safe(tree.title)}<br/>{most}', cut=False)}])"
    for at, node in enumerate(tree.nodes):
        yield f"    n{at}{_box(node, tree, dialogs)}"
    if len(tree.nodes) in reached(tree):
        yield '    suite(["retour à l\'arbre qui appelle"])'


def _box(node: Node, tree: Tree, dialogs: Dialogs) -> str:
    if node.say:
        return f">{_quoted(node.say)}]"
    if node.ask:
        return f"[{_quoted(_question(node.ask, dialogs))}]"
    if node.pick:
        return f"[{_quoted(_groups(node.pick, dialogs), cut=False)}]"
    if node.test:
        return f"{{{_quoted(condition_text(node.test))}}}"
    if node.call:
        called = dialogs.trees.get(node.call)
        return f"[[{_quoted('Sous-arbre : ' + (called.title if called else node.call))}]]"
    if node.offer:
        return f"([{_quoted('Proposer : ' + ', '.join(_topics(node.offer.topics or tree.topics, dialogs)))}])"
    if node.human:
        card = dialogs.knowledge.by_id.get(node.human)
        return f"([{_quoted('Relais : ' + (card.name if card else node.human))}])"
    return f"([{_quoted('Fin : ' + (node.end or ''))}])"


def _question(name: str, dialogs: Dialogs) -> str:
    question = dialogs.questions.get(name)
    return question.text if question else name


def _groups(pick: Pick, dialogs: Dialogs) -> str:
    lines = ["Choisir"]
    for number, group in enumerate(pick.groups, start=1):
        names = [dialogs.questions[name].name if name in dialogs.questions else name for name in group.questions]
        most = f" ({group.most} au plus)" if group.most else ""
        lines.append(f"{number}. {', '.join(names)}{most}")
    return "<br/>".join(_safe(line) for line in lines)


def _topics(names: tuple[str, ...], dialogs: Dialogs) -> list[str]:
    known = dialogs.knowledge.topic_by_id
    return [known[name].name if name in known else name for name in names]


def _arrows(tree: Tree) -> Iterator[str]:
    known = places(tree)
    yield "    debut --> n0"
    for at, node in enumerate(tree.nodes):
        if node.ends:
            continue
        if node.test is None:
            yield f"    n{at} --> {_target(at + 1, tree)}"
            continue
        for word, name in (("oui", node.then), ("non", node.otherwise)):
            target = known.get(name, at + 1) if name else at + 1
            yield f"    n{at} -- {word} --> {_target(target, tree)}"


def _target(at: int, tree: Tree) -> str:
    return f"n{at}" if at < len(tree.nodes) else "suite"


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


def _quoted(text: str, cut: bool = True) -> str:
    """Return a text in quotes as Mermaid reads it, cut to a line's width."""
    if cut:
        text = text if len(text) <= _WIDTH else text[: _WIDTH - 1].rstrip() + "…"
        text = _safe(text)
    return f'"{text}"'


def _safe(text: str) -> str:
    # Mermaid reads #...; as an entity and keeps no quote inside quotes.
    return text.replace("#", "#35;").replace('"', "#quot;").replace("<", "#lt;").replace(">", "#gt;")
