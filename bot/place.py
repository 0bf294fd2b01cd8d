"""Where an error happened, without its words: those may quote a person."""

from __future__ import annotations

import traceback
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent


def place_of(error: BaseException) -> str:
    """Return the deepest line of our own code in an error's trace, « bot/content.py:55 »; the deepest of all if none.

    Empty for an error that was never raised.
    """
    frames = [(Path(frame.filename), frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    ours = [(path, line) for path, line in frames if _is_ours(path)]
    if not frames:
        return ""
    path, line = (ours or frames)[-1]
    return f"{path.relative_to(_ROOT).as_posix() if ours else path.name}:{line}"


def _is_ours(path: Path) -> bool:
    return path.is_relative_to(_ROOT) and ".venv" not in path.parts
