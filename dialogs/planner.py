"""Chooses the next question of a group: the one that settles most cards still undecided.

A question settles a card when its answer alone can decide it: it is the last thing missing, or it can rule the
card out. The chance of that comes from the rough frequencies of faits.yaml (``chances``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from dialogs.chances import Chances
from dialogs.model import Dialogs, Question
from knowledge.base import Span
from knowledge.condition import Condition
from knowledge.criteria import INCONNU, Env, Test, Verdict, compile_tree, scale_of
from knowledge.match import Matcher, State, child_facts, read_facts
from knowledge.scales import dimensions
from knowledge.vocabulary import AGE, CHILDREN, DISTRICT

_OUTSIDE_CHANCE = 0.05  # most people who write live in Paris


class Part(NamedTuple):
    """One clause that must hold: where its verdict stands, its chance to fail, the facts it may wait for.

    ``leaves``: for each inner clause, where the verdicts stand that must all be open for it to count, and the facts
    it reads (bits). « Un élève, ou un jeune de moins de 17 ans » waits for no age once it is told who writes.
    """

    position: int
    leaves: tuple[tuple[tuple[int, ...], int], ...]
    fails: float
    around: int = 0
    """What else of the household a table of ceilings depends on (bits), once the amount itself is known."""


class Plan(NamedTuple):
    """One card as the planner sees it."""

    number: int
    weight: int
    parts: tuple[Part, ...]
    zone: bool


class Planner:
    """The next question for one family; compiled once for a matcher."""

    def __init__(self, dialogs: Dialogs, matcher: Matcher) -> None:
        self.dialogs, self.matcher = dialogs, matcher
        self._bits = {fact.id: 1 << number for number, fact in enumerate(matcher.knowledge.vocabulary.facts)}
        self._masks = {question.id: self._mask(question.fills) for question in dialogs.questions.values()}
        self._chances = Chances(matcher)
        self._plans = [self._plan(index) for index in range(len(matcher.cards))]
        self._tests: dict[int, Test] = {}
        self._by_topics: dict[frozenset[str], list[Plan]] = {}

    def _mask(self, facts: Iterable[str]) -> int:
        return sum(self._bits[fact] for fact in set(facts) if fact in self._bits)

    def _plan(self, index: int) -> Plan:
        card = self.matcher.cards[index]
        parts = tuple(
            Part(
                self.matcher.program.position(node),
                tuple(self._leaves(node, ())),
                self._chances.fails(node),
                self._mask(self._around(node)),
            )
            for node in conjuncts(card.conditions)
        )
        return Plan(index, card.weight, parts, card.zone not in ("france", "a-distance"))

    def _leaves(self, node: Condition, above: tuple[int, ...]) -> Iterator[tuple[tuple[int, ...], int]]:
        chain = (*above, self.matcher.program.position(node))
        if node.child or node.fact or not node.parts:
            yield chain, self._mask(reads(node))
        else:
            for part in node.parts:
                yield from self._leaves(part, chain)

    def _around(self, node: Condition) -> list[str]:
        clauses = [each for each in node.walk() if each.au_plus_bareme]
        return [name for each in clauses for name in dimensions(scale_of(each, self._chances.setting)[0])]

    def _of_topics(self, topics: frozenset[str]) -> list[Plan]:
        if topics not in self._by_topics:
            cards = self.matcher.cards
            self._by_topics[topics] = [plan for plan in self._plans if topics.intersection(cards[plan.number].topics)]
        return self._by_topics[topics]

    def known(self, state: State) -> int:
        """Return the facts that are known (bits): single choices, numbers, complete lists of children."""
        bits = 0
        for name, value in state.env.items():
            if name == CHILDREN:
                bits |= self._known_children(*value)
            elif isinstance(value, Span) or len(value) == 1:
                bits |= self._bits[name]
        return bits

    def _known_children(self, children: list[dict[str, Any]], complete: bool) -> int:
        if not complete:
            return 0
        told = [
            {name for name, value in child.items() if isinstance(value, Span) or len(value) == 1} for child in children
        ]
        common = set.intersection(*told) if told else set(self._bits)
        own = {fact.id for fact in self.matcher.knowledge.vocabulary.of("enfant")}
        ages = self._bits[CHILDREN] if not children or AGE in common else 0
        return ages | self._mask(common & own)

    def covers(self, question: Question, known: int) -> bool:
        """Tell whether all that a question asks is among the known facts (bits of :meth:`known`)."""
        mask = self._masks[question.id]
        return mask & known == mask

    def holds(self, condition: Condition, env: Env) -> Verdict:
        """Return the verdict of a condition of a tree or a question; compiled once."""
        test = self._tests.get(id(condition))
        if test is None:
            test = self._tests[id(condition)] = compile_tree(condition, self._chances.setting)
        return test(env)

    def scores(
        self, questions: list[Question], topics: frozenset[str], state: State, likely: State | None = None
    ) -> list[float]:
        """Return for each question the weight of undecided cards of these topics that it would settle.

        ``likely``: the same family with what most probably goes with it; what that settles is not worth a question.
        """
        by_fact = self._by_fact(topics, state, likely or state)
        return [
            sum(by_fact.get(bit, 0.0) for name in question.fills if (bit := self._bits.get(name)))
            for question in questions
        ]

    def _by_fact(self, topics: frozenset[str], state: State, likely: State) -> dict[int, float]:
        unknown = ~self.known(state)
        verdicts, done = self.matcher.verdicts(likely), likely.done
        home = self._bits[DISTRICT] & unknown
        total: dict[int, float] = {}
        for plan in self._of_topics(topics):
            if verdicts[plan.number] is not INCONNU:
                continue
            missing: dict[int, float] = {home: _OUTSIDE_CHANCE} if home and plan.zone else {}
            for position, leaves, fails, around in plan.parts:
                if done[position] is INCONNU:
                    bits = _open_facts(leaves, done) & unknown or around & unknown
                    if fails > missing.get(bits, -1.0):
                        missing[bits] = fails
            if len(missing) == 1:
                self._share(total, next(iter(missing)), plan.weight)
                continue
            for bits, fails in missing.items():
                self._share(total, bits, plan.weight * fails)
        return total

    def _share(self, total: dict[int, float], bits: int, worth: float) -> None:
        """Give a clause's worth to the facts it waits for; several facts share it, none alone may settle it."""
        if not bits & (bits - 1):
            if bits:
                total[bits] = total.get(bits, 0.0) + worth
            return
        share = worth / bits.bit_count()
        while bits:
            low = bits & -bits
            total[low] = total.get(low, 0.0) + share
            bits ^= low


def _open_facts(leaves: tuple[tuple[tuple[int, ...], int], ...], done: Sequence[Verdict]) -> int:
    """Return the facts (bits) of the inner clauses that may still decide a clause."""
    bits = 0
    for chain, facts in leaves:
        if all(done[position] is INCONNU for position in chain):
            bits |= facts
    return bits


def conjuncts(condition: Condition | None) -> list[Condition]:
    """Return the nodes that must all hold, nested ``tout`` opened up."""
    if condition is None:
        return []
    if condition.all_of:
        return [node for part in condition.all_of for node in conjuncts(part)]
    return [condition]


def reads(node: Condition) -> list[str]:
    """Return every fact a node reads, those of children beside ``enfants``."""
    return read_facts(node) + [name for name in child_facts(node) if name != "naissance"]
