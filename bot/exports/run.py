"""Makes one export as text, with the lines that say what it lost."""

from __future__ import annotations

import json
from datetime import date
from typing import Literal, NamedTuple, TypeAlias

from bot.content import Library
from bot.exports import data_inclusion, plain
from bot.exports.losses import lost
from bot.exports.notice import notice
from bot.exports.words import load_words

Form: TypeAlias = Literal["data-inclusion", "csv", "json"]
Part: TypeAlias = Literal["tout", "services", "structures"]


class Export(NamedTuple):
    """The text of an export, and its loss report in French."""

    text: str
    report: tuple[str, ...]


def export(library: Library, form: Form, on: date, part: Part = "tout") -> Export:
    """Return what we know in one form.

    Args:
        library: the content.
        form: one of the three.
        on: the day of the export: amounts of the day, and the date in the notice.
        part: for data·inclusion, one of its two lists or both.
    """
    knowledge = library.content.knowledge
    if form == "csv":
        report = (
            f"{len(knowledge.services)} service(s) et {len(knowledge.places)} lieu(x)",
            f"{len(knowledge.rights)} droit(s), {len(knowledge.helplines)} numéro(s) et les conditions n'y sont pas",
        )
        return Export(plain.table(knowledge), report)
    if form == "json":
        whole = {"mention": notice(knowledge, on), **plain.everything(knowledge)}
        return Export(_text(whole), ("tout y est, sauf faits.yaml, themes.yaml, les arbres et les traductions",))
    made = data_inclusion.sets(knowledge, library.speaker("fr", on), load_words())
    lists = {"structures": made.structures, "services": made.services}
    kept = {name: each for name, each in lists.items() if part in ("tout", name)}
    counted = tuple(f"{len(each)} {name} écrits" for name, each in kept.items())
    text = _text({"mention": notice(knowledge, on, schema=True), **kept})
    return Export(text, (*counted, *lost(knowledge)))


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
