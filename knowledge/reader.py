"""Reads one YAML file strictly: every scalar stays text and remembers its line.

Plain YAML reads ``0142345670`` as a number, ``9:30`` as 570, ``no`` as false and keeps the last of two
equal keys in silence. Here nothing is converted: the models do that on purpose. This module does not know
what the content means.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml when present: about eight times faster
_PLAIN_TAGS = frozenset(
    f"tag:yaml.org,2002:{kind}"
    for kind in ["str", "int", "float", "bool", "null", "timestamp", "merge", "value", "map", "seq"]
)


@dataclass(frozen=True, slots=True, order=True)
class Where:
    """A place in a content file; lines count from 1, 0 means the file as a whole."""

    path: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line else self.path


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing an editor has to fix: where, what is wrong, what to do.

    ``warning`` problems are listed but never stop a start.
    """

    where: Where
    what: str
    hint: str = ""
    warning: bool = False

    def __str__(self) -> str:
        mark = "avertissement : " if self.warning else ""
        return f"{self.where}: {mark}{self.what}" + (f"\n    -> {self.hint}" if self.hint else "")


class ContentError(Exception):
    """Some content files cannot be used; ``problems`` lists all of them."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(problems)
        super().__init__("\n".join(map(str, self.problems)))


class Block(dict[str, "Value"]):
    """A YAML mapping; ``where`` is its first line, ``lines`` the line of each key."""

    __slots__ = ("lines", "where")
    where: Where
    lines: dict[str, int]


class Items(list["Value"]):
    """A YAML list; ``lines`` holds the line of each item."""

    __slots__ = ("lines", "where")
    where: Where
    lines: list[int]


Value: TypeAlias = "str | Block | Items"
Read: TypeAlias = Callable[[Path, str], Block]
"""Gives the mapping of a file; the text is how the file is named in problems."""


def read(path: Path, shown_as: str | None = None) -> Block:
    """Return the mapping that a YAML file holds, every scalar as text.

    Args:
        path: a UTF-8 file whose top level is a mapping.
        shown_as: how the path is named in problems (default: the path itself).

    Raises:
        ContentError: the file cannot be read, is not YAML, or breaks a rule of this reader.
    """
    name = shown_as or path.as_posix()
    try:
        text = path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ContentError([Problem(Where(name), f"ce fichier ne se lit pas ({error})")]) from error
    return parse(text, name)


def parse(text: str, name: str) -> Block:
    """Return the mapping that ``text`` holds; see :func:`read`."""
    try:
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        raise ContentError([_syntax_problem(error, name)]) from error
    if not isinstance(node, yaml.MappingNode):
        raise ContentError([Problem(Where(name, 1), "ce fichier doit commencer par une clé, par exemple « id: »")])
    problems: list[Problem] = []
    block = _convert(node, name, problems, set())
    if problems:
        raise ContentError(problems)
    assert isinstance(block, Block)
    return block


def _syntax_problem(error: yaml.YAMLError, name: str) -> Problem:
    mark = getattr(error, "problem_mark", None)
    what = getattr(error, "problem", None) or str(error).splitlines()[0]
    line = mark.line + 1 if mark else 0
    return Problem(
        Where(name, line),
        f"YAML mal écrit : {what}",
        "vérifiez les espaces en début de ligne, les « : » et les guillemets",
    )


def _convert(node: yaml.Node, name: str, problems: list[Problem], seen: set[int]) -> Value:
    where = Where(name, node.start_mark.line + 1)
    if id(node) in seen:
        problems.append(Problem(where, "les alias YAML (&, *) ne sont pas permis", "écrivez la valeur en entier"))
    seen.add(id(node))
    if node.tag not in _PLAIN_TAGS:
        problems.append(Problem(where, f"l'étiquette YAML {node.tag} n'est pas permise", "retirez-la"))
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    if isinstance(node, yaml.SequenceNode):
        items = Items(_convert(child, name, problems, seen) for child in node.value)
        items.where = where
        items.lines = [child.start_mark.line + 1 for child in node.value]
        return items
    return _convert_mapping(node, name, problems, seen)


def _convert_mapping(node: yaml.Node, name: str, problems: list[Problem], seen: set[int]) -> Block:
    block = Block()
    block.where = Where(name, node.start_mark.line + 1)
    block.lines = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        key = str(key_node.value)
        if not isinstance(key_node, yaml.ScalarNode) or key == "<<":
            problems.append(Problem(Where(name, line), "une clé doit être un mot simple"))
        elif key in block:
            first = block.lines[key]
            problems.append(
                Problem(
                    Where(name, line),
                    f"'{key}' est écrit deux fois",
                    f"première fois ligne {first} ; gardez-en un",
                )
            )
        else:
            block.lines[key] = line
            block[key] = _convert(value_node, name, problems, seen)
    return block


def line_of(value: Value, steps: Iterator[int | str]) -> int:
    """Return the line of the deepest part of ``value`` that ``steps`` (keys and positions) reaches."""
    line = value.where.line if isinstance(value, Block | Items) else 0
    for step in steps:
        if isinstance(value, Block) and isinstance(step, str) and step in value:
            line, value = value.lines[step], value[step]
            continue
        if isinstance(value, Items) and isinstance(step, int) and step < len(value):
            line, value = value.lines[step], value[step]
        # pydantic adds steps of its own (names of union members): they lead nowhere in the file
    return line
