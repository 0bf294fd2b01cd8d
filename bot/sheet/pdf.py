"""Sets a sheet as PDF with typst: tagged, right to left where the language is; no network, fonts of the machine."""

from __future__ import annotations

from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from bot.sheet.sheet import Sheet
from bot.square import square_svg
from bot.typeset import typeset

_FONTS = {
    "ar": ("fonts-noto-core", frozenset({"Noto Sans Arabic", "Noto Naskh Arabic"})),
    "bn": ("fonts-noto-core", frozenset({"Noto Sans Bengali"})),
    "ta": ("fonts-noto-core", frozenset({"Noto Sans Tamil"})),
    "zh": ("fonts-wqy-zenhei", frozenset({"WenQuanYi Zen Hei", "Noto Sans CJK SC"})),
}
"""For each language in other letters: the Debian package, and the fonts that feuille.typ asks for."""

TEMPLATE = Path(__file__).with_name("feuille.typ")


def pdf(sheet: Sheet) -> bytes:
    """Return a sheet as PDF (A4, tagged). It takes a second or two: call it off the event loop.

    Raises:
        typst.TypstError: the template is broken; no text of a card can break it.
    """
    return typeset(TEMPLATE, "feuille", typst_data(sheet))


def typst_data(sheet: Sheet) -> dict[str, Any]:
    """Return what feuille.typ reads."""
    return {**asdict(sheet), "double": sheet.is_double, "qr_svg": square_svg(sheet.way_on) if sheet.way_on else ""}


def lacking_font(tag: str) -> str:
    """Return the Debian package to install before a language can be set, empty when its letters are there."""
    package, families = _FONTS.get(tag, ("", frozenset()))
    return package if families and families.isdisjoint(_families()) else ""


@cache
def _families() -> frozenset[str]:
    import typst  # see bot.typeset

    return frozenset(typst.Fonts().families())
