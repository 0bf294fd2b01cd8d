"""Reads the knowledge base from its folders: the border between French files and English code.

Every problem of every file is collected before anything is refused. Nothing here decides what a family gets.
"""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, Field, ValidationError

from knowledge.base import Model
from knowledge.content import Knowledge
from knowledge.milestone import Milestone
from knowledge.model import Card, Entry, Helpline, Place, Right, Service, Topic
from knowledge.parameter import ParameterFile
from knowledge.reader import Block, ContentError, Problem, Read, Where, line_of, read
from knowledge.school_calendar import CALENDAR_FILE, SchoolCalendar
from knowledge.vocabulary import Vocabulary

FOLDER = Path(__file__).parent
FOLDERS: dict[str, type[Entry]] = {"droits": Right, "services": Service, "numeros": Helpline, "lieux": Place}
MILESTONES = "jalons"

M = TypeVar("M", bound=BaseModel)
E = TypeVar("E", bound=Entry)


class TopicFile(Model):
    """The shape of themes.yaml."""

    topics: tuple[Topic, ...] = Field(alias="themes")


def load_knowledge(folder: Path = FOLDER, read_file: Read = read, *, examples: bool = True) -> Knowledge:
    """Return the whole knowledge base.

    Args:
        folder: holds ``droits/``, ``faits.yaml`` and the rest.
        read_file: gives the mapping of one file; a cache may stand in for the reader.
        examples: False leaves the families of the cards out, a fifth of them, which only checks read.

    Raises:
        ContentError: with every problem of every file that cannot be read.
    """
    reading = Reading(folder, read_file, examples=examples)
    knowledge = reading.knowledge()
    if reading.problems or knowledge is None:
        raise ContentError(reading.problems)
    return knowledge


def fingerprint(folder: Path) -> str:
    """Return a short hash of every YAML file below ``folder``: it changes when any of them does."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.yaml")):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


class Reading:
    """One pass over a folder; ``problems`` grows, nothing is raised until the end."""

    def __init__(self, folder: Path, read_file: Read = read, *, examples: bool = True) -> None:
        self.folder = folder
        self._read = read_file
        self._examples = examples
        self.problems: list[Problem] = []

    def knowledge(self) -> Knowledge | None:
        """Return what can be read, with ``problems`` for the rest; None without vocabulary or topics."""
        vocabulary = self.one("faits.yaml", Vocabulary)
        topics = self.one("themes.yaml", TopicFile)
        rights, services = self.entries("droits", Right), self.entries("services", Service)
        helplines, places = self.entries("numeros", Helpline), self.entries("lieux", Place)
        parameters = [self.one(f"parametres/{path.name}", ParameterFile) for path in self.files("parametres")]
        calendar = self.one(CALENDAR_FILE, SchoolCalendar) if (self.folder / CALENDAR_FILE).exists() else None
        milestones = self.entries(MILESTONES, Milestone)
        codes = self.codes()
        if vocabulary is None or topics is None:
            return None
        return Knowledge.model_construct(
            vocabulary=vocabulary,
            topics=topics.topics,
            rights=rights,
            services=services,
            helplines=helplines,
            places=places,
            parameter_files=tuple(file for file in parameters if file),
            calendar=calendar,
            milestones=milestones,
            codes=codes,
            version=fingerprint(self.folder),
        )

    def files(self, sub: str) -> list[Path]:
        """Return the YAML files of a sub-folder, by name."""
        return sorted((self.folder / sub).glob("*.yaml"))

    def shown(self, path: Path) -> str:
        """Return how a file is named in problems: from the folder's own name on."""
        return (Path(self.folder.name) / path.relative_to(self.folder)).as_posix()

    def one(self, name: str, model: type[M]) -> M | None:
        """Return one file as a model, or None with its problems noted."""
        path = self.folder / name
        try:
            block = self._read(path, self.shown(path))
        except ContentError as error:
            self.problems += error.problems
            return None
        return self.check(block, model)

    def check(self, block: Block, model: type[M]) -> M | None:
        """Return a mapping as a model, or None with its problems noted."""
        if not self._examples and issubclass(model, Card):
            block.pop("exemples", None)
        try:
            # Editors write the French keys only: an English one would slip past the checks of texts.
            return model.model_validate(block, by_alias=True, by_name=False)
        except ValidationError as error:
            self.problems += explain(error, block, model)
            return None

    def entries(self, sub: str, model: type[E]) -> tuple[E, ...]:
        """Return every entry of a sub-folder; a file is named after its id."""
        found: list[E] = []
        for path in self.files(sub):
            entry = self.one(f"{sub}/{path.name}", model)
            if entry is None:
                continue
            if entry.id != path.stem:
                where = Where(self.shown(path), 1)
                self.problems.append(
                    Problem(where, f"id '{entry.id}' n'est pas le nom du fichier", f"écrivez « id: {path.stem} »")
                )
            found.append(entry)
        return tuple(found)

    def codes(self) -> dict[str, str]:
        """Return the permanent codes of entries by id; an absent file means none yet."""
        path = self.folder / "codes.yaml"
        if not path.exists():
            return {}
        try:
            return {name: str(code) for name, code in self._read(path, self.shown(path)).items()}
        except ContentError as error:
            self.problems += error.problems
            return {}


def explain(error: ValidationError, block: Block, model: type[BaseModel]) -> list[Problem]:
    """Return pydantic's complaints as problems an editor can act on, in French, each with its line."""
    problems = {}
    for detail in error.errors(include_url=False):
        steps = [step for step in detail["loc"] if isinstance(step, int | str)]
        where = Where(block.where.path, line_of(block, iter(steps)) or block.where.line)
        what, hint = _say(detail, steps, block, model)
        problems[where, what] = Problem(where, what, hint)
    return list(problems.values())


def _say(detail: Any, steps: list[int | str], block: Block, model: type[BaseModel]) -> tuple[str, str]:
    key = next((str(step) for step in reversed(steps) if isinstance(step, str)), "")
    context: dict[str, Any] = detail.get("ctx", {})
    shown = str(detail.get("input"))[:60]
    known: dict[str, Callable[[], tuple[str, str]]] = {
        "extra_forbidden": lambda: (f"clé '{key}' inconnue", near(key, _keys(model))),
        "missing": lambda: (f"il manque « {key}: »", "ajoutez cette ligne"),
        "literal_error": lambda: (
            f"'{key}' ne peut pas valoir '{shown}'",
            f"valeurs : {context.get('expected', '')}",
        ),
        "string_too_long": lambda: (f"'{key}' est trop long", f"{context.get('max_length')} signes au plus"),
        "string_pattern_mismatch": lambda: (
            f"'{key}' est mal écrit : '{shown}'",
            f"forme attendue : {context.get('pattern')}",
        ),
        "too_short": lambda: (f"'{key}' est vide", "écrivez au moins un élément"),
        "value_error": lambda: (str(context.get("error", detail["msg"])), ""),
    }
    if detail["type"] in known:
        return known[detail["type"]]()
    if detail["type"].startswith(("date", "int", "float", "tuple", "dict", "model")):
        wanted = {
            "date": "une date comme 2026-11-21",
            "int": "un nombre entier",
            "floa": "un nombre",
            "tupl": "une liste",
        }
        return f"'{key}' vaut '{shown}'", f"écrivez {wanted.get(detail['type'][:4], 'un bloc de clés')}"
    return f"'{key}' : {detail['msg']}", ""


def _keys(model: type[BaseModel]) -> set[str]:
    seen: set[str] = set()
    schema = model.model_json_schema(by_alias=True)
    for part in (schema, *schema.get("$defs", {}).values()):
        seen |= set(part.get("properties", {}))
    return seen


def near(word: str, known: Iterable[str]) -> str:
    """Return « vouliez-vous dire » with the nearest known word, or the known words when few, or nothing."""
    choices = sorted(known)
    close = difflib.get_close_matches(word, choices, n=1, cutoff=0.6)
    if close:
        return f"vouliez-vous dire « {close[0]} » ?"
    return f"valeurs : {', '.join(choices)}" if len(choices) <= 25 else ""
