"""Squares to scan: dark on light with their quiet zone, error correction M, as SVG or PNG."""

from __future__ import annotations

import io
from typing import Literal

import segno

Kind = Literal["svg", "png"]
_SCALE = {"svg": 4, "png": 16}
"""Units of one module: a PNG of about 600 pixels, sharp on paper at 5 cm."""


def square_svg(text: str) -> str:
    """Return the square of a text as SVG for a page or a sheet."""
    return square(text, "svg").decode()


def square(text: str, kind: Kind) -> bytes:
    """Return the square of a text, a few dozen characters long."""
    out = io.BytesIO()
    # Without a size of its own, and with a view box instead, an SVG is as large as its page makes it, never cut.
    more = {"xmldecl": False, "omitsize": True, "light": "#ffffff"} if kind == "svg" else {"light": "#ffffff"}
    segno.make(text, error="m", micro=False).save(out, kind=kind, border=4, scale=_SCALE[kind], **more)
    return out.getvalue()
