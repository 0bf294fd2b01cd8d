"""Families as they come to a desk: what the law gives each of them, worked out by hand from official facts.

The files of ``tests/familles`` say who the family is, the verdict expected of each card and its source.
A rule that changes an answer fails here under the family's own name.
"""

from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from knowledge.content import Knowledge
from knowledge.criteria import INCONNU, NON, OUI, PROBABLE, Verdict
from knowledge.facts import parse_facts
from knowledge.match import Matcher, State
from knowledge.reader import Block, Items, Value, read

FAMILIES = sorted((Path(__file__).parent.parent / "familles").glob("*.yaml"))
WORDS: dict[str, Verdict] = {"oui": OUI, "probable": PROBABLE, "inconnu": INCONNU, "non": NON}
REQUIRED = {"id", "histoire", "le", "faits", "attendu", "sources"}
FEWEST_VERDICTS = 8


class Family(NamedTuple):
    """One file of ``tests/familles``: card id -> word of the expected verdict.

    ``never_no``: ruling the card out would cost the family. ``never_yes``: a yes would be a false promise.
    """

    id: str
    on: date
    facts: Block
    expected: dict[str, str]
    never_no: list[str]
    never_yes: list[str]


def family_of(path: Path) -> Family:
    """Return the family a file tells of."""
    told = read(path)
    return Family(
        str(told["id"]),
        date.fromisoformat(str(told["le"])),
        _block(told["faits"]),
        {card: str(word) for card, word in _block(told["attendu"]).items()},
        [str(card) for card in told.get("jamais_non", [])],
        [str(card) for card in told.get("jamais_oui", [])],
    )


def _block(value: Value) -> Block:
    assert isinstance(value, Block), f"des clés et des valeurs attendues, lu : {value}"
    return value


class Desk:
    """One family in front of the matcher of its own day."""

    def __init__(self, family: Family, knowledge: Knowledge) -> None:
        self.family = family
        self.matcher = Matcher(knowledge, family.on)
        self.state: State = self.matcher.state(parse_facts(family.facts, knowledge.vocabulary, family.on))
        self._found = self.matcher.verdicts(self.state)

    def verdict(self, card_id: str) -> Verdict:
        """Return the verdict of a card for the family."""
        return self._found[self.matcher.position[card_id]]

    def difference(self, card_id: str, expected: str) -> str:
        """Return one readable line on a card that answers something else, with its sentences."""
        why = self.matcher.explain(card_id, self.state)
        said = " / ".join(label.text for label in (*why.reasons, *why.to_check)) or "aucune raison donnée"
        missing = f" ; manque : {', '.join(why.missing)}" if why.missing else ""
        got = word_of(why.verdict)
        return f"{self.family.id} : {card_id} attendu {expected}, obtenu {got} ({said}{missing})"

    def ruled(self, cards: list[str], verdict: Verdict) -> list[str]:
        """Return one line for each of the cards that has a verdict it should never have."""
        never = f"autre chose que {word_of(verdict)}"
        return [self.difference(card, never) for card in cards if self.verdict(card) is verdict]

    def differences(self) -> list[str]:
        """Return one line for each card whose verdict is not the expected one."""
        expected = self.family.expected.items()
        return [self.difference(card, word) for card, word in expected if self.verdict(card) is not WORDS[word]]


def word_of(verdict: Verdict) -> str:
    """Return a verdict as the files write it."""
    return next(word for word, each in WORDS.items() if each is verdict)


def assert_none(wrong: list[str]) -> None:
    """Fail with the lines of the cards that answer something else, and nothing of the machinery."""
    if wrong:
        pytest.fail("\n".join(wrong), pytrace=False)


each_family = pytest.mark.parametrize("path", FAMILIES, ids=[path.stem for path in FAMILIES])


@each_family
def test_a_family_gets_the_verdicts_the_law_gives_it(path: Path, knowledge: Knowledge) -> None:
    """Every verdict worked out by hand is the one the cards give."""
    desk = Desk(family_of(path), knowledge)

    assert_none(desk.differences())


@each_family
def test_a_family_is_never_told_yes_for_what_goes_to_someone_else(path: Path, knowledge: Knowledge) -> None:
    """Where the law gives the money to another household, the card promises nothing."""
    desk = Desk(family_of(path), knowledge)

    assert_none(desk.ruled(desk.family.never_yes, OUI))


@each_family
def test_a_family_is_never_told_no_where_no_would_cost_it(path: Path, knowledge: Knowledge) -> None:
    """Where the law leaves a way in, the card is not ruled out."""
    desk = Desk(family_of(path), knowledge)

    assert_none(desk.ruled(desk.family.never_no, NON))


@each_family
def test_a_family_file_tells_a_whole_story(path: Path, knowledge: Knowledge) -> None:
    """A family has its file's name, cards that exist, enough verdicts to be worth its place, and sources."""
    told, family = read(path), family_of(path)
    cards = {card.id for card in knowledge.cards}
    sources = told["sources"]

    assert set(told) - {"jamais_non", "jamais_oui"} == REQUIRED
    assert family.id == path.stem
    assert {*family.expected, *family.never_no, *family.never_yes} <= cards
    assert not {*family.expected} & {*family.never_no, *family.never_yes}, "un verdict attendu dit déjà tout"
    assert len(family.expected) >= FEWEST_VERDICTS
    assert isinstance(sources, Items) and sources


def test_families_expect_every_verdict() -> None:
    """Taken together, families show what is sure, likely, still to ask and ruled out."""
    words = {word for path in FAMILIES for word in family_of(path).expected.values()}

    assert words == set(WORDS)


def test_families_never_speak_of_violence() -> None:
    """Danger is never a fact: the families of a violent home are told by ordinary facts alone."""
    facts = {name for path in FAMILIES for name in family_of(path).facts}

    assert not {name for name in facts if "violence" in name or "danger" in name}
