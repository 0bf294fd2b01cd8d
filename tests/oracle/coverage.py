"""How soon a household knows where it stands on each right: the share settled after 3, 5 and 8 questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from dialogs.content import Content
from dialogs.effects import Ask
from dialogs.engine import step
from dialogs.events import Picked
from dialogs.prove_families import MILESTONES, answer
from dialogs.session import Session
from tests.oracle.compare import RIGHTS
from tests.oracle.households import Household

_NOON = datetime(2026, 11, 21, 11, tzinfo=UTC)
_MOST_TURNS = 60


def way_in(household: Household) -> str:
    """Return the tree that a household would choose first."""
    ages = [child.months // 12 for child in household.children]
    if household.facts["separation"] != "aucune":
        return "separation"
    if household.expected:
        return "devenir-parent"
    if any(child.facts["handicap"] == "oui" for child in household.children):
        return "handicap"
    for most, tree in ((3, "accueillir-enfant"), (11, "accompagner-enfant"), (18, "pre-ado-ado")):
        if ages and min(ages) < most:
            return tree
    return "insertion"


def settled(content: Content, households: Sequence[Household]) -> dict[str, dict[int, float]]:
    """Return for each right met on the way the share of households, 0 to 1, decided after each milestone."""
    counts: dict[str, dict[int, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for household in households:
        for mark, verdicts in _played(content, household):
            for card, word in verdicts.items():
                counts[card][mark].append(word != "inconnu")
    return {card: {mark: sum(f) / len(f) for mark, f in marks.items()} for card, marks in sorted(counts.items())}


def _played(content: Content, household: Household) -> Iterator[tuple[int, dict[str, str]]]:
    tree, facts = content.dialogs.trees[way_in(household)], household.told("entier")
    session, effects = step(content, Session(), Picked(tree.id), _NOON)
    left = list(MILESTONES)
    for _ in range(_MOST_TURNS):
        asked = next((effect for effect in effects if isinstance(effect, Ask)), None)
        while left and (asked is None or len(session.trail) >= left[0]):
            yield left.pop(0), _words(content, session, tree.topics)
        if asked is None or not left:
            return
        question = content.dialogs.questions[asked.question]
        session, effects = step(content, session, answer(question, session, facts), _NOON)


def _words(content: Content, session: Session, topics: Sequence[Any]) -> dict[str, str]:
    matcher = content.matcher(_NOON.date())
    found = matcher.verdicts(matcher.state(session.plain))
    mine = {card.id for card in matcher.cards if set(card.topics) & set(topics)}
    return {card: found[matcher.position[card]].word for card in RIGHTS if card in mine}
