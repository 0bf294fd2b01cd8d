"""Reads a file of phrases as a model, and tells what is wrong in it with its line, as of any content."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from knowledge.base import Model
from knowledge.load import explain, near
from knowledge.reader import Block, ContentError, Items, Problem, Value, Where, read

M = TypeVar("M", bound=Model)
_NAME = re.compile(r"<(\w+)>")


def read_phrases(path: Path, model: type[M]) -> tuple[M, Block]:
    """Return a file as a model, and as it is written.

    Raises:
        ContentError: it cannot be read, a key is missing, unknown or of another form; each problem has its line.
    """
    block = read(path, f"{path.parent.parent.name}/{path.parent.name}/{path.name}")
    try:
        return model.model_validate(block, by_alias=True, by_name=False), block
    except ValidationError as error:
        raise ContentError(explain(error, block, model)) from error


def refuse_unknown_names(blocks: Collection[Block], known: Collection[str]) -> None:
    """Check that each ``<name>`` of the files is a family of words.

    Raises:
        ContentError: some are not; all of them are told, with their lines.
    """
    problems = [
        Problem(where, f"la famille <{name}> n'existe pas", near(name, known))
        for block in blocks
        for where, name in _names(block, block.where)
        if name not in known
    ]
    if problems:
        raise ContentError(problems)


def _names(value: Value, where: Where) -> Iterator[tuple[Where, str]]:
    """Yield each ``<name>`` of a value with its place."""
    if isinstance(value, str):
        yield from ((where, name) for name in _NAME.findall(value))
        return
    lines = value.lines if isinstance(value, Items) else [value.lines[key] for key in value]
    for line, each in zip(lines, value if isinstance(value, Items) else value.values(), strict=True):
        yield from _names(each, Where(where.path, line))
