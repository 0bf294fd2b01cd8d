"""What can be wrong in translations, as data: nothing here prints or reads.

Problem       one thing to fix
CatalogError  some files cannot be used; carries every Problem found
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Level = Literal["erreur", "avertissement"]


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing a translator has to fix: where, what is wrong, what to do.

    Lines count from 1; 0 means the file as a whole. An ``erreur`` refuses a
    load, an ``avertissement`` is only listed.
    """

    path: str
    line: int
    what: str
    hint: str = ""
    level: Level = "erreur"

    def __str__(self) -> str:
        head = f"{self.path}:{self.line}: {self.what}"
        return f"{head}\n    -> {self.hint}" if self.hint else head


class CatalogError(Exception):
    """Some translation files cannot be used; ``problems`` lists all of them, by place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))
