"""Proves the shape of trees, and that each topic has somebody to turn to whatever the answers."""

from __future__ import annotations

from dialogs.check_trees import Ground, tree_faults
from dialogs.model import Dialogs
from dialogs.report import Section
from dialogs.routes import reached, ways
from knowledge.criteria import Setting


def prove_trees(dialogs: Dialogs, setting: Setting) -> Section:
    """Return whether every node of every tree can be reached and leads to an end."""
    ground = Ground(dialogs.knowledge, dialogs.questions, dialogs.trees, setting)
    faults = [fault for tree in dialogs.trees.values() for fault in tree_faults(tree, ground)]
    come = {tree.id: reached(tree) for tree in dialogs.trees.values()}
    ways_out = [len(ways(tree, at)) for tree in dialogs.trees.values() for at in range(len(tree.nodes))]
    return Section(
        "Arbres : tout se rejoint, tout finit, tout saut va vers la suite",
        {
            "arbres": len(dialogs.trees),
            "noeuds atteints": sum(map(len, come.values())),
            "passages": sum(ways_out),
        },
        tuple(f"{fault.file} : {fault.what}" for fault in faults if not fault.warning),
    )


def prove_topics(dialogs: Dialogs) -> Section:
    """Return whether each topic has a card without conditions, helplines and services alike."""
    open_to_all = [card for card in dialogs.knowledge.cards if card.conditions is None]
    lacking = [
        f"le thème '{topic.id}' n'a aucune fiche sans conditions"
        for topic in dialogs.knowledge.topics
        if not any(topic.id in card.topics or card.id in topic.always for card in open_to_all)
    ]
    figures = {"thèmes": len(dialogs.knowledge.topics), "fiches ouvertes à tous": len(open_to_all)}
    return Section("Thèmes : quelqu'un vers qui se tourner, quelles que soient les réponses", figures, tuple(lacking))
