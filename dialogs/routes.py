"""The shape of trees: where each node leads, what can be reached, which trees call which. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.model import Node, Tree


def places(tree: Tree) -> dict[str, int]:
    """Return the position of each node that has an id (the first one, when an id is written twice)."""
    found: dict[str, int] = {}
    for at, node in enumerate(tree.nodes):
        if node.id:
            found.setdefault(node.id, at)
    return found


def ways(tree: Tree, at: int) -> tuple[int, ...]:
    """Return the positions that can follow a node; ``len(tree.nodes)`` stands for running off the end.

    Jumps to ids that do not exist, or backwards, are left out: they are problems of their own.
    """
    node = tree.nodes[at]
    if node.ends:
        return ()
    if node.test is None:
        return (at + 1,)
    known = places(tree)
    targets = [known.get(name, -1) if name else at + 1 for name in (node.then, node.otherwise)]
    return tuple(dict.fromkeys(target for target in targets if target > at))


def reached(tree: Tree) -> set[int]:
    """Return the positions that some conversation can come to, running off the end included."""
    found: set[int] = set()
    waiting = [0]
    while waiting:
        at = waiting.pop()
        if at not in found:
            found.add(at)
            waiting += ways(tree, at) if at < len(tree.nodes) else ()
    return found


def asked_by(node: Node) -> tuple[str, ...]:
    """Return the questions that a node may ask."""
    if node.ask:
        return (node.ask,)
    return tuple(name for group in node.pick.groups for name in group.questions) if node.pick else ()


def calls(tree: Tree) -> tuple[str, ...]:
    """Return the sub-trees that a tree calls, in file order."""
    return tuple(node.call for node in tree.nodes if node.call)


def circle(trees: Mapping[str, Tree], start: str) -> tuple[str, ...]:
    """Return the ids of a circle of calls that comes back to a tree, empty when there is none."""
    waiting: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    while waiting:
        path = waiting.pop()
        for name in calls(trees[path[-1]]):
            if name == start:
                return (*path, name)
            if name in trees and name not in seen:
                seen.add(name)
                waiting.append((*path, name))
    return ()
