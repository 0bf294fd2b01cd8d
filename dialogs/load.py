"""Reads questions and trees from their folder: the border between French files and English code."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import Field

from dialogs.check_menu import entry_faults
from dialogs.model import Dialogs, MenuGroup, Question, Tree
from knowledge.base import Model
from knowledge.content import Knowledge
from knowledge.facts import FactError, plain
from knowledge.load import Reading, near
from knowledge.reader import ContentError, Problem, Read, Where, read
from knowledge.vocabulary import AGE, CHILDREN, Fact, Vocabulary

FOLDER = Path(__file__).parent


class MenuFile(Model):
    """The shape of menu.yaml."""

    groups: tuple[MenuGroup, ...] = Field(alias="groupes", min_length=1)


class QuestionFile(Model):
    """The shape of questions.yaml."""

    questions: tuple[Question, ...]


def load_dialogs(knowledge: Knowledge, folder: Path = FOLDER, read_file: Read = read) -> Dialogs:
    """Return every question and tree; ``read_file`` gives the mapping of one file.

    Raises:
        ContentError: with every problem of every file that cannot be read.
    """
    reading = Reading(folder, read_file)
    asked = reading.one("questions.yaml", QuestionFile)
    trees = [tree for path in reading.files("arbres") if (tree := reading.one(f"arbres/{path.name}", Tree))]
    for tree, path in zip(trees, reading.files("arbres"), strict=False):
        if not reading.problems and tree.id != path.stem:
            where = Where(reading.shown(path), 1)
            reading.problems.append(
                Problem(where, f"id '{tree.id}' n'est pas le nom du fichier", f"écrivez « id: {path.stem} »")
            )
    if reading.problems or asked is None:
        raise ContentError(reading.problems)
    vocabulary = knowledge.vocabulary
    questions = [_plain_question(question, vocabulary, reading) for question in asked.questions]
    if reading.problems:
        raise ContentError(reading.problems)
    ordered = {tree.id: tree for tree in sorted(trees, key=lambda tree: (tree.rank, tree.id))}
    menu = _menu(reading, ordered)
    for fault in entry_faults(menu, {question.id for question in questions}, knowledge):
        reading.problems.append(Problem(Where(reading.shown(reading.folder / "menu.yaml")), fault.what, fault.hint))
    if reading.problems:
        raise ContentError(reading.problems)
    return Dialogs.model_construct(
        questions={question.id: question for question in questions},
        trees=ordered,
        menu=menu,
        knowledge=knowledge,
    )


def _menu(reading: Reading, trees: dict[str, Tree]) -> tuple[MenuGroup, ...]:
    """Return the first screen; without menu.yaml each tree stands alone. Every tree has one place in it."""
    offered = [tree for tree in trees.values() if not tree.callable_only]
    if not (reading.folder / "menu.yaml").exists():
        return tuple(MenuGroup(id=tree.id, title=tree.title, picto=tree.picto, trees=(tree.id,)) for tree in offered)
    found = reading.one("menu.yaml", MenuFile)
    if found is None:
        return ()
    where = Where(reading.shown(reading.folder / "menu.yaml"))
    placed = [name for group in found.groups for name in group.trees]
    for name in dict.fromkeys(placed):
        if name not in trees:
            reading.problems.append(Problem(where, f"arbre '{name}' inconnu", near(name, trees)))
        elif placed.count(name) > 1:
            reading.problems.append(Problem(where, f"arbre '{name}' écrit deux fois", "gardez-en un"))
    for tree in offered:
        if tree.id not in placed:
            reading.problems.append(Problem(where, f"l'arbre '{tree.id}' n'est dans aucun groupe", "ajoutez-le"))
    return found.groups


def _plain_question(question: Question, vocabulary: Vocabulary, reading: Reading) -> Question:
    """Return a question whose buttons fill facts in plain form; values that do not fit are noted as problems."""

    def filled(fills: dict[str, Any]) -> dict[str, Any]:
        found = {}
        for name, value in fills.items():
            fact = vocabulary.get(name)
            if name == AGE:
                found[name] = [int(end) for end in value]
            elif name == CHILDREN or fact is None:
                found[name] = value  # "aucun", or an unknown fact that the checks name with its line
            else:
                found[name] = _plain(fact, value, question, reading)
        return found

    choices = tuple(choice.model_copy(update={"fills": filled(choice.fills)}) for choice in question.choices)
    return question.model_copy(update={"choices": choices, "else_fills": filled(question.else_fills)})


def _plain(fact: Fact, value: Any, question: Question, reading: Reading) -> Any:
    try:
        return plain(fact, value)
    except FactError as error:
        where = Where(reading.shown(reading.folder / "questions.yaml"))
        reading.problems.append(Problem(where, f"question '{question.id}' : {error}"))
        return None
