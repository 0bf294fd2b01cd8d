"""Searches for families that reach every card and every clause, and for answers that do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from dialogs.model import Dialogs, Question
from dialogs.report import Section
from dialogs.routes import asked_by
from knowledge.base import Span
from knowledge.condition import Condition
from knowledge.content import AnyCard
from knowledge.criteria import NON, OUI, PROBABLE, Env, Setting, Verdict
from knowledge.spots import Spot, spots
from knowledge.told import told
from knowledge.vocabulary import CHILDREN, Fact
from knowledge.witness import Domains, witnesses

_FITS = (OUI, PROBABLE)


class CardProof(NamedTuple):
    """The families found for one card: verdict word -> facts in the form of examples."""

    card: str
    families: Mapping[str, Mapping[str, Any]]


def prove_cards(dialogs: Dialogs, setting: Setting) -> tuple[Section, tuple[CardProof, ...]]:
    """Return whether each card and clause can be reached, with the witnesses of each card."""
    cards = [card for card in dialogs.knowledge.cards if card.conditions]
    proofs = {card.id: witnesses(_conditions(card), setting, (*_FITS, NON), {}) for card in cards}
    problems = [f"fiche '{name}' : aucune famille ne la reçoit" for name, found in proofs.items() if not _fits(found)]
    clauses = [(card, spot) for card in cards for spot in spots(_conditions(card)) if spot.node.fact or spot.node.child]
    problems += [f"fiche '{card.id}' : {what}" for card, spot in clauses for what in _stuck(spot, setting)]
    domains = answerable(dialogs)
    reachable = [card for card in cards if _fits(proofs[card.id])]
    for card in reachable:
        if not _fits(witnesses(_conditions(card), setting, _FITS, domains)):
            problems.append(f"fiche '{card.id}' : aucune réponse aux questions des arbres ne la fait convenir")
    offered = {topic for tree in dialogs.trees.values() for topic in tree.topics}
    alone = [card.id for card in dialogs.knowledge.cards if not offered.intersection(card.topics)]
    remarks = (
        (f"{len(alone)} fiche(s) sans arbre, trouvées par la recherche seule : {', '.join(alone)}",) if alone else ()
    )
    figures = {
        "fiches avec conditions": len(cards),
        "clauses": len(clauses),
        "familles témoins": sum(map(len, proofs.values())),
    }
    title = "Fiches : chaque clause et chaque fiche peut être remplie"
    return Section(title, figures, tuple(problems), remarks), tuple(
        _proof(name, found) for name, found in proofs.items()
    )


def _conditions(card: AnyCard) -> Condition:
    assert card.conditions is not None
    return card.conditions


def _fits(found: Mapping[Verdict, Env]) -> bool:
    return any(verdict in found for verdict in _FITS)


def _proof(name: str, found: Mapping[Verdict, Env]) -> CardProof:
    return CardProof(name, {verdict.word: told(env) for verdict, env in found.items()})


def _stuck(spot: Spot, setting: Setting) -> Iterator[str]:
    """Yield whether a clause, taken alone, is never true or never false."""
    node = spot.node
    if spot.in_child:
        node = Condition.model_validate({"enfant": {"existe": "oui", "tout": [node]}})
    found = witnesses(node, setting, (*_FITS, NON), {})
    place = ".".join(str(part) for part in spot.steps[1:])
    if not _fits(found):
        yield f"la clause {place} n'est jamais vraie"
    if NON not in found:
        yield f"la clause {place} n'est jamais fausse"


def answerable(dialogs: Dialogs) -> Domains:
    """Return the values that answers to the questions of trees can give to each fact.

    Facts that no tree asks stay unknown; numbers that can be typed may take any value, and so may ages.
    """
    used = {name for tree in dialogs.trees.values() for node in tree.nodes for name in asked_by(node)}
    questions = [question for name, question in dialogs.questions.items() if name in used]
    found: dict[str, list[Any]] = {}
    for fact in dialogs.knowledge.vocabulary.facts:
        asking = [question for question in questions if fact.id in question.fills]
        if fact.id in (CHILDREN, "naissance") or (not fact.possible and any(each.parser != "aucun" for each in asking)):
            continue
        found[fact.id] = list(dict.fromkeys(value for question in asking for value in _values(fact, question)))
    return found


def _values(fact: Fact, question: Question) -> Iterator[Any]:
    fills = [choice.fills for choice in question.choices] + [question.else_fills]
    for value in (each[fact.id] for each in fills if fact.id in each):
        if fact.possible:
            yield frozenset(value if isinstance(value, list) else (value,))
        elif isinstance(value, list):
            yield Span(value[0], None if value[1] is None else value[1] - 1)
        else:
            yield Span(value, value)
