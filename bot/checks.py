"""Puts all checks and proofs together: content, trees, translations, buttons, limits of channels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.check_catalogs import catalog_problems
from bot.content import ROOT, Library
from bot.encoder.load import encoder_problems
from bot.payload import MAX_BYTES, encode
from bot.prove_screens import ChannelLimits, prove_screens
from bot.telegram.limits import BUTTON_TEXT, CALLBACK_BYTES, MESSAGE_UNITS
from dialogs.check import check_dialogs
from dialogs.coverage import GapFile
from dialogs.events import Chose, Event, Opened
from dialogs.load import QuestionFile
from dialogs.prove import prove
from dialogs.prove_families import Family
from dialogs.report import Report
from dialogs.subject_sense import sense_problems
from knowledge.check import check_knowledge
from knowledge.content import Knowledge
from knowledge.danger_ear_load import ear_problems
from knowledge.danger_load import load_danger
from knowledge.facts import parse_facts
from knowledge.faults import Fault, file_of, locate
from knowledge.load import Reading
from knowledge.paris_scheme import load_scheme
from knowledge.reader import Block, ContentError, Problem, read
from knowledge.vocabulary import Vocabulary

LIMITS: Mapping[str, ChannelLimits] = {
    "telegram": ChannelLimits(MESSAGE_UNITS, BUTTON_TEXT, CALLBACK_BYTES),
    "web": ChannelLimits(payload=MAX_BYTES),
}
"""What the channels of this service allow."""


def check_all(root: Path, on: date, limits: Mapping[str, ChannelLimits] = LIMITS) -> list[Problem]:
    """Return every problem below a folder, by file and line; warnings have ``warning`` set.

    Args:
        root: the folder that holds ``knowledge/``, ``dialogs/`` and ``i18n/``.
        on: the day that decides which amounts are in force and what is overdue.
        limits: channel name -> what it allows.
    """
    problems = check_knowledge(root / "knowledge", on=on)
    reading = Reading(root / "knowledge")
    knowledge = reading.knowledge()
    gaps = Reading(root / "knowledge")
    gaps.one("lacunes.yaml", GapFile)
    problems += gaps.problems
    questions: tuple[str, ...] = ()
    if knowledge is not None:
        problems += check_dialogs(knowledge, root, on)
        problems += _danger(root, knowledge)
        asked = Reading(root / "dialogs").one("questions.yaml", QuestionFile)
        questions = tuple(question.id for question in asked.questions) if asked else ()
        narrow = narrowest(limits)
        problems += locate(_cards(knowledge, narrow), root / "knowledge")
        problems += locate(_choices(asked, narrow) if asked else (), root / "dialogs")
    problems += [*ear_problems(root), *sense_problems(root), *encoder_problems(root)]
    problems += catalog_problems(root, questions, narrowest(limits))
    return sorted(set(problems))


def narrowest(limits: Mapping[str, ChannelLimits]) -> ChannelLimits:
    """Return what every channel allows."""

    def least(name: str) -> int | None:
        return min((most for limit in limits.values() if (most := getattr(limit, name)) is not None), default=None)

    return ChannelLimits(least("message"), least("button"), least("payload"))


def _danger(root: Path, knowledge: Knowledge) -> list[Problem]:
    in_service = [line.id for line in knowledge.helplines if line.in_service]
    try:
        load_danger(root / "knowledge" / "urgences", in_service)
    except ContentError as error:
        return error.problems
    return []


def _too_long(event: Event, limits: ChannelLimits) -> str | None:
    size = len(encode(event).encode())
    if limits.payload is None or size <= limits.payload:
        return None
    return f"le bouton envoie {size} octets, {limits.payload} au plus"


def _cards(knowledge: Knowledge, limits: ChannelLimits) -> Iterator[Fault]:
    for card in knowledge.cards:
        what = _too_long(Opened(card.id), limits)
        if what:
            yield Fault(file_of(card), ("id",), what, "prenez un id plus court")


def _choices(asked: QuestionFile, limits: ChannelLimits) -> Iterator[Fault]:
    for at, question in enumerate(asked.questions):
        for number, choice in enumerate(question.choices):
            what = _too_long(Chose(question.id, choice.id), limits)
            if what:
                steps = ("questions", at, "choix", number)
                yield Fault("questions.yaml", steps, what, "prenez des ids plus courts pour la question ou le choix")


def prove_all(
    library: Library,
    on: date,
    limits: Mapping[str, ChannelLimits] = LIMITS,
    families: Sequence[Family] | None = None,
    root: Path = ROOT,
) -> Report:
    """Return what is proven of a library, and what was measured.

    Args:
        library: content that loaded without error.
        on: the day that decides ages and amounts.
        limits: channel name -> what it allows.
        families: golden families; None: those of ``root``/tests/familles, when that folder is there.
        root: where ``knowledge/lacunes.yaml`` is, and ``schema-parisien.yaml`` if there is one.

    Raises:
        ContentError: one of these files, or a family, cannot be read.
    """
    noon = datetime.combine(on, time(12), ZoneInfo("Europe/Paris"))
    reading = Reading(root / "knowledge")
    gaps = reading.one("lacunes.yaml", GapFile)
    scheme = load_scheme(reading)
    if gaps is None or reading.problems:
        raise ContentError(reading.problems)
    if families is None:
        families = read_families(root / "tests" / "familles", library.content.knowledge.vocabulary)
    return Report((*prove(library.content, noon, gaps.gaps, families, scheme), prove_screens(library, on, limits)))


def read_families(folder: Path, vocabulary: Vocabulary) -> tuple[Family, ...]:
    """Return the golden families of a folder, by name: ``faits``, ``le`` and ``attendu`` of each file.

    Raises:
        ContentError: a file cannot be read.
        FactError: a fact that does not exist or cannot have that value.
    """
    found = []
    for path in sorted(folder.glob("*.yaml")):
        told = read(path)
        on = date.fromisoformat(str(told["le"]))
        facts, expected = told["faits"], told["attendu"]
        assert isinstance(facts, Block) and isinstance(expected, Block)
        verdicts = {card: str(word) for card, word in expected.items()}
        found.append(Family(path.stem, parse_facts(facts, vocabulary, on), verdicts, on))
    return tuple(found)
