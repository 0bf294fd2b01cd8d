"""What notices a changed card: its own examples, the golden families, the checks; else, whether anything could."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Any, NamedTuple

from knowledge.check_conditions import condition_faults
from knowledge.condition import Condition
from knowledge.content import AnyCard, Knowledge
from knowledge.criteria import NON, OUI, ConditionError, Env, Setting, Test, Verdict, compile_tree
from knowledge.facts import parse_facts, prepare
from knowledge.geography import districts_of, in_zone
from knowledge.told import told
from knowledge.vocabulary import DISTRICT, OUTSIDE
from knowledge.witness import MOST_FAMILIES, space
from tests.knowledge.golden import Golden
from tests.mutation.mutants import Mutant

WORDS = {verdict.word: verdict for verdict in Verdict}


class Case(NamedTuple):
    """One family seen by one card: the verdicts it may have, on its day."""

    on: date
    env: Env
    allowed: frozenset[Verdict]


class Judge:
    """Decides the fate of mutants: killed by an example, a family or a check, equivalent, or alive."""

    def __init__(self, knowledge: Knowledge, families: Sequence[Golden], on: date) -> None:
        self.knowledge, self.families, self.on = knowledge, families, on
        self._cases: dict[str, list[Case]] = {}

    def cases(self, card: AnyCard) -> list[Case]:
        """Return the examples of a card and the golden families that say something of it."""
        if card.id not in self._cases:
            self._cases[card.id] = list(chain(self._examples(card), self._golden(card)))
        return self._cases[card.id]

    def _examples(self, card: AnyCard) -> Iterator[Case]:
        for example in card.examples:
            day = date.fromisoformat(example.on) if example.on else card.freshness.checked_on
            yield Case(day, self._env(example.facts, day), frozenset((WORDS[example.verdict],)))

    def _golden(self, card: AnyCard) -> Iterator[Case]:
        for family in self.families:
            allowed = set(Verdict) if card.id not in family.expected else {WORDS[family.expected[card.id]]}
            allowed -= {NON} if card.id in family.never_no else set()
            allowed -= {OUI} if card.id in family.never_yes else set()
            if len(allowed) < len(Verdict):
                yield Case(family.on, self._env(family.facts, family.on), frozenset(allowed))

    def _env(self, facts: Mapping[str, Any], day: date) -> Env:
        return prepare(parse_facts(facts, self.knowledge.vocabulary, day), self.knowledge.vocabulary, day)

    def killed(self, mutant: Mutant, card: AnyCard) -> bool:
        """Tell whether something that is checked on every change notices the mutant."""
        setting = Setting(self.knowledge.vocabulary, mutant.parameters, self.on)
        faults = condition_faults(mutant.condition, ("conditions",), setting)
        if any(not fault.warning for fault in faults):
            return True
        tests: dict[date, Test] = {}
        for case in self.cases(card):
            try:
                test = tests.get(case.on) or compile_tree(mutant.condition, setting._replace(on=case.on))
            except ConditionError:
                return True
            tests[case.on] = test
            if min(in_zone(mutant.zone, case.env), test(case.env)) not in case.allowed:
                return True
        return False

    def difference(self, mutant: Mutant, card: AnyCard) -> Difference | None:
        """Return a family that tells the mutant from the card; None when no tried family does."""
        assert card.conditions is not None
        setting = Setting(self.knowledge.vocabulary, self.knowledge.parameters, self.on)
        changed = setting._replace(parameters=mutant.parameters)
        both = Condition.model_validate({"au_moins_un": [card.conditions, mutant.condition]})
        families = space(both, setting, {})
        if mutant.parameters is not setting.parameters:  # amounts that only the shifted table tells apart
            more = space(both, changed, {}).facts
            families = families._replace(facts={name: [*each, *more[name]] for name, each in families.facts.items()})
        homes = [frozenset((str(min(districts_of(card.zone))),))]
        homes += [frozenset((OUTSIDE,))] if mutant.zone != card.zone else []
        families = families._replace(facts={**families.facts, DISTRICT: homes})
        old = compile_tree(card.conditions, setting)
        new = compile_tree(mutant.condition, changed)
        for env in families.families():
            before, after = min(in_zone(card.zone, env), old(env)), min(in_zone(mutant.zone, env), new(env))
            if before is not after:
                return Difference(told(env), before, after)
        return Difference({}, NON, NON) if families.size > MOST_FAMILIES else None


class Difference(NamedTuple):
    """A family for which the card and the mutant do not agree; no facts: only a sample was tried."""

    facts: Mapping[str, Any]
    before: Verdict
    after: Verdict
