"""Checks the form of web addresses, without opening them: https, a plausible host, nothing odd."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from knowledge.check_texts import scalars
from knowledge.reader import Block, Problem, Where

_KEYS = frozenset(("url", "lien", "site", "chat"))
_HOST = re.compile(r"(?!-)([a-z0-9_-]{1,63}(?<!-)\.)+[a-z]{2,}", re.IGNORECASE)


def link_problems(block: Block) -> Iterator[Problem]:
    """Yield the addresses of one file that are badly formed (errors) or not https (warnings)."""
    for key, text, line in scalars(block):
        if key not in _KEYS:
            continue
        where = Where(block.where.path, line)
        fault = address_fault(text)
        if fault:
            yield Problem(where, f"'{key}' : {fault} : {text}", "copiez l'adresse depuis le navigateur")
        elif text.startswith("http://") and key != "url":  # a source keeps the address it was read at
            yield Problem(
                where,
                f"'{key}' n'est pas en https : {text}",
                "essayez la même adresse en https",
                warning=True,
            )


def address_fault(text: str) -> str | None:
    """Return what is wrong with the form of an address, None when nothing is."""
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return "l'adresse est mal formée"
    if parts.scheme not in ("http", "https"):
        return "l'adresse commence par https://"
    if parts.username or parts.password or port:
        return "l'adresse contient un identifiant ou un port"
    if not _HOST.fullmatch(parts.hostname or ""):
        return "le nom du site est mal écrit"
    return "l'adresse contient une espace ou un signe interdit" if re.search(r"[\s<>\"{}|\\^`]", text) else None
