"""Sets posters and notebook cards as PDF with typst: A4, tagged, no network, fonts of the machine."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from functools import cache
from pathlib import Path
from typing import Literal

import typst

from bot.outreach.poster import Poster
from bot.outreach.square import square

Form = Literal["affiche", "carnet"]
CARDS = 8
"""Notebook cards on one page: 2 by 4."""
_TEMPLATE = Path(__file__).with_name("affiche.typ")


def paper(poster: Poster, form: Form) -> bytes:
    """Return a poster (one page) or cards to cut out (eight a page, one page for each pair of languages) as PDF.

    It takes about a second: call it off the event loop.

    Raises:
        typst.TypstError: the template is broken; no text can break it.
    """
    data = {
        "forme": form,
        "qr_svg": square(poster.address, "svg").decode(),
        "pages": [asdict(each) for each in pages(poster, form)],
        "cartes": CARDS,
    }
    made = typst.compile(
        _template(), sys_inputs={"affiche": json.dumps(data, ensure_ascii=False)}, pdf_standards="ua-1"
    )
    if not isinstance(made, bytes):
        raise TypeError("typst returned no bytes")
    return made


def pages(poster: Poster, form: Form) -> tuple[Poster, ...]:
    """Return what each page says: a poster has one; cards have two languages at most, the first beside each other."""
    first, *others = poster.sayings
    if form == "affiche" or not others:
        return (poster,)
    return tuple(replace(poster, sayings=(first, other)) for other in others)


@cache
def _template() -> bytes:
    return _TEMPLATE.read_bytes()
