"""Finds every problem of questions and trees at once, and facts that are asked in vain or never asked."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from pathlib import Path

from dialogs.check_questions import FILE, question_faults
from dialogs.check_trees import Ground, tree_faults
from dialogs.load import MenuFile, QuestionFile
from dialogs.model import Question, Tree
from dialogs.routes import asked_by
from knowledge.content import Knowledge
from knowledge.criteria import Setting
from knowledge.faults import Fault, locate
from knowledge.load import Reading
from knowledge.reader import Problem, Where
from knowledge.spots import facts_read
from knowledge.vocabulary import CHILDREN, DISTRICT

_ALWAYS_OF_USE = frozenset((DISTRICT, CHILDREN, "naissance"))
"""Facts that decide which places and ages are shown, clause or not."""


def check_dialogs(knowledge: Knowledge, root: Path, on: date) -> list[Problem]:
    """Return every problem of questions and trees, by file and line; warnings have ``warning`` set.

    Args:
        knowledge: what trees and questions speak of.
        root: the folder that holds ``dialogs/`` and ``knowledge/``.
        on: the day whose amounts count in the conditions of trees.
    """
    reading = Reading(root / "dialogs")
    asked = reading.one("questions.yaml", QuestionFile)
    trees: list[Tree] = []
    for path in reading.files("arbres"):
        tree = reading.one(f"arbres/{path.name}", Tree)
        if tree is not None:
            trees.append(tree)
            if tree.id != path.stem:
                what = f"id '{tree.id}' n'est pas le nom du fichier"
                reading.problems.append(Problem(Where(reading.shown(path), 1), what, f"écrivez « id: {path.stem} »"))
    if asked is None:
        return sorted(reading.problems)
    setting = Setting(knowledge.vocabulary, knowledge.parameters, on)
    ground = Ground(knowledge, {each.id: each for each in asked.questions}, {tree.id: tree for tree in trees}, setting)
    menu = reading.one("menu.yaml", MenuFile) if (root / "dialogs" / "menu.yaml").exists() else None
    first = {name for group in menu.groups for name in group.first} if menu else set()
    faults = [*question_faults(asked.questions, setting), *_unused(asked.questions, trees, first)]
    faults += [fault for tree in trees for fault in tree_faults(tree, ground)]
    faults += _asked_in_vain(asked.questions, trees, knowledge)
    problems = reading.problems + locate(faults, root / "dialogs")
    return sorted({*problems, *locate(_never_asked(asked.questions, knowledge), root / "knowledge")})


def _unused(questions: Sequence[Question], trees: Sequence[Tree], first: Collection[str]) -> Iterator[Fault]:
    used = {*first} | {name for tree in trees for node in tree.nodes for name in asked_by(node)}
    for at, question in enumerate(questions):
        if question.id not in used:
            hint = "nommez-la dans un arbre, ou retirez-la"
            yield Fault(FILE, ("questions", at), f"aucun arbre ne pose la question '{question.id}'", hint, True)


def readers(knowledge: Knowledge) -> dict[str, list[str]]:
    """Return for each fact the ids of the cards whose conditions depend on it."""
    found: dict[str, list[str]] = {}
    for card in knowledge.cards:
        for name in sorted(facts_read(card.conditions, knowledge.parameters)) if card.conditions else ():
            found.setdefault(name, []).append(card.id)
    return found


def _asked_in_vain(questions: Sequence[Question], trees: Sequence[Tree], knowledge: Knowledge) -> Iterator[Fault]:
    tests = [node.test for tree in trees for node in tree.nodes if node.test]
    tests += [question.only_if for question in questions if question.only_if]
    read = {name for test in tests for name in facts_read(test, knowledge.parameters)}
    useful = {*readers(knowledge), *read, *_ALWAYS_OF_USE}
    for at, question in enumerate(questions):
        for number, name in enumerate(question.fills):
            if name not in useful and knowledge.vocabulary.get(name):
                hint = "retirez la question, ou écrivez la clause qui s'en sert"
                yield Fault(FILE, ("questions", at, "remplit", number), f"aucune fiche ne lit '{name}'", hint)


def _never_asked(questions: Sequence[Question], knowledge: Knowledge) -> Iterator[Fault]:
    asked = {name for question in questions for name in question.fills} | {"naissance"}
    cards = readers(knowledge)
    for at, fact in enumerate(knowledge.vocabulary.facts):
        if fact.id in cards and fact.id not in asked:
            names = cards[fact.id]
            shown = ", ".join(names[:3]) + (f" et {len(names) - 3} autres" if len(names) > 3 else "")
            what = f"aucune question ne demande '{fact.id}', lu par {len(names)} fiche(s)"
            yield Fault(
                "faits.yaml",
                ("faits", at, "id"),
                what,
                f"écrivez la question, ou retirez les clauses : {shown}",
            )
