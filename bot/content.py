"""All content of the service, loaded together and swapped whole: cards, trees, danger words, catalogs.

A broken file refuses the whole new version, with every problem listed; the last good one keeps serving.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from bot.compiled import COMPILED_FILE, Compiled
from bot.encoder.load import load_encoder
from bot.imported import unreadable
from bot.lexicons import lexicons
from bot.names import names_by_language
from bot.speaker import Speaker
from dialogs.content import Content
from dialogs.load import load_dialogs
from dialogs.phrases_load import phrases
from dialogs.subject_cues import cues
from dialogs.told_load import tongues
from dialogs.understand import Lexicon
from i18n.catalog import load_catalogs
from i18n.errors import CatalogError
from i18n.lookup import Catalogs
from knowledge.danger import DangerLexicon
from knowledge.danger_kept import Shelf
from knowledge.danger_load import load_danger
from knowledge.imported import IMPORTED_FILE, ImportedPlaces
from knowledge.load import load_knowledge
from knowledge.reader import ContentError, Problem, Read, Where, read
from knowledge.search import Index
from knowledge.search_imported import FullSearch

T = TypeVar("T")
ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Library:
    """One consistent version of everything that is said and known."""

    content: Content
    danger: DangerLexicon
    catalogs: Catalogs
    lexicons: dict[str, Lexicon]
    refused: int = 0
    """How many problems the files have now, when this is an older version that serves instead of them."""
    imported: ImportedPlaces = field(default_factory=lambda: ImportedPlaces(None))
    """Places imported from public data, read where they lie; their file may change at any time."""

    @cached_property
    def index(self) -> Index:
        """The search over cards, places and topics; built the first time, in about a second."""
        knowledge = self.content.knowledge
        return Index(knowledge, names_by_language(knowledge, self.catalogs), self.danger.encoder)

    @cached_property
    def full_search(self) -> FullSearch:
        """The search over the index and the imported places."""
        return FullSearch(self.index, self.imported)

    def warm(self) -> None:
        """Do what the first sentence typed and the first search would wait for, a second or so; off the event loop."""
        for read_words in (phrases, tongues, cues):
            read_words()
        _ = self.index

    def with_imports(self, folder: Path) -> Library:
        """Return the same content, index included, with the imported places of a data folder, if there are any."""
        same = copy(self)
        vars(same)["imported"] = ImportedPlaces(folder / IMPORTED_FILE, unreadable)
        vars(same).pop("full_search", None)
        return same

    def refusing(self, problems: int) -> Library:
        """Return the same content, index included, that goes on serving while the files have so many problems."""
        same = copy(self)
        vars(same)["refused"] = problems
        return same

    def speaker(self, language: str, on: date, at: datetime | None = None) -> Speaker:
        """Return who speaks a language on a day; ``at`` tells what is open now, nothing is said of it without."""
        speaker = Speaker(self.catalogs, self.content.knowledge, language, on, at)
        speaker.imported = self.imported
        return speaker

    def lexicon(self, language: str) -> Lexicon:
        """Return the words of a language for understanding typed text, French when it has none."""
        return self.lexicons.get(language, self.lexicons["fr"])


def load_library(root: Path = ROOT, cache: Path | None = None) -> Library:
    """Return all content below a folder.

    Args:
        root: holds ``knowledge/``, ``dialogs/`` and ``i18n/``.
        cache: a folder where what was read is kept for the next time, to serve: the examples of the cards, which only
            checks read, are left out. None keeps nothing and leaves nothing out.

    Raises:
        ContentError: with every problem of every file, each with its line.
    """
    with no_collection():
        if cache is None:
            return _load(root, read)
        with closing(Compiled(cache / COMPILED_FILE)) as compiled:
            try:
                library = _load(root, compiled.read, cache, compiled)
            except ContentError:
                return _load(root, read, cache)  # what is kept has no lines: the files themselves say where
            compiled.save()
        return library


def _load(root: Path, read_file: Read, cache: Path | None = None, shelf: Shelf | None = None) -> Library:
    problems: list[Problem] = []
    serving = cache is not None
    encoder = _try(lambda: load_encoder(root / "bot" / "encoder"), problems)
    # Danger first: the memory that compiling it takes is used again by what is read next.
    danger = _try(lambda: load_danger(root / "knowledge" / "urgences", shelf=shelf), problems)
    knowledge = _try(lambda: load_knowledge(root / "knowledge", read_file, examples=not serving), problems)
    catalogs = _try(lambda: _catalogs(root / "i18n", cache), problems)
    dialogs = _try(lambda: load_dialogs(knowledge, root / "dialogs", read_file), problems) if knowledge else None
    if dialogs is None or danger is None or catalogs is None or problems:
        raise ContentError(problems)
    return Library(Content(dialogs), replace(danger, encoder=encoder), catalogs, lexicons(dialogs, catalogs, encoder))


@contextmanager
def no_collection() -> Iterator[None]:
    """Hold the garbage collector back: it would walk through everything just read, again and again (a third more)."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _try(load: Callable[[], T], problems: list[Problem]) -> T | None:
    try:
        return load()
    except ContentError as error:
        problems += error.problems
        return None


def _catalogs(folder: Path, cache: Path | None) -> Catalogs:
    try:
        try:
            return load_catalogs(folder, cache)
        except OSError:
            if cache is None:
                raise
            return load_catalogs(folder)  # a full disk makes a start slower, nothing else
    except CatalogError as error:
        raise ContentError(
            [Problem(Where(each.path, each.line), each.what, each.hint) for each in error.problems]
        ) from error
