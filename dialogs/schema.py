"""JSON Schemas of questions and trees, for editors' tools."""

from __future__ import annotations

from typing import Any

from dialogs.coverage import GapFile
from dialogs.load import QuestionFile
from dialogs.model import Tree
from knowledge.schema import file_schema


def schemas() -> dict[str, dict[str, Any]]:
    """Return the JSON Schema (draft 2020-12) of each kind of file, by its French name."""
    return {
        "questions": file_schema(QuestionFile, "Les questions (dialogs/questions.yaml)"),
        "arbre": file_schema(Tree, "Un arbre (dialogs/arbres/ID.yaml)"),
        "lacunes": file_schema(GapFile, "Les lacunes connues (knowledge/lacunes.yaml)"),
    }
