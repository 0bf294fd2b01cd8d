"""Checks dates (what had to be looked at again by now), and the sources of amounts and tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from knowledge.check_references import entries
from knowledge.content import AnyEntry, Knowledge
from knowledge.faults import Fault, Steps, file_of
from knowledge.load import near
from knowledge.milestone import Milestone
from knowledge.parameter import Parameter, ParameterFile, Scale

_AGAIN = "vérifiez à la source, puis changez verifie_le et revoir_avant"


def freshness_faults(knowledge: Knowledge, on: date) -> Iterator[Fault]:
    """Yield entries whose check is overdue (warnings) or dated after ``on``."""
    for entry in entries(knowledge):
        yield from entry_freshness(entry, on)


def entry_freshness(entry: AnyEntry | Milestone, on: date) -> Iterator[Fault]:
    """Yield what is wrong with the dates of one card, place or milestone."""
    fresh, file = entry.freshness, file_of(entry)
    if fresh.overdue(on):
        what = f"à revoir avant le {fresh.review_by}, vérifiée le {fresh.checked_on}"
        yield Fault(file, ("fraicheur", "revoir_avant"), what, _AGAIN, True)
    if fresh.checked_on > on:
        what = f"vérifiée le {fresh.checked_on}, un jour qui n'est pas encore venu"
        yield Fault(file, ("fraicheur", "verifie_le"), what, "écrivez le jour de la vérification")


def parameter_faults(files: Mapping[str, ParameterFile], on: date) -> Iterator[Fault]:
    """Yield what is wrong with amounts and tables.

    Args:
        files: the files of parametres/, by their path relative to the content folder.
        on: the day whose values must be in force and still fresh.
    """
    seen: set[str] = set()
    for path, file in files.items():
        known = [source.id for source in file.sources]
        for steps, each in _listed(file):
            if each.id in seen:
                yield Fault(path, (*steps, "id"), f"'{each.id}' est écrit deux fois", "gardez-en un")
            seen.add(each.id)
            yield from _sources(path, steps, each, known)
            if on >= each.review_by:
                what = f"'{each.id}' est à revoir avant le {each.review_by}"
                yield Fault(path, (*steps, "revoir_avant"), what, "cherchez la nouvelle valeur à la source", True)


def _listed(file: ParameterFile) -> Iterator[tuple[Steps, Parameter | Scale]]:
    for at, parameter in enumerate(file.parameters):
        yield ("parametres", at), parameter
    for at, scale in enumerate(file.scales):
        yield ("baremes", at), scale


def _sources(path: str, steps: Steps, each: Parameter | Scale, known: list[str]) -> Iterator[Fault]:
    named = [value.source for value in each.values]
    for number, source in enumerate(named):
        if source not in known:
            place = (*steps, "valeurs", number, "source")
            yield Fault(
                path,
                place,
                f"la source '{source}' n'est pas dans ce fichier",
                near(source, known),
            )
