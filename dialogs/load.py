"""Reads questions and trees from their folder: the border between French files and English code."""

from __future__ import annotations

from pathlib import Path


from dialogs.model import Dialogs, Question, Tree
from knowledge.base import Model
from knowledge.content import Knowledge
from knowledge.load import Reading
from knowledge.reader import ContentError, Problem, Where

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
            reading.problems.append(Problem(where, f"id '{tree.id}' n'est pas le nom du fichier", f"écrivez « id: {path.stem} »"))
    if reading.problems or asked is None:
        raise ContentError(reading.problems)
    ordered = sorted(trees, key=lambda tree: (tree.rank, tree.id))
    return Dialogs.model_construct(
        questions={question.id: question for question in asked.questions},
        trees={tree.id: tree for tree in ordered},
        knowledge=knowledge,
    )
