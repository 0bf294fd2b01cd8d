"""The entries of the first screen: people with subjects of their own, known by a few facts. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dialogs.model import Dialogs, MenuGroup


def entry_of(dialogs: Dialogs, facts: Mapping[str, Any]) -> MenuGroup | None:
    """Return the entry that someone with these facts belongs to, None for families."""
    return next((group for group in dialogs.menu if group.fills and group.fills.items() <= facts.items()), None)


def _reserved(dialogs: Dialogs, tree: str) -> MenuGroup | None:
    """Return the entry whose people alone a tree speaks to; a tree named after a topic is for parents too."""
    if tree in dialogs.knowledge.topic_by_id:
        return None
    return next((group for group in dialogs.menu if group.fills and tree in group.trees), None)


def facts_of_tree(dialogs: Dialogs, tree: str, facts: Mapping[str, Any]) -> dict[str, str]:
    """Return what is known of someone who opens a tree of an entry; nothing when a word of it is known otherwise."""
    entry = _reserved(dialogs, tree)
    return dict(entry.fills) if entry and not entry.fills.keys() & facts.keys() else {}


def own_trees(dialogs: Dialogs, facts: Mapping[str, Any], trees: Iterable[str]) -> tuple[str, ...]:
    """Return the trees that speak to someone with these facts, in the place of those a sentence is about.

    People of an entry get its trees on the same topics. Trees of an entry that others are led to (a mother says
    « mon fils ne veut plus aller au lycée ») give way to the rest of what was found, or else to the topic's own tree.
    """
    entry = entry_of(dialogs, facts)
    known = [tree for tree in trees if tree in dialogs.trees]
    if entry and not entry.alone:
        return tuple(dict.fromkeys(_own(dialogs, entry, tree) for tree in known))
    for_all = [tree for tree in known if _reserved(dialogs, tree) is None]
    return tuple(for_all or dict.fromkeys(dialogs.trees[tree].topics[0] for tree in known))


def _own(dialogs: Dialogs, entry: MenuGroup, tree: str) -> str:
    if tree in entry.trees:
        return tree
    topic = dialogs.trees[tree].topics[0]
    return next((mine for mine in entry.trees if topic in dialogs.trees[mine].topics), tree)
