"""Sets posters and notebook cards as PDF with typst: A4, tagged, no network, fonts of the machine."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path
from typing import Literal

from bot.outreach.poster import Poster
from bot.square import square_svg
from bot.typeset import typeset

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
        "qr_svg": square_svg(poster.address),
        "pages": [asdict(each) for each in pages(poster, form)],
        "cartes": CARDS,
    }
    return typeset(_TEMPLATE, "affiche", data)


def pages(poster: Poster, form: Form) -> tuple[Poster, ...]:
    """Return what each page says: a poster has one; cards have two languages at most, the first beside each other."""
    first, *others = poster.sayings
    if form == "affiche" or not others:
        return (poster,)
    return tuple(replace(poster, sayings=(first, other)) for other in others)
