"""Reads questions and trees from their folder: the border between French files and English code."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dialogs.model import Dialogs, Question, Tree
from knowledge.base import Model
from knowledge.content import Knowledge
from knowledge.facts import FactError, plain
from knowledge.load import Reading
from knowledge.reader import ContentError, Problem, Where
from knowledge.vocabulary import AGE, CHILDREN, Fact, Vocabulary

FOLDER = Path(__file__).parent


class QuestionFile(Model):
    """The shape of questions.yaml."""

    questions: tuple[Question, ...]


def load_dialogs(knowledge: Knowledge, folder: Path = FOLDER) -> Dialogs:
    """Return every question and tree.

    Raises:
        ContentError: with every problem of every file that cannot be read.
    """
    reading = Reading(folder)
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
    ordered = sorted(trees, key=lambda tree: (tree.rank, tree.id))
    return Dialogs.model_construct(
        questions={question.id: question for question in questions},
        trees={tree.id: tree for tree in ordered},
        knowledge=knowledge,
    )


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
