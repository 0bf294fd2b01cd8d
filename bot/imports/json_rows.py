"""Reads JSON records one at a time, whatever holds them: a list, « features », « results »..., or one object a line.

The standard decoder is fed from a small buffer: a file of any size takes the memory of its longest record, and every
record keeps its line, which streaming parsers do not tell.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from bot.imports.rows import BrokenFile, Item, Refusal, Row, Tick, lines, opened, place_in

HOLDERS = frozenset({"features", "results", "records", "items", "service", "services", "structures", "data"})
"""Keys of a whole file whose list holds the records."""

LONGEST = 4_000_000
"""Characters of one record, at most: a missing bracket must not pull the rest of the file into memory."""

_CHUNK = 1 << 16
_DECODER = json.JSONDecoder()


def json_rows(path: Path, tick: Tick = lambda _: None) -> Iterator[Item]:
    """Yield the records of a JSON, GeoJSON or JSON Lines file, one at a time.

    Raises:
        BrokenFile: the text is not JSON up to its end.
    """
    with opened(path) as file:
        by_line = _is_by_line(file)
        file.seek(0)
        found = _by_line(file, tick) if by_line else _Scan(file, path, tick).records()
        yield from (item if isinstance(item, Refusal) else _row(*item) for item in found)


def _row(line: int, value: Any) -> Item:
    if not isinstance(value, dict):
        return Refusal(line, "un objet {…} est attendu")
    inner = value.get("properties") if value.get("type") == "Feature" else value.get("fields")
    if isinstance(inner, dict):  # GeoJSON, or the older exports of Opendatasoft
        return Row(line, {**inner, "geometry": value.get("geometry")}, value)
    return Row(line, value)


def _is_by_line(file: TextIO) -> bool:
    start = file.readline(LONGEST)
    while start and not start.strip():
        start = file.readline(LONGEST)
    try:
        found = json.loads(start)
    except (ValueError, RecursionError):
        return False
    return isinstance(found, dict) and not any(isinstance(found.get(key), list) for key in HOLDERS)


def _by_line(file: TextIO, tick: Tick) -> Iterator[tuple[int, Any] | Refusal]:
    for number, line in enumerate(lines(file, tick), start=1):
        if not line.strip():
            continue
        try:
            found = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield Refusal(number, f"ligne illisible (JSON attendu) : {type(error).__name__}")
            continue
        yield number, found


class _Scan:
    """One pass over a JSON text, from a buffer that slides."""

    def __init__(self, file: TextIO, path: Path, tick: Tick) -> None:
        self._file, self._path, self._tick = file, path, tick
        self._text, self._at, self._line, self._ended = "", 0, 1, False

    def records(self) -> Iterator[tuple[int, Any]]:
        """Yield (first line, record) of the list that the text is or holds, else the whole text as one record."""
        first = self._peek()
        line = self._line
        if first == "[":
            yield from self._list()
        elif first == "{":
            rest: dict[str, Any] = {}
            held = 0
            for key in self._keys():
                if key in HOLDERS and self._peek() == "[":
                    held += 1
                    yield from self._list()
                else:
                    rest[key] = self._value()
            if not held:
                yield line, rest
        else:
            self._fail("une liste ou un objet est attendu")
        if self._peek():
            self._fail("du texte reste après la fin")

    def _list(self) -> Iterator[tuple[int, Any]]:
        self._take("[")
        if self._peek() == "]":
            return self._take("]")
        while True:
            self._peek()
            yield self._line, self._value()
            if self._peek() == "]":
                return self._take("]")
            self._take(",")

    def _keys(self) -> Iterator[str]:
        self._take("{")
        if self._peek() == "}":
            return self._take("}")
        while True:
            key = self._value()
            self._take(":")
            yield str(key)
            if self._peek() == "}":
                return self._take("}")
            self._take(",")

    def _peek(self) -> str:
        """Return the next character that is no space, "" at the end."""
        while True:
            while self._at < len(self._text):
                char = self._text[self._at]
                if not char.isspace() and char != "\ufeff":
                    return char
                self._line += char == "\n"
                self._at += 1
            if not self._more():
                return ""

    def _take(self, char: str) -> None:
        if self._peek() != char:
            self._fail(f"« {char} » est attendu")
        self._at += 1

    def _value(self) -> Any:
        self._peek()
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._at)
            except (ValueError, RecursionError) as error:
                if len(self._text) - self._at > LONGEST or not self._more():
                    self._fail(f"valeur illisible ({type(error).__name__})")
                continue
            if end == len(self._text) and self._more():  # a number may go on
                continue
            self._line += self._text.count("\n", self._at, end)
            self._at = end
            return value

    def _more(self) -> bool:
        """Read on, at least as much again as waits to be decoded; False at the end."""
        if self._ended:
            return False
        left = self._text[self._at :]
        chunk = self._file.read(max(_CHUNK, len(left)))
        self._ended = not chunk
        self._text, self._at = left + chunk, 0
        self._tick(place_in(self._file))
        return bool(chunk)

    def _fail(self, what: str) -> None:
        raise BrokenFile(
            f"{self._path}:{self._line}: ce fichier JSON est cassé : {what}", "téléchargez-le de nouveau, en entier"
        )
