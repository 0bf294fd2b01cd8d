"""Checks the examples kept in each card: they can be read, they hold, they show every verdict possible."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from knowledge.content import AnyCard, Knowledge
from knowledge.criteria import INCONNU, NON, OUI, PROBABLE, ConditionError, Setting, Verdict, compile_tree
from knowledge.facts import FactError, parse_facts
from knowledge.faults import Fault, Steps, file_of
from knowledge.match import Matcher
from knowledge.model import Example
from knowledge.witness import can_be, witnesses


class Examples:
    """Runs examples, each on its own day; one matcher a day."""

    def __init__(self, knowledge: Knowledge, on: date) -> None:
        self.knowledge, self.on = knowledge, on
        self._matchers: dict[date, Matcher] = {}

    def verdict(self, card: AnyCard, example: Example) -> Verdict:
        """Return what a card says of the family of one of its examples, where it lives included.

        Raises:
            FactError: the facts of the example do not fit the vocabulary.
            ConditionError: an amount of a condition is not yet in force that day.
        """
        day = date.fromisoformat(example.on) if example.on else card.freshness.checked_on
        facts = parse_facts(example.facts, self.knowledge.vocabulary, day)
        matcher = self._matcher(day)
        return matcher.verdicts(matcher.state(facts))[matcher.position[card.id]]

    def _matcher(self, day: date) -> Matcher:
        if day not in self._matchers:
            self._matchers[day] = Matcher(self.knowledge, day)
        return self._matchers[day]

    def faults(self, card: AnyCard) -> Iterator[Fault]:
        """Yield the examples of one card that do not hold, and the verdicts that no example shows."""
        for at, example in enumerate(card.examples):
            yield from self._one(card, example, ("exemples", at))
        if card.conditions is None:
            return
        setting = Setting(self.knowledge.vocabulary, self.knowledge.parameters, self.on)
        shown = {example.verdict for example in card.examples}
        for words, possible in self._reachable(card, setting):
            if possible and not shown.intersection(words):
                what = f"aucun exemple n'a le verdict {' ou '.join(words)}"
                yield Fault(file_of(card), ("exemples",), what, "ajoutez une famille qui reçoit ce verdict")

    def _one(self, card: AnyCard, example: Example, steps: Steps) -> Iterator[Fault]:
        file = file_of(card)
        try:
            found = self.verdict(card, example)
        except (FactError, ConditionError) as error:
            yield Fault(file, (*steps, "faits"), str(error), "corrigez l'exemple")
        except ValueError as error:  # « le: 2026-13-01 »
            yield Fault(file, (*steps, "le"), f"ce jour n'existe pas ({error})", "écrivez par exemple 2026-11-21")
        else:
            if found.word != example.verdict:
                what = f"l'exemple attend « {example.verdict} », la fiche répond « {found.word} »"
                yield Fault(file, steps, what, "corrigez la condition ou l'exemple")

    def _reachable(self, card: AnyCard, setting: Setting) -> Iterator[tuple[Collection[str], bool]]:
        assert card.conditions is not None
        yes = bool(witnesses(card.conditions, setting, (OUI, PROBABLE), {}))
        yield (OUI.word, PROBABLE.word), yes
        yield (NON.word,), can_be(card.conditions, setting, NON)
        yield (INCONNU.word,), can_be(card.conditions, setting, INCONNU)


def compiles(card: AnyCard, setting: Setting) -> bool:
    """Tell whether every clause of a card has a meaning on the day of the setting."""
    if card.conditions is None:
        return True
    try:
        compile_tree(card.conditions, setting)
    except ConditionError:
        return False
    return True
