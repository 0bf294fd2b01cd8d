"""The register of known differences: each line must still explain something."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from knowledge.condition import Condition
from knowledge.content import Knowledge
from knowledge.criteria import OUI, Setting, Test, compile_tree
from knowledge.facts import prepare
from knowledge.match import Matcher
from tests.oracle.compare import Answer
from tests.oracle.households import ON, Household

FILE = Path(__file__).with_name("ecarts.yaml")
_WORD = {"faux oui": "oui", "faux non": "non"}


class Gap(NamedTuple):
    """One line: which cards, which way, for which households, and why."""

    id: str
    cards: tuple[str, ...]
    kind: str
    reason: str
    trait: str | None
    test: Test | None

    def concerns(self, household: Household, setting: Setting) -> bool:
        """Tell whether a household is one of those that the line speaks of."""
        if self.trait is not None and self.trait not in household.traits:
            return False
        whole = prepare(household.told("entier"), setting.vocabulary, ON)
        return self.test is None or self.test(whole) is OUI

    def explains(self, answer: Answer, setting: Setting) -> bool:
        """Tell whether the line accounts for a difference."""
        return answer.card in self.cards and answer.fault == self.kind and self.concerns(answer.household, setting)


class Register(NamedTuple):
    """Every known difference."""

    gaps: tuple[Gap, ...]
    parameters: dict[str, str]
    not_compared: dict[str, str]


def register(setting: Setting) -> Register:
    """Return the lines of ``ecarts.yaml``."""
    told: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    gaps = tuple(_gap(line, setting) for line in told["ecarts"])
    parameters = {line["id"]: line["raison"] for line in told["parametres"]}
    return Register(gaps, parameters, told["non_compares"])


def _gap(line: dict[str, Any], setting: Setting) -> Gap:
    assert line["source"] and line["raison"], f"{line['id']} : une raison et une source"
    test = compile_tree(Condition.model_validate(line["si"]), setting) if "si" in line else None
    return Gap(line["id"], tuple(line["fiches"]), line["genre"], line["raison"], line.get("trait"), test)


def candidates(gap: Gap, households: list[Household], knowledge: Knowledge, setting: Setting) -> Iterator[Household]:
    """Yield the households that a line speaks of and whose card answers what the line says it answers."""
    matcher = Matcher(knowledge, ON)
    for household in households:
        if gap.concerns(household, setting):
            found = matcher.verdicts(matcher.state(household.told("entier")))
            if any(found[matcher.position[card]].word == _WORD[gap.kind] for card in gap.cards):
                yield household
