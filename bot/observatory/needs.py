"""Needs without an answer near home, in sentences for the committee; drawn from the published lines alone. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.observatory.publication import Line
from bot.observatory.report import name_of, place
from bot.observatory.visit import ASKED, UNMET
from knowledge.content import Knowledge

COLUMNS = ("mois", "sujet", "nom", "arrondissement", "conversations", "sans_lieu_proche_au_moins", "phrase")


@dataclass(frozen=True, slots=True)
class Need:
    """A subject asked for in an arrondissement where, for many, no place near was shown."""

    subject: str
    name: str
    district: str
    asked: int
    unmet: int
    """At least so many."""

    @property
    def sentence(self) -> str:
        """Return it in plain words."""
        return (
            f"{place(self.district)} : {self.asked} conversations ont demandé «\u00a0{self.name}\u00a0». "
            f"Pour au moins {self.unmet} d'entre elles, aucun lieu proche n'a été montré."
        )


def needs(lines: Sequence[Line], knowledge: Knowledge) -> tuple[Need, ...]:
    """Return the needs without an answer near home, those of most families first."""
    here = [line for line in lines if line.axis == "arrondissement"]
    asked = {(line.subject, line.value): line.count for line in here if line.kind == ASKED}
    found = [
        Need(line.subject, name_of(line.subject, knowledge), line.value, count, line.low)
        for line in here
        if line.kind == UNMET and line.low and (count := asked.get((line.subject, line.value)))
    ]
    return tuple(sorted(found, key=lambda need: (-need.unmet, -need.asked, need.name, need.district)))


def records(month: str, found: Iterable[Need]) -> Iterator[dict[str, object]]:
    """Yield each need with the keys of ``COLUMNS``."""
    for need in found:
        values = (month, need.subject, need.name, need.district, need.asked, need.unmet, need.sentence)
        yield dict(zip(COLUMNS, values, strict=True))
