"""Checks the conditions of cards: each clause has a meaning, can be met, says something, and has a source."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.check_intervals import contradictions
from knowledge.condition import Condition, ParameterRef
from knowledge.content import AnyCard
from knowledge.criteria import ConditionError, Setting, compile_clause
from knowledge.faults import Fault, Steps, file_of
from knowledge.load import near
from knowledge.spots import Spot, always_true, mute_reasons, mute_refusals, spots
from knowledge.vocabulary import Vocabulary


def card_conditions(card: AnyCard, setting: Setting) -> Iterator[Fault]:
    """Yield what is wrong in the conditions of one card."""
    if card.conditions is None:
        return
    root = Spot(card.conditions, ("conditions",))
    for spot in mute_reasons(root):
        hint = "ajoutez « dit: » : la phrase qui explique pourquoi la fiche convient"
        yield Fault(file_of(card), spot.steps, "cette clause ne dit rien quand elle est remplie", hint)
    for spot in mute_refusals(root):
        hint = "ajoutez « sinon: » ici ou au-dessus : la phrase qui explique pourquoi la fiche ne convient pas"
        yield Fault(file_of(card), spot.steps, "cette clause peut écarter la fiche sans dire pourquoi", hint)
    for spot in spots(card.conditions):
        if (spot.in_child or spot.negated) and ((spot.node.child or spot.node).says or spot.node.else_says):
            hint = "mettez « dit: » et « sinon: » à côté de « enfant: » ou de « non: »"
            yield Fault(file_of(card), spot.steps, "cette phrase n'est jamais dite à cet endroit", hint, True)
    yield from _sources(card)
    for fault in condition_faults(card.conditions, ("conditions",), setting):
        yield fault._replace(file=file_of(card))


def _sources(card: AnyCard) -> Iterator[Fault]:
    assert card.conditions is not None
    known = [source.id for source in card.sources]
    for spot in spots(card.conditions):
        named = (spot.node.child or spot.node).source
        if named and named not in known:
            steps = (*spot.steps, "enfant", "source") if spot.node.child else (*spot.steps, "source")
            yield Fault(file_of(card), steps, f"la source '{named}' n'est pas dans cette fiche", near(named, known))
        leaf = spot.node.fact or spot.node.child or spot.node.to_check
        if leaf and not named and not spot.in_child and not spot.negated:
            yield Fault(file_of(card), spot.steps, "cette clause n'a pas de source", "ajoutez « source: »", True)


def condition_faults(condition: Condition, steps: Steps, setting: Setting) -> Iterator[Fault]:
    """Yield what is wrong in any condition, a tree's included; ``file`` is left empty."""
    for spot in spots(condition, steps):
        found = list(_clause(spot, setting))
        yield from found
        if spot.node.all_of or spot.node.child or spot.node.any_of:
            yield from contradictions(spot, setting)
        if spot.node.fact and not found and always_true(spot.node, setting):
            hint = "retirez-la, ou retirez des valeurs"
            yield Fault(
                "",
                spot.steps,
                f"toutes les valeurs de '{spot.node.fact}' remplissent cette clause",
                hint,
                True,
            )


def _clause(spot: Spot, setting: Setting) -> Iterator[Fault]:
    node, steps = spot.node, spot.steps
    if node.to_check and spot.negated:
        yield Fault("", steps, "« a_verifier » n'est pas permis sous « non »", "dites ce qui est à vérifier à côté")
    if node.child and spot.in_child:
        yield Fault("", steps, "un groupe « enfant » ne contient pas un autre groupe « enfant »", "séparez-les")
    if not node.fact:
        return
    fact = setting.vocabulary.get(node.fact)
    if fact is not None and (fact.scope == "enfant") != spot.in_child:
        yield _out_of_scope(spot)
    elif spot.in_child and node.au_plus_bareme:
        yield Fault(
            "",
            steps,
            "un barème se compare aux revenus du foyer, pas à un enfant",
            "sortez cette clause du groupe",
        )
    try:
        compile_clause(node, setting)
    except ConditionError as error:
        what, _, rest = str(error).partition(" ; ")
        yield Fault("", steps, what, nearest_word(node, setting, spot.in_child) or rest)


def _out_of_scope(spot: Spot) -> Fault:
    name = spot.node.fact
    if spot.in_child:
        return Fault("", spot.steps, f"'{name}' est un fait de la famille", "sortez cette clause du groupe « enfant »")
    hint = "écrivez-la dans « enfant: {existe: oui, tout: [...]} »"
    return Fault("", spot.steps, f"'{name}' est un fait d'un enfant", hint)


def nearest_word(node: Condition, setting: Setting, in_child: bool) -> str:
    """Return « vouliez-vous dire » for the word of a clause that is not known, or nothing."""
    vocabulary, parameters = setting.vocabulary, setting.parameters
    fact = vocabulary.get(node.fact or "")
    if fact is None:
        return near(node.fact or "", fact_names(vocabulary, in_child))
    operator, operand = node.operators[0]
    if operator == "au_plus_bareme":
        return near(str(operand), parameters.scales)
    if isinstance(operand, ParameterRef):
        return near(operand.parameter, parameters.values)
    words = operand if isinstance(operand, tuple) else (operand,)
    wrong = [word for word in words if fact.possible and word not in fact.possible]
    return near(wrong[0], fact.possible) if wrong else ""


def fact_names(vocabulary: Vocabulary, in_child: bool) -> list[str]:
    """Return the facts a clause may name at this place."""
    if not in_child:
        return [fact.id for fact in vocabulary.of("famille")]
    return ["age", *(fact.id for fact in vocabulary.of("enfant"))]
