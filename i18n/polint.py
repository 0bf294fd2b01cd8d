"""What Babel's reader lets pass in a .po text and would turn into a wrong translation. Pure.

It drops the last letter of a text with no closing quote, and gives a translation
whose msgid is missing to the next sentence. Each line is therefore checked first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from i18n.errors import Problem

ENTRY_HINT = "Chaque texte a une ligne msgctxt, une ligne msgid et une ligne msgstr, dans cet ordre."

_LINE = re.compile(
    r'\s*(?:#(?!~).*|(?:#~\s*)?(?:(msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?)\s+)?"(?:[^"\\]|\\.)*")?\s*'
)
_LINE_HINT = 'Écrivez #, msgctxt, msgid, msgid_plural ou msgstr, puis le texte entre "guillemets".'
_END = "fin"
_UNSURE = "?"  # after a broken line any keyword may follow: one mistake, one problem


def lint(text: str, path: str) -> Iterator[Problem]:
    """Yield the lines that are no .po lines, and the keywords that come in a wrong order."""
    before = _END
    number = 0
    for number, line in enumerate(text.split("\n"), 1):
        found = _LINE.fullmatch(line)
        if not found:
            yield Problem(path, number, "Cette ligne n'est pas une ligne de catalogue.", _LINE_HINT)
            before = _UNSURE
        elif found[1]:
            if not _may_follow(found[1], before):
                yield _misordered(path, number, found[1], before)
            before = found[1]
    if not _may_follow(_END, before):
        yield _misordered(path, number, _END, before)


def _may_follow(keyword: str, before: str) -> bool:
    if before == _UNSURE:
        return True
    match keyword:
        case "msgid":
            # The header alone has no msgctxt; another entry without one is named by the reader.
            return before in ("msgctxt", _END) or before.startswith("msgstr")
        case "msgid_plural" | "msgstr":
            return before == "msgid"
        case "msgstr[0]":
            return before == "msgid_plural"
        case "msgctxt" | "fin":
            return before == _END or before.startswith("msgstr")
        case _:
            return before == f"msgstr[{int(keyword[7]) - 1}]"


def _misordered(path: str, line: int, keyword: str, before: str) -> Problem:
    place = "au début" if before == _END else f"après {before}"
    return Problem(path, line, f"Entrée mal formée : {keyword} {place}.", ENTRY_HINT)
