"""Reads the sentences that the ear is trained on; needs nothing but Python and PyYAML."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "knowledge" / "urgences" / "oreille"
OLDER = (
    "danger-aveugle",
    "danger-dev",
    "danger-dev-2",
    *(f"danger-dev-{name}" for name in ("ar-latn", "bn", "es", "pt", "ro", "ru", "ta", "tr", "uk", "zh")),
    "danger-fin-2",
    "danger-fin-3",
    "danger-fin-4",
    "danger-fin-5",
    "danger-held",
)
"""Evaluation sets that were measured on, and may be learned from since; ``danger-fin-7`` to ``-18`` are none of them."""
KEPT_BACK = ("danger-fin-6", "danger-choix-1", "danger-choix-2", "danger-choix-3")
"""Measured on once then read, or written for that: nothing learns them, the scores of the encoder are chosen on them."""
HARMLESS = "rien"
ASKED = ROOT / "dialogs" / "sujets" / "phrases"
CALM_TOPICS = frozenset(
    {"accompagner-enfant", "accueillir-enfant", "acces-droits-sante", "devenir-parent", "ecrans", "famille-recomposee"}
    | {"garde-insertion", "handicap", "incarceration", "insertion", "loisirs-vacances", "numerique"}
)
"""Sentences about nothing but these are ordinary ones; where a home, a death or a separation is spoken of, somebody may
be in danger."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, who wrote it (a file), and its case, ``rien`` when nobody is in danger."""

    author: str
    language: str
    case: str
    text: str

    @property
    def cry(self) -> bool:
        """Whether somebody is in danger."""
        return self.case != HARMLESS


def files() -> list[Path]:
    """Return every file that the ear learns from, in a fixed order."""
    return [
        *sorted(FOLDER.glob("*.tsv")),
        *sorted(ASKED.glob("*.tsv")),
        *(ROOT / "tests" / "evaluation" / f"{name}.yaml" for name in OLDER),
    ]


def sentences() -> list[Sentence]:
    """Return all sentences, each text once, in the order of the files."""
    found: dict[str, Sentence] = {}
    for path in files():
        for sentence in _of_table(path) if path.suffix == ".tsv" else _of_set(path):
            found.setdefault(sentence.text.casefold(), sentence)
    return list(found.values())


def kept_back() -> list[Sentence]:
    """Return the sentences of :data:`KEPT_BACK`."""
    return [row for name in KEPT_BACK for row in _of_set(ROOT / "tests" / "evaluation" / f"{name}.yaml")]


def _of_table(path: Path) -> Iterator[Sentence]:
    for line in path.read_text(encoding="utf-8").splitlines():
        language, case, other, text = line.split("\t")
        if path.parent != ASKED:
            yield Sentence(path.stem, language, case, text)
        elif {*case.split(","), *other.split(",")} <= CALM_TOPICS | {"-"}:
            yield Sentence(path.stem, language, HARMLESS, text)


def _of_set(path: Path) -> Iterator[Sentence]:
    for row in yaml.safe_load(path.read_text(encoding="utf-8"))["phrases"]:
        case = str(row["urgence"])
        yield Sentence(path.stem, row["langue"], HARMLESS if case in ("None", "null") else case, row["texte"])


def parts(rows: Sequence[Sentence], count: int) -> list[int]:
    """Return the part of each sentence: each author's sentences of a case cut into ``count`` runs, as written.

    Neighbours are often variants of one idea: kept together, hardly an idea is both learned and measured.
    """
    groups: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for at, row in enumerate(rows):
        groups[row.author, row.language, row.case].append(at)
    part = [0] * len(rows)
    for places in groups.values():
        for order, at in enumerate(places):
            part[at] = order * count // len(places)
    return part
