"""Sets a sheet as PDF with typst: tagged, right to left where the language is; no network, fonts of the machine."""

from __future__ import annotations

import io
import json
from dataclasses import asdict
from functools import cache
from pathlib import Path

import segno
import typst

from bot.sheet.sheet import Sheet

_FONTS = {
    "ar": ("fonts-noto-core", frozenset({"Noto Sans Arabic", "Noto Naskh Arabic"})),
    "bn": ("fonts-noto-core", frozenset({"Noto Sans Bengali"})),
    "ta": ("fonts-noto-core", frozenset({"Noto Sans Tamil"})),
    "zh": ("fonts-wqy-zenhei", frozenset({"WenQuanYi Zen Hei", "Noto Sans CJK SC"})),
}
"""For each language in other letters: the Debian package, and the fonts that feuille.typ asks for."""

_TEMPLATE = Path(__file__).with_name("feuille.typ")


def pdf(sheet: Sheet) -> bytes:
    """Return a sheet as PDF (A4, tagged). It takes a second or two: call it off the event loop.

    Raises:
        typst.TypstError: the template is broken; no text of a card can break it.
    """
    data = {**asdict(sheet), "double": sheet.is_double, "qr_svg": qr_svg(sheet.way_on) if sheet.way_on else ""}
    inputs = {"feuille": json.dumps(data, ensure_ascii=False)}
    made = typst.compile(_template(), sys_inputs=inputs, pdf_standards="ua-1")
    if not isinstance(made, bytes):
        raise TypeError("typst returned no bytes")
    return made


def lacking_font(tag: str) -> str:
    """Return the Debian package to install before a language can be set, empty when its letters are there."""
    package, families = _FONTS.get(tag, ("", frozenset()))
    return package if families and families.isdisjoint(_families()) else ""


@cache
def _families() -> frozenset[str]:
    return frozenset(typst.Fonts().families())


@cache
def _template() -> bytes:
    return _TEMPLATE.read_bytes()


def qr_svg(text: str) -> str:
    """Return a QR code as SVG: dark on light, with its quiet zone, error correction M."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", xmldecl=False, border=4, light="#ffffff", scale=4)
    return out.getvalue().decode()
