"""Finds every problem of the knowledge base at once, each with its file and line and what to do.

Reads files and touches nothing; nobody is telephoned and no address is opened. What needs questions or
translations is checked above (``dialogs.check``, ``bot.checks``).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from knowledge.check_conditions import card_conditions
from knowledge.check_examples import Examples, compiles
from knowledge.check_freshness import freshness_faults, parameter_faults
from knowledge.check_links import link_problems
from knowledge.check_milestones import milestone_faults
from knowledge.check_places import place_faults
from knowledge.check_references import Names, reference_faults
from knowledge.check_texts import text_problems
from knowledge.content import AnyCard, Knowledge
from knowledge.criteria import Setting
from knowledge.faults import Fault, locate
from knowledge.load import FOLDER, FOLDERS, MILESTONES, Reading
from knowledge.parameter import ParameterFile
from knowledge.paris_scheme import load_scheme, scheme_faults
from knowledge.reader import Block, Problem

M = TypeVar("M", bound=BaseModel)


class KeepingReading(Reading):
    """A reading that keeps the files as they were read, so that problems find their line."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.blocks: dict[str, Block] = {}
        self.parameter_files: dict[str, ParameterFile] = {}

    def check(self, block: Block, model: type[M]) -> M | None:
        """Return a mapping as a model, or None with its problems noted; the mapping is kept."""
        path = block.where.path
        self.blocks[path] = block
        found = super().check(block, model)
        if isinstance(found, ParameterFile):
            self.parameter_files[path.partition("/")[2]] = found
        return found


def check_knowledge(folder: Path = FOLDER, *, on: date) -> list[Problem]:
    """Return every problem of the knowledge base, by file and line; warnings have ``warning`` set.

    Args:
        folder: the content folder (faits.yaml, droits/, ...).
        on: the day that decides which amounts are in force and what is overdue.
    """
    reading = KeepingReading(folder)
    knowledge, scheme = reading.knowledge(), load_scheme(reading)
    problems = list(reading.problems)
    if knowledge is None:
        return sorted(set(problems))
    hidden = {path.stem for sub in FOLDERS for path in reading.files(sub)}
    faults = [fault for fault in _faults(knowledge, reading, hidden, on) if _sure(fault, reading)]
    faults += scheme_faults(scheme, Names(knowledge, hidden)) if scheme else ()
    problems += locate(faults, folder, reading.blocks)
    for block in reading.blocks.values():
        problems += text_problems(block, knowledge) if _is_card(block) else ()
        problems += link_problems(block)
    return sorted(set(problems))


def _faults(knowledge: Knowledge, reading: KeepingReading, hidden: set[str], on: date) -> Iterator[Fault]:
    names = Names(knowledge, hidden)
    yield from reference_faults(names)
    yield from freshness_faults(knowledge, on)
    yield from parameter_faults(reading.parameter_files, on)
    yield from place_faults(knowledge, on)
    setting = Setting(knowledge.vocabulary, knowledge.parameters, on)
    for card in all_cards(knowledge):
        yield from card_conditions(card, setting)
    yield from milestone_faults(names, setting)
    sound = sound_part(knowledge, setting)
    examples = Examples(sound, on)
    for card in sound.cards:
        yield from examples.faults(card)


def all_cards(knowledge: Knowledge) -> tuple[AnyCard, ...]:
    """Return every card, helplines out of service included."""
    return (*knowledge.rights, *knowledge.services, *knowledge.helplines)


def sound_part(knowledge: Knowledge, setting: Setting) -> Knowledge:
    """Return the knowledge base without the cards whose conditions have no meaning: one bad clause must not
    hide what is wrong elsewhere."""
    return Knowledge.model_construct(
        **{
            **dict(knowledge),
            "rights": tuple(card for card in knowledge.rights if compiles(card, setting)),
            "services": tuple(card for card in knowledge.services if compiles(card, setting)),
            "helplines": tuple(card for card in knowledge.helplines if compiles(card, setting)),
        }
    )


def _sure(fault: Fault, reading: KeepingReading) -> bool:
    """Tell whether a fault is more than the shadow of a file of amounts that could not be read."""
    broken = len(reading.parameter_files) < len(reading.files("parametres"))
    return not (broken and ("paramètre" in fault.what or "barème" in fault.what))


def _is_card(block: Block) -> bool:
    folders = block.where.path.split("/")
    return len(folders) > 2 and folders[-2] in (*FOLDERS, MILESTONES)
