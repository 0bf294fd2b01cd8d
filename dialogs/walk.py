"""Finds where a conversation stands from what is known: the next question, or what to show. No event here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from dialogs.bands import is_told, is_vague
from dialogs.entry import entry_of
from dialogs.likely import OWN_AGE, likely_facts, with_likely_age
from dialogs.model import Dialogs, Group, Node, Pick, Question, Tree
from dialogs.planner import Planner
from dialogs.session import Session
from knowledge.base import Label
from knowledge.condition import Condition
from knowledge.criteria import OUI, Verdict
from knowledge.match import State


@dataclass(frozen=True, slots=True)
class Position:
    """Where a conversation stands: a question to ask, or else the end of the trees with what they offer."""

    question: str | None = None
    says: tuple[Label, ...] = ()
    topics: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    ending: Label | None = None


@dataclass(slots=True)
class _Found:
    says: list[Label] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    first: list[str] = field(default_factory=list)
    only: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    ending: Label | None = None
    over: bool = False


class Walk:
    """One pass through the chosen trees, for one session on one day."""

    def __init__(self, planner: Planner, session: Session) -> None:
        self.planner, self.session = planner, session
        self.dialogs: Dialogs = planner.dialogs
        self.state: State = planner.matcher.state(session.plain)
        self.known = planner.known(self.state)
        trees = [self.dialogs.trees[name] for name in session.stack if name in self.dialogs.trees]
        self.trees: Sequence[Tree] = trees
        self.most = max((tree.questions_max for tree in trees), default=0)
        self.entry = entry_of(self.dialogs, session.plain)
        self.for_worker = self.entry is not None and self.entry.alone
        self.topics = frozenset(topic for tree in trees for topic in tree.topics)

    @cached_property
    def likely(self) -> State | None:
        """The family with what most probably goes with it, for what is shown; None for nothing."""
        facts = likely_facts(self.session.plain, self.planner.matcher.on)
        return self.planner.matcher.state(facts) if facts else None

    def subjects(self, position: Position) -> list[tuple[str, ...]]:
        """Return the topics to show, main topic first, one tuple per tree in the order chosen, each topic once."""
        left = dict.fromkeys(position.topics)
        found = []
        for tree in self.trees:
            found.append(tuple(topic for topic in tree.topics if topic in left))
            left = {topic: None for topic in left if topic not in tree.topics}
        return [topics for topics in (*found, tuple(left)) if topics]

    def position(self) -> Position:
        """Return the next question within the trees' promise, or what the trees end with."""
        forced = self.session.changing
        if forced in self.dialogs.questions:
            return Position(question=forced)
        first = self._of_entry()
        if first:
            return Position(question=first)
        found = _Found()
        for tree in self.trees:
            question = self._run(tree, found, 0)
            if question:
                return Position(question, tuple(found.says))
        return self._ended(found)

    def _of_entry(self) -> str | None:
        """Return the next question that is asked of everyone of an entry, whatever they talk about."""
        if self.entry is None or (self.trees and len(self.session.trail) >= self.most):
            return None
        return next((name for name in self.entry.first if self._open(name)), None)

    def _ended(self, found: _Found) -> Position:
        return Position(
            says=tuple(found.says),
            topics=tuple(found.topics or (() if found.only else sorted(self.topics))),
            first=tuple(dict.fromkeys((*found.first, *self.session.named))),
            only=tuple(dict.fromkeys(found.only)),
            people=tuple(found.people),
            ending=found.ending,
        )

    def _run(self, tree: Tree, found: _Found, start: int) -> str | None:
        """Walk one tree from a node on; return the question to ask, or None when it ended."""
        places = {node.id: number for number, node in enumerate(tree.nodes) if node.id}
        number = start
        while number < len(tree.nodes):
            node = tree.nodes[number]
            if node.test:
                # An unknown answer takes the second way, like a "no": trees only choose words and order.
                target = node.then if self._holds(node.test) is OUI else node.otherwise
                number = places[target] if target else number + 1
                continue
            question = self._visit(tree, number, node, found)
            if question or node.ends:
                return question
            number += 1
        return None

    def _visit(self, tree: Tree, number: int, node: Node, found: _Found) -> str | None:
        if node.say:
            if not self.for_worker:  # what is said to a family is not said to who helps it
                found.says.append(Label(f"arbre.{tree.id}.{number}.dire", node.say))
        elif node.call:
            return self._run(self.dialogs.trees[node.call], found, 0)
        elif node.offer:
            topics = node.offer.topics or (() if node.offer.only else tree.topics)
            found.topics += [topic for topic in topics if topic not in found.topics]
            found.first += node.offer.first
            found.only += node.offer.only
        elif node.human:
            found.people.append(node.human)
        elif node.end:
            found.ending = Label(f"arbre.{tree.id}.{number}.fin", node.end)
        elif len(self.session.trail) < self.most:
            return self._ask(node, found)
        return None

    def _ask(self, node: Node, found: _Found) -> str | None:
        grouped = {each for group in node.pick.groups for each in group.questions} if node.pick else {node.ask}
        if grouped.intersection(self.session.trail):
            found.says.clear()  # said before a question that was answered since: not to be said twice
        if node.pick:
            return self._pick(node.pick)
        return node.ask if node.ask and self._open(node.ask) else None

    def _open(self, question_id: str) -> bool:
        """Tell whether a question is still to be asked: not answered, not refused, not known, not out of place."""
        question = self.dialogs.questions[question_id]
        if question_id in (*self.session.trail, *self.session.refused, *self.session.settled):
            return False
        if self.entry and self.entry.alone and question_id not in self.entry.first:
            return False
        if question.only_in and question.only_in != self.session.language:
            return False
        if question.only_if and self._holds(question.only_if) is not OUI:
            return False
        if question.unless and self._holds(question.unless) is OUI:
            return False
        if question.kind == "lesquels" and not self._some_child():
            return False
        if is_told(question, self.session.plain):
            return False
        if question.precise and is_vague(question, self.session.plain):
            return True
        return question.speaks or not self.planner.covers(question, self.known)

    def _some_child(self) -> bool:
        children, _ = self.state.env.get("enfants", ([], False))
        return bool(children)

    def _pick(self, pick: Pick) -> str | None:
        for group in pick.groups:
            candidates = self._candidates(group)
            if not candidates:
                continue
            scores = self.planner.scores(candidates, self.topics, self.state, self._likely(candidates))
            best = max(range(len(candidates)), key=scores.__getitem__)  # first of equals: file order
            if scores[best] >= pick.stop_below:
                return candidates[best].id
        return None

    def _likely(self, candidates: list[Question]) -> State | None:
        """Return the state of this family with its likely age, where a question would ask for it."""
        if not any(OWN_AGE in question.fills for question in candidates):
            return None
        facts = with_likely_age(self.session.plain, self.planner.matcher.on)
        return self.planner.matcher.state(facts) if facts else None

    def _candidates(self, group: Group) -> list[Question]:
        asked = sum(each in self.session.trail for each in group.questions)
        if group.most is not None and asked >= group.most:
            return []
        return [self.dialogs.questions[each] for each in group.questions if self._open(each)]

    def _holds(self, condition: Condition) -> Verdict:
        return self.planner.holds(condition, self.state.env)
