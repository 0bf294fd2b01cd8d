"""What a refusal says would change it, changes it: every card, every clause that can rule it out.

Families come from the witness search: values that no clause tells apart are tried once. Nothing of an answer is
changed but what the refusal names.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from knowledge.content import AnyCard
from knowledge.criteria import NON, Env, Setting, compile_tree
from knowledge.geography import districts_of
from knowledge.match import Explanation, Matcher, State, read_facts
from knowledge.vocabulary import CHILDREN, DISTRICT
from knowledge.witness import Space, space
from tests.conftest import TODAY

MOST_TRIED = 3000


class Refusal(NamedTuple):
    """One family that a card rules out, with what it is told and the families it may become."""

    card: AnyCard
    env: Env
    told: Explanation
    space: Space

    @property
    def number(self) -> int:
        """The place of the clause whose sentence is said, in file order."""
        return int(self.told.reasons[0].context.split(".")[-2])


@pytest.fixture(scope="module")
def matcher(knowledge):
    return Matcher(knowledge, TODAY)


@pytest.fixture(scope="module")
def refusals(knowledge, matcher):
    setting = Setting(knowledge.vocabulary, knowledge.parameters, TODAY)
    cards = [card for card in knowledge.cards if card.conditions]
    return [found for card in cards for found in refusals_of(card, matcher, setting)]


def refusals_of(card: AnyCard, matcher: Matcher, setting: Setting) -> Iterator[Refusal]:
    """Yield one family for each sentence and fact that a card can refuse with."""
    families = space(card.conditions, setting, {})
    test = compile_tree(card.conditions, setting)
    seen = set()
    for _, family in zip(range(MOST_TRIED), families.families(), strict=False):
        if test(family) is not NON:
            continue
        env = {**family, DISTRICT: frozenset((str(min(districts_of(card.zone))),))}
        told = matcher.explain(card.id, State(env, matcher.program))
        key = tuple(reason.context for reason in told.reasons), told.decisive
        if key not in seen:
            seen.add(key)
            yield Refusal(card, env, told, families)


def changes(refusal: Refusal, fact: str) -> list[Env]:
    """Return the families that differ by one fact; children: other children, one more or fewer."""
    if fact == CHILDREN:
        return [{**refusal.env, CHILDREN: (children, True)} for children in refusal.space.children]
    return [{**refusal.env, fact: value} for value in refusal.space.facts[fact] if value is not None]


def test_every_refusal_says_why_and_names_what_decides(refusals):
    """One sentence of the card, and one fact that the family can see and correct."""
    assert len(refusals) > 150
    assert [f.card.id for f in refusals if len(f.told.reasons) != 1 or f.told.decisive is None] == []


def test_changing_the_fact_a_refusal_names_changes_the_answer(refusals, matcher):
    """Some other answer to that one question gives another verdict, or another reason."""
    stuck = []
    for refusal in refusals:
        told = [
            matcher.explain(refusal.card.id, State(env, matcher.program))
            for env in changes(refusal, refusal.told.decisive)
        ]
        here = refusal.told.verdict, refusal.told.reasons, refusal.told.decisive
        if all((each.verdict, each.reasons, each.decisive) == here for each in told):
            stuck.append(f"{refusal.card.id} : {refusal.told.decisive}, {refusal.told.reasons[0].text}")

    assert stuck == []


def test_meeting_the_clause_a_refusal_names_lifts_it(refusals, matcher, knowledge):
    """When the facts of the named clause change so that it holds, that sentence is no longer said."""
    setting = Setting(knowledge.vocabulary, knowledge.parameters, TODAY)
    wrong = []
    for refusal in refusals:
        node = list(refusal.card.conditions.walk())[refusal.number]
        test = compile_tree(node, setting)
        met = [env for fact in read_facts(node) for env in changes(refusal, fact) if test(env) is not NON]
        for env in met[:20]:
            told = matcher.explain(refusal.card.id, State(env, matcher.program))
            if told.verdict is NON and told.reasons == refusal.told.reasons:
                wrong.append(f"{refusal.card.id} : {refusal.told.reasons[0].text}")

    assert wrong == []


YEARS = re.compile(r"(\d+)(?: à | et |-| ou )?(\d+)? ans")
OTHER_AGES = {
    ("allocation-veuvage", 55): "l'âge de la pension de réversion, vers laquelle la phrase envoie",
    ("pass-colo", 11): "l'année des 11 ans : de 10 à 12 ans selon le mois",
    ("pass-culture", 15): "l'âge des offres gratuites de l'application",
    ("pass-paris-access", 19): "au-delà, le jeune est compté comme adulte",
    ("prime-demenagement", 2): "deux ans, et six mois pour demander",
    ("rqth", 16): "l'âge général, 15 ans en apprentissage",
    ("rsa", 2): "deux ans de travail, une durée",
    ("college", 11): "l'âge habituel : la condition laisse un an d'avance",
    ("college", 15): "l'âge habituel : la condition laisse un an de retard",
}
"""Ages said beside a clause that does not compare with them, and why."""


def test_the_ages_a_refusal_speaks_of_are_those_of_the_conditions(knowledge):
    """« 16-25 ans » stands beside clauses that start at 16 and stop at 26: no sentence keeps an old age."""
    apart = {(card.id, age) for card in knowledge.cards if card.conditions for age in ages_apart(card)}

    assert apart == set(OTHER_AGES)


def ages_apart(card: AnyCard) -> set[int]:
    """Return the ages in the refusals of a card that none of its clauses compares with."""
    nodes = list(card.conditions.walk())
    operands = " ".join(str(value) for node in nodes for _, value in node.operators)
    bounds = {int(word) for word in re.findall(r"\d+", operands)}
    bounds |= {bound // 12 for bound in bounds if bound % 12 == 0}
    said = " ".join((node.child or node).else_says or "" for node in nodes)
    ages = {int(number) for pair in YEARS.findall(said) for number in pair if number}
    return ages - {bound + step for bound in bounds for step in (-1, 0)}
