"""Spells out the brackets of a phrase: « frapp(e|ait) » is two words."""

from __future__ import annotations

import re

_MARK = re.compile(r"[()|]|[^()|]+")
_TEXTS_MAX = 2_000  # one line that stands for more was surely not meant


def expand(phrase: str) -> list[str]:
    """Return every text that ``phrase`` stands for: « frapp(e|ait) » gives « frappe » and « frappait ».

    Raises:
        ValueError: in French, for the editor: what is wrong with the phrase.
    """
    texts, rest = _expand(_MARK.findall(phrase))
    if rest:
        raise ValueError("une parenthèse fermée n'a pas été ouverte")
    return texts


def _expand(marks: list[str], inside: bool = False) -> tuple[list[str], list[str]]:
    """Return the texts up to the closing bracket and the marks after it."""
    done: list[str] = []
    texts = [""]
    while marks:
        mark, *marks = marks
        if mark == ")":
            return done + texts, marks if inside else [mark]
        if mark == "|":
            done, texts = done + texts, [""]
            continue
        choices = [mark]
        if mark == "(":
            choices, marks = _expand(marks, inside=True)
        texts = [text + choice for text in texts for choice in choices]
        if len(done) + len(texts) > _TEXTS_MAX:
            raise ValueError(f"cette phrase en vaut plus de {_TEXTS_MAX} : coupez-la en deux")
    if inside:
        raise ValueError("une parenthèse ouverte n'est pas fermée")
    return done + texts, []
