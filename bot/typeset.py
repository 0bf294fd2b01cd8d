"""Sets data as PDF with typst: tagged, no network, fonts of the machine."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any


def typeset(template: Path, name: str, data: Mapping[str, Any]) -> bytes:
    """Return a PDF/UA-1. It takes a second or two: call it off the event loop.

    Args:
        template: typst text.
        name: under which it reads its data (``sys.inputs``), as JSON.
        data: anything that JSON writes.

    Raises:
        typst.TypstError: the template is broken; no text in the data can break it.
    """
    import typst  # 6 MB that a service needs at its first sheet only

    inputs = {name: json.dumps(data, ensure_ascii=False)}
    made = typst.compile(_read(template), sys_inputs=inputs, pdf_standards="ua-1")
    if not isinstance(made, bytes):
        raise TypeError("typst returned no bytes")
    return made


@cache
def _read(template: Path) -> bytes:
    return template.read_bytes()
