"""Measures trees on golden families: how soon cards are settled, and whether each family gets what it must.

A family is played through the real engine: it answers what it knows and says « je ne sais pas » to the rest.
The share of the cards of the tree's topics that are no longer *inconnu* is read after 3, 5 and 8 questions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from dialogs.answers import child_choice
from dialogs.content import Content
from dialogs.effects import Ask
from dialogs.engine import step
from dialogs.entry import facts_of_tree
from dialogs.events import Answered, Chose, Event, Picked
from dialogs.model import DONE, UNKNOWN, Question, Tree
from dialogs.report import Section
from dialogs.session import Session
from knowledge.criteria import INCONNU
from knowledge.vocabulary import CHILDREN

MILESTONES = (3, 5, 8)
_MOST_TURNS = 60
_FITS = ("oui", "probable")


class Family(NamedTuple):
    """One golden family: plain facts (see ``knowledge.facts.parse_facts``), verdict words of some cards."""

    id: str
    facts: Mapping[str, Any]
    verdicts: Mapping[str, str] = {}
    on: date | None = None
    """The day its verdicts were worked out for; None: the day of the proof."""
    tree: str | None = None
    """The tree it comes through; None: the one that shows most of the cards it fits."""


def prove_families(content: Content, families: Sequence[Family], now: datetime) -> Section:
    """Return the expected verdicts that do not hold, and the mean share of cards settled."""
    problems = tuple(what for family in families for what in _wrong(content, family, now))
    shares: dict[int, list[float]] = {mark: [] for mark in MILESTONES}
    for family in families:
        for mark, share in settled(content, family, _tree_of(content, family), now).items():
            shares[mark].append(share)
    figures: dict[str, int | float] = {"familles": len(families)}
    for mark, found in shares.items():
        if found:
            figures[f"% de fiches décidées après {mark} questions"] = round(100 * sum(found) / len(found), 1)
    return Section("Familles témoins : les bons verdicts, vite", figures, problems)


def _tree_of(content: Content, family: Family) -> Tree:
    trees = [tree for tree in content.dialogs.trees.values() if not tree.callable_only]
    if family.tree is not None:
        return content.dialogs.trees[family.tree]
    # Trees of an entry are for its people: a family comes through one when its facts say so.
    trees = [tree for tree in trees if facts_of_tree(content.dialogs, tree.id, {}).items() <= family.facts.items()]
    fitting = {card for card, word in family.verdicts.items() if word in _FITS}
    topics = [card.topics for card in content.knowledge.cards if card.id in fitting]
    return max(trees, key=lambda tree: sum(bool(set(tree.topics) & set(each)) for each in topics))


def _wrong(content: Content, family: Family, now: datetime) -> Iterator[str]:
    matcher = content.matcher(family.on or now.date())
    found = matcher.verdicts(matcher.state(family.facts))
    for card, expected in family.verdicts.items():
        if card not in matcher.position:
            yield f"famille '{family.id}' : la fiche '{card}' n'existe pas"
        elif found[matcher.position[card]].word != expected:
            word = found[matcher.position[card]].word
            yield f"famille '{family.id}' : '{card}' devrait être {expected}, la réponse est {word}"


def settled(content: Content, family: Family, tree: Tree, now: datetime) -> dict[int, float]:
    """Return the share, 0 to 1, of the cards of a tree's topics that are decided after each milestone."""
    session, effects = step(content, Session(), Picked(tree.id), now)
    shares: dict[int, float] = {}
    for _ in range(_MOST_TURNS):
        asked = next((effect for effect in effects if isinstance(effect, Ask)), None)
        for mark in MILESTONES:
            if mark not in shares and (asked is None or len(session.trail) >= mark):
                shares[mark] = _share(content, session, tree, now)
        if asked is None:
            break
        question = content.dialogs.questions[asked.question]
        session, effects = step(content, session, answer(question, session, family.facts), now)
    return shares


def _share(content: Content, session: Session, tree: Tree, now: datetime) -> float:
    matcher = content.matcher(now.date())
    verdicts = matcher.verdicts(matcher.state(session.plain))
    mine = [
        verdict
        for card, verdict in zip(matcher.cards, verdicts, strict=True)
        if card.conditions and set(card.topics) & set(tree.topics)
    ]
    return sum(verdict is not INCONNU for verdict in mine) / len(mine) if mine else 1.0


def answer(question: Question, session: Session, facts: Mapping[str, Any]) -> Event:
    """Return what a family answers to a question: what it knows of it, else « je ne sais pas »."""
    children = facts.get(CHILDREN, {"liste": [], "complet": "non"})
    if question.kind == "enfants":
        ages = [{"naissance": child["naissance"]} for child in children["liste"] if "naissance" in child]
        told = {"liste": ages, "complet": children["complet"]}
        return Answered(question.id, facts={CHILDREN: told}) if CHILDREN in facts else Chose(question.id, UNKNOWN)
    if question.kind == "lesquels":
        return Chose(question.id, _which(question, session, children["liste"]))
    known = {name: facts[name] for name in question.fills if name in facts}
    if known:
        return Answered(question.id, facts=known)
    wanted = {name: child[name] for child in children["liste"][:1] for name in question.fills if name in child}
    choice = next((each.id for each in question.choices if wanted and each.fills == wanted), UNKNOWN)
    return Chose(question.id, choice)


def _which(question: Question, session: Session, children: Sequence[Mapping[str, Any]]) -> str:
    """Return the next child to press in a *lesquels* question, the end once all are pressed."""
    fills = question.choices[0].fills
    listed = session.plain.get(CHILDREN, {"liste": []})["liste"]
    if not any(name in child for child in children for name in fills):
        return UNKNOWN
    for number, (shown, known) in enumerate(zip(listed, children, strict=False)):
        if fills.items() <= known.items() and not fills.items() <= shown.items():
            return child_choice(number)
    return DONE
