"""Packs the code that is running, for whoever uses it over the network; no data, no key."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
_FOLDERS = ("bot", "dialogs", "i18n", "knowledge", "tests", "bench")
_KINDS = frozenset({".py", ".yaml", ".po", ".html", ".css", ".md", ".sql", ".js", ".typ", ".json"})
_FILES = (
    "pyproject.toml",
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "LICENSE",
    "Makefile",
)


def archive(root: Path = ROOT) -> bytes:
    """Return a .tar.gz of the program and its content: named folders and kinds of files only."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as tar:
        for path in _sources(root):
            tar.add(path, f"passerelle/{path.relative_to(root)}", recursive=False, filter=_anonymous)
    return packed.getvalue()


def _sources(root: Path) -> Iterator[Path]:
    yield from (path for path in (root / name for name in _FILES) if path.is_file())
    for folder in _FOLDERS:
        yield from sorted(path for path in (root / folder).rglob("*") if path.suffix in _KINDS and path.is_file())


def _anonymous(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    return member
