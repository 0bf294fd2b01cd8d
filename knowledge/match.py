"""Matches every card against one family, and says why.

Compiled once per knowledge base and day; a match is then a pass over distinct clauses. An unanswered question
never excludes a card: a parent who skips a question is shown more, not less.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import NamedTuple

from knowledge.base import Label
from knowledge.calendar import Calendar
from knowledge.condition import Condition
from knowledge.content import AnyCard, Knowledge
from knowledge.criteria import INCONNU, NON, OUI, PROBABLE, Env, Program, Setting, Verdict, scale_of
from knowledge.facts import Facts, prepare
from knowledge.geography import in_zone, zone_label
from knowledge.scales import open_dimensions
from knowledge.vocabulary import AGE, CHILDREN, DISTRICT


class Match(NamedTuple):
    """The verdict of one card for one family."""

    card: AnyCard
    verdict: Verdict


class Explanation(NamedTuple):
    """Why a card has its verdict, in sentences of the card, with what is still to know."""

    verdict: Verdict
    reasons: tuple[Label, ...]
    to_check: tuple[Label, ...]
    missing: tuple[str, ...]
    decisive: str | None = None
    """The fact that rules the card out, when it is *non*: changing it could change the verdict."""


class State:
    """One family seen by one matcher: prepared facts, and the verdict of every distinct clause when first needed."""

    __slots__ = ("_done", "_program", "env", "verdicts")

    def __init__(self, env: Env, program: Program) -> None:
        self.env, self._program = env, program
        self._done: Sequence[Verdict] | None = None
        self.verdicts: list[Verdict] | None = None

    @property
    def done(self) -> Sequence[Verdict]:
        """The verdict of every distinct node, by its position in the program."""
        if self._done is None:
            self._done = self._program.run(self.env)
        return self._done


class Matcher:
    """Every card of a knowledge base, compiled for one day."""

    def __init__(self, knowledge: Knowledge, on: date) -> None:
        self.knowledge, self.on = knowledge, on
        self.program = Program(Setting(knowledge.vocabulary, knowledge.parameters, on))
        # Cards whose check is overdue come last within a verdict: they may be wrong.
        self.cards = sorted(knowledge.cards, key=lambda card: (card.freshness.overdue(on), -card.weight, card.name))
        self.roots = [self.program.add(card.conditions) if card.conditions else None for card in self.cards]
        self.zones = [card.zone for card in self.cards]
        self._distinct_zones = tuple(dict.fromkeys(self.zones))
        self.position = {card.id: index for index, card in enumerate(self.cards)}

    @cached_property
    def calendar(self) -> Calendar:
        """The milestones, compiled for the same day when first needed."""
        return Calendar(self.knowledge, self.on)

    def state(self, facts: Facts) -> State:
        """Return what the criteria say of a family, clause by clause."""
        return State(prepare(facts, self.knowledge.vocabulary, self.on), self.program)

    def verdicts(self, state: State) -> list[Verdict]:
        """Return the verdict of each of ``self.cards``; worked out once for a state."""
        if state.verdicts is None:
            state.verdicts = self._verdicts(state)
        return state.verdicts

    def _verdicts(self, state: State) -> list[Verdict]:
        zones = {zone: in_zone(zone, state.env) for zone in self._distinct_zones}
        done = state.done
        return [
            zones[zone] if root is None else min(zones[zone], done[root])
            for zone, root in zip(self.zones, self.roots, strict=True)
        ]

    def match(self, facts: Facts) -> tuple[Match, ...]:
        """Return the verdict of every card for one family.

        Args:
            facts: fact id -> plain value, only what is known,
                e.g. ``{"separation": "en_cours", "arrondissement": "19"}``.

        Returns:
            oui, then probable, inconnu, non; within each what was checked in time first, then by weight, then by name.

        Source: a choice of this project, not of the Schéma.
        """
        found = self.verdicts(self.state(facts))
        buckets: dict[Verdict, list[Match]] = {verdict: [] for verdict in (OUI, PROBABLE, INCONNU, NON)}
        for card, verdict in zip(self.cards, found, strict=True):
            buckets[verdict].append(Match(card, verdict))
        return tuple(match for bucket in buckets.values() for match in bucket)

    def explain(self, card_id: str, state: State) -> Explanation:
        """Return why one card has its verdict for a family.

        Raises:
            KeyError: no such card.
        """
        index = self.position[card_id]
        card = self.cards[index]
        zone = in_zone(card.zone, state.env)
        story = Story(card, self, state)
        root = self.roots[index]
        verdict = zone if root is None else min(zone, state.done[root])
        label = zone_label(card.zone, zone)
        if zone is NON:
            return Explanation(NON, (label,) if label else (), (), (), DISTRICT)
        if card.conditions is not None:
            story.tell(card.conditions, verdict)
        reasons = story.reasons or ([label] if label and not card.conditions else [])
        missing = ([DISTRICT] if zone is INCONNU else []) + story.missing
        unique = tuple(dict.fromkeys(missing)) if verdict is INCONNU else ()
        return Explanation(verdict, tuple(reasons), tuple(story.to_check), unique, story.decisive)


class Story:
    """Walks one card's conditions beside their verdicts and collects the sentences that count."""

    def __init__(self, card: AnyCard, matcher: Matcher, state: State) -> None:
        self.card, self.matcher, self.state = card, matcher, state
        self.reasons: list[Label] = []
        self.to_check: list[Label] = []
        self.missing: list[str] = []
        self.decisive: str | None = None
        self._numbers = (
            {id(node): number for number, node in enumerate(card.conditions.walk())} if card.conditions else {}
        )

    def value(self, node: Condition) -> Verdict:
        """Return the verdict of a node for this family."""
        return self.state.done[self.matcher.program.position(node)]

    def tell(self, node: Condition, overall: Verdict) -> None:
        """Collect what the card says of this family; ``overall`` is the card's own verdict."""
        if overall is NON:
            self._refuse(node)
        else:
            self._accept(node)

    def _label(self, node: Condition, key: str) -> Label | None:
        text = (node.child or node).says if key == "dit" else (node.child or node).else_says
        return clause_label(self.card, self._numbers[id(node)], key, text) if text else None

    def _refuse(self, node: Condition) -> None:
        """Note the first clause that rules the card out."""
        label = self._label(node, "sinon")
        failed = [part for part in node.parts if self.value(part) is NON] if not (node.child or node.none_of) else []
        if label or not failed:
            self.reasons += [label] if label else []
            self.decisive = next(iter(read_facts(self._nearest(node)[0])), None)
        else:
            self._refuse(failed[0])

    def _nearest(self, node: Condition) -> list[Condition]:
        """Return the fewest clauses that would all have to change for a refused node to hold."""
        if node.child or node.none_of or not node.parts:
            return [node]
        refused = [self._nearest(part) for part in node.parts if self.value(part) is NON]
        return min(refused, key=len) if node.any_of else [clause for each in refused for clause in each]

    def _accept(self, node: Condition) -> None:
        verdict = self.value(node)
        if node.to_check:
            label = self._label(node, "dit")
            self.to_check += [label] if label else []
        elif node.fact or node.child or node.none_of:
            if verdict is INCONNU:
                self.missing += missing_facts(node, self.state.env, self.matcher.program.setting)
            elif verdict is not NON and (label := self._label(node, "dit")):
                self.reasons.append(label)
        elif node.all_of:
            for part in node.all_of:
                self._accept(part)
        else:
            self._accept_any(node, verdict)

    def _accept_any(self, node: Condition, verdict: Verdict) -> None:
        """Tell the one part that decides, or all that is missing while none does."""
        label = self._label(node, "dit")
        best = [part for part in node.any_of or () if self.value(part) is verdict]
        if verdict is INCONNU:
            for part in best:
                self._accept(part)
        elif best and label:
            self.reasons.append(label)
            self.to_check += [each for part in best[:1] for each in self._checks(part)]
        elif best:
            self._accept(best[0])

    def _checks(self, node: Condition) -> list[Label]:
        return [label for each in node.walk() if each.to_check and (label := self._label(each, "dit"))]


def clause_label(card: AnyCard, number: int, key: str, text: str) -> Label:
    """Return a clause's sentence with its place, e.g. ``droit.asf.clause.2.dit``."""
    return Label(f"{card.kind}.{card.id}.clause.{number}.{key}", text)


def read_facts(node: Condition) -> list[str]:
    """Return the family facts that a condition reads (``enfants`` for anything about a child), in file order."""
    found: dict[str, None] = {}
    for each in _outside_children(node):
        if each.child:
            found[CHILDREN] = None
        elif each.fact:
            found[each.fact] = None
    return list(found)


def _outside_children(node: Condition) -> list[Condition]:
    if node.child:
        return [node]
    return [node, *(below for part in node.parts for below in _outside_children(part))]


def child_facts(node: Condition) -> list[str]:
    """Return the facts of a child that a condition reads, ``age`` as ``naissance``."""
    groups = [each.child for each in node.walk() if each.child]
    names = [each.fact for group in groups for part in group.all_of for each in part.walk() if each.fact]
    return list(dict.fromkeys("naissance" if name == AGE else name for name in names))


def missing_facts(node: Condition, env: Env, setting: Setting) -> list[str]:
    """Return the facts that a node, unknown so far, still waits for; ages missing count as ``enfants``."""
    if not node.child:
        return [name for part in _outside_children(node) for name in _waits_for(part, env, setting)] + [
            name for part in _outside_children(node) if part.child for name in missing_facts(part, env, setting)
        ]
    children, complete = env.get(CHILDREN, ([], False))
    wanted = child_facts(node)
    missing = [] if complete else [CHILDREN]
    for name in wanted:
        if any(name not in child for child in children):
            missing.append(CHILDREN if name == "naissance" else name)
    # Nothing absent and yet unknown: a span of ages straddles a threshold, the exact month would settle it.
    return list(dict.fromkeys(missing)) or [CHILDREN]


def _waits_for(clause: Condition, env: Env, setting: Setting) -> list[str]:
    """Return the fact of a clause; for a known amount under a table, what is not known of the household."""
    if not clause.fact:
        return []
    around = open_dimensions(env, *scale_of(clause, setting)) if clause.au_plus_bareme and clause.fact in env else []
    return around or [clause.fact]
