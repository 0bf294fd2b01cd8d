"""Takes values out of one language file of danger and notes what an editor has to fix; opens no file."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from knowledge.reader import Block, Items, Problem, Where


@dataclass(slots=True)
class Source:
    """One language file; what is wrong is added to ``problems`` and replaced by something empty."""

    root: Block
    language: str
    problems: list[Problem]

    def problem(self, block: Block, key: str, what: str, hint: str = "", item: int | None = None) -> None:
        """Note a problem at a key of a block, or at one item of the list under that key."""
        line = block.lines.get(key, block.where.line)
        value = block.get(key)
        if item is not None and isinstance(value, Items):
            line = value.lines[item]
        found = Problem(Where(block.where.path, line), what, hint)
        if found not in self.problems:  # a phrase that is spelled out several times has one mistake
            self.problems.append(found)

    def check_keys(self, block: Block, required: Iterable[str], optional: Collection[str] = ()) -> None:
        """Note each key that is missing, and each that is not known here."""
        required = tuple(required)
        allowed = ", ".join((*required, *optional))
        for key in required:
            if key not in block:
                self.problem(block, key, f"il manque '{key}'", f"clés attendues : {allowed}")
        for key in block:
            if key not in required and key not in optional:
                self.problem(block, key, f"la clé '{key}' n'existe pas ici", f"clés possibles : {allowed}")

    def block(self, parent: Block, key: str) -> Block:
        """Return the mapping under ``key``, an empty one when there is none."""
        value = parent.get(key)
        if isinstance(value, Block):
            return value
        if value is not None:
            self.problem(parent, key, f"'{key}' doit contenir des clés", "une clé par ligne, en retrait")
        empty = Block()
        empty.where, empty.lines = parent.where, {}
        return empty

    def text(self, parent: Block, key: str) -> str:
        """Return the text under ``key``, "" when there is none."""
        value = parent.get(key, "")
        if isinstance(value, str) and value.strip():
            return value.strip()
        if key in parent:
            self.problem(parent, key, f"'{key}' doit être un texte")
        return ""

    def texts(self, parent: Block, key: str) -> list[str]:
        """Return the list of texts under ``key``, in order; items that are not texts are left out."""
        value = parent.get(key)
        if value is None:
            return []
        if not isinstance(value, Items):
            self.problem(parent, key, f"'{key}' doit être une liste", "une ligne « - ... » par élément")
            return []
        for position, item in enumerate(value):
            if not isinstance(item, str):
                self.problem(parent, key, "cet élément doit être un texte", "mettez-le entre guillemets", position)
        return [item for item in value if isinstance(item, str)]
