"""What the prover found, as data and as a French text: sections with figures, problems and remarks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Section:
    """One property: what was tried (``figures``, in words), what breaks it, what is worth knowing."""

    title: str
    figures: Mapping[str, int | float] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    table: tuple[str, ...] = ()
    """Lines already laid out, e.g. the coverage matrix."""

    def data(self) -> dict[str, Any]:
        """Return the section as JSON-ready data."""
        return {
            "titre": self.title,
            "chiffres": dict(self.figures),
            "problemes": list(self.problems),
            "remarques": list(self.remarks),
            "tableau": list(self.table),
        }

    def lines(self) -> list[str]:
        """Return the section as lines of text."""
        mark = "ÉCHEC" if self.problems else "tenu"
        told = ", ".join(f"{_number(value)} {name}" for name, value in self.figures.items())
        lines = [f"{self.title} : {mark}" + (f" ({told})" if told else "")]
        lines += [f"  ! {problem}" for problem in self.problems]
        lines += [f"  - {remark}" for remark in self.remarks]
        return lines + [f"    {row}" for row in self.table]


@dataclass(frozen=True, slots=True)
class Report:
    """All sections, in order."""

    sections: tuple[Section, ...]

    @property
    def ok(self) -> bool:
        """Tell whether everything that was to be proven holds."""
        return not any(section.problems for section in self.sections)

    def data(self) -> dict[str, Any]:
        """Return the report as JSON-ready data."""
        return {"tenu": self.ok, "sections": [section.data() for section in self.sections]}

    def text(self) -> str:
        """Return the report for an editor, one property a paragraph."""
        blocks = ["\n".join(section.lines()) for section in self.sections]
        broken = sum(len(section.problems) for section in self.sections)
        end = "Tout ce qui devait être prouvé tient." if self.ok else f"{broken} point(s) à corriger."
        return "\n\n".join([*blocks, end]) + "\n"


def _number(value: float) -> str:
    return str(value) if isinstance(value, int) else f"{value:.2f}".rstrip("0").rstrip(".").replace(".", ",")
