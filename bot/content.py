"""All content of the service, loaded together and swapped whole: cards, trees, danger words, catalogs.

A broken file refuses the whole new version, with every problem listed; the last good one keeps serving.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from bot.lexicons import lexicons
from bot.speaker import Speaker
from dialogs.content import Content
from dialogs.load import load_dialogs
from dialogs.understand import Lexicon
from i18n.catalog import load_catalogs
from i18n.errors import CatalogError
from i18n.lookup import Catalogs
from knowledge.danger import DangerLexicon
from knowledge.danger_load import load_danger
from knowledge.load import load_knowledge
from knowledge.reader import ContentError, Problem, Where

T = TypeVar("T")
ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Library:
    """One consistent version of everything that is said and known."""

    content: Content
    danger: DangerLexicon
    catalogs: Catalogs
    lexicons: dict[str, Lexicon]

    def speaker(self, language: str, on: date) -> Speaker:
        """Return who speaks a language on a day."""
        return Speaker(self.catalogs, self.content.knowledge, language, on)

    def lexicon(self, language: str) -> Lexicon:
        """Return the words of a language for understanding typed text, French when it has none."""
        return self.lexicons.get(language, self.lexicons["fr"])


def load_library(root: Path = ROOT) -> Library:
    """Return all content below a folder.

    Raises:
        ContentError: with every problem of every file.
    """
    problems: list[Problem] = []
    knowledge = _try(lambda: load_knowledge(root / "knowledge"), problems)
    danger = _try(lambda: load_danger(root / "knowledge" / "urgences"), problems)
    catalogs = _try(lambda: _catalogs(root / "i18n"), problems)
    dialogs = _try(lambda: load_dialogs(knowledge, root / "dialogs"), problems) if knowledge else None
    if dialogs is None or danger is None or catalogs is None:
        raise ContentError(problems)
    return Library(Content(dialogs), danger, catalogs, lexicons(dialogs, catalogs))


def _try(load: Callable[[], T], problems: list[Problem]) -> T | None:
    try:
        return load()
    except ContentError as error:
        problems += error.problems
        return None


def _catalogs(folder: Path) -> Catalogs:
    try:
        return load_catalogs(folder)
    except CatalogError as error:
        raise ContentError(
            [Problem(Where(each.path, each.line), each.what, each.hint) for each in error.problems]
        ) from error
