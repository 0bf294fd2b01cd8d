"""Checks the sentences of cards as written in the files: placeholders, amounts in figures, length.

Works on raw blocks, so that each sentence keeps its line.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from knowledge.content import Knowledge
from knowledge.load import near
from knowledge.model import Helpline
from knowledge.reader import Block, Items, Problem, Value, Where
from knowledge.template import TO_WRITE

MAX_WORDS = 25
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_AMOUNT = re.compile(r"\d[\d\s.,]*(?:€|euros?\b|EUR\b)", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?;:](?:\s|$)")

_READ = frozenset(
    (
        *("nom", "resume", "pour_qui", "dit", "sinon", "texte", "attention", "pieces", "delais", "cumul"),
        *("comment", "formulaire", "accessibilite", "acces", "publics", "periode", "horaires_texte", "cout"),
        *("fermetures", "note", "phrase", "titre_discret"),
    )
)
"""Keys whose text a family reads."""

_APART = frozenset(("sources", "exemples", "mots", "autres_langues"))
"""Parts of a card that are not sentences for families."""


class Scalar(NamedTuple):
    """One text of a file with its key (that of its list) and its line."""

    key: str
    text: str
    line: int


def scalars(block: Block, apart: Collection[str] = ()) -> Iterator[Scalar]:
    """Yield every text of a file in order, but those below the keys ``apart``."""
    for key, value in block.items():
        if key not in apart:
            yield from _scalars(key, value, block.lines[key], apart)


def _scalars(key: str, value: Value, line: int, apart: Collection[str]) -> Iterator[Scalar]:
    if isinstance(value, Block):
        yield from scalars(value, apart)
    elif isinstance(value, Items):
        for each, at in zip(value, value.lines, strict=True):
            yield from _scalars(key, each, at, apart)
    else:
        yield Scalar(key, value, line)


def sentences(block: Block) -> Iterator[Scalar]:
    """Yield every text of a card that a family may read."""
    return (scalar for scalar in scalars(block, _APART) if scalar.key in _READ)


def text_problems(block: Block, knowledge: Knowledge) -> Iterator[Problem]:
    """Yield what is wrong in the texts of one file."""
    path = block.where.path
    for key, text, line in scalars(block):
        if TO_WRITE in text:
            yield Problem(Where(path, line), f"« {key} » reste à écrire", f"remplacez « {TO_WRITE} »")
    for key, text, line in sentences(block):
        where = Where(path, line)
        for name in _PLACEHOLDER.findall(text):
            fault = _placeholder(name, knowledge)
            if fault:
                yield Problem(where, *fault)
        rest = _PLACEHOLDER.sub("", text)
        amount = _AMOUNT.search(rest)
        if amount and key != "note":
            hint = "écrivez {parametre}, et la valeur datée dans parametres/"
            yield Problem(where, f"un montant est écrit en chiffres : « {amount[0].strip()} »", hint)
        if "{" in rest or "}" in rest:
            yield Problem(where, "une accolade ne forme pas un nom", "écrivez {parametre} ou {tel:numero}")
        longest = max(len(part.split()) for part in _SENTENCE_END.split(text))
        if longest > MAX_WORDS:
            hint = f"{MAX_WORDS} mots au plus se lisent bien, 15 se lisent mieux : coupez-la"
            yield Problem(where, f"une phrase de {longest} mots", hint, warning=True)


def _placeholder(name: str, knowledge: Knowledge) -> tuple[str, str] | None:
    values = knowledge.parameters.values
    if not name.startswith("tel:"):
        return None if name in values else (f"le paramètre {{{name}}} n'existe pas", near(name, values))
    wanted = name.removeprefix("tel:")
    line = knowledge.by_id.get(wanted)
    if not isinstance(line, Helpline):
        return f"le numéro {{{name}}} n'existe pas", near(wanted, (each.id for each in knowledge.helplines))
    if not line.in_service:
        return (
            f"le numéro {{{name}}} n'est plus en service",
            f"prenez « {line.replaced_by} »" if line.replaced_by else "",
        )
    return None
