"""Which reference families get another answer with another version of the content, in words for an editor."""

from __future__ import annotations

import io
import subprocess
import tarfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from bot.errors import OperatorError
from knowledge.content import Knowledge
from knowledge.criteria import INCONNU, NON, OUI, PROBABLE, Verdict
from knowledge.facts import FactError, parse_facts
from knowledge.load import load_knowledge
from knowledge.match import Matcher, State
from knowledge.reader import Block, ContentError, read

_GIT_SECONDS = 60
_WORDS = {OUI: "oui", PROBABLE: "probable", INCONNU: "inconnu", NON: "non"}
_ABSENT = "pas de fiche"


class Family(NamedTuple):
    """One file of ``tests/familles``: who it is, on which day."""

    id: str
    story: str
    on: date
    facts: Block


class Change(NamedTuple):
    """One card that answers something else to one family; ``why`` is what the new version says."""

    card: str
    name: str
    before: str
    after: str
    why: str


@contextmanager
def other_content(root: Path, which: str) -> Iterator[Path]:
    """Give the content folder of another version: a folder that exists, or else a git revision of ``root``.

    Raises:
        OperatorError: neither; or git is absent.
    """
    folder = Path(which)
    if folder.is_dir():
        yield folder / "knowledge" if (folder / "knowledge").is_dir() else folder
        return
    with TemporaryDirectory() as kept:
        with tarfile.open(fileobj=io.BytesIO(_archive(root, which))) as archive:
            # Python 3.11 has filters from 3.11.4 on; the archive is git's own, of this repository.
            if hasattr(tarfile, "data_filter"):
                archive.extraction_filter = tarfile.data_filter
            archive.extractall(kept)  # noqa: S202 - made by git just now
        yield Path(kept) / "knowledge"


def _archive(root: Path, revision: str) -> bytes:
    hint = "écrivez un dossier, ou une révision git comme HEAD, main ou v1.2"
    if revision.startswith("-"):
        raise OperatorError(f"« {revision} » n'est ni un dossier ni une révision", hint)
    command = ["git", "-C", str(root), "archive", "--format=tar", revision, "--", "knowledge"]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_GIT_SECONDS, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired) as error:
        raise OperatorError(f"git ne répond pas ({error})", "donnez plutôt un dossier") from error
    if done.returncode:
        raise OperatorError(f"« {revision} » n'est ni un dossier ni une révision", hint)
    return done.stdout


def other_knowledge(folder: Path) -> Knowledge:
    """Return the knowledge base of another version.

    Raises:
        OperatorError: this version of the program cannot read it.
    """
    try:
        return load_knowledge(folder)
    except ContentError as error:
        first = error.problems[0]
        what = f"l'autre version ne se lit pas avec ce programme : {len(error.problems)} problème(s), d'abord {first}"
        raise OperatorError(what, "comparez avec une version plus récente") from error


def families(folder: Path) -> tuple[Family, ...]:
    """Return the reference families of a folder, by name."""
    found = []
    for path in sorted(folder.glob("*.yaml")):
        told = read(path)
        facts = told["faits"]
        assert isinstance(facts, Block)
        found.append(Family(path.stem, str(told["histoire"]), date.fromisoformat(str(told["le"])), facts))
    return tuple(found)


class _Version:
    """One version of the content in front of one family."""

    def __init__(self, knowledge: Knowledge, family: Family) -> None:
        self.knowledge = knowledge
        self.matcher = Matcher(knowledge, family.on)
        facts = parse_facts(family.facts, knowledge.vocabulary, family.on)
        self.state: State = self.matcher.state(facts)
        self.verdicts: Sequence[Verdict] = self.matcher.verdicts(self.state)

    def word(self, card: str) -> str:
        position = self.matcher.position.get(card)
        return _ABSENT if position is None else _WORDS[self.verdicts[position]]

    def why(self, card: str) -> str:
        if card not in self.matcher.position:
            return ""
        told = self.matcher.explain(card, self.state)
        return " ".join(label.text for label in (*told.reasons, *told.to_check)[:2])


def changes(before: Knowledge, after: Knowledge, family: Family) -> tuple[Change, ...]:
    """Return the cards that answer something else to a family, in the order of the new version.

    Raises:
        FactError: one of the versions does not know a fact of the family.
    """
    old, new = _Version(before, family), _Version(after, family)
    names = {card.id: card.name for card in (*before.cards, *after.cards)}
    cards = dict.fromkeys([card.id for card in after.cards] + [card.id for card in before.cards])
    # A card that came or went is told once for all, not for each family that it says no to.
    return tuple(
        Change(card, names[card], old.word(card), new.word(card), new.why(card))
        for card in cards
        if old.word(card) != new.word(card) and {old.word(card), new.word(card)} != {_ABSENT, "non"}
    )


def report(before: Knowledge, after: Knowledge, listed: Sequence[Family]) -> Iterator[str]:
    """Yield what an editor reads: cards that came and went, then each family that gets another answer."""
    yield from _cards(before, after)
    touched = 0
    for family in listed:
        try:
            found = changes(before, after, family)
        except FactError as error:
            yield f"{family.id} : ne se compare pas, un fait manque à l'une des versions ({error})"
            continue
        if not found:
            continue
        touched += 1
        yield f"\n{family.id} : {family.story}"
        for change in found:
            yield f"  {change.name} ({change.card}) : {change.before} -> {change.after}"
            if change.why:
                yield f"      {change.why}"
    yield f"\n{touched} famille(s) sur {len(listed)} reçoivent une autre réponse."


def _cards(before: Knowledge, after: Knowledge) -> Iterator[str]:
    old, new = ({card.id: card.name for card in each.cards} for each in (before, after))
    yield from (f"nouvelle fiche : {new[card]} ({card})" for card in new if card not in old)
    yield from (f"fiche retirée : {old[card]} ({card})" for card in old if card not in new)
