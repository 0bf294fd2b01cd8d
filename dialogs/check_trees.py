"""Checks the trees: jumps, questions, topics and cards exist, nothing is out of reach, every way ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from dialogs.model import Node, Question, Tree
from dialogs.routes import asked_by, calls, circle, places, reached
from knowledge.check_conditions import condition_faults
from knowledge.content import Knowledge
from knowledge.criteria import Setting
from knowledge.faults import Fault, Steps
from knowledge.load import near
from knowledge.model import Place


@dataclass(frozen=True)
class Ground:
    """What trees may name."""

    knowledge: Knowledge
    questions: Mapping[str, Question]
    trees: Mapping[str, Tree]
    setting: Setting


def tree_faults(tree: Tree, ground: Ground) -> Iterator[Fault]:
    """Yield what is wrong in one tree."""
    file = f"arbres/{tree.id}.yaml"
    for fault in (*_shape(tree), *_whole(tree, ground), *_nodes(tree, ground)):
        yield fault._replace(file=file)


def _shape(tree: Tree) -> Iterator[Fault]:
    known, come = places(tree), reached(tree)
    for at, node in enumerate(tree.nodes):
        steps: Steps = ("noeuds", at)
        if node.id and known[node.id] != at:
            yield Fault("", (*steps, "id"), f"l'id '{node.id}' est écrit deux fois dans cet arbre", "changez-en un")
        for key, target in (("alors", node.then), ("sinon", node.otherwise)):
            if target and target not in known:
                yield Fault(
                    "",
                    (*steps, key),
                    f"'{key}' va vers '{target}', qui n'est pas dans cet arbre",
                    near(target, known),
                )
            elif target and known[target] <= at:
                yield Fault(
                    "",
                    (*steps, key),
                    f"'{key}' revient en arrière vers '{target}'",
                    "un saut va toujours vers la suite",
                )
        if at not in come:
            yield Fault(
                "",
                steps,
                "aucune conversation n'arrive à ce noeud",
                "retirez-le, ou faites-y mener un « si »",
            )
    if len(tree.nodes) in come and not tree.callable_only:
        hint = "finissez chaque chemin par proposer, relais ou fin"
        yield Fault("", ("noeuds", len(tree.nodes) - 1), "cet arbre peut finir sans rien proposer", hint)


def _whole(tree: Tree, ground: Ground) -> Iterator[Fault]:
    topics = ground.knowledge.topic_by_id
    for at, topic in enumerate(tree.topics):
        if topic not in topics:
            yield Fault("", ("themes", at), f"thème '{topic}' inconnu", near(topic, topics))
    round_trip = circle(ground.trees, tree.id)
    if round_trip:
        yield Fault(
            "",
            ("noeuds",),
            f"les arbres s'appellent en rond : {' > '.join(round_trip)}",
            "retirez un « appeler »",
        )
    callers = [other.id for other in ground.trees.values() if tree.id in calls(other)]
    if tree.callable_only and not callers:
        yield Fault("", ("sous_arbre",), "aucun arbre n'appelle ce sous-arbre", "appelez-le, ou retirez-le", True)
    asked = [name for node in tree.nodes for name in asked_by(node)]
    if asked and not tree.questions_max and not tree.callable_only:
        yield Fault("", ("questions_max",), "cet arbre promet 0 question et en pose", "donnez le plus grand nombre")
    for name in sorted({name for name in asked if asked.count(name) > 1}):
        yield Fault(
            "",
            ("noeuds",),
            f"la question '{name}' est citée deux fois",
            "ce qui est connu n'est pas redemandé",
            True,
        )


def _nodes(tree: Tree, ground: Ground) -> Iterator[Fault]:
    for at, node in enumerate(tree.nodes):
        steps: Steps = ("noeuds", at)
        yield from _questions(node, steps, ground)
        if node.test:
            yield from condition_faults(node.test, (*steps, "si"), ground.setting)
        if node.call and node.call not in ground.trees:
            yield Fault("", (*steps, "appeler"), f"l'arbre '{node.call}' n'existe pas", near(node.call, ground.trees))
        if node.offer:
            yield from _named(node.offer.topics, ground.knowledge.topic_by_id, (*steps, "proposer", "themes"), "thème")
            yield from _cards(node.offer.first, (*steps, "proposer", "en_tete"), ground)
            yield from _cards(node.offer.only, (*steps, "proposer", "seulement"), ground)
        if node.human:
            yield from _cards((node.human,), (*steps, "relais"), ground)


def _questions(node: Node, steps: Steps, ground: Ground) -> Iterator[Fault]:
    if node.ask:
        yield from _named((node.ask,), ground.questions, (*steps, "demander"), "question")
    for number, group in enumerate(node.pick.groups if node.pick else ()):
        place = (*steps, "choisir", "groupes", number, "questions")
        yield from _named(group.questions, ground.questions, place, "question")


def _named(names: Iterable[str], known: Iterable[str], steps: Steps, what: str) -> Iterator[Fault]:
    for at, name in enumerate(names):
        if name not in known:
            yield Fault(
                "",
                (*steps, at),
                f"{what} '{name}' inconnu{'e' if what == 'question' else ''}",
                near(name, known),
            )


def _cards(names: Iterable[str], steps: Steps, ground: Ground) -> Iterator[Fault]:
    shown = [card.id for card in ground.knowledge.cards]
    for at, name in enumerate(names):
        if name not in shown:
            place = isinstance(ground.knowledge.by_id.get(name), Place)
            what = f"'{name}' est un lieu, pas une fiche" if place else f"la fiche '{name}' n'existe pas"
            yield Fault("", (*steps, at), what, near(name, shown))
